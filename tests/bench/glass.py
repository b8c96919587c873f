"""What the glass takes for shadows, for many layers, for holds, as ratios of the workload to itself.

    python tests/bench/glass.py [--peers FOLDER] [--rounds 3]

One thread, and both sides of a ratio in turn, so that a machine that drifts drifts for both. `tests/bench/workload.py`
takes these figures into its results.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import collage

PEERS = Path(__file__).parents[3] / "shared" / "peers"
FRAMES = 48
GOALS = {
    "shadows on all 24 layers ÷ without": "at most 2",
    "96 layers ÷ 24": "at most 4.2",
    "24 layers on twos, background still, × as fast as on ones": "at least 1.8",
    "a held exposure ÷ a fresh one": "under 0.02",
}


def workload(peers: Path) -> ModuleType:
    """The program that writes the workload, which bears the name of ours."""
    spec = importlib.util.spec_from_file_location("peer_workload", peers / "workload.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(peers: Path, folder: Path) -> dict[str, Path]:
    """The workload as it is, with shadows, with 96 layers, and on twos."""
    made, scenes = workload(peers), folder / "scenes"
    made.write_pictures(folder / "assets")
    paths = {name: scenes / f"{name}.toml" for name in ("plain", "shaded", "many", "twos")}
    made.write_scene(paths["plain"], FRAMES)
    made.write_scene(paths["many"], FRAMES, 96)
    text = paths["plain"].read_text(encoding="utf-8")
    paths["shaded"].write_text(text.replace("shadow = false", "shadow = true"), encoding="utf-8")
    paths["twos"].write_text(text.replace("on = 1\n", "on = 2\n"), encoding="utf-8")
    return paths


def frames(stand: collage.Stand) -> list[float]:
    """Milliseconds that each frame of a stretch takes, pictures read and loops compiled beforehand."""
    took = []
    for frame in range(FRAMES):
        start = time.perf_counter()
        stand.comp(frame)
        took.append((time.perf_counter() - start) * 1e3)
    return took


def ratios(peers: Path, rounds: int) -> dict[str, list[float]]:
    """Each ratio of GOALS once a round."""
    with tempfile.TemporaryDirectory() as folder:
        stands = {name: collage.open(path) for name, path in write(peers, Path(folder)).items()}
        for stand in stands.values():
            stand.load()
            stand.comp(1)
        found: dict[str, list[float]] = {name: [] for name in GOALS}
        for _ in range(rounds):
            took = {name: frames(stand) for name, stand in stands.items()}
            plain, shaded, many, twos = (statistics.fmean(took[name]) for name in ("plain", "shaded", "many", "twos"))
            held, fresh = statistics.median(took["twos"][1::2]), statistics.median(took["twos"][::2])
            for name, ratio in zip(found, (shaded / plain, many / plain, plain / twos, held / fresh), strict=True):
                found[name].append(ratio)
        for stand in stands.values():
            stand.close()
        return found


def rows(found: dict[str, list[float]]) -> list[str]:
    """Of a table of ratios."""
    return [f"| {name} | {statistics.median(values):.3g} | {GOALS[name]} |" for name, values in found.items()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=PEERS)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    sys.stdout.write("\n".join(rows(ratios(chosen.peers, chosen.rounds))) + "\n")
