"""Kernels run whatever the state of the folder that keeps them: it saves a second, and never costs a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from collage.glass import compiled

ROOT = Path(__file__).parent.parent
CODE = (
    "import numpy as np; from collage.glass import kernels\n"
    "b, s = np.full((4, 40), 0xFFC8C8C8, np.uint32), np.full((4, 40), 0x01000000, np.uint32)\n"
    "kernels.over(b, s); print(hex(int(b[0, 0])))"
)


def ran(cache: Path) -> str:
    """What a fresh program prints that keeps its kernels in `cache`."""
    env = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, cwd=ROOT, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("left", [0, 100])
def test_a_torn_cache_is_forgotten_and_made_anew(tmp_path: Path, left: int) -> None:
    """Cut to nothing or to a hundred bytes, index or code: the program compiles, and the next run reads it again."""
    assert ran(tmp_path) == "0xffc7c7c7"
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.suffix for path in files} == {".nbi", ".nbc"}
    for suffix in (".nbi", ".nbc"):
        for path in files:
            if path.suffix == suffix and path.exists():
                path.write_bytes(path.read_bytes()[:left])
        assert ran(tmp_path) == "0xffc7c7c7"
    assert ran(tmp_path) == "0xffc7c7c7"


def test_a_change_of_any_file_compiles_anew(tmp_path: Path) -> None:
    """A kernel may hold code of the files beside its own: when one of those is saved, what was kept is not used."""
    copy = tmp_path / "collage"
    shutil.copytree(ROOT / "collage", copy)
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept"), "PYTHONPATH": str(tmp_path)}
    code = (
        "import numpy as np; from collage.glass import shapes\n"
        "words = np.full((1, 3), 0xFFFFFFFF, np.uint32)\n"
        "edge = np.array([1.0, 0.0, -1.5, 9.0])\n"
        "shapes.clip_rectangle(words, edge, np.array([0.0, 1.0, 9.0, 99.0]))\n"
        "print(sum(shapes.clip_rectangle.stats.cache_hits.values()), hex(int(words[0, 1])))"
    )

    def run() -> str:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert run() == "0 0x80808080"
    assert run() == "1 0x80808080"
    kernels = copy / "glass" / "kernels.py"
    kernels.write_text(kernels.read_text().replace("_HALF = np.uint32(0x00800080)", "_HALF = np.uint32(0)"))
    assert run() == "0 0x7f7f7f7f"


def test_a_cache_that_can_not_be_written_is_passed_over(tmp_path: Path) -> None:
    """A file where the folder should be: the program runs all the same."""
    (tmp_path / "file").write_text("")
    assert ran(tmp_path / "file" / "cache") == "0xffc7c7c7"


def test_without_any_place_to_keep_it_a_kernel_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither the package nor a home can be written Numba raises: compiled anew, and the same numbers."""

    def nowhere(function: object) -> object:
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(compiled, "_Kept", nowhere)
    assert compiled.kernel(lambda a, b: a * 3 + b)(4, 5) == 17


def test_the_first_time_is_told_once(tmp_path: Path) -> None:
    """A still on a new machine says that it takes long; the next one doesn't."""
    (tmp_path / "s.toml").write_text(
        'format = 1\n[scene]\nsize = [8, 8]\n[lamp]\nstrength = 0\n[[layer]]\ncard = "red"\nsize = [4, 4]\n',
        encoding="utf-8",
    )
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept")}

    def told() -> str:
        command = [sys.executable, "-m", "collage", "still", str(tmp_path / "s.toml"), "-o", str(tmp_path / "s.png")]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env)
        assert done.returncode == 0, done.stderr
        return done.stderr

    assert "once on this machine" in told()
    assert told() == ""
