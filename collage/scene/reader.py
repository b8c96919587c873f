"""From text to `Scene` or `Film`: every finding at once, each with line, column and cure.

The text is guarded (size, nesting), parsed by `tomllib`, checked by the model, then by the rules that join fields and
by the list of what does not act yet. Places are looked up only for what is found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from collage.errors import CollageError, Finding, Loc, SceneError
from collage.scene import film_rules, hints, rules, wording
from collage.scene.guard import MOST_BYTES, TooDeep, check_depth, load_text, tidy
from collage.scene.model import IN_TEXT, Film, Scene, Table
from collage.scene.source import Source

_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


_A_FILM = "this is a film, which plays as a whole, and a scene belongs here: name one of its scenes"
_NO_FILM = "a film's file is called NAME.film.toml, with a [[shot]] for each scene in it: give it that name"
_Whole = TypeVar("_Whole", bound=Table)


def is_film(path: str | Path) -> bool:
    """Whether a path is a film's, which its name alone says."""
    return str(path).lower().endswith(".film.toml")


def read(path: str | Path) -> Scene:
    """The scene of a file. SceneError with every finding; AssetError for a path that can't be read as text."""
    return read_source(path)[0]


def read_source(path: str | Path) -> tuple[Scene, Source]:
    """The scene and its source, which places what later checks find. Errors as `read`."""
    return _scene(Source(str(path), load_text(Path(path)), is_film(path)))


def read_film(path: str | Path) -> tuple[Film, Source]:
    """The film of a file and its source. Errors as `read`."""
    return _film(Source(str(path), load_text(Path(path)), is_film(path)))


def parse(text: str, name: str = "scene") -> Scene:
    """The scene of a text; `name` is what findings call it. Errors as `read`."""
    return parse_source(text, name)[0]


def parse_source(text: str, name: str = "scene") -> tuple[Scene, Source]:
    """The scene of a text, and its source. Errors as `read`."""
    return _scene(Source(name, tidy(_bounded(text, name)), is_film(name)))


def parse_film(text: str, name: str = "scene.film.toml") -> Film:
    """The film of a text; `name` is what findings call it. Errors as `read`."""
    return _film(Source(name, tidy(_bounded(text, name)), is_film(name)))[0]


def findings(whole: Scene | Film, source: Source) -> list[Finding]:
    """What the rules say of a scene or a film that the model has accepted, also one built in Python."""
    return _placed(_rules(whole), source)


def _rules(whole: Table) -> list[tuple[Loc, str]]:
    if isinstance(whole, Film):
        return film_rules.problems(whole)
    return rules.problems(whole) if isinstance(whole, Scene) else []


def _bounded(text: str, name: str) -> str:
    if len(text) > MOST_BYTES:
        raise CollageError(f"{name}: larger than {MOST_BYTES // 1024**2} MB, no scene a person wrote: split it up")
    return text


def _scene(source: Source) -> tuple[Scene, Source]:
    if source.film:
        raise SceneError([source.finding_at(0, _A_FILM)])
    return _checked(Scene, source), source


def _film(source: Source) -> tuple[Film, Source]:
    if not source.film:
        raise SceneError([source.finding_at(0, _NO_FILM)])
    return _checked(Film, source), source


def _checked(kind: type[_Whole], source: Source) -> _Whole:
    document = _document(source)
    found = [*hints.misplaced(source), *_format(document, source)]
    try:
        whole = kind.model_validate(document, by_alias=True, by_name=False, context=IN_TEXT)
    except ValidationError as error:
        raise SceneError(sorted({*found, *wording.findings(error, source)})) from None
    found += _placed(_rules(whole), source)
    if found:
        raise SceneError(sorted(set(found)))
    return whole


def _placed(problems: Iterable[tuple[Loc, str]], source: Source) -> list[Finding]:
    return sorted(source.finding(loc, message) for loc, message in problems)


def _document(source: Source) -> dict[str, Any]:
    """What tomllib makes of the text, without a `"$schema"`, which is a remark to editors."""
    try:
        check_depth(source.text)
        document = tomllib.loads(source.text)
    except TooDeep as error:
        raise SceneError([source.finding_at(error.place, str(error))]) from None
    except RecursionError:
        raise SceneError([source.finding_at(0, "nested too deep to be read: write it flatter")]) from None
    except ValueError as error:
        raise SceneError([_syntax(str(error), source)]) from None
    document.pop("$schema", None)
    return document


def _syntax(message: str, source: Source) -> Finding:
    match = _PLACE.fullmatch(message)
    end = len(source.text.rstrip())
    offset = source.offset(int(match[2]), int(match[3])) if match and match[2] else end
    return hints.syntax(source, match[1] if match else message, offset)


def _format(document: dict[str, Any], source: Source) -> Iterator[Finding]:
    if "format" not in document:
        yield source.finding_at(0, "the version of the format is missing: write format = 1 as the first line")
