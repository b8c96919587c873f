"""Make the pieces of the studio: python assets/studio/make.py [NAME...] [--out DIR]

Every piece is a photograph, clean and uncut: how it is printed and cut stands in assets/registry.toml. A NAME is an
asset path or its start.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from pieces import PIECES, Piece

ASSETS = Path(__file__).resolve().parent.parent


def save(picture: np.ndarray, path: Path, quality: int) -> int:
    """Write a picture of straight RGBA floats, nothing hidden under transparent pixels; returns its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    data[data[..., 3] == 0] = 0
    whole = Image.fromarray(data, "RGBA")
    flat = whole.convert("RGB") if data[..., 3].min() == 255 else whole
    flat.save(path, quality=quality, method=6, exact=False, alpha_quality=100)
    return path.stat().st_size


def make(piece: Piece, out: Path) -> None:
    """One piece from the shelf to the file."""
    start = time.perf_counter()
    picture = piece.photograph()
    size = save(picture, out / f"{piece.name}.webp", piece.quality)
    print(
        f"{piece.name:24s} {picture.shape[1]:5d} x {picture.shape[0]:<5d} {size / 1000:8.1f} kB "
        f"{time.perf_counter() - start:6.1f} s",
        flush=True,
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="asset paths or their beginnings; all when left out")
    parser.add_argument("--out", type=Path, default=ASSETS, help="where to write (default: assets/)")
    args = parser.parse_args()
    chosen = [p for p in PIECES if not args.names or any(p.name.startswith(n) for n in args.names)]
    if not chosen:
        sys.exit("no piece of that name; there are: " + ", ".join(p.name for p in PIECES))
    for piece in chosen:
        make(piece, args.out)


if __name__ == "__main__":
    main()
