"""EXR files hold light, premultiplied, in half floats, as the library that defines them reads it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from collage.errors import CollageError
from collage.glass import exr

Floats = npt.NDArray[np.float32]


@pytest.fixture
def library() -> Any:
    return pytest.importorskip("OpenEXR", reason="collage[exr] is not installed")


def picture(channels: int) -> Floats:
    """Premultiplied sRGB of all alphas, and some of none."""
    out = np.random.default_rng(1).random((37, 50, channels), np.float32)
    if channels == 4:
        out[:5, :, 3], out[5:9, :, 3] = 0, 1
        out[..., :3] *= out[..., 3:]
    return out


def light(picture: Floats) -> npt.NDArray[np.float64]:
    """IEC 61966-2-1, of straight colours, under alpha again."""
    exact = picture.astype(np.float64)
    alpha = exact[..., 3:] if exact.shape[2] == 4 else np.ones_like(exact[..., :1])
    level = exact[..., :3] / np.maximum(alpha, 1e-12)
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4) * alpha


@pytest.mark.parametrize("channels", [3, 4])
def test_the_library_reads_the_light(channels: int, library: Any, tmp_path: Path) -> None:
    """Each channel the nearest half float to the light in float64, alpha as it was."""
    asked = picture(channels)
    file = tmp_path / "a.exr"
    file.write_bytes(exr.encode(asked))
    found = library.File(str(file)).channels()["RGBA"[:channels]].pixels
    assert found.dtype == np.float16
    expected = light(asked)
    assert np.abs(found[..., :3] - expected).max() <= 2**-11
    assert (np.abs(found[..., :3] - expected) <= expected * 2**-10.9 + 2**-24).all()
    if channels == 4:
        assert np.array_equal(found[..., 3], asked[..., 3].astype(np.float16))


def test_the_head_says_what_the_numbers_mean(library: Any, tmp_path: Path) -> None:
    """The primaries are those of sRGB; packed by ZIP, in scan lines; nothing tells of when or where it was made."""
    file = tmp_path / "a.exr"
    file.write_bytes(exr.encode(picture(4)))
    head = library.File(str(file)).header()
    assert head["chromaticities"] == pytest.approx(exr.REC_709)
    assert head["compression"] == library.ZIP_COMPRESSION
    assert {"capDate", "owner", "comments", "utcOffset"}.isdisjoint(head)


@pytest.mark.usefixtures("library")
def test_the_same_picture_gives_the_same_bytes() -> None:
    """However often, from whatever array."""
    asked = picture(4)
    assert len({exr.encode(asked), exr.encode(asked.copy()), exr.encode(np.asfortranarray(asked))}) == 1


def test_a_missing_library_is_an_error_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which extra holds it, before any frame is drawn."""
    monkeypatch.setitem(sys.modules, "OpenEXR", None)
    with pytest.raises(CollageError, match=r"EXR files need the OpenEXR library: .*collage\[exr\]"):
        exr.check()
