"""One in memory: whoever shows a picture, it is decoded once, kept within a budget, and never changed by it."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from letters import picture

import collage
from collage.errors import AssetError, CollageError, RunError
from collage.export.frames import export
from collage.exposure.cel import Cel, Pane
from collage.geometry import Affine
from collage.glass import budget, comp, plates
from collage.glass.plates import Plates, trimmed
from collage.registry.catalogue import Drawing
from collage.timing import Span

EACH = 4 * 8 * 8
"""Bytes of one of the pictures below."""


def drawing(name: object) -> Drawing:
    return Drawing(str(name), str(name), Path(f"{name}.png"), (8, 8))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pictures decoded, in order; each is 8 by 8, full."""
    names: list[str] = []

    def decoded(content: Drawing) -> npt.NDArray[np.uint8]:
        names.append(content.name)
        return np.full((8, 8, 4), 255, np.uint8)

    monkeypatch.setattr(plates, "_pixels", decoded)
    return names


def show(held: Plates, names: Sequence[object]) -> None:
    """One frame of these."""
    drawings = [drawing(name) for name in names]
    with held.needed(drawings):
        for each in drawings:
            held.plate(each)


def test_what_was_needed_longest_ago_goes_first(read: list[str]) -> None:
    """With room for three, the fourth takes the place of the one unseen for longest, not of the one read first."""
    held = Plates(3 * EACH)
    for name in "abcad":
        show(held, [name])
    assert read == ["a", "b", "c", "d"]
    for name in "acd":
        show(held, [name])
    assert read == ["a", "b", "c", "d"]
    show(held, ["b"])
    assert read[4:] == ["b"]
    show(held, ["c"])
    show(held, ["a"])
    assert read[5:] == ["a"]
    assert held.weight == 3 * EACH


@given(st.lists(st.integers(0, 6), max_size=60), st.integers(0, 7))
def test_decodes_are_those_of_least_recently_used(asked: list[int], room: int) -> None:
    """For any order of asking and any room: the same misses as a list that is reordered by hand, never over budget."""
    held, recent, missed, misses = Plates(room * EACH), [], 0, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: misses.append(content) or np.full((8, 8, 4), 9, np.uint8))
        for name in asked:
            missed += name not in recent
            recent = [other for other in recent if other != name] + [name]
            recent = recent[max(len(recent) - room, 0) :]
            show(held, [name])
            assert len(misses) == missed
            assert held.weight == len(recent) * EACH


def test_a_frame_larger_than_the_budget_keeps_what_it_needs(read: list[str]) -> None:
    """While it is made each picture is read once, however often it is asked for; afterwards only what fits stays."""
    held = Plates(2 * EACH)
    show(held, "abcdeabcde")
    assert read == list("abcde")
    assert held.weight == 2 * EACH
    show(held, "abcde")
    assert read == [*"abcde", *"abc"]  # d and e were kept: not even now were they sent away for a, b and c


def test_what_another_frame_needs_stays(read: list[str]) -> None:
    """Two frames in the making: the end of one lets go of nothing that the other still needs."""
    held = Plates(1)
    with held.needed([drawing("a"), drawing("b")]):
        show(held, "ab")
        assert held.weight == 2 * EACH
        assert held.plate(drawing("a")) is held.plate(drawing("a"))
    assert read == ["a", "b"]
    assert held.weight == 0


def test_a_failed_frame_lets_go_too(read: list[str]) -> None:
    """An error inside a frame leaves nothing pinned."""
    held = Plates(1)
    with pytest.raises(ZeroDivisionError), held.needed([drawing("a")]):
        held.plate(drawing("a")).pixels[0] = 1 // 0
    assert held.weight == 0


def test_a_plate_at_hand_outlives_its_place(read: list[str]) -> None:
    """One who holds a plate that was let go can still read all its levels; asked again, it is read again."""
    held = Plates(1)
    plate = held.plate(drawing("a"))
    assert held.weight == 0
    assert plate.level(1, 1).shape == (4, 4, 4)
    assert held.plate(drawing("a")) is not plate
    assert read == ["a", "a"]


def test_levels_count(read: list[str]) -> None:
    """What a frame makes of mipmaps is weighed when it ends, and may cost another picture its place."""
    held = Plates(2 * EACH)
    show(held, ["a"])
    with held.needed([drawing("b")]):
        held.plate(drawing("b")).level(1, 1)
    assert held.weight == EACH + EACH // 2 + EACH // 4
    show(held, "b")
    assert read == ["a", "b"]
    show(held, "a")
    assert read == ["a", "b", "a"]


def test_reading_ahead_sends_nothing_away(read: list[str]) -> None:
    """Of four there is room for two: the first two stay, the others are read to their end and not kept."""
    held = Plates(2 * EACH)
    assert [held.load(drawing(name)) for name in "abcda"] == [True, True, False, False, True]
    assert read == list("abcd")
    show(held, "ab")
    assert read == list("abcd")


def test_one_file_under_two_names_is_one_picture(read: list[str]) -> None:
    """A plate belongs to its file, not to the asset that shows it."""
    held, other = Plates(), Drawing("props/other", "shut", Path("a.png"), (8, 8))
    assert held.plate(drawing("a")) is held.plate(other)
    assert read == ["a"]


def test_a_hundred_layers_weigh_as_much_as_one(read: list[str]) -> None:
    """Turned, shrunk and inside panes: one decode, and to the byte the memory of a single layer with its levels."""

    def weight(count: int) -> int:
        glass = comp.Glass(2)
        inner = tuple(Cel(drawing("splash"), Affine.shift(i % 9, 3) @ Affine.scaling(0.3, 0.3)) for i in range(count))
        glass.comp([*inner, Cel(Pane(inner))], (40, 30), None)
        glass.close()
        return glass.plates.weight

    one, hundred = weight(1), weight(100)
    assert read == ["splash", "splash"]  # one for each glass
    assert one == hundred > EACH


def test_each_level_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads that want the same mipmap at the same moment get the same array."""
    made: list[object] = []
    halved, together = plates._halved, threading.Barrier(8)
    monkeypatch.setattr(plates, "_halved", lambda pixels, across: made.append(across) or halved(pixels, across))
    plate = trimmed(np.full((64, 64, 4), 200, np.uint8))

    def ask(_: int) -> npt.NDArray[np.uint8]:
        together.wait()
        return plate.level(2, 2)

    with ThreadPoolExecutor(8) as pool:
        levels = list(pool.map(ask, range(8)))
    assert all(level is levels[0] for level in levels)
    assert len(made) == 4


def test_a_trimmed_plate_keeps_only_what_shows() -> None:
    """The empty rows above are let go, not merely hidden behind a view."""
    pixels = np.zeros((100, 10, 4), np.uint8)
    pixels[90:] = 255
    plate = trimmed(pixels)
    assert plate.origin == (0, 90)
    assert plate.pixels.base is None
    assert plate.weight == 4 * 10 * 10


def test_ten_thousand_pictures_in_room_for_a_hundred(read: list[str]) -> None:
    """A pan over all of them, thirty to a frame and ten new each time, reads each once; so does the way back, but for
    those still at hand."""
    held, count = Plates(100 * EACH), 10_000
    windows = [range(start, start + 30) for start in range(0, count - 29, 10)]
    for window in windows:
        show(held, window)
    assert read == [str(name) for name in range(count)]
    assert held.weight == 100 * EACH
    read.clear()
    for window in reversed(windows):
        show(held, window)
    assert sorted(map(int, read)) == list(range(count - 100))


def test_more_than_the_machine_can_spare_is_refused(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame that would fill half the machine ends in words and not in the system's killing; smaller ones go on."""
    monkeypatch.setattr(budget, "machine", lambda: 20 * EACH)
    held = Plates(5 * EACH)
    with pytest.raises(AssetError, match="shown at once fill"):
        show(held, range(11))
    show(held, range(10))
    assert held.weight == 5 * EACH


def test_a_picture_that_changes_under_way_stops_the_run(tmp_path: Path) -> None:
    """Read again after the file was saved anew, frames would show two different pictures: that is said instead."""
    from collage.glass.png import encode

    file = tmp_path / "dot.png"
    file.write_bytes(encode(picture("RR", "GG")))
    held, content = Plates(1), Drawing("dot", "dot", file, (2, 2))
    assert np.array_equal(held.plate(content).pixels, held.plate(content).pixels)
    os.utime(file, (1, 1))
    with pytest.raises(RunError, match=r"dot\.png: this file changed"):
        held.plate(content)


def test_a_picture_mended_after_it_was_torn_is_read(tmp_path: Path) -> None:
    """What never could be read has shown nothing yet: saved whole, it is simply there."""
    from collage.glass.png import encode

    whole, file = encode(np.full((8, 8, 4), 255, np.uint8)), tmp_path / "dot.png"
    file.write_bytes(whole[: len(whole) // 2])
    held, content = Plates(), Drawing("dot", "dot", file, (8, 8))
    with pytest.raises(AssetError):
        held.plate(content)
    file.write_bytes(whole)
    assert held.plate(content).weight == EACH


PIECES = "".join(
    f'[[layer]]\nasset = "p{i}"\nat = [{6 * i + 4}, 20]\nkeys.turn = [[0, 0], [20, {30 * i}, "linear"]]\n'
    f'keys.scale = [[0, 1], [20, 0.3, "linear"]]\n'
    for i in range(6)
)
SCENE = (
    'format = 1\n[scene]\nsize = [48, 40]\nlength = 21\non = 1\n[[sheet]]\nname = "veil"\nopacity = 0.5\n'
    + PIECES
    + '[[layer]]\ntext = "Splash"\nat = [24, 20]\nkeys.turn = [[0, 0], [20, 90, "linear"]]\n'
)


@pytest.fixture
def busy(project: Project) -> Callable[..., collage.Stand]:
    """``busy(memory=…)`` opens a scene of six pieces and a text, all turning and shrinking."""
    rng = np.random.default_rng(3)
    made = {f"p{i}": rng.integers(0, 256, (24, 20, 4), np.uint8) for i in range(6)}
    file = project(SCENE, made)
    return lambda **how: collage.open(file, **how)


@pytest.mark.parametrize("memory", [1, 4000, 10**9])
def test_bytes_never_depend_on_the_budget(busy: Callable[..., collage.Stand], memory: int) -> None:
    """No room at all, too little, plenty; in random order, by three threads: the frames of one who kept everything."""
    with busy() as calm:
        expected = [calm.comp(frame).copy() for frame in range(21)]
    order = random.Random(memory).sample(range(21), 21)
    with busy(memory=memory, threads=2) as stand, ThreadPoolExecutor(3) as pool:
        stand.load()
        for frame, got in zip(order, pool.map(stand.comp, order), strict=True):
            assert np.array_equal(got, expected[frame]), frame
        assert stand.glass.plates.weight <= memory


@pytest.mark.parametrize("workers", [1, 4])
def test_export_workers_share_the_pixels(
    busy: Callable[..., collage.Stand], workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four workers decode no more than one, and the plates weigh the same to the byte."""
    reads: list[object] = []
    pixels = plates._pixels
    monkeypatch.setattr(plates, "_pixels", lambda content: reads.append(content) or pixels(content))
    with busy() as stand:
        export(stand, tmp_path / "out", frames=Span(0, 21), workers=workers)
        assert len(reads) == len(set(reads)) == 7
        weight = stand.glass.plates.weight
    with busy() as alone:
        alone.load()
        for frame in range(21):
            alone.comp(frame)
        assert alone.glass.plates.weight == weight


def test_a_torn_picture_is_found_without_room_for_the_rest(busy: Callable[..., collage.Stand], tmp_path: Path) -> None:
    """With memory for one picture, all are still read before the first frame is written."""
    file = tmp_path / "assets" / "p5.png"
    file.write_bytes(file.read_bytes()[:-400])
    with busy(memory=1920) as stand, pytest.raises(CollageError, match=r"p5\.png"):
        export(stand, tmp_path / "out", frames=Span(0, 21))
    assert not (tmp_path / "out").exists()


def test_of_ten_thousand_assets_only_those_shown_are_decoded(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scene of 200 layers of forty assets, in a project of ten thousand, with room for ten: each frame reads what
    shows and isn't at hand."""
    from collage.glass.png import encode

    layers = "".join(f'[[layer]]\nasset = "many/{i % 40:05}"\nat = [{i % 9}, 4]\n' for i in range(200))
    file = project(f"format = 1\n[scene]\nsize = [16, 9]\nlength = 2\n{layers}")
    folder, content = file.parent.parent / "assets" / "many", encode(np.full((8, 8, 4), 255, np.uint8))
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number:05}.png").write_bytes(content)
    reads: list[str] = []
    pixels = plates._pixels
    monkeypatch.setattr(plates, "_pixels", lambda content: reads.append(content.name) or pixels(content))
    with collage.open(file, memory=10 * EACH) as stand:
        stand.comp(0)
        assert len(reads) == 40
        stand.comp(1, 0.5)
        assert len(reads) == 70
