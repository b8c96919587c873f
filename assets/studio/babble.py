"""What the smallest teeth have to say, written down as programs that listen to speech do: seconds, a tab, a mouth.

python assets/studio/babble.py writes assets/sound/babble.tsv.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

BEAT, LENGTH = 0.5, 6.0
PAUSES = ((1.5, 2.25), (4.5, 5.0))  # while the fist is up, and while the nose breathes in


def text() -> str:
    """Syllables in eighths, now and then a long one; shut where it is better to say nothing."""
    rng = np.random.default_rng(915)
    lines, at = ["0.00\tshut"], 0.25
    while at < LENGTH - BEAT:
        quiet = next((end for start, end in PAUSES if start <= at < end), None)
        if quiet is not None:
            at = quiet
            continue
        long = rng.random() < 0.25
        wide = 0.25 if long else 1 / 12
        lines += [f"{at:.2f}\t{'open' if long else rng.choice(['open', 'half'])}", f"{at + wide:.2f}\thalf"]
        lines.append(f"{at + wide + 1 / 12:.2f}\tshut")
        at += BEAT if long else BEAT / 2
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (Path(__file__).resolve().parent.parent / "sound" / "babble.tsv").write_text(text())
