"""The bundled film on this machine: does it play in real time at 1280×720, and how quickly is it exported at 1080p?

    python tests/bench/funhouse.py

Playing: every frame in turn on all processors, as the window asks for them: the very first time, when all paper is
made; as after any play before, whose paper is kept; and once more round. Real time is 24 frames a second; "late" is how
far behind it falls at worst, if it may be a second ahead as in the window. Exporting: the whole program to a PNG
sequence, start and all. The results are in tests/bench/FUNHOUSE.md.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
FILM = ROOT / "scenes" / "funhouse.film.toml"
RESULTS = Path(__file__).parent / "FUNHOUSE.md"
RATE = 24
SCALE = 2 / 3
ROUNDS = ("first time", "warm", "once more round")


def played(paper: Path, threads: int) -> tuple[list[str], list[list[float]]]:
    """The shot of each frame, and the seconds that each took, for each round."""
    import collage

    rounds = []
    for again in (1, 2):
        with collage.open(FILM, threads=threads) as stand:
            stand.keep_paper(paper)
            shots = [stand.shots(frame)[-1][0] for frame in range(stand.length)]
            for _ in range(again):
                took = []
                for frame in range(stand.length):
                    start = time.perf_counter()
                    stand.comp(frame, SCALE)
                    took.append(time.perf_counter() - start)
                rounds.append(took)
    return shots, rounds


def late(took: list[float]) -> float:
    """Seconds behind real time at worst."""
    ahead, worst = 0.0, 0.0
    for spent in took:
        ahead = min(ahead + 1 / RATE - spent, 1.0)
        worst = min(worst, ahead)
    return max(-worst, 0.0)


def exported() -> float:
    """Frames a second of the whole program."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "collage", "export", str(FILM), "-o", folder, "-q"]
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True)
        return len(list(Path(folder).glob("*.png"))) / (time.perf_counter() - start)


def main() -> None:
    """Measures, prints and writes."""
    from collage.export.line import usable_processors

    pace = exported()
    with tempfile.TemporaryDirectory() as paper:
        shots, rounds = played(Path(paper), usable_processors())
    rows = [f"| shot | {' | '.join(f'{name}: frames/s | late (s)' for name in ROUNDS)} |", "|---|" + "---|" * 6]
    for shot in (*dict.fromkeys(shots), "all"):
        cells = []
        for took in rounds:
            part = [spent for spent, name in zip(took, shots, strict=True) if shot in (name, "all")]
            cells.append(f"{len(part) / sum(part):.0f} | {late(part):.1f}")
        rows.append(f"| {shot} | {' | '.join(cells)} |")
    head = f"# Funhouse on {usable_processors()} processors\n\nExported at 1920×1080: {pace:.1f} frames a second"
    text = f"{head} (goal 12).\n\nPlayed at 1280×720 (goal 24 frames a second):\n\n" + "\n".join(rows) + "\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
