"""Make the pieces of the studio: python assets/studio/make.py [NAME...] [--clean] [--out DIR] [--from DIR]

Every piece is photographed (a clean render), printed and cut. The steps can be taken apart: --clean stops after the
photograph, --from takes photographs made before and only prints and cuts them. A NAME is an asset path or its start.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from pieces import PIECES, Piece

ASSETS = Path(__file__).resolve().parent.parent


def load(path: Path) -> np.ndarray:
    """A picture as straight RGBA floats."""
    return np.asarray(Image.open(path).convert("RGBA"), np.float32) / 255


def save(picture: np.ndarray, path: Path, quality: int) -> int:
    """Write a picture, nothing hidden under transparent pixels; returns its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    data[data[..., 3] == 0] = 0
    whole = Image.fromarray(data, "RGBA")
    if path.suffix == ".webp":
        flat = whole.convert("RGB") if data[..., 3].min() == 255 else whole
        flat.save(path, quality=quality, method=6, exact=False, alpha_quality=100)
    else:
        whole.save(path, optimize=True)
    return path.stat().st_size


def make(piece: Piece, clean: bool, out: Path, source: Path | None) -> None:
    """One piece from the shelf to the file."""
    start = time.perf_counter()
    shelf = source / f"{piece.name}.png" if source else None
    picture = load(shelf) if shelf and shelf.exists() else piece.photograph()
    if clean:
        path = out / f"{piece.name}.png"
    else:
        picture = piece.finish(picture)
        path = out / f"{piece.name}.webp"
    size = save(picture, path, piece.quality)
    print(
        f"{piece.name:24s} {picture.shape[1]:5d} x {picture.shape[0]:<5d} {size / 1000:8.1f} kB "
        f"{time.perf_counter() - start:6.1f} s",
        flush=True,
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="asset paths or their beginnings; all when left out")
    parser.add_argument("--clean", action="store_true", help="stop after the photograph: no print, no cut")
    parser.add_argument(
        "--out", type=Path, help="where to write (default: assets/, clean renders to a temporary folder)"
    )
    parser.add_argument("--from", dest="source", type=Path, help="print and cut clean renders from this folder")
    args = parser.parse_args()
    out = args.out or (Path(tempfile.gettempdir()) / "collage-clean" if args.clean else ASSETS)
    chosen = [p for p in PIECES if not args.names or any(p.name.startswith(n) for n in args.names)]
    if not chosen:
        sys.exit("no piece of that name; there are: " + ", ".join(p.name for p in PIECES))
    for piece in chosen:
        make(piece, args.clean, out, args.source)


if __name__ == "__main__":
    main()
