"""What bytes depend on beside the scene: which sources count, and what is said of the platform."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from collage import __version__
from collage.export.machine import package, platform, program, sources


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Some rooms, each with a source."""
    for name in (
        "errors",
        "glass/comp",
        "exposure/cel",
        "export/developing",
        "export/frames",
        "player/keys",
        "cli/new",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.py").write_bytes(b"one\ntwo\n")
    return tmp_path


@pytest.mark.parametrize("name", ["errors", "glass/comp", "exposure/cel", "export/developing"])
def test_what_makes_pixels_counts(home: Path, name: str) -> None:
    """Changed or gone; and put back, it is as before."""
    before, file = sources(home), home / f"{name}.py"
    file.write_bytes(b"one\nthree\n")
    changed = sources(home)
    file.unlink()
    assert len({before, changed, sources(home)}) == 3
    file.write_bytes(b"one\r\ntwo\r\n")  # as some checkouts end their lines
    assert sources(home) == before


@pytest.mark.parametrize("name", ["export/frames", "player/keys", "cli/new"])
def test_what_makes_none_does_not(home: Path, name: str) -> None:
    """A new key of the player leaves all frames as they are."""
    before = sources(home)
    (home / f"{name}.py").write_bytes(b"else")
    assert sources(home) == before


def test_a_sources_name_counts(home: Path) -> None:
    """The same lines in another file are another program."""
    before = sources(home)
    (home / "glass/comp.py").rename(home / "glass/over.py")
    assert sources(home) != before


def test_a_room_of_tomorrow_counts(home: Path) -> None:
    """Unless it is said that it makes no pixels."""
    before = sources(home)
    (home / "ink").mkdir()
    (home / "ink/press.py").write_bytes(b"")
    assert sources(home) != before


def test_the_program_says_its_version() -> None:
    """And something of its sources."""
    assert program().startswith(f"collage {__version__} ")
    assert len(program().split()) == 3


def test_the_platform_is_told_in_words() -> None:
    """All that a frame's bytes hang on, none of it empty, none of it of the moment: another process says the same."""
    here = platform()
    assert {
        "system",
        "machine",
        "processor",
        "python",
        "numpy",
        "opencv",
        "numba",
        "llvmlite",
        "pillow",
        "isal",
    } <= set(here)
    assert all(here.values())
    code = "import json; from collage.export.machine import platform; print(json.dumps(platform()))"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert json.loads(told.stdout) == here


def test_it_is_ones_own_to_change() -> None:
    """What is done to it is not done to the next."""
    platform().clear()
    assert platform()


def test_a_package_that_is_not_there_has_no_version() -> None:
    """Rather than an error: extras may be missing."""
    assert package("no-such-package-of-collage") == ""
