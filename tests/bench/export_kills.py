"""What is left of an export that is killed: SIGKILL to its whole group of processes at 100 random moments, each time
gone on with until the folder is finished, and then another.

    python tests/bench/export_kills.py [COUNT]

After each kill every file that bears a frame's name has to be whole, which is to be the very one of an undisturbed
export, and a manifest may be there only once all is done. What comes to its end has to be that undisturbed export to
the byte, manifest included, with nothing beside it. `tests` runs fewer.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

SCENE = """format = 1
[scene]
size = [480, 270]
length = 48
[[layer]]
asset = "props/sky"
at = [240, 135]
[[layer]]
asset = "props/cup"
move = [{ do = "swing", every = 16 }]
on = 2
[[layer]]
asset = "props/cup"
at = [90, 90]
in = 40
move = [{ do = "spin", every = 96 }]
on = 1
"""
"""Poses that are held, that come back, and some that don't."""
ARGUMENTS = ("export", "scenes/tea.toml", "-o")


class Running(Protocol):
    """An export under way, in a group of processes of its own. pid: that group's number."""

    pid: int | None

    def alive(self) -> bool: ...
    def wait(self) -> int:
        """Its exit code."""


class Program:
    """As it is typed."""

    def __init__(self, root: Path, out: str) -> None:
        command = [sys.executable, "-m", "collage", *ARGUMENTS, out]
        home = str(Path(__file__).parent.parent.parent)
        self._process = subprocess.Popen(
            command, cwd=root, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": home},
        )  # fmt: skip
        self.pid: int | None = self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def wait(self) -> int:
        _, err = self._process.communicate(timeout=300)
        assert self._process.returncode <= 0, err.decode()
        return self._process.returncode


class Fork:
    """The same in a process that has all imported already."""

    def __init__(self, root: Path, out: str) -> None:
        self._process = context().Process(target=work, args=(root, out))
        self._process.start()
        self.pid = self._process.pid

    def alive(self) -> bool:
        return self._process.is_alive()

    def wait(self) -> int:
        self._process.join(300)
        code = self._process.exitcode
        assert code is not None
        assert code <= 0, code
        return code


def work(root: Path, out: str) -> None:
    """Export, in a group of its own."""
    from collage.cli import run

    os.setsid()
    os.chdir(root)
    sys.exit(run([*ARGUMENTS, out, "-q"]))


def context() -> multiprocessing.context.BaseContext:
    """How processes start that have all imported already."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(
        [
            "bench.export_kills",
            "collage.cli.commands",
            "collage.cli.outputs",
            "collage.stand",
            "collage.glass.comp",
            "collage.export.frames",
            "collage.export.fingerprint",
        ]
    )
    return found


def project(root: Path) -> Path:
    """A scene of three pieces."""
    (root / "assets/props").mkdir(parents=True)
    (root / "scenes").mkdir()
    chance = np.random.default_rng(7)
    Image.fromarray(chance.integers(0, 256, (270, 480, 3), np.uint8)).save(root / "assets/props/sky.png")
    Image.fromarray(chance.integers(0, 256, (80, 60, 4), np.uint8)).save(root / "assets/props/cup.png")
    (root / "scenes/tea.toml").write_text(SCENE)
    return root


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, hidden or not; nothing if there is none."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def look(folder: Path, whole: dict[str, bytes]) -> int:
    """What has to hold at any moment; how many frames are there."""
    there = files(folder)
    frames = [name for name in there if name.endswith(".png")]
    for name in frames:
        assert there[name] == whole[name], f"{name} is torn"
    if "tea.manifest.json" in there:
        assert there["tea.manifest.json"] == whole["tea.manifest.json"]
        assert len(frames) == len(whole) - 1, "a manifest of frames that are not there"
    return len(frames)


def kills(root: Path, count: int, seed: int, start: Callable[[Path, str], Running]) -> Counter[str]:
    """Kill it so many times; where it was then. AssertionError for what is torn, or differs in the end."""
    project(root)
    assert start(root, "whole").wait() == 0
    whole, chance, found = files(root / "whole"), random.Random(seed), Counter[str]()
    assert len(whole) == 49
    starting, working = lasting(root, whole, start)
    out = root / "out"
    while found.total() < count:
        before = look(out, whole)
        running = start(root, "out")
        if chance.random() < 0.1:
            time.sleep(chance.uniform(0, starting))
        else:
            await_work(running, out)
            time.sleep(chance.uniform(0, working))
        if running.alive():
            assert running.pid
            os.killpg(running.pid, signal.SIGKILL)
        if running.wait() == 0:
            assert files(out) == whole, "what came to its end is not what an undisturbed export gives"
            shutil.rmtree(out)
            continue
        now = look(out, whole)
        hidden = any(name.endswith(".tmp") for name in files(out))
        found["in the middle of a file" if hidden else "among frames" if now > before else "elsewhere"] += 1
    assert start(root, "out").wait() == 0
    assert files(out) == whole
    return found


def lasting(root: Path, whole: dict[str, bytes], start: Callable[[Path, str], Running]) -> tuple[float, float]:
    """Seconds until an export lays down its claim, and from there to its end."""
    began = time.perf_counter()
    running = start(root, "again")
    await_work(running, root / "again")
    claimed = time.perf_counter()
    assert running.wait() == 0
    assert files(root / "again") == whole
    return claimed - began, time.perf_counter() - claimed


def await_work(running: Running, out: Path) -> None:
    """Until it lays down its claim, or ends."""
    before = laid(out)
    while running.alive() and laid(out) in (before, 0):
        time.sleep(0.002)


def laid(out: Path) -> int:
    """When a claim was laid down or touched; 0 if there is none."""
    try:
        return (out / ".tea.claim").stat().st_mtime_ns
    except OSError:
        return 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100
        at = time.perf_counter()
        tally = kills(Path(folder) / "box", asked, 1, Program)
    print(f"{asked} kills of the whole group, no frame torn, all gone on with to the very same bytes: ", end="")
    print(", ".join(f"{number} {where}" for where, number in tally.items()), f"({time.perf_counter() - at:.0f} s)")
