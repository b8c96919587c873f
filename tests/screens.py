"""A real window on a real X server that nobody sees, with hands and eyes, for tests and benches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ImageGrab

import collage

MISSING = [program for program in ("Xvfb", "xdotool") if not shutil.which(program)]
STRIP = 46
"""Rows at a small window's lower edge where the scrub bar lies while the scene rests."""


def until(what: str, true: Callable[[], Any]) -> Any:
    """Wait for something to become true, and give it; fail loudly when it never does."""
    for _ in range(600):
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"never happened: {what}")


@contextmanager
def screen() -> Iterator[str]:
    """An X server on the first free number; its name."""
    ours, theirs = os.pipe()
    # without -noreset it turns clients away for a moment whenever the last one has left
    command = ["Xvfb", "-noreset", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as number:
        name = f":{number.readline().strip()}"
    try:
        yield name
    finally:
        server.terminate()
        server.wait()


class Playing:
    """`collage play` as a process on a display, with hands and eyes."""

    def __init__(self, display: str, folder: Path, *arguments: str) -> None:
        self.display = display
        hidden = {"SDL_VIDEODRIVER", "WAYLAND_DISPLAY"}
        home = str(Path(collage.__file__).parent.parent)
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        self.env = {**kept, "DISPLAY": display, "PYTHONPATH": home}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "collage", "play", *arguments],
            cwd=folder, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.window = until("a window", self._window)
        self.x("mousemove", "0", "0")  # off the pieces
        self.x("windowfocus", "--sync", self.window)

    def _window(self) -> str:
        """The window that bears a frame in its title: SDL may have put up and taken down another before."""
        assert self.process.poll() is None, self.process.communicate()
        found = self.x("search", "--pid", str(self.process.pid)).split()
        return next((window for window in found if " - frame " in self.x("getwindowname", window)), "")

    def x(self, *arguments: str) -> str:
        """What xdotool answers."""
        done = subprocess.run(["xdotool", *arguments], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def press(self, *names: str) -> None:
        """Real key presses."""
        self.x("key", *names)

    @property
    def title(self) -> str:
        return self.x("getwindowname", self.window)

    def titled(self, title: str) -> None:
        """Wait for a title."""
        until(title, lambda: self.title == title)

    def seen(self) -> np.ndarray:
        """The window's pixels as the screen shows them: (height, width, 3)."""
        lines = self.x("getwindowgeometry", "--shell", self.window).splitlines()
        place = {name: int(value) for name, _, value in (line.partition("=") for line in lines)}
        box = (place["X"], place["Y"], place["X"] + place["WIDTH"], place["Y"] + place["HEIGHT"])
        return np.asarray(ImageGrab.grab(bbox=box, xdisplay=self.display).convert("RGB"))

    def shows(self, picture: np.ndarray) -> None:
        """Wait until the window is exactly this, but for the scrub bar."""

        def same() -> bool:
            seen = self.seen()
            return seen.shape == picture.shape and np.array_equal(seen[:-STRIP], picture[:-STRIP])

        until("the expected picture", same)

    def left(self) -> tuple[int, str]:
        """How it ended: the exit code and all it said."""
        said, complained = self.process.communicate(timeout=60)
        return self.process.returncode, said + complained


def picture(scene: Path, frame: int, scale: float = 1.0) -> np.ndarray:
    """The frame as the compositor makes it, without alpha: the scene's paper covers all."""
    with collage.open(scene) as stand:
        return stand.comp(frame, scale)[..., :3]
