"""Animated WebPs: small, with alpha, in step."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from flips import Flip, cut_out, images_of, photographs, psnr
from PIL import Image

from collage.errors import RunError
from collage.export import film_webp
from collage.export.films import film
from collage.glass.comp import straight
from collage.timing import Span


def webp(tmp_path: Path, subject: Flip) -> Path:
    return film(subject, tmp_path / "a.webp", frames=Span(0, subject.length)).file


@pytest.mark.parametrize("on", [1, 2])
def test_it_looks_like_the_frames(tmp_path: Path, on: int) -> None:
    """Each within 36 dB of its own, though it keeps only half of the colour; held ones are the same."""
    pictures = photographs(6)
    frames, _ = images_of(webp(tmp_path, Flip(pictures, on=on)))
    assert len(frames) == 6 * on
    for number, frame in enumerate(frames):
        assert psnr(frame[..., :3], pictures[number // on][..., :3]) >= 36
        assert (frame[..., 3] == 255).all()
        assert number % on == 0 or np.array_equal(frame, frames[number - 1])


def test_alpha_is_kept_to_the_level(tmp_path: Path) -> None:
    """Each frame replaces the one before, and no dark edge leaks into a soft one."""
    pictures = cut_out(6)
    frames, _ = images_of(webp(tmp_path, Flip(pictures, on=2, opaque=False)))
    for number, frame in enumerate(frames):
        picture = pictures[number // 2]
        assert np.array_equal(frame[..., 3], picture[..., 3])
        edge = (picture[..., 3] > 40) & (picture[..., 3] < 250)
        assert abs(np.mean(frame[edge][:, :3].astype(float) - straight(picture)[edge][:, :3])) < 2


def test_times_are_exact_in_sum(tmp_path: Path) -> None:
    """Whole thousandths that take turns."""
    _, times = images_of(webp(tmp_path, Flip(photographs(48, (8, 8)), Fraction(24000, 1001))))
    assert set(times) == {41, 42}
    assert sum(times) == 2002


def test_a_held_frame_costs_next_to_nothing(tmp_path: Path) -> None:
    """Ten more of the same are under half a kilobyte."""
    once = webp(tmp_path, Flip(photographs(1))).stat().st_size
    assert webp(tmp_path, Flip(photographs(1), on=11)).stat().st_size - once < 500


def test_it_plays_for_ever_and_says_what_it_is(tmp_path: Path) -> None:
    """No alpha is claimed where there is none, and its length is its own."""
    file = webp(tmp_path, Flip(photographs(3, (33, 21))))
    with Image.open(file) as whole:
        assert (whole.format, whole.mode, whole.info["loop"], whole.size) == ("WEBP", "RGB", 0, (33, 21))
    head = file.read_bytes()[:30]
    assert int.from_bytes(head[4:8], "little") == file.stat().st_size - 8
    assert head[20] == 0x02
    assert webp(tmp_path, Flip(cut_out(2), opaque=False)).read_bytes()[20] == 0x12


def test_more_than_it_can_hold_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lengths are 32 bits: what is longer ends with the cure, and leaves nothing."""
    monkeypatch.setattr(film_webp, "_MOST_BYTES", 2000)
    with pytest.raises(RunError, match="a WebP can't be larger than 4 GB: export fewer frames"):
        webp(tmp_path, Flip(photographs(3)))
    assert not list(tmp_path.iterdir())
