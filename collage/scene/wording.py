"""The model's refusals in our own words, each at the key or value that was written and with its cure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from collage.errors import Finding, Loc, suggest
from collage.scene import borrowed
from collage.scene.headings import MANY, orphan, several
from collage.scene.model import Layer, Scene, Settings, Table, table_of
from collage.scene.notyet import NO_FILMS
from collage.scene.source import MOST_TOLD, Source
from collage.scene.values import shown


def findings(error: ValidationError, source: Source, later: Collection[Loc] = ()) -> Iterator[Finding]:
    """A finding for each refusal; `source` is the text that was refused, fields in `later` have been refused before."""
    errors = error.errors(include_url=False)
    if len(errors) > MOST_TOLD:
        yield source.finding(
            errors[MOST_TOLD]["loc"], f"{len(errors) - MOST_TOLD} more findings: mend the others first"
        )
    for one in errors[:MOST_TOLD]:
        loc = one["loc"]
        if any(loc[:size] in later for size in range(1, len(loc) + 1)):
            continue
        if one["type"] == "extra_forbidden":
            yield source.finding_at_key(loc, _unknown(loc, one["input"], source))
        elif loc and loc[-1] == "[key]":
            yield source.finding_at_key(loc[:-1], one["msg"].removeprefix("Value error, "))
        else:
            yield source.finding(loc, _WORDS.get(one["type"], _plain)(loc, one, source))


def table_name(loc: Loc) -> str:
    """A table for people: ``[[layer]]``, ``[scene]``, ``keys.x of [[layer]]``, ``this file``."""
    if not loc:
        return "this file"
    root = f"[[{loc[0]}]]" if loc[0] in MANY else f"[{loc[0]}]"
    rest = ".".join(part for part in loc[1:] if isinstance(part, str))
    return f"{rest} of {root}" if rest else root


def fields_at(loc: Loc) -> dict[str, Any]:
    """The keys that a table may have, by the name they are written with."""
    model: type[Table] | None = Scene
    for part in loc:
        if model and isinstance(part, str):
            field = _fields(model).get(part)
            model = table_of(field.annotation) if field else None
    return _fields(model) if model else {}


def _fields(model: type[Table]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _unknown(loc: Loc, value: Any, source: Source) -> str:
    table, key = loc[:-1], str(loc[-1])
    if not table:
        return _unknown_table(key, value, source)
    if table[-1] == "keys" and (landed := _landed(loc, value, source)):
        return landed
    known = fields_at(table)
    tail = borrowed.cure(loc, value, known, source) or f" Known are {', '.join(known)}"
    return f"unknown key {shown(key)} in {table_name(table)}.{tail}"


def _unknown_table(key: str, value: Any, source: Source) -> str:
    if key in ("film", "shot") and isinstance(value, list | dict):
        return f"this belongs to a film, in a file of its own, NAME.film.toml: {NO_FILMS}"
    if key not in _fields(Layer) and (line := borrowed.at_the_top(key, value, source)):
        return f"unknown key {shown(key)} above all tables. Write [scene] and under it {line}"
    if key in _fields(Settings):
        return f'"{key}" belongs under [scene]: write [scene] above it'
    if "/" in key:
        return f'an asset stands in a layer: write [[layer]] and under it asset = "{key}"'
    if not isinstance(value, list | dict):
        tail = " Write it under [[layer]]" if key in _fields(Layer) else suggest(key, ["format"])
        return f"unknown key {shown(key)} above all tables.{tail or ' Write it under the table it belongs to'}"
    known = {(f"[[{name}]]" if name in MANY else f"[{name}]"): name for name in _fields(Scene) if name != "format"}
    near = get_close_matches(key.lower(), known.values(), 1)
    tail = next((f" Did you mean {table}?" for table, name in known.items() if [name] == near), "")
    return f"unknown table {shown(key)}.{tail or ' Known are ' + ', '.join(known)}"


def _landed(loc: Loc, value: Any, source: Source) -> str:
    """For a field of the layer that fell under the heading [layer.keys]: where it has to go. Else nothing."""
    keys, _ = source.seek(loc[:-1])
    if loc[0] not in ("layer", "peg", "sheet") or keys.written or loc[-1] not in fields_at(loc[:2]):
        return ""
    node, _ = source.seek(loc)
    if not _headed(source, keys.key):
        return ""
    line = source.line(source.line_column(node.key)[0]).strip()
    heading = f"[{loc[0]}.keys]"
    if loc[-1] == "keys":
        return f"keys. under {heading} means keys.keys.: write {line.removeprefix('keys.')}"
    return f"this landed in {heading} (line {source.line_column(keys.key)[0]}): write {line} above {heading}"


def _headed(source: Source, offset: int) -> bool:
    """Whether a table was made by a heading, not by dotted keys."""
    line, column = source.line_column(offset)
    return source.line(line)[: column - 1].lstrip().startswith("[")


def _missing(loc: Loc, one: Any, source: Source) -> str:
    return f'{table_name(loc[:-1])} needs a {loc[-1]}: write {loc[-1]} = "…" in it'


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
    if len(loc) == 3 and loc[-1] == "keys" and isinstance(value, list):
        channel = "opacity" if loc[0] == "sheet" else "x"
        return f"keys belong to a channel: write keys.{channel} = {_short(loc, source)}, or the channel that you mean"
    return f"a table belongs here, not {shown(value)}: write {loc[-1]} = {{ … }} or a heading"


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
    return text if len(text) <= 80 and "\n" not in text else "[[0, …], …]"


def _no_list(loc: Loc, one: Any, source: Source) -> str:
    value, name = one["input"], loc[-1]
    if len(loc) == 1 and name in MANY and isinstance(value, dict):
        return orphan(str(name)) if set(value) == {"keys"} else several(str(name))
    if len(loc) == 1 and name in MANY:
        return f"tables belong here, not {shown(value)}: write [[{name}]]"
    if name == "keys":
        return f"keys come in a list, not {shown(value)}: write [[moment, value], [moment, value, ease]]"
    return f"a list belongs here, not {shown(value)}: write {name} = [ … ]"


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
