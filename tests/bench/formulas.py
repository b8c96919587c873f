"""How long formulas take: the slowest refusals, and a microsecond's worth of play.

    python tests/bench/formulas.py

A refusal should stay under 50 ms, an ordinary formula near 1 µs an exposure.
"""

from __future__ import annotations

import sys
import time
import timeit
from pathlib import Path

from collage.motion.chance import Chance
from collage.motion.formulas import FormulaError, parse_formula

PLAYED = (
    "v",
    "v + 30*sin(tau*t/2)",
    "v + 12*wave(t/2 + i/8)",
    "W/2 + (i - 3)*W/8",
    "10 if 0 <= t < 2 else 20",
    "clamp(t, 0, 4) + smoothstep(0, 1, t)",
    "v + 6*noise(t)",
    "random(n)",
    "pulse(beat)*level()",
)


def refusal(text: str) -> float:
    """Milliseconds until it is refused; a text that isn't is a defect."""
    start = time.perf_counter()
    try:
        parse_formula(text)
    except FormulaError:
        return (time.perf_counter() - start) * 1e3
    raise SystemExit(f"not refused: {text[:60]}")


def exposure(text: str) -> float:
    """Microseconds of one exposure, the best of five rounds."""
    formula = parse_formula(text).compiled(i=3, width=1920, height=1080, chance=Chance(1), level=lambda second: 0.5)
    rounds = timeit.repeat(lambda: formula(1.0, 2.0, 48.0, 24.0, 5.0), number=50_000, repeat=5)
    bare = timeit.repeat(lambda: None, number=50_000, repeat=5)
    return (min(rounds) - min(bare)) / 50_000 * 1e6


def main() -> None:
    sys.path.append(str(Path(__file__).parents[1]))
    from test_formula_escapes import BOMBS, ESCAPES

    texts = {**BOMBS, **{text: text for text, _, _ in ESCAPES}}
    took = sorted(((max(refusal(text) for _ in range(3)), name) for name, text in texts.items()), reverse=True)
    print(f"{len(took)} texts refused; the slowest, each the worst of three:")
    for milliseconds, name in took[:5]:
        print(f"  {milliseconds:8.3f} ms  {name!r}")
    print("one exposure:")
    for text in PLAYED:
        print(f"  {exposure(text):8.3f} µs  {text}")


if __name__ == "__main__":
    main()
