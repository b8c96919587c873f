"""Set type as pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from collage.colours import Colour
from collage.errors import AssetError
from collage.exposure.cel import Lettering
from collage.glass.lettering import letter
from collage.registry.probe import set_type


def set_in(colour: Colour, text: str = "RISES\nWave", **how: object) -> Lettering:
    """Words in Pillow's own font."""
    size = float(str(how.get("size", 40)))
    lines, picture = set_type(text, font=None, size=size, align="centre", leading=1.1, box=None)
    return Lettering(lines, "", size, colour, picture)


def test_letters_are_premultiplied_ink_on_nothing() -> None:
    """The picture has its announced size, solid ink inside letters, nothing between them, soft edges."""
    pixels = letter(set_in(Colour(200, 100, 50)))
    width, height = set_in(Colour(200, 100, 50)).size
    assert pixels.shape == (height, width, 4)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    solid, none = pixels[..., 3] == 255, pixels[..., 3] == 0
    assert (pixels[solid] == (200, 100, 50, 255)).all()
    assert not pixels[none].any()
    assert solid.any()
    assert none.any()
    assert not (solid | none).all()


@pytest.mark.parametrize("colour", [Colour(200, 100, 50, 128), Colour(255, 255, 255, 3), Colour(1, 2, 3, 0)])
def test_premultiplied_exactly(colour: Colour) -> None:
    """Every pixel's colour is round(c·a / 255), and the colour's own alpha is the most there is."""
    pixels = letter(set_in(colour)).astype(int)
    alpha = pixels[..., 3:]
    assert (pixels[..., :3] == np.rint(np.array(colour[:3]) * alpha / 255)).all()
    assert alpha.max() == colour.alpha


def test_no_letter_is_cut_off() -> None:
    """Drawn with room to spare, the same lines make no more ink than in their own picture."""
    tight = set_in(Colour(0, 0, 0), "fjA!Qg,\n(j)", size=60)
    moved = tuple((words, x + 50, y + 50) for words, x, y in tight.lines)
    roomy = Lettering(moved, "", 60, tight.colour, (tight.size[0] + 100, tight.size[1] + 100))
    assert letter(roomy)[50:-50, 50:-50].tolist() == letter(tight).tolist()
    assert letter(roomy).astype(int).sum() == letter(tight).astype(int).sum()


def test_the_words_stand_on_their_baseline() -> None:
    """Flat letters end on the baseline that was asked for."""
    line = Lettering((("HIE", 10.0, 50.0),), "", 40, Colour(0, 0, 0), (120, 80))
    rows = np.flatnonzero(letter(line)[..., 3].any(axis=1))
    assert rows[-1] == 49
    assert 20 <= rows[0] <= 24


def test_the_same_every_time() -> None:
    """Two drawings of one lettering are the same to the byte."""
    assert letter(set_in(Colour(9, 8, 7))).tobytes() == letter(set_in(Colour(9, 8, 7))).tobytes()


def test_a_font_that_went_missing_is_named(tmp_path: Path) -> None:
    """If the font is gone since it was measured, the message names its file."""
    with pytest.raises(AssetError, match=r"gone\.ttf: there is no such file"):
        letter(Lettering((("a", 0, 10),), str(tmp_path / "gone.ttf"), 10, Colour(0, 0, 0), (10, 10)))
