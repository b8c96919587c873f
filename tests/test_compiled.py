"""Kernels run whatever the state of the folder that keeps them: it saves a second, and never costs a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_cache_that_can_not_be_written_is_passed_over(tmp_path: Path) -> None:
    """A file where the folder should be: the program runs all the same."""
    (tmp_path / "file").write_text("")
    assert ran(tmp_path / "file" / "cache") == "0xffc7c7c7"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_package_that_can_not_be_written_runs(tmp_path: Path) -> None:
    """Nowhere at all to keep anything: compiled anew each time."""
    shutil.copytree(ROOT / "collage", tmp_path / "collage", ignore=shutil.ignore_patterns("__pycache__"))
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    env = {**os.environ, "HOME": os.devnull, "XDG_CACHE_HOME": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, cwd=tmp_path, env=env)
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.stdout.strip() == "0xffc7c7c7", done.stderr
