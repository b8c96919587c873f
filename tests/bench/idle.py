"""What the window costs while nothing happens: the bundled film at rest in a real window on a real X server.

    python tests/bench/idle.py

Prints the share of one processor, in percent, of each of some stretches of ten seconds, and fails if anything moved.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PIL import ImageGrab

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from screens import Playing, screen  # noqa: E402

STRETCH = 10.0
SETTLE = 12.0
"""Seconds from the pause on in which what was begun is ended: paper is made, frames are drawn ahead."""


def used(process: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    os.environ.pop("SDL_VIDEODRIVER", None)
    with screen() as display:
        player = Playing(display, ROOT, str(ROOT / "scenes" / "funhouse.film.toml"))
        time.sleep(SETTLE)
        player.press("space")
        time.sleep(SETTLE)
        seen, found = ImageGrab.grab(xdisplay=display).tobytes(), []
        for _ in range(3):
            before = used(player.process.pid)
            time.sleep(STRETCH)
            found.append((used(player.process.pid) - before) / STRETCH * 100)
        assert ImageGrab.grab(xdisplay=display).tobytes() == seen, "it was not at rest"
        player.press("q")
        player.left()
    print(f"load {os.getloadavg()[0]:.1f}: at rest {', '.join(f'{share:.1f}' for share in found)} % of one processor")


if __name__ == "__main__":
    main()
