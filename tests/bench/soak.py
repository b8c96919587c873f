"""An hour of play with a save every five seconds: what it takes of the machine, at the start and at the end.

    python tests/bench/soak.py [MINUTES]

A real window on a real X server. Texts, pictures and the registry are saved in turn, some of them broken or gone. The
first tenth fills what is kept; the goal is for the rest: memory grows by less than 1 %, handles and threads not at all.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from screens import Playing, screen
from soaking import Taken, project, soak

EVERY = 5.0


def middle(samples: list[Taken]) -> Taken:
    """Of some samples the median of each."""
    return Taken(*(int(statistics.median(each)) for each in zip(*samples, strict=True)))


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    samples = list[Taken]()
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        scene = project(Path(folder))
        playing = Playing(display, scene.parent, scene.name)
        samples.extend(soak(playing, scene, int(minutes * 60 / EVERY), EVERY))
        playing.press("q")
        code, said = playing.left()
    tenth = max(1, len(samples) // 10)
    start, end = middle(samples[tenth : 2 * tenth + 1]), middle(samples[-tenth:])
    print(f"{minutes:g} minutes, {len(samples)} saves, exit code {code}, {said.count('Traceback')} tracebacks")
    print("| what | after a tenth | at the end |\n|---|---|---|")
    print(f"| resident memory (MB) | {start.memory / 1e6:.1f} | {end.memory / 1e6:.1f} |")
    print(f"| open files | {start.handles} | {end.handles} |\n| threads | {start.threads} | {end.threads} |")
    print(f"memory grew by {100 * (end.memory / start.memory - 1):.2f} % (goal: under 1 %)")


if __name__ == "__main__":
    main()
