"""Made paper is taken from a drawer only where it is what would be made, and whatever lies there does no harm."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from collage.colours import Colour
from collage.exposure.cel import Cutout, Edge, Print
from collage.glass import drawer as drawers
from collage.glass.drawer import Drawer, Made
from collage.glass.plates import Plates
from collage.registry.catalogue import Drawing

WHITE = Colour(255, 255, 255)


@pytest.fixture
def cutout(tmp_path: Path) -> Cutout:
    """A disc on paper."""
    (tmp_path / "assets").mkdir()
    y, x = np.mgrid[:40, :50]
    pixels = np.full((40, 50, 4), (180, 60, 40, 0), np.uint8)
    pixels[..., 3] = np.where((x - 25) ** 2 + (y - 20) ** 2 < 200, 255, 0)
    Image.fromarray(pixels).save(tmp_path / "assets" / "disc.png")
    return Cutout(Drawing("disc", "disc", tmp_path / "assets" / "disc.png", (50, 40)), Edge(4.0, WHITE), Print(3.0))


def piece(value: int = 7) -> Made:
    return np.full((5, 6, 4), value, np.uint8), (1, 2)


def never() -> Made:
    raise AssertionError("made, though it lies in the drawer")


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def test_a_piece_is_made_once(tmp_path: Path, cutout: Cutout) -> None:
    """Another drawer on the same folder gives the very pixels and corner, in an array that can be written to."""
    Drawer(tmp_path / "paper").taken(cutout, piece)
    pixels, corner = Drawer(tmp_path / "paper").taken(cutout, never)
    assert np.array_equal(pixels, piece()[0])
    assert corner == (1, 2)
    assert pixels.flags.writeable
    assert pixels.flags.c_contiguous


def test_plates_are_the_same_with_a_drawer_and_without(tmp_path: Path, cutout: Cutout) -> None:
    """To the byte: made without one, made into one, and taken from it."""
    plates = [Plates() for _ in range(3)]
    for each in plates[1:]:
        each.drawer = Drawer(tmp_path / "paper")
    first, *others = [each.plate(cutout) for each in plates]
    for other in others:
        assert np.array_equal(first.pixels, other.pixels)
        assert first.origin == other.origin
        assert np.array_equal(first.outline, other.outline)
    assert len(files(tmp_path / "paper")) == 1


def test_plates_that_inherit_use_the_same_drawer() -> None:
    """A stand opened anew after a save finds what the former one made."""
    older, newer = Plates(), Plates()
    older.drawer = Drawer(Path("paper"))
    newer.inherit(older)
    assert newer.drawer is older.drawer


@pytest.mark.parametrize(
    "other",
    [{"edge": Edge(5.0, WHITE)}, {"edge": Edge(4.0, WHITE, knife=1)}, {"print": None}, {"print": Print(3.5)}],
)
def test_what_is_done_otherwise_is_another_piece(tmp_path: Path, cutout: Cutout, other: dict[str, object]) -> None:
    """Another border, another cut, another press: each has a file of its own."""
    drawer = Drawer(tmp_path / "paper")
    drawer.taken(cutout, piece)
    changed = Cutout(**{"drawing": cutout.drawing, "edge": cutout.edge, "print": cutout.print, **other})  # type: ignore[arg-type]
    assert drawer.taken(changed, lambda: piece(9))[0].max() == 9


def test_a_changed_picture_is_another_piece(tmp_path: Path, cutout: Cutout) -> None:
    """Its bytes count, not its time: saved with the same time and size, it is made anew."""
    drawer, file = Drawer(tmp_path / "paper"), cutout.drawing.path
    drawer.taken(cutout, piece)
    status, content = file.stat(), bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert drawer.taken(cutout, lambda: piece(9))[0].max() == 9


def test_a_picture_saved_while_it_is_made_is_not_kept(tmp_path: Path, cutout: Cutout) -> None:
    """Nobody knows which of the two was read."""

    def slowly() -> Made:
        cutout.drawing.path.write_bytes(b"another")
        return piece()

    Drawer(tmp_path / "paper").taken(cutout, slowly)
    assert files(tmp_path) == [tmp_path / "assets"]


def test_another_program_makes_its_own(tmp_path: Path, cutout: Cutout, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version, library or processor made is passed over."""
    drawer = Drawer(tmp_path / "paper")
    drawer.taken(cutout, piece)
    monkeypatch.setattr(drawers, "_making", lambda: ("another",))
    assert drawer.taken(cutout, lambda: piece(9))[0].max() == 9


@pytest.mark.parametrize("harm", ["cut", "empty", "flipped", "huge", "bomb", "folder"])
def test_what_is_torn_or_foreign_is_made_anew(tmp_path: Path, cutout: Cutout, harm: str) -> None:
    """Cut short, empty, a flipped bit, a size beyond all bounds, more pixels than its size: made, and mended."""
    drawer = Drawer(tmp_path / "paper")
    drawer.taken(cutout, piece)
    [file] = files(tmp_path / "paper")
    good = file.read_bytes()
    file.unlink()
    if harm == "folder":
        file.mkdir()
    else:
        bomb = drawers._packed((np.zeros((900, 900, 4), np.uint8), (0, 0)))
        file.write_bytes({
            "cut": good[:22], "empty": b"", "flipped": good[:16] + bytes([good[16] ^ 1]) + good[17:],
            "huge": b"\xff" * 16 + good[16:], "bomb": good[:20] + bomb[20:],
        }[harm])  # fmt: skip
    assert drawer.taken(cutout, lambda: piece(9))[0].max() == 9
    if harm != "folder":
        assert drawer.taken(cutout, never)[0].max() == 9


def test_a_drawer_that_can_not_be_written_costs_nothing(tmp_path: Path, cutout: Cutout) -> None:
    """A file where the folder should be: the piece is made each time."""
    (tmp_path / "paper").write_text("")
    drawer = Drawer(tmp_path / "paper")
    assert drawer.taken(cutout, lambda: piece(1))[0].max() == 1
    assert drawer.taken(cutout, lambda: piece(2))[0].max() == 2


def test_a_full_drawer_lets_go_of_the_oldest(tmp_path: Path, cutout: Cutout) -> None:
    """Of ten pieces it keeps those used last, within its bytes."""
    weight = len(drawers._packed(piece()))
    drawer = Drawer(tmp_path / "paper", most=5 * weight)
    noise = np.random.default_rng(1)

    def random() -> Made:
        return noise.integers(0, 255, (5, 6, 4), np.uint8), (0, 0)

    for n in range(10):
        before = set(files(tmp_path / "paper"))
        drawer.taken(
            Cutout(cutout.drawing, Edge(n, WHITE)), lambda: (noise.integers(0, 255, (5, 6, 4), np.uint8), (0, 0))
        )
        for number, path in enumerate(sorted(set(files(tmp_path / "paper")) - before)):
            os.utime(path, (1000 + n, 1000 + n + number))
    left = files(tmp_path / "paper")
    assert sum(path.stat().st_size for path in left) <= 5 * weight + 200
    assert drawer.taken(Cutout(cutout.drawing, Edge(9, WHITE)), never) is not None
    assert drawer.taken(Cutout(cutout.drawing, Edge(0, WHITE)), piece)[1] == (1, 2)
