"""One exporter at a time: who holds a folder is told, who was killed is not waited for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from collage.errors import CollageError, RunError
from collage.export import claim as claims
from collage.export.claim import claimed, spell

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell when a process began")


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clocks run faster here."""
    monkeypatch.setattr(claims, "BEAT", 0.05)
    monkeypatch.setattr(claims, "STALE", 1.0)
    monkeypatch.setattr(claims, "TORN", 0.2)


def laid(folder: Path, **facts: object) -> Path:
    """A claim as another process leaves it, but for these facts."""
    with claimed(folder, "tea", "", "frames 0-9 of tea"):
        written = json.loads((folder / ".tea.claim").read_bytes())
    path = folder / ".tea.claim"
    path.write_text(json.dumps({**written, **facts}))
    return path


def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_it_is_there_meanwhile_and_gone_then(tmp_path: Path) -> None:
    """Also when what is done under it fails."""

    def fail() -> None:
        with claimed(tmp_path, "tea", "", "frames 0-9 of tea"):
            assert [path.name for path in tmp_path.iterdir()] == [".tea.claim"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_the_second_is_told_who_the_first_is(tmp_path: Path) -> None:
    """Its process, what it does and for how long: an error that can be tried again; the first is not disturbed."""
    path = laid(tmp_path, process=os.getpid(), since=time.time() - 200)
    before = path.read_bytes()
    words = rf"process {os.getpid()} has been exporting frames 0-9 of tea into it for 3 minutes\. Wait for it"
    with pytest.raises(RunError, match=words) as caught, claimed(tmp_path, "tea", "", "frames 0-9 of tea"):
        pass
    assert caught.value.code == 1
    assert path.read_bytes() == before


def test_another_name_is_no_rival(tmp_path: Path) -> None:
    """Two scenes may go into one folder."""
    with claimed(tmp_path, "tea", "", ""), claimed(tmp_path, "milk", "", ""):
        assert len(list(tmp_path.iterdir())) == 2


def test_parts_go_together_but_not_with_the_whole(tmp_path: Path) -> None:
    """Whichever comes first; and of one part there is one."""
    with claimed(tmp_path, "tea", "0-9", "frames 0-9 of tea"), claimed(tmp_path, "tea", "10-19", "frames 10-19 of tea"):
        for span in ("", "0-9"):
            with pytest.raises(RunError, match="has been exporting frames"), claimed(tmp_path, "tea", span, ""):
                pass
        assert len(list(tmp_path.iterdir())) == 2
    with (
        claimed(tmp_path, "tea", "", "all of tea"),
        pytest.raises(RunError, match="exporting all of tea"),
        claimed(tmp_path, "tea", "0-9", ""),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_killed_ones_claim_is_taken_over_at_once(tmp_path: Path) -> None:
    """No such process; or another of that number, which began at another time. So are claims of killed parts."""
    for facts in ({"process": dead()}, {"born": "1"}):
        laid(tmp_path, **facts)
        os.rename(laid(tmp_path, **facts), tmp_path / ".tea.3-4.claim")
        laid(tmp_path, **facts)
        began = time.monotonic()
        with claimed(tmp_path, "tea", "", "mine") as lost:
            assert [path.name for path in tmp_path.iterdir()] == [".tea.claim"]
            assert not lost.is_set()
        assert time.monotonic() - began < 1
        assert list(tmp_path.iterdir()) == []


@linux
def test_one_who_ended_and_was_not_waited_for_is_dead(tmp_path: Path) -> None:
    """Such a process is still in the table."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    laid(tmp_path, process=process.pid, born=claims._born(process.pid))
    with pytest.raises(RunError), claimed(tmp_path, "tea", "", ""):
        pass
    process.kill()
    while claims._born(process.pid):
        time.sleep(0.01)
    with claimed(tmp_path, "tea", "", ""):
        pass
    process.wait()


@pytest.mark.parametrize("content", [b"", b'{"process": 1', b"[]", b'{"process": "a"}', b"\xff" * 5000, b"[" * 2000])
def test_one_without_a_word_is_waited_for_a_moment(tmp_path: Path, content: bytes) -> None:
    """Whoever made it may be about to write into it; after that it counts for nothing."""
    path = tmp_path / ".tea.claim"
    path.write_bytes(content)
    began = time.monotonic()
    with claimed(tmp_path, "tea", "", ""):
        assert 0.1 < time.monotonic() - began < 5
    assert not path.exists()


@pytest.mark.parametrize("since", [float("nan"), float("inf"), True, "now"])
def test_nonsense_is_no_claim(tmp_path: Path, since: object) -> None:
    """Whoever wrote that."""
    path = laid(tmp_path, since=since)
    with claimed(tmp_path, "tea", "", ""):
        assert json.loads(path.read_bytes())["since"] != since
    assert not path.exists()


def test_a_claim_of_another_machine_lives_while_it_is_touched(tmp_path: Path) -> None:
    """Whatever its clock says; if nobody touches it for a while it is taken over."""
    path = laid(tmp_path, place="elsewhere", host="attic", process=1)
    os.utime(path, (0, 0))
    over = threading.Event()

    def touch() -> None:
        at = 1
        while not over.wait(0.02):
            os.utime(path, (at := at + 1, at))

    toucher = threading.Thread(target=touch)
    toucher.start()
    with pytest.raises(RunError, match="process 1 on attic has been exporting"), claimed(tmp_path, "tea", "", ""):
        pass
    over.set()
    toucher.join()
    with claimed(tmp_path, "tea", "", ""):
        pass
    assert not path.exists()


def test_it_is_touched_while_it_is_held(tmp_path: Path) -> None:
    """So that other machines see that it is alive."""
    with claimed(tmp_path, "tea", "", ""):
        os.utime(tmp_path / ".tea.claim", (0, 0))
        assert eventually(lambda: (tmp_path / ".tea.claim").stat().st_mtime > 0)


@pytest.mark.parametrize("harm", ["gone", "taken"])
def test_who_loses_it_hears_of_it(tmp_path: Path, harm: str) -> None:
    """And leaves the other's claim alone."""
    with claimed(tmp_path, "tea", "", "") as lost:
        assert not lost.is_set()
        if harm == "gone":
            (tmp_path / ".tea.claim").unlink()
        else:
            (tmp_path / ".tea.claim").write_text("another's")
        assert lost.wait(5)
    assert (tmp_path / ".tea.claim").exists() == (harm == "taken")


def test_of_many_at_once_one_has_it(tmp_path: Path) -> None:
    """Also where a dead one's claim lies there."""
    path = laid(tmp_path, born="1")
    at_once, holding, most, lock = threading.Barrier(6), 0, 0, threading.Lock()

    def try_it() -> None:
        nonlocal holding, most
        at_once.wait()
        try:
            with claimed(tmp_path, "tea", "", ""):
                with lock:
                    holding += 1
                    most = max(most, holding)
                time.sleep(0.3)
                with lock:
                    holding -= 1
        except RunError:
            pass

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert not path.exists()


def test_what_is_no_file_is_never_taken_over(tmp_path: Path) -> None:
    """A folder or a link of that name: told what to do, and left."""
    (tmp_path / ".tea.claim").mkdir()
    (tmp_path / ".milk.claim").symlink_to(tmp_path / "elsewhere")
    for name in ("tea", "milk"):
        with pytest.raises(CollageError, match="is no file, and only a claim may be called so: remove it"):
            claimed(tmp_path, name, "", "").__enter__()
    assert (tmp_path / ".tea.claim").is_dir()
    assert (tmp_path / ".milk.claim").is_symlink()


def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    """Or that isn't there: where, and why."""
    with pytest.raises(RunError, match=r"\.tea\.claim: can't be written"), claimed(tmp_path / "no", "tea", "", ""):
        pass


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 seconds"), (1, "1 second"), (59.9, "59 seconds"), (61, "1 minute"), (7199, "1 hour"), (1e5, "27 hours")],
)
def test_times_in_words(seconds: float, words: str) -> None:
    """As people say them, rounded down."""
    assert spell(seconds) == words


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within five seconds."""
    deadline = time.monotonic() + 5
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()
