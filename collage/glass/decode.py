"""A picture file as the glass wants it: 8-bit premultiplied sRGB, the right way up. Trusts no file.

Pillow opens and decodes; it keeps only the high byte of 16-bit colour, so those PNGs are read again by OpenCV, once
Pillow has found them whole (OpenCV passes over a torn end in silence).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from collage.registry.probe import fault, opened, orientation

if TYPE_CHECKING:
    from PIL import Image, ImageFile

Pixels = npt.NDArray[np.uint8]
Samples = npt.NDArray[Any]

_TURNS: dict[int, Callable[[Pixels], Pixels]] = {  # EXIF orientation: how to set the stored rows upright
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.transpose(1, 0, 2),
    6: lambda p: p[::-1].transpose(1, 0, 2),
    7: lambda p: p[::-1, ::-1].transpose(1, 0, 2),
    8: lambda p: p[:, ::-1].transpose(1, 0, 2),
}
_BAND = 2**18
"""Pixels premultiplied at a time: small enough that the wider sums stay in the processor's cache."""
_GREYS = {"L;2": 3, "L;4": 15}
"""Pillow spreads 2 and 4 bits of grey over 0 to 255, but leaves the transparent one as it stands in the file."""


def decode(path: Path) -> Pixels:
    """(height, width, 4) uint8, premultiplied sRGB RGBA, contiguous, nothing under alpha 0; of several pages the first.

    AssetError with the cure for a file that is torn, too large, or no picture of the four formats.
    """
    with opened(path) as image:
        turned = orientation(image)
        pixels = _straight(path, image)
    premultiply(pixels)
    return np.ascontiguousarray(_TURNS[turned](pixels) if turned in _TURNS else pixels)


def premultiply(pixels: Pixels) -> None:
    """In place, each colour c under alpha a becoming round(c·a / 255): halves can't occur, 255 being odd.

    The division is by shifts: up to 255², round(x / 255) is (y + ⌊y / 256⌋) / 256 rounded down, with y = x + 128.
    """
    flat = pixels.reshape(-1, 4)
    for start in range(0, len(flat), _BAND):
        band = flat[start : start + _BAND]
        if band[:, 3].min() < 255:
            product = band[:, :3].astype(np.uint16) * band[:, 3:]
            product += 128
            product += product >> 8
            band[:, :3] = product >> 8


def _straight(path: Path, image: ImageFile.ImageFile) -> Pixels:
    """The stored pixels as straight sRGB RGBA."""
    if image.mode in ("I", "F"):
        raise fault(path, "pictures of 32 bits a channel can't be used: save it with 8 or 16")
    raw = str(image.tile[0][3]) if image.tile else ""
    profile = image.info.get("icc_profile")
    image.load()
    if image.mode == "RGBA" and not profile and "16" not in raw:
        return np.array(image)
    base, alpha = _deep(path, image) if image.format == "PNG" and "16" in raw else _parts(image, raw)
    colour = _in_srgb(base, profile)
    pixels = np.empty((colour.height, colour.width, 4), np.uint8)
    pixels[..., :3] = np.asarray(colour)
    pixels[..., 3] = 255 if alpha is None else alpha
    return pixels


def _parts(image: Image.Image, raw: str) -> tuple[Image.Image, Pixels | None]:
    """The colours, as L, RGB or CMYK, and the alpha if there is any."""
    key = image.info.get("transparency")
    if image.mode in ("1", "L", "RGB"):
        base = image.convert("L") if image.mode == "1" else image
        return base, None if key is None else _keyed(np.asarray(base), _as_spread(key, raw))
    if image.mode == "LA":
        return image.getchannel("L"), np.asarray(image.getchannel("A"))
    if image.mode == "CMYK":
        return image, None
    if image.mode.startswith("I;16"):
        return _picture(_eight(np.asarray(image))), None
    rgba = image if image.mode == "RGBA" else image.convert("RGBA")
    return rgba.convert("RGB"), np.asarray(rgba.getchannel("A"))


def _as_spread(key: Any, raw: str) -> Any:
    """The transparent colour of a PNG as Pillow's samples have it; more bits than the samples have don't count."""
    if isinstance(key, tuple):
        return [part & 255 for part in key]
    most = _GREYS.get(raw, 255)
    return (int(key) & most) * 255 // most


def _deep(path: Path, image: Image.Image) -> tuple[Image.Image, Pixels | None]:
    """A 16-bit PNG, of which Pillow keeps the whole only of grey without alpha."""
    key = image.info.get("transparency")
    if image.mode.startswith("I;16"):
        samples: Samples = np.asarray(image)
    else:
        import cv2

        read = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
        if read is None or read.dtype != np.uint16 or read.shape[:2] != (image.height, image.width):
            raise fault(path, "this 16-bit picture can't be read: save it with 8 bits a channel")
        samples = read[..., 2::-1]
        if read.shape[2] == 4:
            return _picture(_eight(samples)), _eight(read[..., 3])
    return _picture(_eight(samples)), None if key is None else _keyed(samples, key)


def _keyed(samples: Samples, key: Any) -> Pixels:
    """Alpha 0 where a sample, or all three of a pixel, is the transparent one."""
    same = samples == np.asarray(key)
    return np.where(same.all(axis=2) if samples.ndim == 3 else same, 0, 255).astype(np.uint8)


def _eight(samples: Samples) -> Pixels:
    """16 bits to 8: round(v·255 / 65535) = round(v / 257), by a table; row by row, since NumPy widens an index."""
    table = ((np.arange(65536) + 128) // 257).astype(np.uint8)
    eight = np.empty(samples.shape, np.uint8)
    for row, deep in zip(eight, samples, strict=True):
        row[...] = table[deep]
    return eight


def _picture(samples: Pixels) -> Image.Image:
    from PIL import Image

    return Image.fromarray(samples)


def _in_srgb(base: Image.Image, profile: bytes | None) -> Image.Image:
    """As RGB, through the picture's own colour profile unless that is sRGB; a broken one counts as none."""
    if profile:
        from PIL import ImageCms

        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(own).lower():
                srgb = ImageCms.createProfile("sRGB")
                managed = ImageCms.profileToProfile(base, own, srgb, outputMode="RGB")
                return managed or base.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return base.convert("RGB") if base.mode != "RGB" else base
