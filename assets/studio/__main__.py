"""Make everything of the studio again: python -m assets.studio [NAME...] [--out DIR]

Pictures (make.py), sounds (record.py), the print stock (stock.py), a typeface (knife.py); credits.py writes a scene.
A NAME is a path under assets/, or its start. All of it comes from seeds: the same again, each time.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import babble
import knife
import stock
from make import ASSETS, make
from pieces import PIECES
from record import NAMES
from record import make as record


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m assets.studio", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="paths under assets/ or their beginnings; default all")
    parser.add_argument("--out", type=Path, default=ASSETS, help="where to write (default: assets/)")
    args = parser.parse_args()

    def asked(name: str) -> bool:
        return not args.names or any(name.startswith(start) for start in args.names)

    pieces = [piece for piece in PIECES if asked(piece.name)]
    sounds = [name for name in NAMES if asked(f"sound/{name}")]
    texts = {
        "look/print.cube": stock.text().encode(),
        "sound/babble.tsv": babble.text().encode(),
        "type/knife.ttf": knife.font(),
    }
    if not (pieces or sounds or any(map(asked, texts))):
        sys.exit("nothing of that name; there are: " + ", ".join(piece.name for piece in PIECES))
    for piece in pieces:
        make(piece, args.out)
    for name in sounds:
        record(name, args.out / "sound")
    for name in filter(asked, texts):
        (args.out / name).parent.mkdir(parents=True, exist_ok=True)
        (args.out / name).write_bytes(texts[name])


if __name__ == "__main__":
    main()
