"""`assets/registry.toml`: what a picture cannot say of itself, read and checked entry by entry.

A fault in one entry leaves the others usable, so findings are kept with the entry they concern.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, partial
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from collage.errors import Finding
from collage.registry import paper
from collage.registry.paper import EDGE, PRINT, Misfit
from collage.registry.probe import plain
from collage.registry.tables import parse, positions
from collage.registry.traps import explained

WHERE = "assets/registry.toml"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
ASSET = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*")
_PERCENT = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?%")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
MOST_BYTES = 16 * 2**20

Place = tuple[float | str, float | str]
MovingPlace = dict[str, Place | None]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        raise ValueError("a whole number from 1 belongs here; leave it out for any number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 10_000:
        raise ValueError("a text in quotes belongs here")
    return value


def _place(value: Any) -> Place:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError('a point belongs here: [412, 610] or ["50%", "100%"]')
    return _extent(value[0]), _extent(value[1])


def _extent(value: Any) -> float | str:
    if isinstance(value, str):
        if not _PERCENT.fullmatch(value):
            raise ValueError(f'can\'t read "{value[:40]}": write pixels as a bare number, or "50%"')
        return value
    return paper.number(-1e9, 1e9, value)


def _hooks(value: Any) -> dict[str, Place | MovingPlace]:
    return {
        name: _moving(name, place) if isinstance(place, dict) else _place(place)
        for name, place in _table(value).items()
    }


def _moving(hook: str, value: dict[str, Any]) -> MovingPlace:
    """A point for some of the drawings, None where it is hidden."""
    wrong = [drawing for drawing, place in value.items() if place != "hidden" and not isinstance(place, list)]
    if wrong or not value:
        what = f'drawing "{wrong[0]}" has none' if wrong else "it has none"
        raise ValueError(
            f'hook "{hook}" has a point for each drawing it names, or "hidden", and {what}: '
            'write { 1 = [350, 420], 13 = "hidden" }'
        )
    return {drawing: None if place == "hidden" else _place(place) for drawing, place in value.items()}


def _drawings(value: Any) -> dict[str, str]:
    if not _table(value):
        raise ValueError('at least one drawing belongs here: { shut = "teeth/shut.png" }')
    return {name: _path(path) for name, path in value.items()}


def _path(value: Any) -> str:
    path = _text(value)
    if "\\" in path or not path.isprintable():
        raise ValueError(
            'a backslash in quotes starts an escape, and paths are always written with /: "teeth/shut.png"'
        )
    return path


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a table of names belongs here: { name = … }")
    for name in value:
        if not NAME.fullmatch(name):
            raise ValueError(f'"{name[:40]}" is no name: lower-case letters, digits, _ and -')
    if "none" in value:
        raise ValueError('"none" is taken: it lifts a piece off')
    return value


def _frames(value: Any) -> str:
    folder, _, file = _path(value).rpartition("/")
    if "#" in folder or not re.fullmatch(r"[^#]*#{1,18}[^#]*", file):
        raise ValueError('the file\'s number is written as one run of #, at most 18: "rocket/turn-####.png"')
    return str(value)


def _kind(value: str, unit: str = "") -> dict[str, Any]:
    """What the reference says of a key beside its line: what is written there, and in which unit."""
    return {"x-value": value, "x-unit": unit}


class Entry(BaseModel):
    """One table of the registry, its paths and percentages as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    copies: Annotated[int | None, PlainValidator(_whole)] = Field(
        None,
        description="At most so many layers hold it at any frame; 1 is one of a kind. Default: any number.",
        json_schema_extra=_kind("whole number, 1 to 1000000", "layers"),
    )
    pivot: Annotated[Place | None, PlainValidator(_place)] = Field(
        None,
        description="The point that lies at a layer's `at`, and that it turns and scales about. Default: the centre.",
        json_schema_extra=_kind("point", "px or % of the picture"),
    )
    hooks: Annotated[dict[str, Place | MovingPlace], PlainValidator(_hooks)] = Field(
        {},
        description="Points by name where other pieces hang; one that moves has a point for some of the drawings.",
        json_schema_extra=_kind("point, or points by drawing, for each name", "px or % of the picture"),
    )
    drawings: Annotated[dict[str, str] | None, PlainValidator(_drawings)] = Field(
        None,
        description="Several pictures by name, chosen by `keys.swap`; the first shows when nothing is chosen.",
        json_schema_extra=_kind("path for each name"),
    )
    frames: Annotated[str | None, PlainValidator(_frames)] = Field(
        None,
        description="Numbered pictures instead of drawings: # stands for a digit, and each is called by its number.",
        json_schema_extra=_kind("path with #"),
    )
    edge: Annotated[dict[str, Any] | None, PlainValidator(partial(paper.written, "edge", EDGE))] = Field(
        None,
        description="How it was cut, where a layer doesn't say otherwise. Default: along the picture's own outline.",
        json_schema_extra=_kind("a table"),
    )
    print: Annotated[dict[str, Any] | None, PlainValidator(partial(paper.written, "print", PRINT))] = Field(
        None,
        description="How it was printed, where a layer doesn't say otherwise. Default: the picture as it is.",
        json_schema_extra=_kind("a table"),
    )
    cut_by: Annotated[str, PlainValidator(_text)] = Field(
        "", description="Who cut it.", json_schema_extra=_kind("text")
    )
    hours: Annotated[float, PlainValidator(partial(paper.number, 0, 1e6))] = Field(
        0, description="What it cost in hours of work.", json_schema_extra=_kind("number, 0 to 1000000", "hours")
    )
    source: Annotated[str, PlainValidator(_text)] = Field(
        "", description="Where it comes from.", json_schema_extra=_kind("text")
    )
    licence: Annotated[str, PlainValidator(_text)] = Field(
        "", description='What others may do with it: "CC0-1.0".', json_schema_extra=_kind("text")
    )
    rating: Annotated[float | None, PlainValidator(partial(paper.number, 0, 10))] = Field(
        None, description="How good it is.", json_schema_extra=_kind("number, 0 to 10", "points")
    )
    sha256: Annotated[str, PlainValidator(_text)] = Field(
        "",
        description="The checksum of its picture; `collage assets check` reports a changed one.",
        json_schema_extra=_kind("text"),
    )


@dataclass(frozen=True)
class Registry:
    """The entries that are sound, and the findings: `faults[""]` of the file as a whole, else by entry."""

    entries: dict[str, Entry] = field(default_factory=dict)
    faults: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    text: str = ""

    @cached_property
    def places(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Where entries and keys stand; looked up when something is first told of one."""
        return positions(self.text)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def finding(self, name: str, key: str, message: str) -> Finding:
        """About a key of an entry, or one in it (``edge.border``), with the place where it stands, or where the entry
        begins."""
        nearest = (key, key.partition(".")[0], "")
        line, column = next((self.places[name, near] for near in nearest if (name, near) in self.places), (1, 1))
        return Finding(WHERE, line, column, plain(message))


def read_registry(raw: bytes) -> Registry:
    """The registry of the file's bytes; never raises: what is wrong stands in `faults`."""
    try:
        text = _text_of(raw)
        table = parse(text)
    except RecursionError:
        return _broken(1, 1, "this file is nested too deeply to be a registry")
    except UnicodeDecodeError:
        return _broken(1, 1, "this file is not UTF-8: save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _broken(*_explained(text, str(error)))
    except ValueError as error:
        return _broken(1, 1, " ".join(str(error).split())[:200])
    return _checked(text, table)


def _broken(line: int, column: int, message: str) -> Registry:
    return Registry(faults={"": (Finding(WHERE, line, column, plain(message)),)})


def _explained(text: str, message: str) -> tuple[int, int, str]:
    """Line, column and words for tomllib's message; "end of document" is where the last line with anything ends."""
    place, lines = _AT.search(message), text.rstrip().split("\n")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (len(lines), len(lines[-1]) + 1)
    return explained(text, line, column, _AT.sub("", " ".join(message.split()))[:200])


def _text_of(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise ValueError(f"this file is too large: at most {MOST_BYTES >> 20} MiB")
    return raw.decode("utf-8-sig").replace("\r\n", "\n")


def _checked(text: str, table: dict[str, Any]) -> Registry:
    registry = Registry(text=text)
    version = table.pop("format", None)
    if version != 1 or isinstance(version, bool):
        message = 'the first line is "format = 1"'
        if isinstance(version, dict):
            message = 'an asset can\'t be called "format": the word is taken by the first line'
        registry.faults[""] = (registry.finding("", "format", message),)
        return registry
    for name, facts in table.items():
        found = tuple(_entry(registry, name, facts))
        if found:
            registry.faults[name] = found
    return registry


def _entry(registry: Registry, name: str, facts: Any) -> list[Finding]:
    if not isinstance(facts, dict):
        message = f'"{name[:40]}" stands outside any asset: write ["kind/name"] above it'
        return [registry.finding("", name, message)]
    if not ASSET.fullmatch(name):
        return [registry.finding(name, "", _no_name(name))]
    try:
        entry = Entry.model_validate(facts)
    except ValidationError as error:
        return [_told(registry, name, facts, fault) for fault in error.errors(include_url=False)]
    if entry.drawings is not None and entry.frames is not None:
        return [registry.finding(name, "frames", "drawings and frames are two ways to say one thing: keep one")]
    registry.entries[name] = entry
    return []


def _no_name(name: str) -> str:
    near = re.sub(r"\.(?:png|jpe?g|webp|tiff?)$", "", name.replace("\\", "/").lower()).removeprefix("assets/")
    cure = f' Did you mean ["{near}"]?' if ASSET.fullmatch(near) else ""
    return f'"{name[:40]}" is no asset\'s name: its path under assets/ without the ending, in lower-case letters.{cure}'


def _told(registry: Registry, name: str, facts: dict[str, Any], fault: Any) -> Finding:
    key = str(fault["loc"][0])
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        message = f'no key "{key[:40]}" in an asset\'s entry. Known are {", ".join(Entry.model_fields)}'
        line = registry.lines[registry.finding(name, key, "").line - 1].strip()
        if line.startswith("["):
            message = f'no key "{key[:40]}" in an asset\'s entry. An asset\'s name is quoted: ["{name}/{key[:40]}"]'
        elif near := get_close_matches(key, Entry.model_fields, 1):
            cure = f'Did you mean "{near[0]}"? Write {line.replace(key, near[0], 1)}'
            message = f'no key "{key[:40]}" in an asset\'s entry. {cure}'
    else:
        error = fault.get("ctx", {}).get("error")
        key, message = _inside(key, error, message) if isinstance(error, Misfit) else (key, f"{key}: {message}")
    return registry.finding(name, key, message)


def _inside(table: str, misfit: Misfit, message: str) -> tuple[str, str]:
    """Key and words for what is wrong inside a table of an entry."""
    if misfit.key in Entry.model_fields and message.startswith("no key"):
        message = f'"{misfit.key}" is of the asset, and landed in {table}: write it above the heading of {table}'
        return f"{table}.{misfit.key}", message
    key = f"{table}.{misfit.key}"
    return key, message if message.startswith("no key") else f"{key}: {message}"
