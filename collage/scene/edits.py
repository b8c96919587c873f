"""Changes to the text of a scene: a layer moved, a layer added, and every other letter as it was.

The text is edited, never written anew from what it means, so comments, order, blanks and line ends stay. Each result
is read again and compared with what was meant, so that a text written in a way that is not foreseen here is refused in
words and stays as it was.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from collage.errors import CollageError, Loc, SceneError
from collage.files import settle, write_whole
from collage.scene.guard import load_raw, tidy
from collage.scene.likeness import own_name, unlike
from collage.scene.model import Layer, Scene
from collage.scene.nudges import Nudge, values
from collage.scene.positions import Node, scan
from collage.scene.reader import parse_source
from collage.scene.source import Source
from collage.scene.writer import write

Edit = tuple[int, int, str]
"""What stands from one offset to another, and what stands there instead."""
_ABOVE = ("name", "like", "asset", "scene", "text", "card", "group", "size", "sheet", "parent", "pivot", "at", "turn")
"""After the last of these, as far as it is written, a new line is put in."""


class Who(NamedTuple):
    """A layer: its number in the file, from 0, and its name, by which it is found again if others come or go."""

    number: int
    name: str | None


class Edited(NamedTuple):
    """A text after a change, and the scene that it says."""

    text: str
    scene: Scene


def load(path: Path) -> str:
    """The text of a scene's file to the letter, line ends and a byte order mark included. AssetError for a file that
    can't be read as text."""
    return load_raw(path)


def nudged(text: str, who: Who, nudge: Nudge, name: str = "scene") -> Edited:
    """The text with a layer lying otherwise; `name` is what findings call the file. SceneError with the place and the
    reason for what can't be moved in its own words, or not without others; CollageError if the layer is gone."""
    scene, source = parse_source(text, name)
    index, document = _found(scene, who, name), tomllib.loads(source.text)
    wanted = values(scene, document, source, index, nudge)
    if not wanted:
        return Edited(text, scene)
    root, meant = scan(source.text), deepcopy(document)
    for loc, value in wanted.items():
        _put(meant, loc, value)
    edits = [_edit(source, root, loc, value) for loc, value in wanted.items()]
    after = _sure(_spliced(text, edits), meant, name)
    _check_others(scene, after.scene, index, source)
    return after


def with_layer(text: str, layer: Layer, name: str = "scene") -> Edited:
    """The text with one more layer at its end, which is laid over all others of its sheet. SceneError if the scene may
    not have it."""
    _, source = parse_source(text, name)
    block = write(Scene(layer=(layer,))).partition("\n\n")[2]
    meant = tomllib.loads(source.text)
    meant.setdefault("layer", []).append(tomllib.loads(block)["layer"][0])
    end, gap = len(source.text), "\n" if source.text.endswith("\n") else "\n\n"
    return _sure(_spliced(text, [(end, end, f"{gap}{block}")]), meant, name)


def write_over(path: Path, before: str, after: str) -> None:
    """Replace the text of a file, all of it at once, if it still is what was `before`. CollageError if somebody else
    has saved it meanwhile, RunError if it can't be written."""
    real = path.resolve()
    if load(real) != before:
        raise CollageError(f"{path}: was saved by another program meanwhile, and stays as that left it: try again")
    write_whole(real, after.encode("utf-8"))
    settle(real.parent)


def _found(scene: Scene, who: Who, name: str) -> int:
    if who.number < len(scene.layer) and own_name(scene.layer[who.number]) == who.name:
        return who.number
    bearers = [index for index, layer in enumerate(scene.layer) if who.name and own_name(layer) == who.name]
    if len(bearers) != 1:
        raise CollageError(f'{name}: the layer "{who.name or who.number + 1}" is not there any more')
    return bearers[0]


def _put(document: Any, loc: Loc, value: Any) -> None:
    for part in loc[:-1]:
        document = document[part]
    document[loc[-1]] = value


def _edit(source: Source, root: Node, loc: Loc, value: Any) -> Edit:
    """What puts a value where one stands, or a new line where none does."""
    node: Node | None = root
    for part in loc[:-1]:
        node = node and node.step(part)
    if node is None:
        raise _unforeseen(source.path)
    if there := node.step(loc[-1]):
        return there.start, there.end, _written(value)
    above = [node.table[key] for key in _ABOVE if key in node.table and node.table[key].written]
    if node.written or not above:
        raise _unforeseen(source.path)
    last = max(above, key=lambda child: child.start)
    heads = [source.text[child.key : child.start].partition("=")[0] for child in above]
    width = max(map(len, heads)) if any(head.endswith("  ") for head in heads) else 0
    end = source.text.find("\n", last.end)
    end = len(source.text) if end < 0 else end
    return end, end, f"\n{_key(source.text, last, str(loc[-1]), width)}{_written(value)}"


def _key(text: str, like: Node, word: str, width: int) -> str:
    """A key with its equals sign, as far in as another one, with blanks where that has some, at least so wide."""
    start = text.rfind("\n", 0, like.key) + 1
    head, _, blank = text[like.key : like.start].partition("=")
    spaced = head.endswith(" ")
    return f"{text[start : like.key]}{word.ljust(width - 1)}{' ' * spaced}={blank}"


def _written(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return f'"{value}"' if isinstance(value, str) else repr(int(value) if value == int(value) else value)


def _spliced(text: str, edits: Iterable[Edit]) -> str:
    """A file's text with edits made at offsets of it as it is read, with bare line ends and no byte order mark; what is
    not edited keeps its own line ends, and what is put in takes those of the text."""
    mark = len(text) - len(text.removeprefix("\ufeff"))
    ends = [found.start() - mark - number for number, found in enumerate(re.finditer("\r\n", text))]
    made, place = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[0]):
        first, last = (mark + offset + bisect_left(ends, offset) for offset in (start, end))
        made += [text[place:first], new.replace("\n", "\r\n") if ends else new]
        place = last
    return "".join([*made, text[place:]])


def _sure(text: str, meant: dict[str, Any], name: str) -> Edited:
    """The text if it says what was meant. SceneError if a scene may not say that."""
    try:
        found = tomllib.loads(tidy(text))
    except ValueError:
        found = {}
    if found != meant:
        raise _unforeseen(name)
    return Edited(text, parse_source(text, name)[0])


def _unforeseen(name: str) -> CollageError:
    return CollageError(
        f"{name}: this layer is written in a way that can't be edited here: write [[layer]] with a line for each key"
    )


def _check_others(before: Scene, after: Scene, index: int, source: Source) -> None:
    """Nobody else may have moved: whoever is `like` a layer takes what that one writes."""
    for other in _moved_along(before, after, index):
        name, base = (own_name(before.layer[each]) or f"layer {each + 1}" for each in (other, index))
        reason = f'"{name}" is like "{base}", and would move with it: write its own at, turn and scale first'
        raise SceneError([source.finding(("layer", other, "like"), reason)])


def _moved_along(before: Scene, after: Scene, index: int) -> Iterator[int]:
    pairs = zip(unlike(before).layer, unlike(after).layer, strict=True)
    return (number for number, (old, new) in enumerate(pairs) if number != index and old != new)
