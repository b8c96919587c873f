"""Motion blur is the mean of where a piece goes while the shutter is open, and nothing where it stays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Pane, Shadow
from collage.geometry import Affine, Box
from collage.glass import plates
from collage.glass.comp import Glass
from collage.glass.jobs import rectangle
from collage.glass.sweeps import MOST, averaged, way
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
SIZE = (120, 80)
DISC = Drawing("disc", "disc", Path("disc.png"), (40, 40))
SQUARE = rectangle((40, 40))


@pytest.fixture(autouse=True)
def disc() -> Iterator[None]:
    """Every drawing is a white disc, 40 pixels across."""
    y, x = np.mgrid[0:40, 0:40] + 0.5 - 20
    pixels = np.repeat((np.clip(20 - np.hypot(x, y), 0, 1) * 255).astype(np.uint8)[..., None], 4, axis=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: pixels)
        yield


def drawn(*cels: Cel, paper: Colour | None = None, threads: int = 1) -> Pixels:
    glass = Glass(threads)
    out = glass.comp(cels, SIZE, paper)
    glass.close()
    return out


def ways(move: Affine) -> tuple[Affine, ...]:
    return way(move, SQUARE)


def test_a_slid_card_is_a_ramp() -> None:
    """A hard edge that goes 12 pixels becomes a straight ramp of 12, its middle half way."""
    cel = Cel(Card((400.0, 400.0), WHITE), Affine.shift(50, -100), sweep=Affine.shift(62, -100))
    row = drawn(cel)[40, :, 3] / 255
    ramp = np.clip((np.arange(120) + 0.5 - 50) / 12, 0, 1)
    assert np.abs(row - ramp).max() < 0.06
    assert np.abs(row.sum() - ramp.sum()) < 0.1


def test_what_spins_stays_whole() -> None:
    """A disc that turns half round in place, its centre still, is the disc; so is one that turns while it goes."""
    about = Affine.shift(60, 40), Affine.shift(-20, -20)
    still = Cel(DISC, about[0] @ about[1])
    spun = drawn(still._replace(sweep=about[0] @ Affine.turning(170) @ about[1]))
    assert np.abs(spun.astype(int) - drawn(still)).max() <= 60  # its rim, which is never twice on the same pixels
    assert abs(int(spun.sum()) - int(drawn(still).sum())) < 0.01 * drawn(still).sum()


def test_the_shares_are_evenly_spread() -> None:
    """Each for the middle of its share of the time: the first starts half a step after now, none reaches the end."""
    moves = ways(Affine.shift(30, 0))
    assert len(moves) == 20
    assert np.allclose([move.e for move in moves], [1.5 * (n + 0.5) for n in range(20)])
    assert all(move[:4] == (1, 0, 0, 1) for move in moves)


def test_turn_and_stretch_go_evenly() -> None:
    """Half way through the time it has half the turn, half the stretch and half the way of its centre."""
    turned = Affine.shift(50, 20) @ Affine.turning(80) @ Affine.scaling(3, 1) @ Affine.shift(-20, -20)
    moves = ways(turned)
    shares = [(n + 0.5) / len(moves) for n in range(len(moves))]
    for share, move in zip(shares, moves, strict=True):
        x, y = move.at((20, 20))
        assert math.isclose(x, 20 + 30 * share, abs_tol=1e-9)
        assert math.isclose(y, 20, abs_tol=1e-9)
        assert math.isclose(math.degrees(math.atan2(move.b, move.a)), 80 * share, abs_tol=1e-6)
        assert math.isclose(math.hypot(move.a, move.b), 1 + 2 * share, abs_tol=1e-9)


@pytest.mark.parametrize(
    "move",
    [
        Affine(), Affine.shift(0.1, 0), Affine.scaling(-1, 1), Affine.scaling(0, 0), Affine.shift(math.nan, 0),
        Affine.shift(math.inf, 0), Affine.scaling(1e308, 1e308), Affine(math.nan, 0, 0, 1, 0, 0),
    ],
)  # fmt: skip
def test_what_goes_nowhere_is_not_swept(move: Affine) -> None:
    """Nor what is turned over, or sent where no number is."""
    assert ways(move) == ()


def test_pictures_are_few_enough() -> None:
    """However far it goes; and two at least."""
    assert len(ways(Affine.shift(1e9, 1e9))) == MOST
    assert len(ways(Affine.shift(0.3, 0))) == 2


def test_without_a_sweep_nothing_changes() -> None:
    """A shutter that closes where it opened gives the very bytes of none."""
    cel = Cel(DISC, Affine.shift(30.3, 20.7), 0.7, shadow=Shadow((5, 5), 3, 0.5))
    assert np.array_equal(drawn(cel._replace(sweep=cel.matrix)), drawn(cel))


def test_the_mean_is_rounded_once() -> None:
    """Of as many pictures as there can be, strip by strip, against whole numbers."""
    pictures = np.random.default_rng(1).integers(0, 256, (MOST, 50, 4000, 4), np.uint8)

    def draw(move: Affine, strip: Box, out: Pixels) -> None:
        out[...] = pictures[int(move.e), strip.y0 : strip.y1]

    expected = (pictures.astype(np.uint32).sum(axis=0) + MOST // 2) // MOST
    way = [Affine.shift(n, 0) for n in range(MOST)]
    assert np.array_equal(averaged(Box(0, 0, 4000, 50), way, draw), expected)


@pytest.mark.parametrize("blur", [0.0, 3.0])
def test_a_pane_sweeps_as_its_cels_would(blur: float) -> None:
    """One card in a group that goes is a card that goes, within two levels; its shadow goes with it."""
    sweep, shadow = Affine.shift(14, -5) @ Affine.turning(4), Shadow((6, 9), 3.0, 0.5)
    card = Cel(Card((40.0, 30.0), Colour(250, 200, 90)), Affine.shift(40.5, 30.25))
    pane = drawn(Cel(Pane((card,)), sweep=sweep, shadow=shadow, blur=blur), paper=WHITE).astype(int)
    own = drawn(card._replace(sweep=sweep @ card.matrix, shadow=shadow, blur=blur), paper=WHITE)
    assert np.abs(pane - own).max() <= (6 if blur else 40)
    assert np.abs(pane - own).mean() < 0.5


def test_sweeps_on_threads_and_off_the_canvas() -> None:
    """What sweeps in from beside the canvas is seen; threads change no byte."""
    cel = Cel(DISC, Affine.shift(-60, 20), sweep=Affine.shift(30, 20))
    assert drawn(cel)[40, :20, 3].any()
    group = Cel(Pane((Cel(DISC, Affine.shift(-60, 20)),)), sweep=Affine.shift(90, 0), shadow=Shadow((3, 3), 2, 0.4))
    assert drawn(group)[40, :20, 3].any()
    cels = [cel, group, Cel(DISC, Affine.shift(70, 20), blur=4.0, sweep=Affine.shift(90, 40))]
    assert np.array_equal(drawn(*cels), drawn(*cels, threads=3))
