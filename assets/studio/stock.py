"""The print stock: a table of colours of our own, as a laboratory makes one. python assets/studio/stock.py"""

from __future__ import annotations

from itertools import product
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "look" / "print.cube"
SIDE = 9


def printed(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """A colour on warm, slightly faded paper stock: soft shoulders, lifted blacks, teal shadows, cream whites."""
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    dyed = []
    for part, low, high in ((red, 0.035, 0.985), (green, 0.045, 0.955), (blue, 0.065, 0.885)):
        part = grey + (part - grey) * 0.9
        part = part * part * (3 - 2 * part) * 0.35 + part * 0.65
        dyed.append(low + (high - low) * part)
    return dyed[0], dyed[1], dyed[2]


def text() -> str:
    """The whole .cube file; red runs fastest, as its specification wants."""
    steps = [step / (SIDE - 1) for step in range(SIDE)]
    rows = (printed(red, green, blue) for blue, green, red in product(steps, repeat=3))
    lines = (" ".join(f"{part:.5f}" for part in row) for row in rows)
    return f'TITLE "Print"\nLUT_3D_SIZE {SIDE}\n' + "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8", newline="\n")
