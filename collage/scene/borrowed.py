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
    "blend_mode": "blend = {it}",
    "mask": "matte = {it}",
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
        "f_stop fstop": "aperture = {it}",
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
_DEFAULTS = {"width": "400", "height": "120", "scale_x": "1", "scale_y": "1", "x": '"50%"', "y": '"50%"'}
_DEFAULTS |= {"columns": "6", "rows": "4"}
_LONGEST = 60
_INNER = ("type", "move", "repeat", "time", "join")
"""Tables inside others that have words of their own."""


def cure(loc: Loc, value: Any, known: Collection[str], source: Source) -> str:
    """The tail of a message about the unknown key at `loc`: the line to write, or the nearest of the `known` keys."""
    table, _ = source.seek(loc[:-1])
    lines = _lines(loc, table)
    near = get_close_matches(str(loc[-1]).lower(), {**lines, **dict.fromkeys(known)}, 1)
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
