"""Changes of several files at once: all of them or none, and no journal of a stranger does harm."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from commands import tree

from collage.errors import AssetError, CollageError, RunError
from collage.files import beside
from collage.registry import journal, turns
from collage.registry.journal import Change, change, finish, unfinished

TOKEN = "0123456789abcdef"
OLD = {"assets/cup.png": b"cup", "assets/registry.toml": b"old", "scenes/tea.toml": b"old tea"}
WANTED = Change({"assets/deep/mug.png": b"mug", "assets/registry.toml": b"new"}, ["assets/cup.png"])
NEW = {"assets/deep/mug.png": b"mug", "assets/registry.toml": b"new", "scenes/tea.toml": b"old tea"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of three files."""
    home = tmp_path / "home"
    for name, content in OLD.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    return home


def files(root: Path) -> dict[str, bytes]:
    """All there is, hidden files too."""
    return {name: (root / name).read_bytes() for name in tree(root) if (root / name).is_file()}


def left(root: Path, **plan: Any) -> Path:
    """A journal that was left behind, its one new text beside its place."""
    beside(root / "scenes/tea.toml", TOKEN).write_bytes(b"new tea")
    written = {"format": 1, "token": TOKEN, "put": ["scenes/tea.toml"], "gone": ["assets/cup.png"]} | plan
    (root / journal.WHERE).write_text(json.dumps(written))
    return root


def test_a_change_is_made_whole(root: Path) -> None:
    """Files in folders that are yet to be made, replaced ones and such as go; nothing else is touched or left."""
    assert change(root, lambda: (WANTED, "given")) == "given"
    assert files(root) == NEW


def test_nothing_to_change_is_no_change(root: Path) -> None:
    """An empty one touches no file."""
    assert change(root, lambda: (Change({}), 7)) == 7
    assert files(root) == OLD


def test_what_a_change_raises_leaves_all_as_it_was(root: Path) -> None:
    """Also the lock is free again."""

    def refuse() -> tuple[Change, None]:
        raise AssetError("no")

    for _ in range(2):
        with pytest.raises(AssetError, match="no"):
            change(root, refuse)
    assert files(root) == OLD


@pytest.mark.parametrize("number", range(1, 5))
def test_a_full_disk_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Whichever file has no room, the plan, the lock or a content: one error in words, and all is as it was."""
    real, count = os.fsync, [0]

    def fail(handle: int) -> None:
        count[0] += 1
        if count[0] == number:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fail)
    if number < 4:
        with pytest.raises(RunError, match=r"assets/\S+: can't be written: no space left on device. Make room"):
            change(root, lambda: (WANTED, None))
        assert files(root) == OLD
    else:  # the folder, which not every disk can be asked about
        change(root, lambda: (WANTED, None))
        assert files(root) == NEW


@pytest.mark.parametrize("number", range(1, 5))
@pytest.mark.parametrize("name", ["replace", "unlink"])
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_an_interruption_is_finished_by_the_next(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, done: bool
) -> None:
    """Ctrl+C before or after any renaming or deleting: the old until the one renaming that makes the change, from then
    on the new, whoever comes next; never a mixture."""
    real, count = getattr(os, name), [0]

    def interrupt(*arguments: Any, **more: Any) -> None:
        count[0] += 1
        if done or count[0] != number:
            real(*arguments, **more)
        if count[0] == number:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(os, name, interrupt)
        change(root, lambda: (WANTED, None))
    monkeypatch.setattr(turns, "STALE", 0.0)
    change(root, lambda: (Change({}), None))
    assert files(root) == (OLD if (name, number, done) == ("replace", 1, False) else NEW)


def overtaken(root: Path) -> None:
    """The lock has grown old meanwhile, and another makes a change: a cup again, of another colour."""
    (root / journal.LOCK).write_text("4711 1.0 0123456789abcdef elsewhere\n")
    change(root, lambda: (Change({"assets/cup.png": b"blue cup"}), None))


def test_one_that_slept_while_it_read_reads_again(root: Path) -> None:
    """What it had read is of before the other's change: nothing of it is written."""
    seen = []

    def make() -> tuple[Change, None]:
        seen.append((root / "assets/cup.png").read_bytes())
        if len(seen) == 1:
            overtaken(root)
        return Change({"assets/mug.png": seen[-1]}, ["assets/cup.png"]), None

    change(root, make)
    assert seen == [b"cup", b"blue cup"]
    assert files(root) == {**{name: OLD[name] for name in OLD if name != "assets/cup.png"}, "assets/mug.png": seen[1]}


@pytest.mark.parametrize("last", ["mug.png", "registry.toml"])
def test_one_that_slept_while_it_carried_out_stops(root: Path, monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    """The other has finished its change first, so what the other made after that is not deleted."""
    real = os.replace

    def sleep_after(source: Path, target: Path) -> None:
        real(source, target)
        if target.name == last:
            monkeypatch.setattr(os, "replace", real)
            overtaken(root)

    monkeypatch.setattr(os, "replace", sleep_after)
    assert change(root, lambda: (WANTED, "made once")) == "made once"
    assert files(root) == {**NEW, "assets/cup.png": b"blue cup"}


def test_one_that_slept_at_the_end_leaves_the_others_journal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other has finished its change, and was killed in the middle of one of its own: that is finished too."""
    real = os.replace

    def sleep_after(source: Path, target: Path) -> None:
        real(source, target)
        if target.name == "registry.toml":
            (root / journal.LOCK).write_text("4711 1.0 0123456789abcdef elsewhere\n")
            left(root)

    monkeypatch.setattr(os, "replace", sleep_after)
    change(root, lambda: (Change({"assets/registry.toml": b"new"}), None))
    assert files(root) == {"assets/registry.toml": b"new", "scenes/tea.toml": b"new tea"}


def test_a_name_that_is_no_file_is_refused_before_anything(root: Path) -> None:
    """A folder where a text should go, and a path out of the project."""
    (root / "scenes/folder.toml").mkdir()
    for name, words in (("scenes/folder.toml", "is a folder"), ("../tea.toml", r"goes up by \"\.\.\"")):
        with pytest.raises(CollageError, match=words):
            change(root, lambda name=name: (Change({"assets/a.png": b"", name: b""}), None))
        assert files(root) == OLD


def test_what_no_journal_may_hold_is_not_begun(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than one change may touch are refused in words."""
    monkeypatch.setattr(journal, "MOST", 2)
    with pytest.raises(CollageError, match="3 files can't be changed at once"):
        change(root, lambda: (WANTED, None))
    assert files(root) == OLD


def test_a_change_cut_short_is_told_and_finished(root: Path) -> None:
    """One finding that names the cure; `finish` carries it out, and says that there was one."""
    assert unfinished(root) is None
    assert not finish(root)
    found = unfinished(left(root))
    assert found is not None
    assert str(found).startswith("assets/.collage-change.json: a change was cut short")
    assert "collage assets check" in found.message
    assert finish(root)
    assert files(root) == {"assets/registry.toml": b"old", "scenes/tea.toml": b"new tea"}
    assert unfinished(root) is None


def test_the_next_change_sees_what_was_finished(root: Path) -> None:
    """It reads after the files are in their places."""
    left(root)
    assert change(root, lambda: (Change({}), (root / "scenes/tea.toml").read_bytes())) == b"new tea"


def test_what_was_put_already_is_not_missed(root: Path) -> None:
    """A journal of which all is done but its own removal."""
    left(root)
    os.replace(beside(root / "scenes/tea.toml", TOKEN), root / "scenes/tea.toml")
    (root / "assets/cup.png").unlink()
    assert finish(root)
    assert files(root) == {"assets/registry.toml": b"old", "scenes/tea.toml": b"new tea"}


def test_a_link_goes_and_not_what_it_leads_to(root: Path) -> None:
    """A picture that is a link to another's: the other stays."""
    (root / "assets/mug.png").symlink_to(root / "assets/cup.png")
    change(root, lambda: (Change({}, ["assets/mug.png"]), None))
    assert files(root) == OLD


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no table": lambda plan: [plan],
    "another version": lambda plan: plan | {"format": 2},
    "no token": lambda plan: plan | {"token": "../../../etc/x"},
    "a token of its own": lambda plan: plan | {"token": 7},
    "no list": lambda plan: plan | {"put": "scenes/tea.toml"},
    "no text": lambda plan: plan | {"gone": [7]},
    "up": lambda plan: plan | {"put": ["../tea.toml"]},
    "absolute": lambda plan: plan | {"put": ["/etc/tea.toml"]},
    "a link out": lambda plan: plan | {"put": ["out/tea.toml"]},
    "code": lambda plan: plan | {"put": ["scenes/motions.py"]},
    "a picture elsewhere": lambda plan: plan | {"put": ["scenes/cup.png"]},
    "a text that goes": lambda plan: plan | {"gone": ["scenes/tea.toml"]},
    "a picture that goes elsewhere": lambda plan: plan | {"gone": ["cup.png"]},
    "a picture that goes outside": lambda plan: plan | {"gone": ["assets/out/cup.png"]},
    "too many": lambda plan: plan | {"gone": ["assets/cup.png"] * 50_001},
    "nothing": lambda plan: {},
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_strangers_journal_does_no_harm(root: Path, fault: str) -> None:
    """It is refused in one line with the cure, by `finish` and by every change, and no file is touched for it."""
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "cup.png").write_bytes(b"precious")
    (outside / f".tea.toml.{TOKEN}.tmp").write_bytes(b"evil")
    for place in ("out", "assets/out"):
        (root / place).symlink_to(outside)
    plan = {"format": 1, "token": TOKEN, "put": ["scenes/tea.toml"], "gone": ["assets/cup.png"]}
    left(root)
    (root / journal.WHERE).write_text(json.dumps(HOSTILE[fault](plan)))
    before = {**files(root), **files(outside)}
    for act in (finish, lambda root: change(root, lambda: (WANTED, None))):
        with pytest.raises(CollageError, match=r"collage-change\.json: .* remove it$") as refused:
            act(root)
        assert "\n" not in str(refused.value)
    assert {**files(root), **files(outside)} == before


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b'{"format": 1', b"1" * 10_000])
def test_nonsense_is_no_journal(root: Path, content: bytes) -> None:
    """Refused as a journal; as a plan it was torn before anything was prepared, and is cleared away."""
    (root / journal.WHERE).write_bytes(content)
    with pytest.raises(CollageError, match="remove it"):
        finish(root)
    (root / journal.WHERE).rename(root / f"assets/.collage-change.{TOKEN}.tmp")
    change(root, lambda: (WANTED, None))
    assert files(root) == NEW


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
def test_a_pipe_is_no_journal(root: Path) -> None:
    """It is not waited for."""
    os.mkfifo(root / journal.WHERE)
    with pytest.raises(CollageError, match="remove it"):
        finish(root)
