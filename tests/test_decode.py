"""Pictures of every kind, most written here byte by byte, against what their format says their pixels are."""

from __future__ import annotations

import io
import itertools
import os
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from collage.errors import AssetError
from collage.glass.decode import decode, premultiply
from collage.registry import probe

Grid = list[list[tuple[int, ...]]]

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _rows(grid: Grid, depth: int) -> bytes:
    """Unfiltered rows, samples packed from the high bit down, each row filled up to whole bytes."""
    packed = b""
    for row in grid:
        bits = "".join(format(sample, f"0{depth}b") for pixel in row for sample in pixel)
        bits += "0" * (-len(bits) % 8)
        packed += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    return packed


def png(grid: Grid, kind: int, depth: int, *, interlaced: bool = False, extra: bytes = b"", late: bytes = b"") -> bytes:
    """A whole PNG; `extra` chunks stand before its pixels, `late` ones after."""
    height, width = len(grid), len(grid[0])
    raw = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else ((0, 0, 1, 1),):
        part = [row[x0::dx] for row in grid[y0::dy]]
        raw += _rows(part, depth) if part and part[0] else b""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw)) + late + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def chance(kind: int, depth: int, width: int = 11, height: int = 9) -> Grid:
    """Pixels by chance, always the same."""
    dice = random.Random(kind * 100 + depth)
    return [
        [tuple(dice.randrange(2**depth) for _ in range(SAMPLES[kind])) for _ in range(width)] for _ in range(height)
    ]


def expected(grid: Grid, kind: int, depth: int, key: tuple[int, ...] | None = None) -> list[list[list[int]]]:
    """What the format says: samples over their whole range, rounded to 8 bits, then premultiplied, rounded."""
    most = 2**depth - 1

    def pixel(samples: tuple[int, ...]) -> list[int]:
        full = [(sample * 255 * 2 + most) // (2 * most) for sample in samples]
        colour = full[:3] if kind in (RGB, RGBA) else full[:1] * 3
        alpha = full[-1] if kind in (GREY_ALPHA, RGBA) else 0 if samples == key else 255
        return [(c * alpha * 2 + 255) // 510 for c in colour] + [alpha]

    return [[pixel(samples) for samples in row] for row in grid]


def decoded(folder: Path, body: bytes, name: str = "picture.png") -> np.ndarray:
    """The pixels of a file with these bytes."""
    (folder / name).write_bytes(body)
    return decode(folder / name)


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize(
    ("kind", "depth"),
    [(GREY, 1), (GREY, 2), (GREY, 4), (GREY, 8), (GREY, 16), (RGB, 8), (RGB, 16), (GREY_ALPHA, 8), (GREY_ALPHA, 16),
     (RGBA, 8), (RGBA, 16)],
)  # fmt: skip
def test_every_kind_of_png(tmp_path: Path, kind: int, depth: int, interlaced: bool) -> None:
    """Each colour type and depth, plain and Adam7, comes out exactly rounded and exactly premultiplied."""
    grid = chance(kind, depth)
    pixels = decoded(tmp_path, png(grid, kind, depth, interlaced=interlaced))
    assert pixels.tolist() == expected(grid, kind, depth)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous


@pytest.mark.parametrize(
    ("kind", "depth"), [(GREY, 1), (GREY, 2), (GREY, 4), (GREY, 8), (GREY, 16), (RGB, 8), (RGB, 16)]
)
def test_a_transparent_colour(tmp_path: Path, kind: int, depth: int) -> None:
    """tRNS on grey and RGB takes out that colour and no other, at every depth."""
    grid = chance(kind, depth)
    key = grid[4][3]
    body = png(grid, kind, depth, extra=chunk(b"tRNS", struct.pack(f">{len(key)}H", *key)))
    assert decoded(tmp_path, body).tolist() == expected(grid, kind, depth, key)


def test_a_near_miss_in_16_bits_is_no_transparent_colour(tmp_path: Path) -> None:
    """A 16-bit colour that only looks like the transparent one in 8 bits stays."""
    body = png(
        [[(1000, 2000, 3000), (1000, 2000, 3001)]], RGB, 16, extra=chunk(b"tRNS", struct.pack(">3H", 1000, 2000, 3000))
    )
    assert decoded(tmp_path, body)[0, :, 3].tolist() == [0, 255]


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
@pytest.mark.parametrize("alphas", [None, [0], [255, 128], [3, 77]])
def test_palettes(tmp_path: Path, depth: int, alphas: list[int] | None) -> None:
    """Indexed pictures take colour and alpha from their tables; entries without an alpha are opaque."""
    dice = random.Random(depth)
    table = [[dice.randrange(256) for _ in range(3)] for _ in range(2**depth)]
    grid = chance(PALETTE, depth)
    extra = chunk(b"PLTE", bytes(itertools.chain(*table)))
    extra += chunk(b"tRNS", bytes(alphas)) if alphas else b""
    full = {i: (*table[i], (alphas or [])[i] if i < len(alphas or []) else 255) for i in range(2**depth)}
    wanted = expected([[full[pixel[0]] for pixel in row] for row in grid], RGBA, 8)
    assert decoded(tmp_path, png(grid, PALETTE, depth, extra=extra)).tolist() == wanted


def test_gamma_is_passed_over(tmp_path: Path) -> None:
    """A gAMA chunk changes nothing, in 8 bits or 16."""
    gamma = chunk(b"gAMA", struct.pack(">I", 100_000))
    for kind, depth in ((RGB, 8), (RGB, 16), (GREY, 8)):
        grid = chance(kind, depth)
        assert decoded(tmp_path, png(grid, kind, depth, extra=gamma)).tolist() == expected(grid, kind, depth)


def test_nothing_lies_under_nothing(tmp_path: Path) -> None:
    """The hidden colour of wholly transparent pixels is gone, so that no filter can bleed it out."""
    assert decoded(tmp_path, png([[(255, 200, 9, 0)] * 4], RGBA, 8)).tolist() == [[[0, 0, 0, 0]] * 4]


def test_premultiplies_every_pair_exactly() -> None:
    """All 65,536 pairs of colour and alpha become round(c·a / 255)."""
    colour, alpha = np.meshgrid(np.arange(256), np.arange(256))
    pixels = np.stack([colour, colour, colour, alpha], axis=2).astype(np.uint8)
    premultiply(pixels)
    assert (pixels[..., 1] == np.rint(colour * alpha / 255)).all()
    assert (pixels[..., 3] == alpha).all()


UPRIGHT = np.array([[[10, 0, 0], [20, 0, 0], [30, 0, 0]], [[40, 0, 0], [50, 0, 0], [60, 0, 0]]], np.uint8)
STORED = {  # by the EXIF standard: where the stored first row and first column lie in the picture as seen
    1: UPRIGHT, 2: UPRIGHT[:, ::-1], 3: UPRIGHT[::-1, ::-1], 4: UPRIGHT[::-1],
    5: UPRIGHT.swapaxes(0, 1), 6: UPRIGHT.swapaxes(0, 1)[::-1], 7: UPRIGHT[::-1, ::-1].swapaxes(0, 1),
    8: UPRIGHT.swapaxes(0, 1)[:, ::-1],
}  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "JPEG"])
def test_stands_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    """EXIF orientation is obeyed in all four formats, and the probe's size is the decoded one."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = np.kron(STORED[orientation], np.ones((8, 8, 1), np.uint8))
    options = {"PNG": {}, "WEBP": {"lossless": True}, "TIFF": {}, "JPEG": {"quality": 100, "subsampling": 0}}[kind]
    path = tmp_path / "picture"
    Image.fromarray(stored).save(path, kind, exif=exif, **options)
    pixels = decode(path)
    assert probe.size(path) == (24, 16) == pixels.shape[1::-1]
    assert np.abs(pixels[4::8, 4::8, 0].astype(int) - UPRIGHT[..., 0]).max() <= 3


@pytest.mark.parametrize(("orientation", "size"), [(0, (11, 9)), (9, (11, 9)), (6, (9, 11))])
def test_odd_orientations(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    """An orientation that isn't one counts as upright, and broken EXIF doesn't spoil a picture."""
    exif = b"MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + b"\0\0\0\0"
    for tag, wanted in ((exif, size), (b"nonsense" * 3, (11, 9)), (exif[:11], (11, 9))):
        body = png(chance(RGB, 8), RGB, 8, extra=chunk(b"eXIf", tag))
        assert decoded(tmp_path, body).shape[1::-1] == wanted == probe.size(tmp_path / "picture.png")


def test_probe_and_decoder_agree_on_late_exif(tmp_path: Path) -> None:
    """EXIF after the pixels of a PNG counts for neither, so that a size never turns out wrong."""
    exif = b"MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0"
    assert decoded(tmp_path, png(chance(RGB, 8), RGB, 8, late=chunk(b"eXIf", exif))).shape == (9, 11, 4)
    assert probe.size(tmp_path / "picture.png") == (11, 9)


@pytest.mark.parametrize(("mode", "colour", "seen"), [("L", 90, (90, 90, 90)), ("CMYK", (0, 255, 255, 0), (255, 0, 0))])
def test_jpegs_that_are_not_rgb(
    tmp_path: Path, mode: str, colour: int | tuple[int, ...], seen: tuple[int, ...]
) -> None:
    """Grey and CMYK JPEGs come out as the colours they mean."""
    Image.new(mode, (16, 8), colour).save(tmp_path / "picture.jpg", quality=100)
    pixels = decode(tmp_path / "picture.jpg")
    assert np.abs(pixels[4, 4].astype(int) - (*seen, 255)).max() <= 3


def test_the_first_picture_of_several(tmp_path: Path) -> None:
    """Of pages and animations the first shows."""
    first, second = Image.new("RGBA", (6, 6), (1, 2, 3, 255)), Image.new("RGBA", (6, 6), (200, 0, 0, 255))
    for kind in ("PNG", "WEBP", "TIFF"):
        first.save(
            tmp_path / "picture",
            kind,
            save_all=True,
            append_images=[second],
            **({"lossless": True} if kind == "WEBP" else {}),
        )
        assert decode(tmp_path / "picture")[3, 3].tolist() == [1, 2, 3, 255]


def test_tiffs(tmp_path: Path) -> None:
    """TIFFs in 8 and 16 bits, grey and with alpha, come out as PNGs do."""
    Image.fromarray(np.array([[0, 128, 384, 65535]], np.uint16)).save(tmp_path / "grey.tif")
    assert decode(tmp_path / "grey.tif")[0, :, 0].tolist() == [0, 0, 1, 255]
    Image.new("RGBA", (3, 3), (200, 100, 50, 128)).save(tmp_path / "alpha.tif")
    assert decode(tmp_path / "alpha.tif")[1, 1].tolist() == [100, 50, 25, 128]


def test_32_bits_are_refused(tmp_path: Path) -> None:
    """A picture of floating-point numbers is refused with what to save instead."""
    Image.new("F", (3, 3), 0.5).save(tmp_path / "float.tif")
    with pytest.raises(AssetError, match=r"float\.tif: .*save it with 8 or 16"):
        decode(tmp_path / "float.tif")


def test_a_colour_profile_is_obeyed(tmp_path: Path) -> None:
    """Colours tagged with a profile other than sRGB are brought to sRGB; sRGB's own and a broken one change nothing."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = bytearray(srgb)  # sRGB with its red and blue primaries changed about
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red + 4 : red + 12], swapped[blue + 4 : blue + 12] = (
        swapped[blue + 4 : blue + 12],
        swapped[red + 4 : red + 12],
    )
    swapped = bytearray(
        bytes(swapped).replace("sRGB".encode("utf-16-be"), "BGRs".encode("utf-16-be")).replace(b"sRGB", b"BGRs")
    )
    picture = Image.new("RGBA", (4, 4), (200, 20, 20, 255))
    for profile, red_is_first in ((srgb, True), (b"nonsense", True), (bytes(swapped), False)):
        picture.save(tmp_path / "picture.png", icc_profile=profile)
        seen = decode(tmp_path / "picture.png")[1, 1].astype(int)
        assert seen[0 if red_is_first else 2] > 150 > 100 > seen[2 if red_is_first else 0]


def _torn(kind: str) -> bytes:
    noise = np.random.default_rng(3).integers(0, 256, (64, 64, 3), np.uint8)
    body = io.BytesIO()
    Image.fromarray(noise).save(body, kind)
    return body.getvalue()[: len(body.getvalue()) * 2 // 3]


BROKEN = {
    "torn PNG": _torn("PNG"),
    "torn JPEG": _torn("JPEG"),
    "torn WebP": _torn("WEBP"),
    "torn TIFF": _torn("TIFF"),
    "torn 16-bit PNG": png(chance(RGB, 16, 60, 60), RGB, 16)[:9000],
    "text": b"not a picture at all\n" * 10,
    "only a signature": b"\x89PNG\r\n\x1a\n",
    "empty": b"",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "GIF": b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
    "bomb": png([[(1,)]], GREY, 8).replace(struct.pack(">II", 1, 1), struct.pack(">II", 30_000, 30_000), 1),
    "no width": png([[(1,)]], GREY, 8).replace(struct.pack(">II", 1, 1), struct.pack(">II", 0, 1), 1),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_files_are_named(tmp_path: Path, kind: str, recwarn: pytest.WarningsRecorder) -> None:
    """A file that is no whole picture is refused by one line with its name, without a warning on the side."""
    (tmp_path / "sad.png").write_bytes(BROKEN[kind])
    with pytest.raises(AssetError, match=r"^[^\n]*sad\.png: .*(save|at most)[^\n]*$"):
        decode(tmp_path / "sad.png")
    assert not recwarn.list


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """A folder, a missing file and a pipe are refused, the pipe without waiting on it."""
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("folder.png", "missing.png", "pipe.png"):
        with pytest.raises(AssetError, match=rf"{name}: (this is a folder|there is no such file)"):
            decode(tmp_path / name)


def test_the_worlds_settings_are_left_alone(tmp_path: Path) -> None:
    """Decoding changes none of Pillow's global guards."""
    before = Image.MAX_IMAGE_PIXELS
    decoded(tmp_path, png(chance(RGB, 8), RGB, 8))
    assert before == Image.MAX_IMAGE_PIXELS
