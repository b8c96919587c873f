"""How large a scene lies in a window: pure arithmetic on (width, height) in pixels."""

from __future__ import annotations

from collage.geometry import Size, scaled

DESKTOP_SHARE = 0.8
"""How much of the desktop a new window takes at most, either way."""
LEAST = (160, 90)
"""A window smaller than this can't be taken hold of."""


def scale_into(scene: Size, room: Size) -> float:
    """The factor at which a scene just fits a room, its aspect kept."""
    return min(max(have, 1) / want for have, want in zip(room, scene, strict=True))


def first_size(scene: Size, desktop: Size) -> Size:
    """A new window's size: the scene's own, or smaller, so that it leaves some desktop around it."""
    width, height = scaled(scene, min(1.0, DESKTOP_SHARE * scale_into(scene, desktop)))
    return max(width, LEAST[0]), max(height, LEAST[1])


def centred(inner: Size, room: Size) -> tuple[int, int]:
    """Where the top left corner of something lies that is centred in a room."""
    return (room[0] - inner[0]) // 2, (room[1] - inner[1]) // 2
