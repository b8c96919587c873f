"""The model's refusals in our own words, each at the key or value that was written and with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from collage.errors import Finding, Loc, suggest
from collage.scene import borrowed
from collage.scene.checks import shown
from collage.scene.headings import MANY, orphan, several
from collage.scene.model import Film, FilmSettings, Layer, Scene, Settings, Shot, Table, by_name, table_of
from collage.scene.moves import TABLES, Move
from collage.scene.source import MOST_TOLD, Source

_Home = tuple[type[Table], str, type[Table], str, type[Table]]


def findings(error: ValidationError, source: Source) -> Iterator[Finding]:
    """A finding for each refusal; `source` is the text that was refused."""
    errors = error.errors(include_url=False)
    if len(errors) > MOST_TOLD:
        yield source.finding(
            errors[MOST_TOLD]["loc"], f"{len(errors) - MOST_TOLD} more findings: mend the others first"
        )
    for one in errors[:MOST_TOLD]:
        loc = one["loc"]
        if one["type"] == "extra_forbidden":
            yield source.finding_at_key(loc, _unknown(loc, one["input"], source))
        elif loc and loc[-1] == "[key]":
            yield source.finding_at_key(loc[:-1], one["msg"].removeprefix("Value error, "))
        else:
            words = _WORDS.get(one["type"], _plain)(loc, one, source)
            place = getattr(one.get("ctx", {}).get("error"), "place", None)  # of a formula, which lie deep in a text
            inside = None if place is None or not source.text else source.inside(loc, place)
            yield source.finding(loc, words) if inside is None else source.finding_at(inside, words)


def table_name(loc: Loc) -> str:
    """A table for people: ``[[layer]]``, ``[scene]``, ``keys.x of [[layer]]``, ``this file``."""
    if not loc:
        return "this file"
    root = f"[[{loc[0]}]]" if loc[0] in MANY else f"[{loc[0]}]"
    rest = ".".join(part for part in loc[1:] if isinstance(part, str))
    return f"{rest} of {root}" if rest else root


def _this_table(loc: Loc, source: Source) -> str:
    """As `table_name`, and of a move which it is."""
    do = source.word((*loc, "do")) if loc[-2:-1] == ("move",) else None
    return f"{table_name(loc)}".replace("move", f'move "{do}"', 1) if do else table_name(loc)


def fields_at(loc: Loc, source: Source | None = None) -> dict[str, Any]:
    """The keys that a table may have, by the name they are written with. Those of a move hang on the `do` written in
    `source`."""
    model: type[Table] | None = Film if source and source.film else Scene
    named = False  # whether this part of the loc is a name that people give, as of `part`
    for size, part in enumerate(loc, 1):
        if isinstance(part, int):
            model = _move(loc[:size], source) if model is Move else model
        elif not named:
            field = _fields(model).get(part) if model else None
            model = table_of(field.annotation) if field else None
            named = field is not None and by_name(field.annotation)
        else:
            named = False
    return _fields(model) if model else {}


def _move(loc: Loc, source: Source | None) -> type[Table]:
    do = source.word((*loc, "do")) if source else None
    return TABLES.get(do or "", Move)


def _fields(model: type[Table]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _unknown(loc: Loc, value: Any, source: Source) -> str:
    table, key = loc[:-1], str(loc[-1])
    if not table:
        return _unknown_table(key, value, source)
    if len(table) > 1 and (landed := _landed(loc, value, source)):
        return landed
    known = fields_at(table, source)
    tail = borrowed.cure(loc, value, known, source) or f" Known are {', '.join(known)}"
    return f"unknown key {shown(key)} in {_this_table(table, source)}.{tail}"


def _unknown_table(key: str, value: Any, source: Source) -> str:
    whole, home, settings, many, things = _FILM if source.film else _SCENE
    if isinstance(value, list | dict) and (elsewhere := _elsewhere(key, source)):
        return elsewhere
    if key not in _fields(things) and (line := borrowed.at_the_top(key, value, source)):
        return f"unknown key {shown(key)} above all tables. Write [{home}] and under it {line}"
    if key in _fields(settings):
        return f'"{key}" belongs under [{home}]: write [{home}] above it'
    if "/" in key and not source.film:
        return f'an asset stands in a layer: write [[layer]] and under it asset = "{key}"'
    if not isinstance(value, list | dict):
        tail = f" Write it under [[{many}]]" if key in _fields(things) else suggest(key, ["format"])
        return f"unknown key {shown(key)} above all tables.{tail or ' Write it under the table it belongs to'}"
    known = {(f"[[{name}]]" if name in MANY else f"[{name}]"): name for name in _fields(whole) if name != "format"}
    near = get_close_matches(borrowed.TABLES.get(key.lower(), key.lower()), known.values(), 1)
    tail = next((f" Did you mean {table}?" for table, name in known.items() if [name] == near), "")
    return f"unknown table {shown(key)}.{tail or ' Known are ' + ', '.join(known)}"


_SCENE: _Home = (Scene, "scene", Settings, "layer", Layer)
_FILM: _Home = (Film, "film", FilmSettings, "shot", Shot)
"""Of each kind of text: the whole, its table of settings, and the table of what it shows."""


def _elsewhere(key: str, source: Source) -> str:
    """What to say to a scene's table in a film, and the other way round."""
    if source.film and key in _fields(Scene):
        return "this belongs to a scene, in a file of its own, scenes/NAME.toml, which a [[shot]] names"
    if not source.film and key in _fields(Film):
        return "this belongs to a film, in a file of its own, scenes/NAME.film.toml"
    return ""


def _landed(loc: Loc, value: Any, source: Source) -> str:
    """For a field of the layer that fell under a heading like [layer.keys]: where it has to go. Else nothing."""
    keys, _ = source.seek(loc[:-1])
    owner = loc[:-2]
    if len(owner) > 2 or keys.written or loc[-1] not in fields_at(owner):
        return ""
    node, _ = source.seek(loc)
    if not _headed(source, keys.key):
        return ""
    line = source.line(source.line_column(node.key)[0]).strip()
    heading = f"[{loc[0]}.{loc[-2]}]"
    if loc[-2:] == ("keys", "keys"):
        return f"keys. under {heading} means keys.keys.: write {line.removeprefix('keys.')}"
    return f"this landed in {heading} (line {source.line_column(keys.key)[0]}): write {line} above {heading}"


def _headed(source: Source, offset: int) -> bool:
    """Whether a table was made by a heading, not by dotted keys."""
    line, column = source.line_column(offset)
    return source.line(line)[: column - 1].lstrip().startswith("[")


def _missing(loc: Loc, one: Any, source: Source) -> str:
    key = str(loc[-1])
    if key == "do":
        return _no_do(loc, source)
    example = _EXAMPLES.get(key, '"…"')
    return f"{table_name(loc[:-1])} needs a {key}: write {key} = {example} in it"


_EXAMPLES = {"layer": '"window"', "scene": '"scenes/bath.toml"', "file": '"assets/sound/slap.wav"'}


def _no_do(loc: Loc, source: Source) -> str:
    """A move that doesn't say which, or not by our word for it."""
    table = source.seek(loc[:-1])[0].table if source.text else {}
    for word in ("type", "name", "kind", "move", "effect"):
        if word in table:
            return f"a move is named by do: write do = {_short((*loc[:-1], word), source)} instead of {word}"
    return f'{table_name(loc[:-1])} needs a do, which says what move it is: write do = "bob" in it'


def _literal(loc: Loc, one: Any, source: Source) -> str:
    choices = [word.strip("'") for word in one["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    near = {"center": "centre", "middle": "centre"}.get(one["input"] if isinstance(one["input"], str) else "", "")
    tail = f' Did you mean "{near}"?' if near in choices else suggest(str(one["input"]), choices)
    return f"{shown(one['input'])} is none of {', '.join(choices)}.{tail}".removesuffix(".")


def _no_table(loc: Loc, one: Any, source: Source) -> str:
    value = one["input"]
    if len(loc) == 1 and isinstance(value, list):
        return f"there is one of these only, so it wears single brackets: write [{loc[0]}]"
    if len(loc) > 2 and loc[-2] == "keys":
        return _landed(loc, value, source) or _no_track(loc, value, source)
    if loc[-1] == "keys" and isinstance(value, list):
        channel = {"sheet": "opacity", "lamp": "turn"}.get(str(loc[0]), "x")
        return f"keys belong to a channel: write keys.{channel} = {_short(loc, source)}, or the channel that you mean"
    if (form := _FORMS.get(str(loc[-1]))) and isinstance(value, str | int | float) and not isinstance(value, bool):
        return f"a table belongs here, not {shown(value)}: write {form.format(_short(loc, source))}"
    if loc[-1] in ("edge", "print") and value is True:
        return f"a table belongs here, not true: write {loc[-1]} = {{}} for all its defaults"
    return f"a table belongs here, not {shown(value)}: write {loc[-1]} = {{ … }} or a heading"


_FORMS = {
    "expr": "expr.x = {}, or the channel that you mean",
    "repeat": "repeat = {{ count = {} }}",
    "time": "time = {{ start = {} }}",
    "join": "join = {{ how = {} }}",
    "edge": "edge = {{ border = {} }}",
    "print": "print = {{ halftone = {} }}",
    "matte": "matte = {{ layer = {} }}",
}
"""Tables for which people write one value, as the table they mean."""


def _no_track(loc: Loc, value: Any, source: Source) -> str:
    channel, it = str(loc[-1]), shown(value)
    headed = _headed(source, source.seek(loc[:-1])[0].key)
    cure = f"{'' if headed else 'keys.'}{channel} = [[0, {it}]]"
    if channel in fields_at(loc[:-2]) and not headed:
        cure = f"{channel} = {it} without keys, or {cure}"
    return f"a channel has a list of keys, not {it}: write {cure}"


def _short(loc: Loc, source: Source) -> str:
    """A value as it stands in the text, if it stands on a line."""
    node, _ = source.seek(loc)
    text = source.text[node.start : node.end]
    short = 0 < len(text) <= 80 and "\n" not in text
    return text if short else "[[0, …], …]" if text.startswith("[") else "…"


def _no_list(loc: Loc, one: Any, source: Source) -> str:
    value, name = one["input"], loc[-1]
    if len(loc) == 1 and name in MANY and isinstance(value, dict):
        inside = f"{name}.{next(iter(value), '')}"
        headed = len(value) == 1 and _headed(source, source.seek(tuple(inside.split(".")))[0].key)
        return orphan(inside) if headed else several(str(name))
    if len(loc) == 1 and name in MANY:
        return f"tables belong here, not {shown(value)}: write [[{name}]]"
    if name == "keys":
        return f"keys come in a list, not {shown(value)}: write [[moment, value], [moment, value, ease]]"
    if name == "move":
        return f"moves come in a list, not {shown(value)}: write move = {_moves(loc, value, source)}"
    return f"a list belongs here, not {shown(value)}: write {name} = [ … ]"


def _moves(loc: Loc, value: Any, source: Source) -> str:
    if isinstance(value, str):
        return f"[{{ do = {shown(value)} }}]"
    written = source.seek(loc)[0].written and isinstance(value, dict)
    return f"[{_short(loc, source)}]" if written else '[{ do = "bob" }]'


def _plain(loc: Loc, one: Any, source: Source) -> str:
    """A refusal of our own, with what TOML did to it if that explains it."""
    words = str(one["msg"]).removeprefix("Value error, ")
    node, _ = source.seek(loc)
    raw = source.text[node.start : node.end]
    if isinstance(one["input"], str) and "\\" in raw and not one["input"].isprintable():
        fixed = raw.replace("\\\\", "/").replace("\\", "/")
        return f"a backslash in quotes starts an escape, and paths are always written with /: write {fixed}"
    if len(loc) > 2 and loc[-2] == "keys" and isinstance(one["input"], list):
        landed = _landed(loc, one["input"], source)
        return f"{landed}; or {words}" if landed else words
    return words


_WORDS: dict[str, Callable[[Loc, Any, Source], str]] = {
    "missing": _missing,
    "literal_error": _literal,
    "model_type": _no_table,
    "dict_type": _no_table,
    "tuple_type": _no_list,
    "value_error": _plain,
}
"""By pydantic's kinds of error: all that this model can give."""
