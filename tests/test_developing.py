"""A frame becomes a file of the kind that was asked for, the same whoever asks for it and when."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

import collage
from collage.errors import CollageError
from collage.export.developing import develop
from collage.export.flashes import thumb
from collage.export.settings import Settings
from collage.glass.exact import straight
from collage.stand import Stand, frame_file

SCENE = """format = 1
[scene]
size = [64, 48]
length = 6
on = 1
paper = {paper}
[[layer]]
card = "#b8402e"
size = [30, 20]
keys.turn = [[0, 0], [5, 90]]
"""
ALL = (
    Settings(), Settings(small=True), Settings(depth=16), Settings(depth=16, small=True), Settings(kind="exr"),
    Settings(scale=0.5),
)  # fmt: skip


@pytest.fixture(params=['"#d6c8a8"', '"none"'], ids=["paper", "clear"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Stand:
    """A card that turns, on paper and on nothing."""
    file = tmp_path / "turning.toml"
    file.write_text(SCENE.format(paper=request.param))
    (tmp_path / "assets").mkdir()
    return collage.open(file)


def needs(settings: Settings) -> None:
    if settings.kind == "exr":
        pytest.importorskip("OpenEXR", reason="collage[exr] is not installed")


def levels(content: bytes) -> npt.NDArray[np.uint16]:
    found = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert found is not None
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB if found.shape[2] == 3 else cv2.COLOR_BGRA2RGBA))


def test_a_plain_frame_is_what_a_screenshot_is(stand: Stand) -> None:
    """The very bytes of `frame_file`, and small ones say the same."""
    assert develop(stand, Settings())(3).content == frame_file(stand, 3)
    with Image.open(io.BytesIO(develop(stand, Settings(small=True))(3).content)) as image:
        assert image.mode == ("RGB" if stand.opaque else "RGBA")
        assert np.array_equal(np.asarray(image), stand.picture(3)[..., : len(image.getbands())])


def test_a_deep_frame_is_what_was_drawn_finely(stand: Stand) -> None:
    """16 bits of straight sRGB, alpha where there is any, packed small or not."""
    picture = straight(stand.comp_fine(3))[..., : 3 if stand.opaque else 4]
    for small in (False, True):
        found = levels(develop(stand, Settings(depth=16, small=small))(3).content)
        assert found.dtype == np.uint16
        assert np.abs(found - picture.astype(np.float64) * 65535).max() <= 0.51
    assert len(np.unique(found)) > len(np.unique(stand.picture(3)))


def test_a_float_frame_has_alpha_where_there_is_any(stand: Stand, tmp_path: Path) -> None:
    """An EXR of R, G and B, or of A too, whatever depth was said."""
    library = pytest.importorskip("OpenEXR", reason="collage[exr] is not installed")
    file = tmp_path / "a.exr"
    file.write_bytes(develop(stand, Settings(kind="exr"))(3).content)
    assert list(library.File(str(file)).channels()) == ["RGB" if stand.opaque else "RGBA"]
    assert develop(stand, Settings(kind="exr", depth=16))(3).content == file.read_bytes()


@pytest.mark.parametrize("settings", ALL, ids=str)
def test_threads_and_order_never_show(settings: Settings, stand: Stand) -> None:
    """Any order, by any number of threads, on a stand that drew other things before: the same bytes."""
    needs(settings)
    frame = develop(stand, settings)
    first = [frame(number).content for number in range(6)]
    stand.comp(2)
    with ThreadPoolExecutor(3) as pool:
        again = dict(zip((5, 1, 4, 0, 3, 2), pool.map(frame, (5, 1, 4, 0, 3, 2)), strict=True))
    assert [again[number].content for number in range(6)] == first
    assert len(set(first)) == 6


@pytest.mark.parametrize("settings", ALL, ids=str)
def test_the_thumb_is_of_the_same_frame(settings: Settings, stand: Stand) -> None:
    """What is watched for flashes looks like what is written, to a level."""
    needs(settings)
    seen = develop(stand, settings)(4).thumb.pixels.astype(int)
    assert np.abs(seen - thumb(stand.comp(4, settings.scale)).pixels).max() <= 1


def test_scale_is_that_of_the_picture(stand: Stand) -> None:
    """Half the sides, in 8 bits and in 16."""
    for depth in (8, 16):
        assert levels(develop(stand, Settings(scale=0.5, depth=depth))(0).content).shape[:2] == (24, 32)


def test_a_missing_library_is_told_before_any_frame(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for what makes frames is enough."""
    monkeypatch.setitem(sys.modules, "OpenEXR", None)
    with pytest.raises(CollageError, match=r"collage\[exr\]"):
        develop(stand, Settings(kind="exr"))
