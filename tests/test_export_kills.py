"""Exports that are killed: nothing torn ever, and whoever goes on ends where an undisturbed one does."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from bench.export_kills import Fork, context, files, kills, look, project, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are of POSIX")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """The whole group ended six times: every frame that bears its name is whole, and what comes to its end is an
    undisturbed export to the byte, manifest included, with nothing beside it."""
    assert kills(tmp_path / "box", 6, seed=3, start=Fork).total() == 6


def die_at(root: Path, moment: int) -> None:
    """Export, but end without a word right before touching a file of the folder for the `moment`-th time."""
    left = [moment]

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        touches = event in ("os.rename", "os.remove", "os.mkdir") or (event == "open" and (arguments[2] or 0) & _WRITES)
        if touches and "out" in Path(os.fsdecode(arguments[0])).parts:
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)

    sys.addaudithook(watch)
    work(root, "out")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scene of four frames, two of which hold a pose, exported without disturbance into `whole`."""
    root = project(tmp_path_factory.mktemp("short") / "box")
    scene = root / "scenes/tea.toml"
    scene.write_text(scene.read_text().replace("length = 48", "length = 4").replace("in = 40", "in = 2"))
    assert Fork(root, "whole").wait() == 0
    return root


def test_killed_before_each_touch_of_a_file(short: Path) -> None:
    """Wherever it is cut, once gone on with it is as if nothing had happened; also where it is cut anew each time."""
    whole, moment, code = files(short / "whole"), 0, 9
    assert len(whole) == 5
    while code:
        one = context().Process(target=die_at, args=(short, moment))
        one.start()
        one.join(60)
        code = one.exitcode
        assert code in (0, 9)
        look(short / "out", whole)
        if code and moment % 5 == 0:
            assert Fork(short, "out").wait() == 0
            assert files(short / "out") == whole
            for path in (short / "out").iterdir():
                path.unlink()
            (short / "out").rmdir()
        moment += 1
    assert files(short / "out") == whole
    assert moment > 12
