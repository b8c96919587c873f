"""How soon the bundled film is seen, and how soon it moves, from the command on. A real window on a real X server.

    python tests/bench/opening.py

Warm: this program's files, its kernels and the picture of the last time are at hand, as after any first play. Seconds;
of so many runs the median, the lowest and the highest.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import ImageGrab

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from screens import screen  # noqa: E402

RUNS = 5
MIDDLE = (560, 320, 720, 480)
PATIENCE = 120.0


def shown(display: str) -> bytes:
    """What the middle of the screen shows; nothing while it is of one colour."""
    seen = np.asarray(ImageGrab.grab(bbox=MIDDLE, xdisplay=display).convert("RGB"))
    return b"" if seen.std() < 2 else seen.tobytes()


def until(start: float, display: str, before: bytes) -> tuple[float, bytes]:
    """Seconds from a start until something else is shown, and what."""
    while (seen := shown(display)) == before:
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError("nothing is seen")
        time.sleep(0.005)
    return time.perf_counter() - start, seen


def opened(display: str, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to the first picture, and to the next other one."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "collage", "play", str(ROOT / "scenes" / "funhouse.film.toml")]
    playing = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env, "DISPLAY": display})
    try:
        seen, first = until(start, display, b"")
        return seen, until(start, display, first)[0]
    finally:
        playing.kill()
        playing.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        env = {"XDG_CACHE_HOME": folder, "PYTHONPYCACHEPREFIX": f"{folder}/code", "PYTHONDONTWRITEBYTECODE": ""}
        first = opened(display, env)
        found = [opened(display, env) for _ in range(RUNS)]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("| what | median | lowest | highest |\n|---|---|---|---|")
    for what, times in (("seen", [each[0] for each in found]), ("moving", [each[1] for each in found])):
        print(f"| {what} (s) | {statistics.median(times):.2f} | {min(times):.2f} | {max(times):.2f} |")
    print(f"the very first time: seen after {first[0]:.1f} s, moving after {first[1]:.1f} s")


if __name__ == "__main__":
    main()
