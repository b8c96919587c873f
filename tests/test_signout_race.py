"""The sign-out sheet under many hands: one wins, the sheet is always whole, and a dead one's lock is taken over."""

from __future__ import annotations

import io
import multiprocessing
import os
import time
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from collage.errors import CollageError, RunError
from collage.registry import turns
from collage.registry.sheet import read_sheet
from collage.registry.signouts import findings, give_back, sign_out, signed_out

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ROUNDS = 200
spawn = multiprocessing.get_context("spawn")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one picture, and of a sheet that is not empty."""
    (tmp_path / "assets").mkdir()
    for name in ("cup", "pot"):
        Image.new("RGBA", (4, 4)).save(tmp_path / f"assets/{name}.png")
    sign_out(tmp_path, "pot", "Cy", now=NOW)
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for its turn a fifth of a second."""
    monkeypatch.setattr(turns, "PATIENCE", 0.2)


def lock(root: Path) -> Path:
    return root / "assets/.collage-change.lock"


def leave(root: Path, age: float) -> None:
    """The lock of a process that was killed so many seconds ago."""
    lock(root).write_text(f"4711 {time.time() - age} 0123456789abcdef studio two\n")


def hidden(root: Path) -> list[str]:
    """What is left beside the sheet."""
    return sorted(path.name for path in (root / "assets").glob(".*"))


def racer(root: Path, name: str, start: Barrier, won: Any) -> None:
    """Tries for the cup at every start, and returns it when both have tried; every fifth time over a dead lock."""
    for number in range(ROUNDS):
        if name == "Ann" and number % 5 == 0:
            leave(root, 3600)
        start.wait(60)
        try:
            sign_out(root, "cup", name, now=NOW)
            won.put((number, name))
            mine = True
        except RunError:
            mine = False
        start.wait(60)
        if mine:
            give_back(root, "cup", name, now=NOW)
        start.wait(60)


def test_of_two_that_race_one_wins_every_time(root: Path) -> None:
    """Two hundred starts, forty of them over a dead process's lock: one winner each, whom the other leaves alone; the
    sheet is whole at any moment, and nothing is left beside it."""
    start, won = spawn.Barrier(2), spawn.Queue()
    racers = [spawn.Process(target=racer, args=(root, name, start, won)) for name in ("Ann", "Bob")]
    for one in racers:
        one.start()
    looks = 0
    while any(one.is_alive() for one in racers):
        read, wrong = read_sheet((root / "assets/signouts.toml").read_bytes())
        assert wrong == ()
        assert "pot" in read.rows
        looks += 1
        time.sleep(0.001)
    winners = [won.get(timeout=10) for _ in range(ROUNDS)]
    for one in racers:
        one.join(60)
    assert [one.exitcode for one in racers] == [0, 0]
    assert won.empty()
    assert [number for number, _ in winners] == list(range(ROUNDS))
    assert looks > ROUNDS
    assert hidden(root) == []


def renewer(root: Path, name: str, number: int) -> None:
    for _ in range(number):
        sign_out(root, name, name, now=NOW)
        give_back(root, name, name, now=NOW)
    sign_out(root, name, name, now=NOW)


def test_no_change_is_lost(root: Path) -> None:
    """Four processes that change lines of their own at once: every last change stands in the sheet."""
    names = ["a", "b", "c", "d"]
    for name in names:
        Image.new("RGBA", (4, 4)).save(root / f"assets/{name}.png")
    workers = [spawn.Process(target=renewer, args=(root, name, 20)) for name in names]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert [one.exitcode for one in workers] == [0] * 4
    assert list(signed_out(root, NOW)) == [*names, "pot"]


def killed(root: Path) -> None:
    """Ends without a word when its change is written beside the sheet and only the renaming that makes it is left."""
    rename = os.replace

    def die(source: Path, target: Path) -> None:
        if target.name == ".collage-change.json":
            os._exit(9)
        rename(source, target)

    os.replace = die  # type: ignore[assignment]
    sign_out(root, "cup", "Ann", now=NOW)


@pytest.fixture
def after_a_kill(root: Path) -> Path:
    one = spawn.Process(target=killed, args=(root,))
    one.start()
    one.join(60)
    assert one.exitcode == 9
    return root


def test_one_killed_before_the_renaming_changes_nothing(after_a_kill: Path, impatient: None) -> None:
    """The sheet is the old one; while the lock is young nobody passes, and whoever gives up says whose it is."""
    assert list(signed_out(after_a_kill, NOW)) == ["pot"]
    assert sorted(name.rpartition(".")[2] for name in hidden(after_a_kill)) == ["lock", "tmp", "tmp"]
    with pytest.raises(RunError, match=r"process \d+ on .* is changing it\. Try again"):
        sign_out(after_a_kill, "cup", "Bob", now=NOW)
    assert list(signed_out(after_a_kill, NOW)) == ["pot"]


def test_a_dead_lock_is_taken_over(after_a_kill: Path, impatient: None) -> None:
    """Once it is older than it can be in use: the next one gets through and clears away what was left."""
    leave(after_a_kill, turns.STALE + 1)
    assert sign_out(after_a_kill, "cup", "Bob", now=NOW).name == "Bob"
    assert hidden(after_a_kill) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"1 nan x y", b"1 1e400 x y", b"x" * 10000])
def test_a_lock_of_nonsense_does_not_hold_for_ever(root: Path, impatient: None, content: bytes) -> None:
    """One that holds no time is as old as its file; one with no sensible time counts for nothing."""
    lock(root).write_bytes(content)
    os.utime(lock(root), (1, 1))
    assert sign_out(root, "cup", "Ann", now=NOW).name == "Ann"


def test_an_empty_lock_that_was_made_just_now_holds(root: Path, impatient: None) -> None:
    """It may be one whose owner has not come to write into it."""
    lock(root).write_bytes(b"")
    with pytest.raises(RunError, match="another process is changing it"):
        sign_out(root, "cup", "Ann", now=NOW)


@pytest.mark.parametrize("renaming", [False, True], ids=["before the last look", "after it"])
def test_one_that_only_slept_does_not_overwrite(root: Path, monkeypatch: pytest.MonkeyPatch, renaming: bool) -> None:
    """Its lock was taken over while it slept, before it looked at the lock for the last time or after: its change is
    not made, it reads again, and finds the cup taken."""
    sleepy, name = True, "replace" if renaming else "fsync"
    real = getattr(os, name)

    def sleep_first(*args: Any) -> None:
        nonlocal sleepy
        if sleepy:
            sleepy = False
            leave(root, 3600)  # as if its lock had grown old
            assert sign_out(root, "cup", "Bob", now=NOW).name == "Bob"
        real(*args)

    monkeypatch.setattr(os, name, sleep_first)
    with pytest.raises(RunError, match="is with Bob"):
        sign_out(root, "cup", "Ann", now=NOW)
    assert signed_out(root, NOW)["cup"].name == "Bob"
    assert hidden(root) == []


def test_a_refused_change_leaves_no_lock(root: Path) -> None:
    """Whatever ends a change, the next one need not wait."""
    with pytest.raises(RunError):
        sign_out(root, "pot", "Ann", now=NOW)
    with pytest.raises(CollageError):
        give_back(root, "cup", "Ann", now=NOW)
    assert hidden(root) == []
    assert findings(root) == ()


def test_a_lock_that_the_disk_has_no_room_for_is_gone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to wait until it is too old."""

    class Full(io.FileIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(turns, "open", lambda path, _: Full(path, "x"), raising=False)
    with pytest.raises(RunError, match="can't be written: no space"):
        sign_out(root, "cup", "Ann", now=NOW)
    assert hidden(root) == []


def test_a_full_disk_leaves_the_sheet(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be brought to the disk is said in words, and the old sheet stands."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match=r"assets/\S+: can't be written: no space"):
        sign_out(root, "cup", "Ann", now=NOW)
    assert list(signed_out(root, NOW)) == ["pot"]
    assert hidden(root) == []
