"""How `collage play` ends while something beside the window is still under way: soon, and with its own exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Project

SCENE = 'format = 1\n[scene]\nsize = [64, 36]\nlength = 12\n[[layer]]\ncard = "red"\nsize = [9, 9]\n'
PLAY = """
import os, sys, threading, time
import cv2, numpy, pygame
from collage import cli
from collage.player import darkroom
from collage.stand import Stand

def forever(*_):
    under_way.set()
    while True:
        cv2.GaussianBlur(numpy.zeros((64, 64), numpy.float32), (0, 0), 9)

def leave():
    under_way.wait()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_q, mod=0, unicode="q"))

under_way = threading.Event()
PATCH
threading.Thread(target=leave).start()
sys.argv = ["collage", "play", *sys.argv[1:]]
cli.main()
"""


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        ("Stand.again = forever; threading.Timer(2, os.utime, ['test.toml']).start()", ["test.toml"]),
        ("own = Stand.cels; Stand.cels = lambda self, at: forever() if at > 6 else own(self, at)", ["test.toml"]),
        ("darkroom.frames = forever", []),
    ],
)
def test_what_never_ends_is_left_behind(project: Project, patch: str, path: list[str]) -> None:
    """A save that is being opened, a frame drawn ahead, a print for the wall, amid compiled code: q ends it with 0, and
    nothing is said. Without more ado such a thread would abort Python, or be waited for."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY.replace("PATCH", patch), *path],
        cwd=project(SCENE).parent, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
