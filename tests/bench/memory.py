"""What pictures cost in memory: layers that share one, export workers that share all. Resident bytes of fresh programs.

    python tests/bench/memory.py

Pixels are all bytes of the plates, mipmaps included. Prints a table; on Linux, where /proc tells.
"""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
WIDE, HIGH = 3840, 2160
MANY = 24
HEAD = 'format = 1\n[scene]\nsize = [1280, 720]\nlength = 8\non = 1\npaper = "white"\n'


def project(folder: Path) -> None:
    """Scenes of no picture, of one 4K splash in 1 and in 100 layers, and of many splashes."""
    from collage.glass.png import encode

    (folder / "assets").mkdir()
    (folder / "scenes").mkdir()
    for i in range(MANY):
        splash = np.full((HIGH, WIDE, 4), (200, 30 + i, 40, 255), np.uint8)
        splash[::7, ::5] = 0
        (folder / "assets" / f"splash-{i}.png").write_bytes(encode(splash))
    for name, shown in {"none": [], "one": [0], "hundred": [0] * 100, "many": range(MANY)}.items():
        layers = [
            f'[[layer]]\nasset = "splash-{i}"\nat = [{600 + n}, 360]\nscale = 0.3\n'
            f"keys.turn = [[0, {n}], [8, {n + 9}]]\n"
            for n, i in enumerate(shown)
        ]
        (folder / "scenes" / f"{name}.toml").write_text(HEAD + "".join(layers), encoding="utf-8")


def resident(what: str) -> int:
    """Bytes: VmRSS now, VmHWM at the highest so far."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) * 1024


def measured(scene: Path, workers: int) -> tuple[int, int, int]:
    """In this program: bytes of the plates, resident bytes afterwards, and the most there were."""
    import collage
    from collage.export.frames import export
    from collage.timing import Span

    with collage.open(scene) as stand, tempfile.TemporaryDirectory() as out:
        export(stand, Path(out), frames=Span(0, stand.length), workers=workers)
        gc.collect()
        return stand.glass.plates.weight, resident("VmRSS"), resident("VmHWM")


def fresh(scene: Path, workers: int = 1) -> tuple[int, int, int]:
    """The same in a program of its own."""
    command = [sys.executable, __file__, str(scene), str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    pixels, now, most = map(int, done.stdout.split())
    return pixels, now, most


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project(Path(folder))
        scenes = Path(folder) / "scenes"
        rows = {
            "no picture": fresh(scenes / "none.toml"),
            "one 4K splash, 1 layer": fresh(scenes / "one.toml"),
            "the same, 100 layers": fresh(scenes / "hundred.toml"),
            f"{MANY} of them, 1 export worker": fresh(scenes / "many.toml", 1),
            f"{MANY} of them, 4 export workers": fresh(scenes / "many.toml", 4),
        }
    print("| MB | pixels | resident afterwards | resident at most |\n|---|---|---|---|")
    for name, found in rows.items():
        print(f"| {name} | " + " | ".join(f"{value / 1e6:.1f}" for value in found) + " |")
    _, one, hundred, single, four = rows.values()
    print(f"\n100 layers ÷ 1 layer: pixels {hundred[0] / one[0]:.3f}, resident {hundred[1] / one[1]:.3f}", end="")
    print(f", at most {hundred[2] / one[2]:.3f} (goal: at most 1.05)")
    print(f"4 workers add {(four[1] - single[1]) / single[0]:.1%} of the pixels' memory", end="")
    print(f", at most {(four[2] - single[2]) / single[0]:.1%} (goal: under 10 %)")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(*measured(Path(sys.argv[1]), int(sys.argv[2])))
    else:
        main()
