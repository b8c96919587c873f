"""Sequences of the workload, whole programs from their start to their end, in one sitting, as ratios.

    python tests/bench/darkroom.py [--peers FOLDER] [--frames 480] [--rounds 3] [--moviepy PYTHON]

FOLDER holds the other programs (default: `shared/peers` beside the project). ffmpeg and MoviePy, which PYTHON has,
are left out where they aren't installed, and make a tenth and a fortieth of the frames, since they take so long.
Prints the table and writes it to `tests/bench/DARKROOM.md`.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import glass

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOALS = {
    "bare loop, 2 processes": "at least 1",
    "ffmpeg's filter graph": "at least 12",
    "MoviePy": "at least 40",
    "the same, on ones": "at least 1.8",
}


def took(*command: str | Path) -> float:
    """Seconds of a whole program."""
    start = time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr or done.stdout}")
    return time.perf_counter() - start


def scenes(peers: Path, work: Path, frames: int) -> tuple[Path, Path]:
    """The workload on ones, and on twos."""
    made = glass.workload(peers)
    made.write_pictures(work / "assets")
    ones, twos = work / "scenes" / "workload.toml", work / "scenes" / "twos.toml"
    made.write_scene(ones, frames)
    twos.write_text(ones.read_text(encoding="utf-8").replace("on = 1\n", "on = 2\n"), encoding="utf-8")
    return ones, twos


def measure(peers: Path, frames: int, rounds: int, moviepy: str) -> dict[str, list[float]]:
    """Frames a second of each program, once a round, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        work, here = Path(folder), sys.executable
        ones, twos = scenes(peers, work, frames)

        def ours(scene: Path) -> float:
            out = work / "ours"
            shutil.rmtree(out, ignore_errors=True)
            return frames / took(here, "-m", "collage", "export", scene, "-o", out, "--workers", "2")

        def peer(python: str, name: str, many: int, *more: str) -> Callable[[], float]:
            return lambda: many / took(python, peers / name, work, str(many), *more, work / "peer")

        programs = {
            "collage export": lambda: ours(ones),
            "bare loop, 2 processes": peer(here, "bare_loop.py", frames, "2"),
            "collage export, on twos": lambda: ours(twos),
        }
        if shutil.which("ffmpeg"):
            programs["ffmpeg's filter graph"] = peer(here, "ffmpeg_graph.py", frames // 10)
        if moviepy:
            programs["MoviePy"] = peer(moviepy, "moviepy_comp.py", frames // 40)
        found: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, program in programs.items():
                found[name].append(program())
        return found


def sizes(peers: Path) -> list[str]:
    """A frame packed small, beside Pillow at its smallest."""
    from PIL import Image

    import collage
    from collage.glass import png

    with tempfile.TemporaryDirectory() as folder:
        ones, _ = scenes(peers, Path(folder), 2)
        with collage.open(ones) as stand:
            picture = stand.picture(0)[..., :3].copy()
    start = time.perf_counter()
    small = len(png.encode_small(picture))
    seconds, best = time.perf_counter() - start, io.BytesIO()
    Image.fromarray(picture).save(best, "png", compress_level=9)
    pillow = best.tell()
    return [f"| a frame `--png small` ÷ Pillow's level 9, bytes | {small / pillow:.3f} ({seconds:.1f} s) | at most 1 |"]


def table(found: dict[str, list[float]]) -> list[str]:
    middle = {name: statistics.median(values) for name, values in found.items()}
    ones, twos = middle["collage export"], middle["collage export, on twos"]
    rows = ["| program, frames/s of the whole | median | lowest | highest |", "|---|---|---|---|"]
    rows += [f"| {name} | {middle[name]:.2f} | {min(v):.2f} | {max(v):.2f} |" for name, v in found.items()]
    rows += ["", "| collage export ÷ | is | goal |", "|---|---|---|"]
    rows += [f"| {name} | {ones / middle[name]:.2f} | {GOALS[name]} |" for name in middle if name in GOALS]
    return [*rows, f"| on twos ÷ the same, on ones | {twos / ones:.2f} | {GOALS['the same, on ones']} |"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=glass.PEERS)
    parser.add_argument("--frames", type=int, default=480)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--moviepy", default="", help="a Python that has MoviePy")
    chosen = parser.parse_args()
    found = measure(chosen.peers, chosen.frames, chosen.rounds, chosen.moviepy)
    text = "\n".join([*table(found), *sizes(chosen.peers)])
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    note = f"{chosen.frames} frames of the workload, whole programs; `python tests/bench/darkroom.py`. {machine}."
    (HERE / "DARKROOM.md").write_text(f"# Sequences\n\n{note}\n\n{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
