"""How long a save takes to be seen: a real window on a screen that nobody sees, playing the bundled scene's cut-outs.

    python tests/bench/hot.py [--saves 20] [--film]

Each round saves something by rename, as editors do, and looks at the screen until it shows. Prints the median and the
worst in milliseconds, the look itself (every 20 ms and more) included. With --film it is the bundled film at rest in
its first shot, whose text is saved. Needs Xvfb and xdotool.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

SPOT = (40, 160)
"""Where on the window the saved thing is looked at: nothing else lies there."""
LAYER = '\n[[layer]]\nasset = "hot/square"\nat = [0, 0]\nsheet = "near"\nshadow = false\n'
ENTRY = '\n["hot/square"]\npivot = [0, 0]\n'
COLOURS = ((200, 30, 40), (30, 60, 200))


def square(side: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG that is no easier to decode than a photo."""
    from collage.glass.png import encode

    pixels = np.full((side, side, 4), 255, np.uint8)
    noise = np.random.default_rng(1).integers(-12, 13, (side, side, 3))
    pixels[..., :3] = np.clip(np.array(colour) + noise, 0, 255)
    return encode(pixels)


def project(folder: Path, name: str) -> Path:
    """The bundled scenes, one of them with a square in its corner, on top of all."""
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns("studio"))
    shutil.copytree(ROOT / "scenes", folder / "scenes")
    (folder / "assets" / "hot").mkdir()
    scene = folder / "scenes" / name
    scene.write_text(scene.read_text(encoding="utf-8") + LAYER, encoding="utf-8")
    registry = folder / "assets" / "registry.toml"
    registry.write_text(registry.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    return scene


def replace(path: Path, content: bytes) -> None:
    """Save as most editors do."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(content)
    os.replace(beside, path)


@contextmanager
def playing(scene: Path, seconds: float, *keys: str) -> Iterator[Callable[[], np.ndarray]]:
    """`collage play` on a screen of its own, some keys pressed so many seconds after it opened; gives what to call for
    the colour at the spot."""
    from PIL import ImageGrab
    from screens import Playing, screen

    os.environ.pop("SDL_VIDEODRIVER", None)
    with screen() as name:
        player = Playing(name, scene.parent.parent, str(scene))
        lines = player.x("getwindowgeometry", "--shell", player.window).splitlines()
        place = {key: int(value) for key, _, value in (line.partition("=") for line in lines)}
        x, y = place["X"] + SPOT[0], place["Y"] + SPOT[1]

        def colour() -> np.ndarray:
            assert player.process.poll() is None, player.left()
            return np.asarray(ImageGrab.grab(bbox=(x, y, x + 1, y + 1), xdisplay=name).convert("RGB"))[0, 0].astype(int)

        time.sleep(seconds)
        for key in keys:
            player.press(key)
        try:
            yield colour
        finally:
            player.press("q")
            player.left()


def timed(save: Callable[[int], None], seen: Callable[[int], bool], saves: int) -> list[float]:
    """Milliseconds from each save to its being seen, at moments that follow no beat."""
    found = []
    for number in range(saves):
        time.sleep(0.4 + 0.037 * (number % 9))
        save(number)
        start = time.perf_counter()
        while not seen(number):
            assert time.perf_counter() - start < 20, "never seen"
            time.sleep(0.02)  # the screen is read whole each time, and the player needs the machine too
        found.append((time.perf_counter() - start) * 1000)
    return found


def rounds(scene: Path, colour: Callable[[], np.ndarray], saves: int) -> Iterator[tuple[str, list[float]]]:
    """What is saved, and how long it took each time."""
    assets = scene.parent.parent / "assets"
    picture, registry = assets / "hot" / "square.png", assets / "registry.toml"

    def is_colour(number: int) -> bool:
        return bool(abs(colour() - COLOURS[number % 2]).max() < 40)

    for what, side in (("picture of 512×512", 512), ("picture of 2048×2048", 2048)):
        made = [square(side, each) for each in COLOURS]
        yield what, timed(lambda number, made=made: replace(picture, made[number % 2]), is_colour, saves)
    replace(picture, square(512, COLOURS[1]))
    for what, file, here, there in (
        ("registry.toml", registry, "pivot = [0, 0]", "pivot = [900, 900]"),
        ("scene's text", scene, "at = [0, 0]", "at = [-900, 0]"),
    ):
        text = file.read_text(encoding="utf-8")
        texts = [text.replace(here, there).encode(), text.encode()]
        yield (
            what,
            timed(
                lambda number, file=file, texts=texts: replace(file, texts[number % 2]),
                lambda number: is_colour(1) == bool(number % 2),
                saves,
            ),
        )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--saves", type=int, default=20)
    options.add_argument("--film", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scene = project(folder, "press.toml" if asked.film else "hello.toml")
        replace(folder / "assets" / "hot" / "square.png", square(512, COLOURS[1]))
        print(f"| saved, {asked.saves} times | median (ms) | worst (ms) |\n|---|---|---|")
        played = scene.with_name("funhouse.film.toml") if asked.film else scene
        # after nine seconds a scene has been seen once, and all it shrinks is shrunk
        with playing(played, 9, *(("Home", "space") if asked.film else ())) as colour:
            for what, found in rounds(scene, colour, asked.saves):
                print(f"| {what} | {statistics.median(found):.0f} | {max(found):.0f} |", flush=True)


if __name__ == "__main__":
    main()
