"""One picture of many cels: the same whatever the threads, the order of frames and what came before."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from letters import letters, picture

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine, canvas_size
from collage.glass import comp, decode, plates
from collage.glass.comp import Glass, straight
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
PAPER = Colour(214, 200, 168)
RED, TEAL = Colour(255, 0, 0), Colour(0, 128, 128)


def card(colour: Colour, x: float, y: float, width: float, height: float, **how: object) -> Cel:
    return Cel(Card((width, height), colour), Affine.shift(x, y), **how)  # type: ignore[arg-type]


@pytest.fixture
def busy() -> Iterator[tuple[Glass, list[list[Cel]]]]:
    """A glass with a random picture on 30 turned cels, and five frames of them."""
    rng = np.random.default_rng(7)
    pixels = np.zeros((80, 100, 4), np.uint8)
    pixels[10:70, 5:95] = rng.integers(0, 256, (60, 90, 4))
    decode.premultiply(pixels)
    drawing = Drawing("noise", "noise", Path("noise.png"), (100, 80))

    def frame() -> list[Cel]:
        return [
            Cel(
                drawing,
                Affine.shift(*rng.uniform(0, 200, 2)) @ Affine.turning(rng.uniform(0, 360))
                @ Affine.scaling(*rng.uniform(0.1, 2, 2)) @ Affine.shift(-50, -40),
                float(rng.choice([1.0, 0.4])), Colour(255, 200, 100) if rng.random() < 0.3 else WHITE,
            )
            for _ in range(30)
        ]  # fmt: skip

    frames = [frame() for _ in range(5)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: pixels)
        yield Glass(1), frames


def test_any_number_of_threads_gives_the_same_bytes(busy: tuple[Glass, list[list[Cel]]]) -> None:
    """One, two, three and seven threads agree to the bit, also with several frames under way at once."""
    one, frames = busy
    expected = [one.comp(cels, (200, 160), PAPER) for cels in frames]
    for threads in (2, 3, 7):
        glass = Glass(threads)
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda cels: glass.comp(cels, (200, 160), PAPER), frames))  # noqa: B023
        glass.close()
        assert all(np.array_equal(a, b) for a, b in zip(expected, together, strict=True))


def test_any_order_of_frames_gives_the_same_bytes(busy: tuple[Glass, list[list[Cel]]]) -> None:
    """Backwards, on a glass that has seen nothing, and again: each frame is its own."""
    one, frames = busy
    expected = [one.comp(cels, (200, 160), None) for cels in frames]
    fresh = Glass(1)
    backwards = [fresh.comp(cels, (200, 160), None) for cels in reversed(frames)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(expected, backwards, strict=True))
    assert np.array_equal(fresh.comp(frames[2], (200, 160), None), expected[2])


def test_small_batches_change_nothing(busy: tuple[Glass, list[list[Cel]]], monkeypatch: pytest.MonkeyPatch) -> None:
    """However few patches may wait at once, the picture is the same."""
    one, frames = busy
    expected = one.comp(frames[0], (200, 160), PAPER)
    monkeypatch.setattr(comp, "BATCH", 20_000)
    assert np.array_equal(Glass(2).comp(frames[0], (200, 160), PAPER), expected)


def test_each_picture_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many layers and threads show a picture, its file is read a single time."""
    read: list[object] = []

    def decoded(content: object) -> Pixels:
        read.append(content)
        time.sleep(0.02)  # long enough for the others to come and ask
        return picture("RG", "BW")

    monkeypatch.setattr(plates, "_pixels", decoded)
    drawing, glass = Drawing("a", "a", Path("a.png"), (2, 2)), Glass(1)
    cels = [Cel(drawing, Affine.shift(x, 0.5)) for x in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: glass.comp(cels, (60, 4), PAPER), range(8)))
    assert read == [drawing]


def test_cels_are_laid_in_order() -> None:
    """Painter's: what comes later covers what came before."""
    out = Glass().comp([card(RED, 0, 0, 2, 2), card(Colour(0, 255, 0), 1, 1, 2, 2)], (3, 3), None)
    assert letters(out) == ["RR.", "RGG", ".GG"]


def test_paper_lies_under_all() -> None:
    """A colour fills the picture, with its own alpha; none leaves it clear."""
    assert Glass().comp([], (2, 1), Colour(214, 200, 168)).tolist() == [[[214, 200, 168, 255]] * 2]
    assert Glass().comp([], (1, 1), Colour(255, 255, 255, 51)).tolist() == [[[51, 51, 51, 51]]]
    assert not Glass().comp([], (3, 2), None).any()


def test_a_pane_fades_as_one() -> None:
    """Cels on a half-clear sheet hide each other fully before the sheet is laid."""
    pane = Pane((card(RED, 0, 0, 2, 1), card(Colour(0, 255, 0), 1, 0, 2, 1)))
    out = Glass(2).comp([Cel(pane, opacity=0.5)], (4, 1), None)
    assert letters(out) == ["rgg."]


def test_scale_shrinks_canvas_and_pieces_alike() -> None:
    """At half scale every length is half, and the canvas is rounded half up, never to nothing."""
    out = Glass().comp([card(RED, 2, 2, 4, 4)], (8, 8), None, scale=0.5)
    assert letters(out) == ["....", ".RR.", ".RR.", "...."]
    assert canvas_size((1920, 1080), 0.5) == (960, 540)
    assert canvas_size((5, 3), 0.5) == (3, 2)
    assert canvas_size((100, 3), 0.01) == (1, 1)


def test_straight_gives_back_the_colour() -> None:
    """Half-clear red is full red at half alpha."""
    assert straight(picture("r.R")).tolist() == [[[255, 0, 0, 128], [0, 0, 0, 0], [255, 0, 0, 255]]]


def test_mipmaps_pad_odd_sides_with_nothing() -> None:
    """An odd last column is paired with nothing, so that geometry stays exact at a factor of two."""
    plate = plates.trimmed(np.full((3, 5, 4), 200, np.uint8))
    level = plate.level(1, 1)
    assert level.shape == (2, 3, 4)
    assert level[:, :, 3].tolist() == [[200, 200, 100], [100, 100, 50]]
    assert plate.level(1, 1) is level


def test_a_tint_on_a_faded_card_multiplies() -> None:
    """Tint and opacity act on cards as on pictures."""
    out = Glass().comp([card(WHITE, 0, 0, 1, 1, opacity=0.5, tint=TEAL)], (1, 1), None)
    assert out.tolist() == [[[0, 64, 64, 128]]]
