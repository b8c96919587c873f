"""The workload through `collage export`, the bare loop and the hand-written pygame loop, in one sitting, as ratios.

    python tests/bench/workload.py [--peers FOLDER] [--frames 96] [--rounds 3]

FOLDER holds the other programs (default: `shared/peers` beside the project). Prints a table and writes it, with the
machine, to `tests/bench/RESULTS.md`. Read the ratios: absolute figures drift with the machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import evaluation
import glass

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout + done.stderr


def figure(pattern: str, text: str) -> float:
    match = re.search(pattern, text)
    if not match:
        raise SystemExit(f"no figure in: {text}")
    return float(match[1])


def composite(scene: Path, threads: int, frames: int) -> float:
    """Milliseconds to comp one frame, pictures loaded and kernels compiled beforehand."""
    import collage

    with collage.open(scene, threads=threads) as stand:
        stand.comp(0)
        start = time.perf_counter()
        for frame in range(frames):
            stand.comp(frame)
        return (time.perf_counter() - start) / frames * 1e3


def exported(scene: Path, out: Path, frames: str, workers: int) -> float:
    """Seconds of the whole command, start and all."""
    start = time.perf_counter()
    chosen = ("--frames", frames, "--workers", str(workers))
    run(sys.executable, "-m", "collage", "export", str(scene), "-o", str(out), *chosen)
    return time.perf_counter() - start


def steady(scene: Path, out: Path, frames: int, workers: int) -> float:
    """Frames a second once it runs: what all frames take beyond the first alone, as the peers leave out their start."""
    alone = exported(scene, out, "0", workers)
    return (frames - 1) / (exported(scene, out, "0-", workers) - alone)


def measure(peers: Path, frames: int, rounds: int) -> dict[str, list[float]]:
    """Each figure once a round, the programs in turn, so that a machine that drifts drifts for all."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(sys.executable, str(peers / "workload.py"), folder, str(frames))
        scene, few = work / "scenes" / "workload.toml", min(frames, 12)
        programs: dict[str, Callable[[], float]] = {
            "composite, pygame by hand (ms)": lambda: figure(
                r"([\d.]+) ms to composite",
                run(sys.executable, str(peers / "by_hand.py"), "pygame", folder, str(few), str(work / "hand")),
            ),
            "composite, collage, 1 thread (ms)": lambda: composite(scene, 1, frames // 2),
            "composite, collage, 2 threads (ms)": lambda: composite(scene, 2, frames // 2),
            "sequence, bare loop, 2 processes (frames/s)": lambda: figure(
                r"([\d.]+) frames/s",
                run(sys.executable, str(peers / "bare_loop.py"), folder, str(frames), "2", str(work / "bare")),
            ),
            "sequence, collage export, 2 workers (frames/s)": lambda: steady(scene, work / "ours", frames, 2),
            "the same, start included (frames/s)": lambda: frames / exported(scene, work / "ours", "0-", 2),
            "sequence, pygame by hand (frames/s)": lambda: figure(
                r"([\d.]+) frames/s",
                run(sys.executable, str(peers / "by_hand.py"), "pygame", folder, str(few), str(work / "hand")),
            ),
            "evaluation of 200 layers, 3 keyed channels, 1 formula, 2 moves each (ms)": evaluation.of_crowd,
            "evaluation of the workload (ms)": lambda: evaluation.of_workload(scene),
        }
        found: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, program in programs.items():
                found[name].append(program())
        return found


def table(found: dict[str, list[float]], inner: dict[str, list[float]]) -> str:
    middle = {name: statistics.median(values) for name, values in found.items()}
    hand, one, two, bare, ours, started, slow, crowd, evaluated = middle.values()
    rows = ["| what | median | lowest | highest |", "|---|---|---|---|"]
    rows += [f"| {name} | {middle[name]:.2f} | {min(v):.2f} | {max(v):.2f} |" for name, v in found.items()]
    rows += ["", "| ratio | is | goal |", "|---|---|---|"]
    rows += [f"| composite, 1 thread ÷ by hand | {one / hand:.2f} | at most 0.50 |"]
    rows += [f"| composite, 2 threads ÷ by hand | {two / hand:.2f} | at most 0.30 |"]
    rows += glass.rows(inner)
    rows += [f"| export, collage ÷ bare loop | {ours / bare:.2f} | |"]
    rows += [f"| the same, start included | {started / bare:.2f} | |"]
    rows += [f"| export, collage ÷ pygame by hand | {ours / slow:.1f} | |"]
    rows += [f"| evaluation of 200 layers, ms a frame | {crowd:.2f} | at most 4 |"]
    rows += [f"| of export, lost to evaluation | {evaluated * ours / 1e3:.1%} | under 5 % |"]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=ROOT.parent / "shared" / "peers")
    parser.add_argument("--frames", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    text = table(measure(chosen.peers, chosen.frames, chosen.rounds), glass.ratios(chosen.peers, chosen.rounds))
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    note = "24 photo layers at 1920×1080, all turning, scaling and sliding; `python tests/bench/workload.py`."
    (HERE / "RESULTS.md").write_text(f"# Results\n\n{note}\nMachine: {machine}.\n\n{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
