"""What the pictures of the reference show: for each move a small scene, and which of its poses are laid."""

from __future__ import annotations

from typing import NamedTuple

SIZE = (960, 540)


class Plate(NamedTuple):
    """A picture: the scene's layers as text, the frames whose poses are shown, the last of them in full.

    `trails` are points whose ways are drawn: a layer's name, and a point of its picture. With `strip`, poses stand
    side by side instead, so many pixels apart. `until` is the last frame of a trail; default the last pose.
    """

    layers: str
    poses: tuple[int, ...]
    trails: tuple[tuple[str, tuple[float, float]], ...] = ()
    strip: int = 0
    until: int | None = None


_EYE = """
[[layer]]
name = "{name}"
asset = "paper/star"
parent = "eyes"
at = {at}
scale = 0.44
"""
_SCALPEL = """
[[layer]]
name = "{name}"
asset = "props/scalpel"
pivot = "butt"
at = {at}
scale = 0.46
move = [{{ do = "look-at", layer = "nose" }}]
"""

PLATES: dict[str, Plate] = {
    "slide": Plate(
        """
[[layer]]
asset = "props/teeth"
at = [740, 470]
scale = 0.7
move = [{ do = "slide" }]
""",
        (2, 4, 6, 12),
        (("teeth", (226, 500)),),
    ),
    "path": Plate(
        """
[[peg]]
name = "course"
move = [{ do = "path", orient = true, d = "M 90 470 C 160 60 420 20 500 250 S 700 480 840 150", out = 40 }]
[[layer]]
asset = "props/rocket"
parent = "course"
at = [0, 0]
turn = 90
scale = 0.3
""",
        (6, 14, 20, 26, 40),
        (("rocket", (210, 414)),),
    ),
    "spin": Plate(
        """
[[layer]]
asset = "bones/bone"
at = [480, 280]
turn = -90
scale = 0.62
move = [{ do = "spin", by = 270, out = 24, ease = "in-out-sine" }]
""",
        (4, 8, 12, 16, 24),
        (("bone", (376, 73)),),
    ),
    "swing": Plate(
        """
[[layer]]
asset = "animals/ape"
at = [480, 70]
turn = -15
scale = 1.25
move = [{ do = "swing", by = 30 }]
""",
        (36, 40, 44, 48, 12),
        (("ape", (195, 318)),),
        until=48,
    ),
    "bob": Plate(
        """
[[layer]]
asset = "props/rocket"
at = [480, 265]
scale = 0.44
move = [{ do = "bob", by = 60 }]
[[layer]]
asset = "water/splash"
at = [480, 450]
scale = 0.62
""",
        (36, 42, 0, 12),
        (("rocket", (-400, 414)),),
        until=36,
    ),
    "orbit": Plate(
        """
[[layer]]
asset = "props/moon"
at = [480, 285]
scale = 0.52
[[layer]]
asset = "props/rocket"
at = [480, 285]
scale = 0.22
move = [{ do = "orbit", radius = 172 }]
""",
        (48, 60, 72, 84, 8),
        (("rocket", (210, 414)),),
        until=96,
    ),
    "drift": Plate(
        """
[[layer]]
asset = "paper/star"
at = [450, 270]
scale = 0.62
move = [{ do = "drift", by = 200 }]
""",
        (40, 74, 108, 142),
        (("star", (162, 170)),),
    ),
    "pop": Plate(
        """
[[layer]]
asset = "paper/star"
on = 1
scale = 0.62
move = [{ do = "pop" }]
""",
        (1, 2, 5, 8),
        strip=222,
    ),
    "drop": Plate(
        """
[[layer]]
asset = "props/rocket"
at = [480, 360]
scale = 0.5
move = [{ do = "drop", height = 480 }]
""",
        (2, 4, 8, 14),
        (("rocket", (-90, 414)),),
    ),
    "shake": Plate(
        """
[[layer]]
asset = "bones/skull"
pivot = ["50%", "50%"]
at = [480, 275]
scale = 0.9
move = [{ do = "shake", by = 44 }]
""",
        (0, 2, 4, 6, 8),
    ),
    "boil": Plate(
        """
[[layer]]
asset = "animals/llama"
pivot = ["50%", "50%"]
at = [480, 275]
scale = 0.62
move = [{ do = "boil", by = 30 }]
""",
        (0, 2, 4, 6),
    ),
    "breathe": Plate(
        """
[[layer]]
asset = "props/nose"
pivot = ["50%", "50%"]
at = [480, 270]
scale = 0.8
move = [{ do = "breathe", by = 0.17 }]
""",
        (18, 0, 54),
    ),
    "squash": Plate(
        """
[[layer]]
asset = "animals/llama"
at = [480, 485]
scale = 0.46
move = [{ do = "squash", by = 0.28 }]
""",
        (18, 0, 6),
        strip=290,
    ),
    "blink": Plate(
        """
[[layer]]
asset = "bones/skull"
pivot = ["50%", "50%"]
at = [480, 275]
scale = 0.72
[[peg]]
name = "eyes"
parent = "skull"
at = [-44, -4]
move = [{ do = "blink", every = "1s" }]
"""
        + _EYE.format(name="left", at=[-50, -2])
        + _EYE.format(name="right", at=[51, 1]),
        (0, 12, 22),
        strip=310,
    ),
    "cycle": Plate(
        """
[[layer]]
asset = "props/rocket"
pivot = ["50%", "50%"]
at = [480, 272]
scale = 0.54
move = [{ do = "cycle" }]
""",
        (0, 6, 12, 18),
        strip=225,
    ),
    "chatter": Plate(
        """
[[layer]]
asset = "props/teeth"
pivot = ["50%", "50%"]
at = [480, 275]
scale = 0.58
move = [{ do = "chatter" }]
""",
        (0, 4, 6),
        strip=305,
    ),
    "crawl": Plate(
        """
[[layer]]
asset = "animals/ape"
pivot = "middle"
scale = 0.62
move = [{ do = "crawl", d = "M 110 400 C 320 420 560 360 840 160", out = 48, lean = 22 }]
""",
        (0, 4, 16, 28, 40),
        (("ape", (147, 194)),),
    ),
    "follow": Plate(
        """
[[peg]]
name = "course"
move = [{ do = "path", orient = true, d = "M 60 500 C 190 40 640 10 830 350", out = 44, ease = "linear" }]
[[layer]]
asset = "props/rocket"
parent = "course"
at = [0, 0]
turn = 90
scale = 0.3
order = 3
[[layer]]
asset = "animals/ape"
pivot = "middle"
scale = 0.5
order = 2
move = [{ do = "follow", layer = "rocket", lag = 14 }]
[[layer]]
asset = "paper/star"
scale = 0.36
order = 1
move = [{ do = "follow", layer = "ape", lag = 11 }]
""",
        (36,),
        (("rocket", (210, 414)),),
        until=36,
    ),
    "look-at": Plate(
        """
[[layer]]
asset = "props/nose"
pivot = ["50%", "50%"]
scale = 0.42
keys.at = [[0, [200, 200]], [24, [700, 150], "linear"]]
"""
        + "".join(
            _SCALPEL.format(name=f"scalpel-{number}", at=at)
            for number, at in enumerate(([150, 490], [480, 500], [810, 490]), 1)
        ),
        (0, 12, 24),
        (("nose", (200, 250)),),
    ),
    "reach": Plate(
        """
[[layer]]
name = "star"
asset = "paper/star"
scale = 0.4
order = 4
keys.at = [[0, [330, 450]], [24, [690, 150], "linear"]]
[[layer]]
name = "upper"
asset = "bones/bone"
at = [270, 220]
turn = 70
scale = 0.7
order = 1
[[layer]]
name = "lower"
asset = "bones/bone"
parent = "upper.end"
pivot = "joint"
turn = -60
scale = 0.9
order = 2
[[layer]]
name = "hand"
asset = "bones/hand"
parent = "lower.end"
pivot = "palm"
at = [70, 0]
turn = 90
scale = 1.1
order = 3
move = [{ do = "reach", to = "star" }]
""",
        (0, 12, 24),
        (("star", (162, 170)),),
    ),
    "pulse": Plate(
        """
[[layer]]
asset = "letters/boom"
scale = 0.66
move = [{ do = "pulse", by = 0.5 }]
""",
        (0, 2, 4, 11),
    ),
}
