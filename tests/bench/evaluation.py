"""What it takes to work out where everything lies at a frame, before any pixel is touched.

    python tests/bench/evaluation.py

One thread; the first frame, which settles what is asked for once, is not counted. `tests/bench/workload.py` takes these
figures into its results.
"""

from __future__ import annotations

import time
from pathlib import Path

import collage
from collage.scene.reader import parse

LAYERS, FRAMES = 200, 240
_LAYER = """[[layer]]
card = "#b8402e"
size = [60, 40]
keys.x = [[0, {i}], [100, 900, "out-back"], [239, {i}]]
keys.y = [[0, {i}], [120, 500], [239, 100]]
keys.turn = [[0, 0], [239, 360, "linear"]]
expr.y = "v + 30*sin(tau*t/2)"
move = [{{ do = "bob" }}, {{ do = "swing" }}]
"""


def crowded() -> str:
    """200 layers on ones, each with three channels of keys, a formula and two moves."""
    head = "format = 1\n[scene]\nlength = 240\non = 1\n"
    return head + "".join(_LAYER.format(i=i) for i in range(LAYERS))


def a_frame(stand: collage.Stand) -> float:
    """Milliseconds to expose one frame, the mean over the whole scene."""
    stand.cels(0)
    start = time.perf_counter()
    for frame in range(stand.length):
        stand.cels(frame)
    return (time.perf_counter() - start) / stand.length * 1e3


def of_crowd() -> float:
    """Milliseconds a frame of the crowded scene."""
    with collage.open(parse(crowded())) as stand:
        return a_frame(stand)


def of_workload(scene: Path) -> float:
    """Milliseconds a frame of the 24-layer workload."""
    with collage.open(scene) as stand:
        return a_frame(stand)


if __name__ == "__main__":
    figures = sorted(of_crowd() for _ in range(5))
    print(f"{LAYERS} layers: {figures[2]:.2f} ms a frame (median of 5; {figures[0]:.2f} to {figures[-1]:.2f})")
