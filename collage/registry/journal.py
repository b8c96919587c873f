"""Changes of several files of a project that are made whole or not at all, whenever the program may be killed.

A change is prepared first: a plan that lists its files is written into `assets/`, then each new content is brought to
the disk beside its place. Renaming the plan to the journal is what makes the change. What the journal lists is then
carried out: new pictures are renamed into place, then texts, then what is to go is deleted, so that no text ever names
a picture that is not there; at last the journal is deleted.

Whoever was killed before the renaming has changed nothing; after it, the change holds, whoever carries it out. So
whoever has the next turn carries out the journal, and throws away what plans list. Both are read as untrusted texts:
they can only rename our own temporary files onto texts and pictures of this project, and delete pictures in `assets/`.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from collage.errors import AssetError, CollageError, Finding, RunError
from collage.files import beside, bring, check_target, make_folder, read_start, settle, unread, unwritten
from collage.registry.catalogue import ENDINGS, inside
from collage.registry.turns import Ours, held, in_turn

WHERE = "assets/.collage-change.json"
LOCK = "assets/.collage-change.lock"
_PLANS = "*.collage-change.*.tmp"
MOST = 50_000
"""Files that one change may touch."""
_MOST_BYTES = 2**24

T = TypeVar("T")


class Change(NamedTuple):
    """The new contents of files, and the pictures that go, by their paths from the project's root."""

    puts: Mapping[str, bytes]
    gone: Sequence[str] = ()


class _Plan(NamedTuple):
    """A change without its contents: those lie beside their places, under names that the token makes."""

    token: str
    put: tuple[str, ...]
    gone: tuple[str, ...]


def change(root: Path, make: Callable[[], tuple[Change, T]]) -> T:
    """Make a change of the project's files at our turn, and return what `make` gives beside it.

    `make` reads the files itself, when nobody else changes them; what it raises leaves them as they were, and it is
    called anew if the turn was lost. CollageError for what can't be a file of the project; RunError when the turn
    doesn't come, or the disk refuses.
    """
    made: list[T] = []

    def act(ours: Ours) -> tuple[T] | None:
        if not _settled(root, ours):
            return None
        if not made:
            wanted, given = make()
            if not _committed(root, wanted, ours):
                return None
            made.append(given)
        return (made[0],) if _settled(root, ours) else None

    return in_turn(inside(root, LOCK), act)


def unfinished(root: Path) -> Finding | None:
    """The finding about a change that was cut short, or is just being made; None, after one look, if there is none."""
    if not os.path.exists(root / WHERE):
        return None
    return Finding(WHERE, 0, 0, "a change was cut short, or is being made just now: finish it by collage assets check")


def finish(root: Path) -> bool:
    """Finish a change that was cut short; give whether there was one. Errors as of `change`."""
    if unfinished(root) is None:
        return False
    return in_turn(inside(root, LOCK), lambda ours: (True,) if _settled(root, ours) else None)


def _committed(root: Path, wanted: Change, ours: Ours) -> bool:
    """Prepare a change and make it; False if the turn was lost before."""
    if not wanted.puts and not wanted.gone:
        return True
    put = sorted(wanted.puts, key=lambda text: (text.endswith(".toml"), text))
    plan = _Plan(secrets.token_hex(8), tuple(put), tuple(wanted.gone))
    journal = inside(root, WHERE)
    draft = journal.with_name(f".collage-change.{plan.token}.tmp")
    committed = False
    try:
        _prepare(root, plan, draft, wanted.puts)
        if ours():
            os.replace(draft, journal)
            committed = True
    except FileNotFoundError:  # whoever has the turn now has thrown the plan away
        pass
    except OSError as error:
        raise unwritten(journal, error) from error
    finally:
        if not committed and _read(root, journal) != plan:  # an interruption may come right after the renaming
            _throw_away(root, plan, draft)
    settle(journal.parent)
    return committed


def _prepare(root: Path, plan: _Plan, draft: Path, contents: Mapping[str, bytes]) -> None:
    """Bring the plan to the disk, then what it lists: so nothing lies about that no plan knows. What could not be read
    again isn't written."""
    content = json.dumps({"format": 1, **plan._asdict()}).encode()
    try:
        _checked(root, json.loads(content[:_MOST_BYTES]))
    except ValueError:
        raise CollageError(f"{root}: {len(plan.put) + len(plan.gone)} files can't be changed at once") from None
    _bring(draft, content, inside(root, WHERE))
    for text in plan.put:
        place = inside(root, text)
        check_target(place)
        make_folder(place.parent)
        _bring(beside(place, plan.token), contents[text], place)


def _bring(path: Path, content: bytes, becomes: Path) -> None:
    try:
        bring(path, content)
    except OSError as error:
        raise unwritten(becomes, error) from error


def _settled(root: Path, ours: Ours) -> bool:
    """Throw away what was only planned, and carry out the journal; False if that has to be tried again."""
    journal = inside(root, WHERE)
    for draft in journal.parent.glob(_PLANS):
        plan = None
        with suppress(CollageError):  # a torn plan: nothing was prepared yet
            plan = _read(root, draft)
        _throw_away(root, plan or _Plan("", (), ()), draft)
    plan = _read(root, journal)
    return plan is None or _carried_out(root, plan, journal, ours)


def _throw_away(root: Path, plan: _Plan, draft: Path) -> None:
    for path in (*(beside(inside(root, text), plan.token) for text in plan.put), draft):
        with suppress(OSError):
            path.unlink()


def _carried_out(root: Path, plan: _Plan, journal: Path, ours: Ours) -> bool:
    try:
        for text in plan.put:
            with suppress(FileNotFoundError):  # it is in its place already
                os.replace(beside(inside(root, text), plan.token), inside(root, text))
        for text in plan.gone:
            if not ours():
                return False
            _itself(root, text).unlink(missing_ok=True)
        for folder in {inside(root, text).parent for text in (*plan.put, *plan.gone)}:
            settle(folder)
        if ours():
            journal.unlink(missing_ok=True)
            return True
    except OSError as error:
        if not held(error):
            reason = (error.strerror or str(error)).lower()
            raise RunError(f"{error.filename}: {reason}: mend that, then finish by collage assets check") from error
    return False


def _itself(root: Path, text: str) -> Path:
    """What a path names, a link itself rather than what it leads to."""
    inside(root, text)
    folder, _, name = text.rpartition("/")
    return inside(root, folder) / name


def _read(root: Path, path: Path) -> _Plan | None:
    """The plan that a file holds; None if there is no such file, CollageError for what we did not write."""
    try:
        return _checked(root, json.loads(read_start(path, _MOST_BYTES)))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunError(f"{path}: {unread(error)}") from error
    except (ValueError, RecursionError, AssetError):
        raise CollageError(
            f"{path}: only changes that were cut short are called so, and this is none: remove it"
        ) from None


def _checked(root: Path, found: Any) -> _Plan:
    """A plan of untrusted words; ValueError or AssetError if it touches what no change of ours touches."""
    if not isinstance(found, dict) or found.get("format") != 1:
        raise ValueError
    token, put, gone = (found.get(key) for key in _Plan._fields)
    if not isinstance(token, str) or not re.fullmatch("[0-9a-f]{16}", token):
        raise ValueError
    if not isinstance(put, list) or not isinstance(gone, list) or len(put) + len(gone) > MOST:
        raise ValueError
    for text in (*put, *gone):
        if not isinstance(text, str):
            raise ValueError
        inside(root, text)
    if not all(_is_picture(text) or text.endswith(".toml") for text in put) or not all(map(_is_picture, gone)):
        raise ValueError
    return _Plan(token, tuple(put), tuple(gone))


def _is_picture(text: str) -> bool:
    return text.startswith("assets/") and text.endswith(ENDINGS)
