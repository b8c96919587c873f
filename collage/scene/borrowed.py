"""Words of other programs, and fields looked for in the wrong table: one table of words with the line to write.

In a line `{it}` is the value as it was written, `{word}` the key itself; other names are the table's other keys, with
what they are by default where they are not written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from collage.errors import Loc
from collage.scene.headings import MANY
from collage.scene.positions import Node
from collage.scene.source import Source
from collage.scene.values import asset_name

_MOVING = {
    "rotation rotate angle": "turn = {it}",
    "x y": "at = [{x}, {y}]",
    "position pos": "at = {it}",
    "scale_x scale_y": "scale = [{scale_x}, {scale_y}]",
}
_LAYER = {
    "anchor origin": "pivot = {it}",
    "alpha": "opacity = {it}",
    "z zindex z_index z-index depth": "order = {it}",
    "visible": "hidden = {opposite}",
    "blur swap": "keys.{word} = [[0, {it}]]",
    "file image src picture": "asset = {asset}",
    "width height": "size = [{width}, {height}]",
    "font align leading": "type = {{ {word} = {it} }}",
    "font_size fontsize": "type = {{ size = {it} }}",
    "color colour": "tint = {it}",
    "rectangle": "card = {it}",
    "start from": "in = {it}",
    "end until": "out = {it}",
    "duration": 'out = "in + {bare}"',
    "parallax": 'sheet = "stage"',
    "blend_mode blendmode mix_blend_mode mix-blend-mode compositing": "blend = {it}",
    "mask track_matte clip clip_path": "matte = {{ layer = {it} }}",
    "drop_shadow cast_shadow shadows": "shadow = {it}",
    "border outline stroke": "edge = {{ border = {it} }}",
    "wobble boil torn dark wear": "edge = {{ {word} = {it} }}",
    "halftone inks fibre photocopy": "print = {{ {word} = {it} }}",
    "animate": "keys = {it}",
}
_LINES = {
    "asset": {"width height": "scale = 0.5 (1 is its own size)"},
    "text": {"color colour": "type = {{ colour = {it} }}"},
    "card": {"color colour": "card = {it}"},
    "layer": _MOVING | _LAYER,
    "peg": _MOVING,
    "sheet": {"z depth height parallax": "gap = {it}", "alpha": "opacity = {it}"},
    "scene": {
        "fps framerate frame_rate": "rate = {it}",
        "width height": "size = [{width}, {height}]",
        "resolution": "size = {it}",
        "duration": "length = {it}",
        "background": "paper = {it}",
        "name": "title = {it}",
    },
    "sound": {"bpm": "tempo = {it}", "volume": "gain = {it}"},
    "effect": {"volume": "gain = {it}", "start time": "at = {it}", "src sound": "file = {it}"},
    "camera": {
        "rotation rotate angle": "turn = {it}",
        "position pos": "at = {it}",
        "x y": "at = [{x}, {y}]",
        "scale": "zoom = {it}",
        "z distance": "height = {it}",
        "fov focal focal_length lens": "zoom = 1.0 (2 shows half as much, twice as large)",
        "f_stop fstop dof depth_of_field": "aperture = {it}",
        "focus_distance focal_distance": "focus = {it}",
        "shutter_angle motion_blur": "shutter = {it}",
    },
    "lamp": {
        "rotation rotate angle direction azimuth": "turn = {it}",
        "elevation altitude height tilt": "lean = 27 (0 is overhead, towards 90 it rakes)",
        "intensity brightness opacity darkness": "strength = {it}",
        "size softness blur radius": "spread = {it}",
        "position pos at x y": "turn = -37 (where it stands, clockwise from the top)",
    },
    "look": {
        "noise film_grain": "grain = {it}",
        "shake jitter gate_weave": "weave = {it}",
        "vignetting": "vignette = {it}",
        "temperature sepia": "warmth = {it}",
        "cube table grade": "lut = {it}",
    },
    "edge": {
        "width size paper": "border = {it}",
        "color": "colour = {it}",
        "roughness": "wobble = {it}",
        "knives": "boil = {it}",
        "rip tear": "torn = {it}",
        "black burnt": "dark = {it}",
    },
    "print": {
        "dots dot cell": "halftone = {it}",
        "ink colours colors": 'inks = ["#5c9ca0", "#b8402e"]',
        "fiber": "fibre = {it}",
        "xerox": "photocopy = {it}",
    },
    "matte": {
        "source name of": "layer = {it}",
        "mode type channel": "by = {it}",
        "invert inverted": 'side = "outside"',
    },
    "move": {
        "amplitude amount distance degrees": "by = {it}",
        "period frequency": "every = {it}",
        "duration": 'out = "in + {bare}"',
        "delay start begin": 'in = "in + {bare}"',
        "from": "in = {it}",
        "end until": "out = {it}",
        "easing": "ease = {it}",
        "offset": "phase = {it}",
        "target": "layer = {it}",
        "mode": "how = {it}",
        "direction": "by = {it}",
    },
    "repeat": {"times copies n": "count = {it}", "columns rows": "grid = [{columns}, {rows}]", "random": "vary = {it}"},
    "time": {"offset in": "start = {it}", "rate": "speed = {it}", "repeat": "loop = {it}"},
    "film": {
        "fps framerate frame_rate": "rate = {it}",
        "width height": "size = [{width}, {height}]",
        "resolution": "size = {it}",
        "name": "title = {it}",
    },
    "shot": {
        "start": "at = {it}",
        "transition": "join = {{ how = {it} }}",
        "file src clip": "scene = {it}",
        "duration length": 'out = "in + {bare}"',
        "from": "in = {it}",
        "end until": "out = {it}",
    },
    "join": {"type transition kind": "how = {it}", "duration": "length = {it}", "color": "colour = {it}"},
    "type": {"color": "colour = {it}", "font_size fontsize": "size = {it}", "line_height": "leading = {it}"},
}
TABLES = {"light": "lamp", "lights": "lamp", "lighting": "lamp", "shadow": "lamp", "shadows": "lamp"}
TABLES |= {"grade": "look", "grading": "look", "post": "look", "filter": "look", "stock": "look"}
"""Tables of other programs, and ours."""
_HOMES = {
    "look": "grain flicker weave vignette dust scratches warmth reflection lut",
    "lamp": "lean strength spread",
    "camera": "zoom focus aperture bokeh shutter",
    "scene": "linear",
}
"""Keys that only one table has, looked for in others."""
_DEFAULTS = {"width": "400", "height": "120", "scale_x": "1", "scale_y": "1", "x": '"50%"', "y": '"50%"'}
_DEFAULTS |= {"columns": "6", "rows": "4"}
_LONGEST = 60
_INNER = ("type", "move", "repeat", "time", "join", "edge", "print", "matte")
"""Tables inside others that have words of their own."""


def cure(loc: Loc, value: Any, known: Collection[str], source: Source) -> str:
    """The tail of a message about the unknown key at `loc`: the line to write, or the nearest of the `known` keys."""
    table, _ = source.seek(loc[:-1])
    lines = _lines(loc, table)
    key = str(loc[-1]).lower()
    if key not in lines and not source.film and (home := _home(key)):
        return home
    near = get_close_matches(key, {**lines, **dict.fromkeys(known)}, 1)
    if not near:
        return ""
    if near[0] in known:
        return f' Did you mean "{near[0]}"?'
    ours = lines[near[0]].partition(" = ")[0]
    if _inside(loc) == "move" and ours not in known:
        return ""
    if _nested(loc) and _inside(loc) != "move":
        return f' Did you mean "{ours}"?' if ours in known else ""
    return f" Write {_filled(lines[near[0]], near[0], loc, value, source)}"


def _home(key: str) -> str:
    """The tail for a key that stands in the wrong table, or that is a table by itself."""
    if key in ("lamp", "look", "camera"):
        return f" It is a table by itself: write [{key}] above its keys"
    return next((f" It belongs under [{table}]" for table, keys in _HOMES.items() if key in keys.split()), "")


def at_the_top(key: str, value: Any, source: Source) -> str:
    """The line of [scene], or of [film], for a word above all tables, or nothing."""
    line = _flat(_LINES["film" if source.film else "scene"]).get(key.lower())
    table, _ = source.seek(())
    return _filled(line, key.lower(), (key,), value, source) if line and table.table[key].written else ""


def _lines(loc: Loc, table: Node) -> dict[str, str]:
    """The words for a table; of a layer, those for what it shows come first."""
    root = str(loc[0])
    shows = [kind for kind in ("asset", "card", "text") if kind in table.table] if root == "layer" else []
    kinds = [_inside(loc)] if _inside(loc) else [root, *shows]
    found: dict[str, str] = {}
    for kind in kinds:
        found |= _flat(_LINES.get(kind, {}))
    return found


def _inside(loc: Loc) -> str:
    """The table inside another that a key stands in, if that has words of its own: "move", "type"."""
    names = [part for part in loc[1:-1] if isinstance(part, str)]
    return names[-1] if names and names[-1] in _INNER else ""


def _flat(lines: Mapping[str, str]) -> dict[str, str]:
    return {word: line for words, line in lines.items() for word in words.split()}


def _nested(loc: Loc) -> bool:
    return len([part for part in loc if isinstance(part, str)]) > 2


def _filled(line: str, word: str, loc: Loc, value: Any, source: Source) -> str:
    """The line with what is written in it; `word` is the key at `loc`, or what it was probably meant to be."""
    table, _ = source.seek(loc[:-1])
    it = _written(table, str(loc[-1]), source)
    bare = it.strip("\"'")
    known = {
        "it": it,
        "bare": bare if bare[:1].isdigit() else "12",
        "word": word,
        "opposite": {"true": "false", "false": "true"}.get(it, it),
        **_DEFAULTS,
    }
    known["asset"] = f'"{asset_name(value)}"' if isinstance(value, str) else it
    if loc[0] not in MANY:
        known |= {"width": "1920", "height": "1080"}
    if loc[0] == "peg" or "parent" in table.table:  # there a percentage means nothing
        known |= {"x": "0", "y": "0"}
    known |= {key: _written(table, key, source) for key in _DEFAULTS if key in table.table}
    return line.format_map({**known, word: it})


def _written(table: Node, key: str, source: Source) -> str:
    """The value of a key as it stands in the text, if it stands on one line."""
    node = table.table[key]
    text = source.text[node.start : node.end]
    return text if 0 < len(text) <= _LONGEST and "\n" not in text else "…"
