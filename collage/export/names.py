"""What exported frames are called: ``hello.0007.png``, where 7 is the scene's own frame number.

One width for the whole scene, so that a part exported today sorts among the rest exported tomorrow.
"""

from __future__ import annotations

LEAST_DIGITS = 4


def digits(length: int) -> int:
    """How wide frame numbers are in a scene of `length` frames: as its last frame needs, at least four."""
    return max(LEAST_DIGITS, len(str(max(length - 1, 0))))


def frame_name(scene: str, frame: int, length: int) -> str:
    """The file of one frame of a scene of `length` frames."""
    return f"{scene}.{frame:0{digits(length)}}.png"


def pattern(scene: str, length: int) -> str:
    """How all of them are written in one line: ``hello.####.png``."""
    return f"{scene}.{'#' * digits(length)}.png"
