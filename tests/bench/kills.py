"""What is left of a change of the box that is killed: a program that adds, replaces, renames and removes without end,
ended by SIGKILL at 200 random moments.

    python tests/bench/kills.py [COUNT]

Each time the registry has to be one of the known texts, every asset that it or a scene names has its picture, and once
the change is finished pictures, registry, scenes and sign-out sheet are all of one known state. `tests` runs fewer.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from PIL import Image

from collage.desk.assets_edit import add, remove
from collage.desk.assets_pictures import take
from collage.desk.assets_rename import rename
from collage.desk.assets_replace import replace
from collage.registry import journal, turns
from collage.registry.catalogue import ENDINGS
from collage.registry.entries import WHERE

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ANN = {"who": "Ann", "now": NOW}
SHEET = 'format = 1\n"props/cup" = { name = "Ann", since = 2026-11-22T02:00:00Z } # mine\n'
SCENE = 'format = 1\n[[layer]]\nasset = "{0}"  # here\n[[layer]]\nname = "far"\nasset = "{0}"\nparent = "cup"\n'
STEPS: tuple[Callable[[Path], object], ...] = (
    lambda root: rename(root, "props/cup", "kitchen/mug", **ANN),
    lambda root: replace(root, "kitchen/mug", root / "new/mug.jpg", **ANN),
    lambda root: add(root, [root / "new/pot.png", root / "new/lid.png"], "pots", **ANN),
    lambda root: rename(root, "kitchen/mug", "props/cup", **ANN),
    lambda root: replace(root, "props/cup", root / "new/cup.png", **ANN),
    lambda root: remove(root, "pots/lid", **ANN),
    lambda root: remove(root, "pots/pot", **ANN),
)
"""Each leads from one known state to the next, the last to the first."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
State = dict[str, bytes]


def project(root: Path) -> Path:
    """A box of one cut-out in two scenes, signed out to Ann, and pictures to put in."""
    for folder in ("assets/props", "scenes", "new"):
        (root / folder).mkdir(parents=True)
    for place, name in enumerate(("new/cup.png", "new/mug.jpg", "new/pot.png", "new/lid.png", "assets/props/sky.png")):
        Image.new("RGB", (20, 10), (40 * place, 90, 90)).save(root / name)
    (root / "assets/props/cup.png").write_bytes((root / "new/cup.png").read_bytes())
    (root / WHERE).write_text(
        f'# box\nformat = 1\n\n["props/cup"] # one\nsha256 = "{take(root / "new/cup.png").sha256}"\n'
    )
    (root / "assets/signouts.toml").write_text(SHEET)
    for name in ("tea", "milk"):
        (root / f"scenes/{name}.toml").write_text(SCENE.format("props/cup"))
    for step in STEPS:  # a layer that kept its name keeps it written out from here on
        step(root)
    return root


def state(root: Path) -> State:
    """All files that are not hidden."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def states(root: Path) -> list[State]:
    """The known states, the first where the project stands now, and where it stands again then."""
    known = []
    for step in STEPS:
        known.append(state(root))
        step(root)
    assert state(root) == known[0]
    return known


def lay(root: Path, known: State) -> Path:
    """A project in a known state."""
    for name, content in known.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def look(root: Path, known: list[State]) -> bool:
    """What has to hold at any moment; whether a change is unfinished."""
    now = state(root)
    for name in (WHERE, "assets/signouts.toml", "scenes/tea.toml", "scenes/milk.toml"):
        assert now[name] in {each[name] for each in known}, f"{name} is torn"
    named = set(tomllib.loads(now[WHERE].decode())) - {"format"}
    for name in ("tea", "milk"):
        named |= {layer["asset"] for layer in tomllib.loads(now[f"scenes/{name}.toml"].decode())["layer"]}
    for name in named:
        assert any(f"assets/{name}{ending}" in now for ending in ENDINGS), f"{name} has no picture"
    unfinished = journal.unfinished(root) is not None
    assert unfinished or now in known
    return unfinished


def settled(root: Path, known: list[State]) -> int:
    """Finish what was cut short; give the number of the state there is then."""
    journal.finish(root)
    assert journal.unfinished(root) is None
    return known.index(state(root))


def work(root: Path, at: int, started: Event) -> None:
    """Change the box without end, from this state on."""
    turns.STALE = 0.0  # whoever left a lock is dead
    started.set()
    for step in itertools.islice(itertools.cycle(STEPS), at, None):
        step(root)


def die_at(root: Path, at: int, moment: int) -> None:
    """Make one change, but end without a word right before touching a file for the `moment`-th time."""
    left = [moment]

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        touches = event in ("os.rename", "os.remove", "os.mkdir") or (event == "open" and arguments[2] & _WRITES)
        if touches and str(root) in str(arguments[0]):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)

    turns.STALE = 0.0
    sys.addaudithook(watch)
    STEPS[at](root)


def context() -> multiprocessing.context.BaseContext:
    """How processes start that have all imported already, where a system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["bench.kills", "collage.glass.decode", "collage.desk.assets_rename", "PIL.Image"])
    return found


def kills(root: Path, count: int, seed: int) -> Counter[str]:
    """Kill it so many times; how often a change was unfinished, prepared, or whole. AssertionError for what is torn."""
    project(root)
    began = time.perf_counter()
    known = states(root)
    lasting = time.perf_counter() - began
    chance, found, at = random.Random(seed), Counter[str](), 0
    stale, turns.STALE = turns.STALE, 0.0
    processes = context()
    try:
        for _ in range(count):
            started = processes.Event()
            worker = processes.Process(target=work, args=(root, at, started))
            worker.start()
            assert started.wait(60)
            time.sleep(chance.uniform(0, lasting))
            assert worker.is_alive()
            worker.kill()
            worker.join()
            prepared = any(root.rglob(".*.tmp"))
            unfinished = look(root, known)
            found["unfinished" if unfinished else "prepared" if prepared else "whole"] += 1
            at = settled(root, known)
        STEPS[at](root)
        assert [path for path in root.rglob(".*")] == [], "something is left behind"
    finally:
        turns.STALE = stale
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200
        start = time.perf_counter()
        tally = kills(Path(folder) / "box", asked, seed=1)
    print(f"{asked} kills, none torn: {tally['unfinished']} in the middle of carrying out a change, ", end="")
    print(f"{tally['prepared']} while preparing one, {tally['whole']} between ({time.perf_counter() - start:.0f} s)")
