"""Mattes: a piece is seen where others are, or where they are not, by how solid or how bright they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from letters import letters

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass.comp import Glass
from collage.glass.mattes import through

Pixels = npt.NDArray[np.uint8]
RED, GREEN, BLUE = Colour(255, 0, 0), Colour(0, 255, 0), Colour(0, 0, 255)


def drawn(*cels: Cel, size: tuple[int, int] = (6, 3), paper: Colour | None = None, threads: int = 1) -> Pixels:
    glass = Glass(threads)
    out = glass.comp(cels, size, paper)
    glass.close()
    return out


def card(colour: Colour, x: float, y: float, width: float, height: float) -> Cel:
    return Cel(Card((width, height), colour), Affine.shift(x, y))


WINDOW = (card(BLUE, 1, 1, 3, 1),)


def test_a_piece_shows_inside_or_outside_its_matte() -> None:
    """The matte itself is not drawn."""
    flood = card(RED, 0, 0, 6, 3)
    assert letters(drawn(flood._replace(matte=Matte(WINDOW)))) == ["......", ".RRR..", "......"]
    assert letters(drawn(flood._replace(matte=Matte(WINDOW, True)))) == ["RRRRRR", "R...RR", "RRRRRR"]


def test_nothing_as_a_matte() -> None:
    """Inside nothing nothing is seen; outside it all is."""
    flood = card(RED, 0, 0, 6, 3)
    assert not drawn(flood._replace(matte=Matte(()))).any()
    assert np.array_equal(drawn(flood._replace(matte=Matte((), True))), drawn(flood))


def test_luminance_counts_how_bright_the_primaries_are() -> None:
    """White shows all, black nothing, and red, green and blue what BT.709 says of them."""
    flood = card(WHITE, 0, 0, 6, 3)
    for colour, share in ((WHITE, 1.0), (Colour(0, 0, 0), 0.0), (RED, 0.2126), (GREEN, 0.7152), (BLUE, 0.0722)):
        for outside in (False, True):
            out = drawn(flood._replace(matte=Matte((card(colour, 0, 0, 6, 3),), outside, True)))
            assert (out == round(255 * (1 - share if outside else share))).all()


def test_every_weight_is_rounded_once() -> None:
    """All 65,536 pairs of alpha and channel, and random colours by luminance, against whole numbers."""
    alpha, channel = (part.astype(np.uint8) for part in np.meshgrid(np.arange(256), np.arange(256), indexing="ij"))
    rng = np.random.default_rng(2)
    seen = rng.integers(0, 256, (256, 256, 4), np.uint8)
    seen[..., 3] = alpha
    weights = {False: seen[..., 3].astype(int) * 10000, True: seen[..., :3].astype(int) @ (2126, 7152, 722)}
    for luminance, weight in weights.items():
        for outside in (False, True):
            patch = np.stack([channel] * 4, axis=2)
            through(patch, seen, Matte((), outside, luminance))
            left = 2_550_000 - weight if outside else weight
            expected = (2 * channel.astype(int) * left + 2_550_000) // 5_100_000
            assert np.array_equal(patch, np.stack([expected] * 4, axis=2))


def test_a_matte_has_its_own_place() -> None:
    """It lies beside the piece, in the same pixels: where the piece is moved to makes no difference."""
    turned = Cel(Card((3.0, 1.0), BLUE), Affine.shift(3, 0) @ Affine.turning(90))
    for x in (0, -3):
        out = drawn(card(RED, x, 0, 9, 3)._replace(matte=Matte((turned,))))
        assert letters(out) == ["..R...", "..R...", "..R..."]


def test_a_pane_and_its_cels_have_mattes() -> None:
    """In the pane's own pixels inside it; around all that it holds when it is the pane's."""
    inner = card(RED, 0, 0, 6, 3)._replace(matte=Matte(WINDOW))
    pane = Cel(Pane((card(GREEN, 0, 0, 6, 1), inner)), Affine.shift(1, 0))
    assert letters(drawn(pane)) == [".GGGGG", "..RRR.", "......"]
    assert letters(drawn(pane._replace(matte=Matte((card(BLUE, 3, 0, 1, 3),))))) == ["...G..", "...R..", "......"]


def test_a_matte_may_have_a_matte() -> None:
    """A window within a window, and a hole cut by what has a hole."""
    flood, middle = card(RED, 0, 0, 6, 3), Matte((card(BLUE, 2, 0, 1, 3),))
    window = WINDOW[0]._replace(matte=middle)
    assert letters(drawn(flood._replace(matte=Matte((window,))))) == ["......", "..R...", "......"]
    window = WINDOW[0]._replace(matte=middle._replace(outside=True))
    assert letters(drawn(flood._replace(matte=Matte((window,), True)))) == ["RRRRRR", "R.R.RR", "RRRRRR"]


@pytest.mark.parametrize("outside", [False, True])
def test_the_shadow_is_of_what_is_seen(outside: bool) -> None:
    """A shadow falls from the part that the matte leaves, also from off the canvas."""
    window = Matte((card(BLUE, -9, 0, 12, 3),), outside)
    cel = card(WHITE, -9, 0, 15, 3)._replace(matte=window, shadow=Shadow((0, 4), 0, 1))
    out = drawn(cel, size=(6, 8), paper=WHITE)
    assert letters(out)[4] == ("WWWKKK" if outside else "KKKWWW")
    thrown = drawn(cel._replace(shadow=Shadow((10, 0), 0, 1)), size=(6, 8), paper=WHITE)
    assert letters(thrown)[1] == ("WWWWWW" if outside else "WWWKKK")


def test_threads_change_no_byte_of_a_matte() -> None:
    """Mattes with shadows in them, on panes and pieces: one thread or three."""
    shadow = Shadow((2, 3), 2.0, 0.5)
    lace = tuple(card(Colour(200, 90, 30, 180), 3 * n, 2 * n, 20, 11)._replace(shadow=shadow) for n in range(9))
    cels = [
        Cel(Pane(lace), Affine.shift(n, 0), 0.8, matte=Matte(lace[n:], n % 2 == 1, n % 3 == 1), shadow=shadow)
        for n in range(6)
    ]
    size = (60, 40)
    assert np.array_equal(drawn(*cels, size=size), drawn(*cels, size=size, threads=3))
