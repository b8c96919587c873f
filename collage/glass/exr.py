"""Pictures as OpenEXR files, for programs that comp: half floats of linear light, premultiplied as is usual there.

The library is an extra, `collage[exr]`, since few need it. See openexr.com, "Technical Introduction to OpenEXR".
"""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from collage.errors import CollageError
from collage.glass import light
from collage.glass.exact import straight

REC_709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290)
"""x and y of red, green, blue and white (ITU-R BT.709, the same as sRGB's)."""


def encode(picture: npt.NDArray[np.float32]) -> bytes:
    """The EXR file of a (height, width, 3 or 4) picture in sRGB, premultiplied, 0 to 1: channels R, G, B and A of half
    floats, packed without loss by ZIP, sixteen lines at a time.

    The same bytes every time. CollageError where the library is missing.
    """
    library = _library()
    head = {
        "type": library.scanlineimage, "compression": library.ZIP_COMPRESSION, "chromaticities": REC_709,
    }  # fmt: skip
    out = io.BytesIO()
    library.File(head, {"RGBA"[: picture.shape[2]]: _half(picture)}, num_threads=0).write(out)
    return out.getvalue()


def check() -> None:
    """CollageError where the library is missing."""
    _library()


def _half(picture: npt.NDArray[np.float32]) -> npt.NDArray[np.float16]:
    if picture.shape[2] == 3:
        return light.light(picture).astype(np.float16)
    lit = straight(picture)
    lit[..., :3] = light.light(lit[..., :3]) * lit[..., 3:]
    return lit.astype(np.float16)


def _library() -> Any:
    try:
        return import_module("OpenEXR")
    except ImportError:
        raise CollageError('EXR files need the OpenEXR library: pip install "collage[exr]", or write PNG') from None
