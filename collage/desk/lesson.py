"""The scene file of a new project: it plays at once, and its comments teach the words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from string import Template

from collage.desk.arrange import Spot

CANVAS = (1920, 1080)
STAGE = (1720, 900)
"""What the pieces are laid on: the canvas but for a margin."""

_HEAD = Template("""\
#:schema ./scene.schema.json
format = 1

# A scene is a pile of cut-outs under a camera that looks straight down. Change a number, play it again:
#     collage play scenes/$name.toml

[scene]
title = $title
size = [1920, 1080]      # pixels: [0, 0] is the top left corner, x goes right, y goes down
rate = 24                # frames a second
length = "8s"            # times are frames (48) or seconds ("2s")
on = 2                   # on twos: a pose is held for two frames, as if moved by hand
paper = "#d6c8a8"        # what lies under everything

# Sheets of glass, the lowest first: what lies on "stage" covers what lies on "table".

[[sheet]]
name = "table"

[[sheet]]
name = "stage"

# A peg moves and has no picture. What hangs on it moves along: this one rocks the whole stage.
# A key is [time, value]; the piece glides from one to the next. With loop, the keys start again.

[[peg]]
name = "hand"
at = ["50%", "50%"]
keys.turn = { keys = [[0, -1], ["2s", 1], ["4s", -1]], loop = "4s" }

# A layer is one piece: a picture (asset), words (text), or a flat card. Later ones lie on top.

[[layer]]
name = "mat"
card = "#e6dcc4"
size = [1760, 930]       # width and height in pixels
sheet = "table"
turn = -1                # degrees, clockwise; without an `at` it lies in the middle
""")

_PIECES = """
# Your pictures, from assets/pictures/. They hang on the peg, so `at` counts from there.
"""

_WITHOUT = Template("""
# To put a picture here, save it as assets/pictures/cat.png and write
#     [[layer]]
#     asset = "pictures/cat"

[[layer]]
name = "left-card"
card = "#2f5d73"
size = [780, 720]
sheet = "stage"
parent = "hand"          # now `at` counts from the peg
at = [-340, 20]
turn = -6
keys.y = { keys = [[0, 0], ["1s", 36], ["2s", 0]], loop = "2s" }

[[layer]]
name = "right-card"
card = "#c8553d"
size = [740, 660]
sheet = "stage"
parent = "hand"
at = [350, -10]
keys.turn = { keys = [[0, 7], [32, 1], [64, 7]], loop = 64 }

[[layer]]
name = "title"
text = $title
type = { size = $size, colour = "#fbf5e6" }
sheet = "stage"
parent = "hand"
keys.scale = { keys = [[0, 1], ["1s", 1.06], ["2s", 1]], loop = "2s" }
""")

_LAYER = Template("""
[[layer]]
asset = $asset
sheet = "stage"
parent = "hand"
at = [$x, $y]
scale = $scale
turn = $turn
$keys
""")

MOTIONS = (("y", 12), ("turn", 3), ("x", 10))
PERIODS = (48, 64, 96, 64, 48)
"""Frames: each goes into the scene's 192, so the scene loops without a jump, and halves of it are on twos."""


def empty_scene(name: str) -> str:
    """A scene of two cards and a title: it needs no picture."""
    title = _title(name)
    return _head(name) + _WITHOUT.substitute(title=json.dumps(title), size=min(180, 2400 // len(title)))


def scene_of(name: str, assets: Sequence[str], spots: Sequence[Spot]) -> str:
    """A scene of one layer for each of `assets`, lying at its spot and moving a little, each in its own time."""
    layers = (_layer(index, asset, spot) for index, (asset, spot) in enumerate(zip(assets, spots, strict=True)))
    return _head(name) + _PIECES + "".join(layers)


def _head(name: str) -> str:
    return _HEAD.substitute(name=name, title=json.dumps(_title(name)))


def _title(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()


def _layer(index: int, asset: str, spot: Spot) -> str:
    return _LAYER.substitute(
        asset=json.dumps(asset),
        x=spot.x,
        y=spot.y,
        scale=f"{spot.scale:.3g}",
        turn=spot.turn,
        keys=_keys(index, spot),
    )


def _keys(index: int, spot: Spot) -> str:
    """A channel swaying around where the piece lies: neighbours differ in channel, period and direction."""
    channel, reach = MOTIONS[index % len(MOTIONS)]
    period = PERIODS[index % len(PERIODS)]
    away = reach if index % 2 else -reach
    rest = {"x": spot.x, "y": spot.y, "turn": spot.turn}[channel]
    keys = [[0, rest - away], [period // 2, rest + away], [period, rest - away]]
    return f"keys.{channel} = {{ keys = {keys}, loop = {period} }}"
