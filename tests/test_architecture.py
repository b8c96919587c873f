"""The house is built as its map says: rooms knock downward only, and nothing heavy or busy happens at import."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "collage"
RANKS = {
    "errors": -1,  # the one that all of rank 0 may use too
    "timing": 0, "geometry": 0, "colours": 0, "files": 0,
    "motion": 1,
    "scene": 2, "registry": 2, "sound": 2,
    "exposure": 3,
    "glass": 4, "trusted": 4,
    "stand": 5,
    "desk": 6, "export": 6, "player": 6,
    "cli": 7,
    "__init__": 8, "__main__": 8,
}  # fmt: skip
PIXELS = {"numpy", "pygame", "cv2", "PIL", "numba", "isal", "av"}
FOR_SOUND = {"numpy", "av"}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The modules a file imports anywhere in it, but for those that only type checkers see."""
    found, waiting = set[str](), list[ast.AST]([parsed(path)])
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            waiting.extend(inner for inner in ast.iter_child_nodes(node) if not isinstance(inner, ast.expr))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_lower_ranks_only(path: Path) -> None:
    """No room imports a higher one, nor another of its own rank."""
    own = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "collage" and len(parts) > 1 and parts[1] in RANKS and own not in ("__init__", "__main__"):
            assert parts[1] == own or RANKS[parts[1]] < RANKS[own], f"{path} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_text_and_numbers_know_no_pixels(path: Path) -> None:
    """Ranks 0 to 3 import no library of pixels, but for the probe of headers and for sound, which is samples."""
    if RANKS[room(path)] <= 3 and path != PACKAGE / "registry" / "probe.py":
        allowed = FOR_SOUND if room(path) == "sound" else set()
        assert not {name.split(".")[0] for name in imports(path)} & (PIXELS - allowed)


def test_the_window_lives_in_the_player_alone() -> None:
    """pygame is imported nowhere else."""
    homes = {room(path) for path in FILES if any(name.split(".")[0] == "pygame" for name in imports(path))}
    assert homes == {"player"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_are_small_enough_to_read(path: Path) -> None:
    """350 lines at the very most, and a docstring that says why the file exists."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 350
    if text.strip():
        assert ast.get_docstring(parsed(path)), f"{path} has no docstring"


def test_importing_collage_loads_nothing_heavy() -> None:
    """`import collage` reads no library of pixels, no schema library, and opens no window."""
    code = "import sys, collage; print(sorted({m.split('.')[0] for m in sys.modules}))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {f"'{name}'" for name in (*PIXELS, "pydantic", "typer", "rich")} & set(names.strip("[]\n").split(", "))


def test_the_public_names_are_sorted_and_there() -> None:
    """`__all__` is sorted, and each of its names can be had and has a docstring."""
    import collage

    assert collage.__all__ == sorted(collage.__all__, key=str)
    for name in collage.__all__:
        assert getattr(collage, name).__doc__
