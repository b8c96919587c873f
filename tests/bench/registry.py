"""A project of ten thousand small pictures, each with its entry in the registry, and one scene of 200 layers: how long
whole commands take there, from start to end, beside the same in a project that holds only what the scene shows.

    python tests/bench/registry.py [--pictures 10000] [--rounds 5] [--keep FOLDER] [--record]

Prints a table; `--record` puts it at the end of `tests/bench/RESULTS.md`, in the place of what stood there of this.
The first round only warms the disk's cache and is not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PICTURES, FOLDERS, LAYERS = 10_000, 40, 200
RESULTS, HEADING = HERE / "RESULTS.md", "## Ten thousand pictures"
GOALS = {"assets list": 2, "check of the scene": 2, "first frame, still": 2, "first frame, as the player's": 2}
OPENED = "import sys, collage; stand = collage.open(sys.argv[1]); stand.load(whole=False); stand.comp(0)"
_ENTRY = """
["{name}"]
pivot = [{x}, {y}]
cut_by = "{who}"
hours = {hours}
source = "shoots/box {box}, tray {tray}"
licence = "CC0-1.0"
rating = {rating}
sha256 = "{checksum}"
"""


def name_of(number: int) -> str:
    return f"kind-{number % FOLDERS:02}/piece-{number // FOLDERS:04}"


def picture(number: int) -> bytes:
    """A round piece of 24 to 64 pixels a side, no two alike, as a PNG file."""
    from collage.glass.png import encode

    rng = np.random.default_rng(number)
    width, height = (int(side) for side in rng.integers(24, 65, 2))
    y, x = np.ogrid[:height, :width]
    inside = ((x + 0.5) / width - 0.5) ** 2 + ((y + 0.5) / height - 0.5) ** 2 < 0.25
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[inside] = (*rng.integers(40, 220, 3), 255)
    pixels[inside, :3] += rng.integers(0, 32, (int(inside.sum()), 3), np.uint8)
    return encode(pixels)


def project(folder: Path, pictures: int = PICTURES, layers: int = LAYERS) -> Path:
    """Makes it in an empty folder, the same every time; gives the scene, whose layers show pictures from all over."""
    rng, entries = random.Random(1), ["format = 1\n"]
    for number in range(pictures):
        name, content = name_of(number), picture(number)
        path = folder / "assets" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        entries.append(
            _ENTRY.format(
                name=name, x=rng.randrange(10, 40), y=rng.randrange(10, 40), who=rng.choice(("Ada", "Ben", "studio")),
                hours=rng.randrange(1, 90) / 4, box=rng.randrange(99), tray=rng.randrange(9),
                rating=rng.randrange(11) / 2, checksum=hashlib.sha256(content).hexdigest(),
            )
        )  # fmt: skip
    (folder / "assets" / "registry.toml").write_text("".join(entries), encoding="utf-8")
    return scene(folder, rng.sample(range(pictures), min(layers, pictures)), layers)


def scene(folder: Path, shown: Sequence[int], layers: int) -> Path:
    """Layers in rows, on the move; every second one comes on in the second half, so half of them show at first."""
    parts = ['format = 1\n[scene]\nsize = [1920, 1080]\nlength = "4s"\n']
    for layer in range(layers):
        x, y = 60 + layer % 20 * 95, 60 + layer // 20 * 105
        parts.append(
            f'\n[[layer]]\nname = "l{layer}"\nasset = "{name_of(shown[layer % len(shown)])}"\nat = [{x}, {y}]\n'
            f"in = {layer % 2 * 48}\nkeys.turn = [[{layer % 2 * 48}, 0], [90, {layer % 7 * 9}]]\n"
        )
    path = folder / "scenes" / "many.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(parts), encoding="utf-8")
    return path


def run(folder: Path, *arguments: str, fine: Sequence[int] = (0,)) -> float:
    """Seconds of a whole program of Python, as a shell would wait for it, its output read through a pipe."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=folder, env=environment(folder)
    )
    if done.returncode not in fine:
        raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
    return time.perf_counter() - start


def environment(folder: Path) -> dict[str, str]:
    """Python as it is for whoever installed it: with its compiled files at hand, here those of the round that warms."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled")}


def programs(folder: Path) -> dict[str, Callable[[], float]]:
    collage = ("-m", "collage")
    new = folder / "Newcomer.png"
    new.write_bytes(picture(PICTURES + 1))

    def added() -> float:
        took = run(folder, *collage, "assets", "add", new.name, "--to", "new")
        run(folder, *collage, "assets", "remove", "new/newcomer")
        return took

    return {
        "start of the program (--version)": lambda: run(folder, *collage, "--version"),
        "assets list": lambda: run(folder, *collage, "assets", "list"),
        "check of the scene": lambda: run(folder, *collage, "check", "scenes/many.toml"),
        "first frame, still": lambda: run(
            folder, *collage, "still", "scenes/many.toml", "--frame", "0", "-o", "out/first.png"
        ),
        "first frame, as the player's": lambda: run(folder, "-c", OPENED, "scenes/many.toml"),
        "check of the whole project": lambda: run(folder, *collage, "check", "."),
        "assets check": lambda: run(folder, *collage, "assets", "check"),
        "assets where": lambda: run(folder, *collage, "assets", "where", name_of(0)),
        "assets show": lambda: run(folder, *collage, "assets", "show", name_of(0)),
        "assets add of one file": added,
    }


def measure(folder: Path, pictures: int, rounds: int) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds of each program, once a round, in the large project and in one of as many pictures as layers."""
    for place, count in (("many", pictures), ("few", LAYERS)):
        if not (folder / place / "scenes").exists():
            project(folder / place, count)
    many, few = programs(folder / "many"), programs(folder / "few")
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in many}
    for turn in range(rounds + 1):
        for name in many:
            took = many[name](), few[name]()
            if turn:
                for times, seconds in zip(found[name], took, strict=True):
                    times.append(seconds)
    return found


def table(found: dict[str, tuple[list[float], list[float]]], pictures: int) -> str:
    rows = [
        f"| seconds | {pictures} pictures | lowest | highest | {LAYERS} pictures | goal |",
        "|---|---|---|---|---|---|",
    ]
    for name, (many, few) in found.items():
        goal = f"at most {GOALS[name]}" if name in GOALS else ""
        middles = statistics.median(many), statistics.median(few)
        rows.append(f"| {name} | {middles[0]:.2f} | {min(many):.2f} | {max(many):.2f} | {middles[1]:.2f} | {goal} |")
    return "\n".join(rows)


def record(text: str) -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    note = "Whole commands, start included; files in the disk's cache; `python tests/bench/registry.py --record`."
    before = RESULTS.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")[0]
    RESULTS.write_text(f"{before}\n{HEADING}\n\n{note}\nMachine: {machine}.\n\n{text}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="make the projects in this folder, or use those that are there")
    parser.add_argument("--record", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        text = table(measure(chosen.keep or Path(temporary), chosen.pictures, chosen.rounds), chosen.pictures)
    print(text)
    if chosen.record:
        record(text)


if __name__ == "__main__":
    main()
