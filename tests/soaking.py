"""A window left to play while somebody saves again and again, and what it takes of the machine meanwhile."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from screens import Playing, until

TEXT = """format = 1
[scene]
title = "Soak {n}"
size = [640, 360]
length = {length}
paper = "#d6c8a8"
[[layer]]
asset = "cup"
at = [{x}, 180]
keys.turn = [[0, 0], [40, 90]]
[[layer]]
card = "#b8402e"
size = [60, 90]
keys.x = [[0, 40], [47, 600]]
"""


class Taken(NamedTuple):
    """Of the machine, by one process: resident bytes, open files, threads."""

    memory: int
    handles: int
    threads: int


def taken(process: int) -> Taken:
    """Now. Linux only."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    pages, threads = re.search(r"VmRSS:\s+(\d+) kB", status), re.search(r"Threads:\s+(\d+)", status)
    assert pages
    assert threads
    return Taken(int(pages[1]) * 1024, len(list(Path(f"/proc/{process}/fd").iterdir())), int(threads[1]))


def project(folder: Path) -> Path:
    """A scene of a picture and a card."""
    (folder / "assets").mkdir()
    (folder / "scenes").mkdir()
    _paint(folder, 0)
    scene = folder / "scenes" / "soak.toml"
    _write(scene, 0)
    return scene


def _paint(folder: Path, n: int) -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 160), 60 + n % 40).convert("RGB").save(out, "PNG")
    (folder / "assets" / "cup.png").write_bytes(out.getvalue())


def _write(scene: Path, n: int) -> None:
    scene.write_text(TEXT.format(n=n, length=48 + n % 5, x=200 + n % 97), encoding="utf-8")


def _break(scene: Path, n: int) -> None:
    scene.write_text(TEXT.format(n=n, length=48, x='"far"'), encoding="utf-8")


def _register(scene: Path, n: int) -> None:
    text = f"format = 1\n[cup]\npivot = [{n % 50}, 0]\nedge = {{ border = {3 + n % 4} }}\n"
    (scene.parents[1] / "assets" / "registry.toml").write_text(text, encoding="utf-8")


def saves(scene: Path) -> Iterator[Callable[[], None]]:
    """One after the other, without end: texts, a broken one, one that is gone, pictures, the registry."""
    for n in count(1):
        yield lambda n=n: _write(scene, n)  # type: ignore[misc]
        yield lambda n=n: _paint(scene.parents[1], n)  # type: ignore[misc]
        yield lambda n=n: _break(scene, n)  # type: ignore[misc]
        yield scene.unlink
        yield lambda n=n: _write(scene, n)  # type: ignore[misc]
        yield lambda n=n: _register(scene, n)  # type: ignore[misc]


def soak(playing: Playing, scene: Path, saved: int, every: float) -> Iterator[Taken]:
    """So many saves, seconds apart; after each what is taken. It must play on all the time, and show the last one."""
    for _, save in zip(range(saved), saves(scene), strict=False):
        save()
        time.sleep(every)
        assert playing.process.poll() is None, playing.process.communicate()
        yield taken(playing.process.pid)
    _write(scene, 10_000)
    until("the last save", lambda: playing.title.startswith("Soak 10000"))
