"""What pictures and fonts say of themselves before anything is decoded."""

from __future__ import annotations

import io
import itertools
import zlib
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from collage.errors import AssetError
from collage.registry import probe
from collage.registry.probe import set_type

Align = Literal["left", "centre", "right"]


def typed(text: str, *, size: float = 40, align: Align = "left", leading: float = 1.0, box: Any = None) -> Any:
    """Set in Pillow's own font."""
    return set_type(text, font=None, size=size, align=align, leading=leading, box=box)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_sizes_come_from_the_header(tmp_path: Path, kind: str) -> None:
    """Width and height of each format, whatever the file is called."""
    Image.new("RGB", (31, 17)).save(tmp_path / "picture", kind)
    assert probe.size(tmp_path / "picture") == (31, 17)


def test_pixels_are_not_decoded(tmp_path: Path) -> None:
    """A picture whose pixels are torn off still has a size: only its header was read."""
    Image.effect_noise((200, 100), 90).save(tmp_path / "torn.png")
    whole = (tmp_path / "torn.png").read_bytes()
    (tmp_path / "torn.png").write_bytes(whole[: len(whole) // 2])
    assert probe.size(tmp_path / "torn.png") == (200, 100)


def from_pillow(path: Path) -> tuple[int, int]:
    """The size that Pillow finds, upright."""
    with probe.opened(path) as image:
        return image.size[::-1] if probe.orientation(image) >= 5 else image.size


def found(size: Any, path: Path) -> Any:
    """What is found, None where the picture is refused."""
    try:
        return size(path)
    except AssetError:
        return None


MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
CHUNKS = (
    (b"sRGB", b"\0"), (b"gAMA", b"\0\0\xb1\x8f"), (b"pHYs", bytes(9)), (b"tIME", bytes(7)), (b"cHRM", bytes(32)),
    (b"sRGB", b""), (b"pHYs", bytes(8)), (b"tEXt", b"a\0b"), (b"tRNS", b"\0\1"), (b"IDAT", b"x"), (b"IHDR", bytes(13)),
    (b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"),
)  # fmt: skip


def chunk(kind: bytes, body: bytes) -> bytes:
    """Of a PNG, its checksum right."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


@given(
    mode=st.sampled_from(MODES),
    size=st.tuples(st.integers(1, 70), st.integers(1, 70)),
    chunks=st.lists(st.sampled_from(CHUNKS), max_size=4),
    slips=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 255)), max_size=2),
    end=st.sampled_from([None, 20, 33, 40, 60]),
)
@example("RGB", (300, 20), [CHUNKS[0], CHUNKS[2]], [], None)
@example("RGB", (30, 20), [CHUNKS[-1]], [], None)
@example("RGBA", (30, 20), [], [(19, 0)], None)
@example("RGBA", (30, 20), [], [(19, 31)], None)
@example("RGBA", (30, 20), [CHUNKS[0]], [(43, 1)], None)
def test_png_headers_are_read_as_strictly_as_pillow_reads_them(
    tmp_path: Path, mode: str, size: tuple[int, int], chunks: Any, slips: Any, end: int | None
) -> None:
    """Whatever stands in a PNG's header, and whatever is torn there: the same size, or refused by both."""
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, "PNG")
    raw = buffer.getvalue()
    for kind, body in chunks:
        raw = raw[:33] + chunk(kind, body) + raw[33:]
    broken = bytearray(raw[:end])
    for place, value in slips:
        broken[place % len(broken)] = value
    (tmp_path / "a.png").write_bytes(broken)
    assert found(probe.size, tmp_path / "a.png") == found(from_pillow, tmp_path / "a.png")


def test_unheard_of_kinds_of_png_are_judged_by_pillow(tmp_path: Path) -> None:
    """Whatever bits, colours, packing, filters and lacing a header with a right checksum tells: what Pillow says."""
    for kind in itertools.product((1, 3, 8, 16), (0, 1, 2, 3, 4, 6), (0, 1), (0, 1), (0, 1, 2)):
        header = chunk(b"IHDR", b"\0\0\0\x09\0\0\0\x07" + bytes(kind))
        (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b""))
        assert found(probe.size, tmp_path / "a.png") == found(from_pillow, tmp_path / "a.png"), kind


def test_a_plain_png_is_read_without_pillow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size takes no opening of a picture; that of a PNG with more to say of itself does."""
    for name, exif in (("plain", b""), ("turned", CHUNKS[-1][1])):
        Image.new("RGB", (31, 17)).save(tmp_path / f"{name}.png", exif=exif)
    assert probe.size(tmp_path / "turned.png") == (17, 31)
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("opened"))
    assert probe.size(tmp_path / "plain.png") == (31, 17)


@pytest.mark.parametrize(("size", "fits"), [((8000, 8000), True), ((8001, 8000), False), ((32769, 1), False)])
def test_bounds(tmp_path: Path, size: tuple[int, int], fits: bool) -> None:
    """64 million pixels and 32768 a side are allowed, one more is refused with the size and the bound."""
    Image.new("1", size).save(tmp_path / "large.png")
    if fits:
        assert probe.size(tmp_path / "large.png") == size
    else:
        with pytest.raises(
            AssetError, match=rf"large\.png: this picture of {size[0]}×{size[1]} is too large: at most 64"
        ):
            probe.size(tmp_path / "large.png")


def test_a_file_is_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the working directory the message gives the short path, elsewhere the whole."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    for path, shown in (
        (tmp_path / "here" / "a.png", "here/a.png: "),
        (tmp_path.parent / "b.png", f"{tmp_path.parent}/b.png: "),
    ):
        with pytest.raises(AssetError) as refusal:
            probe.size(path)
        assert str(refusal.value).startswith(shown)


def test_lines_as_written() -> None:
    """Without a box, lines break where the text breaks, empty ones kept, one leading apart."""
    lines, (width, height) = typed("GIANT\n\nRISES", leading=1.5)
    assert [line[0] for line in lines] == ["GIANT", "", "RISES"]
    assert [line[2] - lines[0][2] for line in lines] == [0, 60, 120]
    assert 80 < width < 200
    assert 150 < height < 220


def test_alignment() -> None:
    """Shorter lines begin at the left, end at the right, or stand in the middle of the longest."""
    starts = {
        align: [line[1] for line in typed("WIDE LINE\nslim", align=align)[0]] for align in ("left", "centre", "right")
    }
    assert starts["left"] == [0, 0]
    assert starts["right"][0] == starts["centre"][0] == pytest.approx(0, abs=1)
    assert starts["centre"][1] == pytest.approx(starts["right"][1] / 2, abs=0.5)
    assert starts["right"][1] > 50


WORDS = st.lists(st.text("abcdefgWi", min_size=1, max_size=9), min_size=1, max_size=20)


@given(words=WORDS, width=st.integers(60, 600), align=st.sampled_from(["left", "centre", "right"]))
def test_words_wrap_to_the_box(words: list[str], width: int, align: Align) -> None:
    """In a box no word is lost or torn, and a line is longer than the box only if it is a single word."""
    lines, size = typed(" ".join(words), size=20, align=align, box=(width, 10))
    assert " ".join(line[0] for line in lines).split() == words
    face = probe.typeface(None, 20)
    for text, x, baseline in lines:
        assert face.getlength(text) <= width or " " not in text
        assert x >= 0
        assert x + face.getlength(text) <= size[0] + 0.01
        assert 0 < baseline < size[1]
    assert size[0] >= width


def test_the_box_is_the_least_size() -> None:
    """The picture is the box where the words fit, and grows where they don't, so that nothing is cut off."""
    assert typed("a", box=(300.2, 200))[1] == (301, 200)
    grown = typed("a word of uncommonly great length", box=(50, 20))[1]
    assert grown[0] > 50
    assert grown[1] > 200


@pytest.mark.parametrize("text", ["", " ", "\n", "."])
def test_there_is_always_a_picture(text: str) -> None:
    """Even nothing at all has a size, as a picture of no pixels can't be laid on the glass."""
    assert min(typed(text, size=1)[1]) >= 1


def test_type_beyond_bounds_is_refused() -> None:
    """A text that would need more pixels than a picture may have is refused with its size."""
    with pytest.raises(AssetError, match=r"this text would be .* pixels: make its type smaller"):
        typed("W" * 5000, size=2000)


def test_letters_the_font_lacks_are_named() -> None:
    """Letters that would come out as boxes are refused, with where to name another font."""
    with pytest.raises(AssetError, match=r'has no é ł: name one that has, as type = \{ font = "assets/…ttf" \}'):
        typed("Cafél ł, café")


@pytest.mark.parametrize("body", [b"", b"not a font\n" * 50, b"\0\1\0\0\0\x10" + b"\xff" * 300, b"OTTO" + b"\0" * 9])
def test_a_broken_font_is_named(tmp_path: Path, body: bytes) -> None:
    """A file that is no font is refused by name."""
    (tmp_path / "sad.ttf").write_bytes(body)
    with pytest.raises(AssetError, match=r"sad\.ttf: .*(font|empty)"):
        set_type("a", font=tmp_path / "sad.ttf", size=20, align="left", leading=1, box=None)
    with pytest.raises(AssetError, match=r"none\.ttf: there is no such file: put a font there"):
        set_type("a", font=tmp_path / "none.ttf", size=20, align="left", leading=1, box=None)


def test_a_font_file_of_the_project(tmp_path: Path) -> None:
    """A font file measures as the same font does from elsewhere: here Pillow's own, written out."""
    own = probe.typeface(None, 10)
    (tmp_path / "own.ttf").write_bytes(own.font_bytes)
    from_file = set_type("Kerning: AVATAR", font=tmp_path / "own.ttf", size=33.5, align="left", leading=1, box=None)
    assert from_file == typed("Kerning: AVATAR", size=33.5)
