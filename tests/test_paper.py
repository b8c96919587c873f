"""A piece's claims as a whole: what the edge leaves alone, what tearing and ink do to it, the same bytes everywhere."""

from __future__ import annotations

import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from cutting import PAPER, board, cut, cutout, disc, flat, photograph
from hypothesis import given, settings
from hypothesis import strategies as st

from collage.colours import Colour
from collage.exposure.cel import Edge, Print
from collage.glass import knife
from collage.glass.paper import made

ALL = Edge(7.0, PAPER, 0.5, 0.4, 0.3, 0.8, 2)
PRINTS = (None, Print(5.0), Print(4.0, (Colour(184, 64, 46),), 0.5), Print(0.0, (), 0.2, 0.7))


def inner(piece: npt.NDArray[np.uint8], pad: int) -> npt.NDArray[np.uint8]:
    return piece[pad:-pad, pad:-pad]


@pytest.mark.parametrize("border", [0.0, 1.0, 6.0, 40.0])
def test_the_edge_leaves_the_photograph_alone(border: float) -> None:
    """Unprinted, every opaque pixel of the drawing is in the piece, to the byte, at the place that was told."""
    photo = photograph(90, 70)
    photo[(disc(30, 90)[10:80, :, 3] < 255)] = 0
    piece, pad = cut(photo, border, wobble=1.0, knife=1)
    solid = photo[..., 3] == 255
    assert solid.any()
    assert np.array_equal(inner(piece, pad)[solid], photo[solid])


def test_knives_differ_near_the_edge_only() -> None:
    """Printed or not, another knife changes nothing inside the silhouette."""
    pixels = disc(60, 140)
    solid = pixels[..., 3] >= knife.SOLID
    for how in PRINTS:
        pieces = [made(pixels, cutout(Edge(6.0, PAPER, 0.3, knife=n), how)) for n in range(3)]
        for piece, (pad, _) in pieces[1:]:
            assert np.array_equal(inner(piece, pad)[solid], inner(pieces[0][0], pad)[solid])
            assert not np.array_equal(piece, pieces[0][0])


def test_the_border_is_of_its_colour_and_uneven() -> None:
    """Bare paper has the colour asked for on average, and is never flat; with fibre it is less flat."""
    spreads = []
    for fibre in (0.0, 1.0):
        piece, (pad, _) = made(flat(120, 90), cutout(Edge(30.0, Colour(90, 150, 160)), Print(0.0, (), fibre)))
        border = piece[pad - 26 : pad - 4, pad : pad + 120, :3].astype(float)
        assert np.abs(border.mean((0, 1)) - (90, 150, 160)).max() < 6
        spreads.append(border[..., 1].std())
    assert 0.5 < spreads[0] < spreads[1]


def test_paper_is_seen_through_what_is_translucent() -> None:
    """A half transparent photograph lies on white paper, and the piece is opaque."""
    pixels = np.zeros((60, 60, 4), np.uint8)
    pixels[10:50, 10:50] = (20, 40, 100, 160)
    piece, pad = cut(pixels)
    middle = inner(piece, pad)[20:40, 20:40].astype(float)
    assert (middle[..., 3] == 255).all()
    assert np.abs(middle[..., :3].mean((0, 1)) - (np.array([20, 40, 100]) + np.array(PAPER[:3]) * 95 / 255)).max() < 4


def test_stray_faint_pixels_fall_under_the_knife() -> None:
    """What is fainter than half and far from all that is solid is cut away."""
    pixels = np.pad(disc(30, 70), ((0, 0), (0, 60), (0, 0)))
    pixels[30:40, 110:120] = 60
    piece, pad = cut(pixels)
    assert not inner(piece, pad)[28:42, 108:122].any()


def test_a_tear_takes_a_share_of_the_outline() -> None:
    """torn = 0.5 moves about half of the outline, 1 all of it, inward; deep inside nothing changes."""
    pixels = disc(110, 240)
    whole = cut(pixels, 8.0)[0].astype(int)
    rim = cv2.findContours((whole[..., 3] > 127).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0][:, 0]
    shares = []
    for amount in (0.2, 0.5, 1.0):
        piece = cut(pixels, 8.0, torn=amount)[0].astype(int)
        moved = np.array(
            [
                np.abs(piece[y - 1 : y + 2, x - 1 : x + 2, 3] - whole[y - 1 : y + 2, x - 1 : x + 2, 3]).max()
                for x, y in rim
            ]
        )
        shares.append(np.mean(moved > 100))
        deep = knife.inward((whole[..., 3] > 127).astype(np.uint8)) > 50
        assert np.array_equal(piece[deep], whole[deep])
    assert 0.1 < shares[0] < 0.35 < shares[1] < 0.65 < 0.93 < shares[2]


def test_a_tear_has_a_white_inner_rim() -> None:
    """Inside the silhouette of a dark drawing the print's layer came off: white pulp, uneven in width."""
    pixels = board(200, 160, 4, (40, 30, 30))
    piece, pad = cut(pixels, 6.0, torn=1.0)
    photo = inner(piece, pad)[4:-4, 4:-4]
    white = (photo[..., :3].min(2) > 200) & (photo[..., 3] > 200)
    widths = white[:, :60].sum(1)[20:-20]
    assert 1 < widths.mean() < 25
    assert widths.std() > 1.5


def test_a_marker_blackens_the_cut() -> None:
    """The more dark, the more of the border is black, from the outside in; the photograph keeps its middle."""
    pixels = board(160, 120, 4)
    shares = []
    for dark in (0.0, 0.3, 1.0):
        piece, pad = cut(pixels, 8.0, dark=dark)
        border = piece[pad - 2 : pad + 4, pad + 20 : pad + 140, :3].max(2)
        shares.append(np.mean(border < 90))
        middle = inner(piece, pad)[24:-24, 24:-24]
        assert np.array_equal(middle, pixels[24:-24, 24:-24])
    assert shares[0] == 0 < shares[1] < shares[2]
    assert shares[2] > 0.8


def test_colour_never_exceeds_alpha() -> None:
    """A piece is premultiplied as all pictures are, whatever was done to it."""
    for how in PRINTS:
        piece, _ = made(disc(50, 120), cutout(ALL, how))
        assert (piece[..., :3] <= piece[..., 3:]).all()
        assert piece.dtype == np.uint8
        assert piece.flags.c_contiguous


def test_nothing_asked_is_nothing_done() -> None:
    """Without edge and print, and with nothing to see, the pixels come back as they are; they are never written to."""
    photo = photograph(40, 30)
    assert made(photo, cutout())[0] is photo
    nothing = np.zeros((30, 20, 4), np.uint8)
    assert made(nothing, cutout(ALL, Print(5.0))) == (nothing, (0, 0))
    photo.flags.writeable = False
    for how in PRINTS:
        made(photo, cutout(ALL, how))


@settings(max_examples=12, deadline=None)
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.floats(0, 30),
    st.lists(st.floats(0, 1), min_size=6, max_size=6),
    st.sampled_from([0.0, 2.0, 5.0, 64.0]),
    st.integers(0, 2**32),
)
def test_any_drawing_makes_a_piece(
    size: tuple[int, int], border: float, amounts: list[float], cell: float, start: int
) -> None:
    """From one pixel on, with any alpha, of any amounts: a piece larger by the border, premultiplied."""
    rng = np.random.default_rng(start)
    pixels = rng.integers(0, 256, (*size, 4), np.uint8)
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    pixels[0, 0] = 255
    edge = Edge(border, PAPER, *amounts[:4], start % 5)
    piece, (left, top) = made(pixels, cutout(edge, Print(cell, (), *amounts[4:])))
    assert piece.shape == (size[0] + 2 * top, size[1] + 2 * left, 4)
    assert left >= border
    assert (piece[..., :3] <= piece[..., 3:]).all()
    assert piece[..., 3].any() or max(edge.torn, edge.wear) > 0


def test_the_same_piece_has_the_same_bytes_twice_and_elsewhere() -> None:
    """Made again, and in another process with another hash seed and one thread, a piece is the same to the byte;
    another drawing's is not."""
    code = (
        "import cv2, sys\nfrom test_paper import fingerprints\n"
        "cv2.setNumThreads(1)\nprint(' '.join(fingerprints('disc')), end='')"
    )
    here = fingerprints("disc")
    assert fingerprints("disc") == here != fingerprints("other")
    tests = Path(__file__).parent
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": f"{tests}:{tests.parent}", "PATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=tests
    )
    assert found.stdout.split() == here


def fingerprints(name: str) -> list[str]:
    pieces = (made(photograph(120, 90), cutout(ALL, how, name))[0] for how in PRINTS)
    return [blake2b(piece.tobytes(), digest_size=8).hexdigest() for piece in pieces]
