"""Kernels run whatever the state of the folder that keeps them: it saves a second, and never costs a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import config

from collage.glass import compiled, kernels

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


def made(cache: Path) -> bool:
    """Whether the kernel, made ready as when a program starts, had to be compiled; it does what it should."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "CACHE_DIR", str(cache))
        over = compiled.kernel(kernels.over.py_func)
    backdrop, source = np.full((4, 40), 0xFFC8C8C8, np.uint32), np.full((4, 40), 0x01000000, np.uint32)
    over(backdrop, source)
    assert backdrop[0, 0] == 0xFFC7C7C7
    return not sum(over.stats.cache_hits.values())


@pytest.mark.parametrize("left", [0, 100])
def test_a_torn_cache_is_forgotten_and_made_anew(tmp_path: Path, left: int) -> None:
    """Cut to nothing or to a hundred bytes, index or code: it is compiled, and the next time read again, also by the
    next program."""
    assert made(tmp_path)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert {path.suffix for path in files} == {".nbi", ".nbc"}
    for suffix in (".nbi", ".nbc"):
        for path in files:
            if path.suffix == suffix and path.exists():
                path.write_bytes(path.read_bytes()[:left])
        assert made(tmp_path)
        assert not made(tmp_path)
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
