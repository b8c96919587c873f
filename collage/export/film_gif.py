"""Films as GIFs: one palette for the whole film, and a pattern of its colours for all others.

A pattern that keeps its place, unlike the diffusion of errors, leaves what rests at rest, so nothing crawls, and packs
better. For each of 64³ colours it is known beforehand which sixteen of the palette mix to it (T. Knoll, US 6606166,
expired 2019: each choice makes up for the errors of those before); which of them a pixel takes is told by its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from collage.export.film_av import container, given_up
from collage.export.film_kind import Facts, Picture, ticks
from collage.glass.compiled import kernel

Bytes = npt.NDArray[np.uint8]

COLOURS = 255
CLEAR = 255
"""The number in the palette that stands for what is transparent."""
_HUNDREDTH = Fraction(1, 100)
_SEEN = 1 << 12
"""Pixels of each sample, at most, that the palette is made from: more take longer and change nothing that shows."""
_MIXED = 16
_PLACES = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.uint8)
"""Bayer's matrix of order 4: which pixels of each 4 × 4 take the brighter of a mix."""


class Gif:
    """Frames last whole hundredths of a second, as exact in sum as those go: 4, 4, 5 … at 24 a second."""

    def __init__(self, file: Path, facts: Facts, samples: Iterable[Picture]) -> None:
        import av

        self._facts, self._shown = facts, 0
        colours = palette(samples)
        self._mixes = mixes(colours)
        self._argb = np.zeros((256, 4), np.uint8)
        self._argb[:COLOURS, 0], self._argb[:COLOURS, 1:] = 255, colours
        self._container = container(file, "gif", {"loop": "0"})
        self._stream = self._container.add_stream("gif", rate=facts.rate)
        self._stream.width, self._stream.height = facts.size
        self._stream.pix_fmt = "pal8"
        self._stream.time_base = self._stream.codec_context.time_base = _HUNDREDTH
        self._frame: Any = av.VideoFrame.from_ndarray

    def ready(self, picture: Picture) -> Bytes:
        """(height, width) numbers of the palette."""
        from collage.glass.comp import straight

        out = np.empty(picture.shape[:2], np.uint8)
        _patterned(picture if self._facts.opaque else straight(picture), self._mixes, _PLACES, out)
        return out

    def add(self, ready: Bytes, held: bool) -> None:
        frame = self._frame((ready, self._argb), format="pal8")
        begin, end = (ticks(self._shown + more, self._facts.rate, 100) for more in (0, 1))
        frame.time_base, frame.pts, frame.duration = _HUNDREDTH, begin, end - begin
        self._container.mux(self._stream.encode(frame))
        self._shown += 1

    def finish(self) -> tuple[str, ...]:
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return ()

    def close(self) -> None:
        given_up(self._container)


def palette(samples: Iterable[Picture]) -> Bytes:
    """(255, 3) colours for pictures, premultiplied (height, width, 4), by median cut and then k-means."""
    from PIL import Image

    from collage.glass.comp import straight

    seen = [_visible(straight(picture)) for picture in samples]
    pixels = np.concatenate([*seen, np.zeros((0 if any(map(len, seen)) else 1, 3), np.uint8)])
    image = Image.fromarray(np.ascontiguousarray(pixels[None]))
    chosen = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1).getpalette() or []
    out = np.zeros((COLOURS, 3), np.uint8)
    given = np.array(chosen, np.uint8).reshape(-1, 3)[:COLOURS]
    out[: len(given)] = given
    return out


def _visible(picture: Picture) -> Bytes:
    """(n, 3) of some pixels, evenly spread over all columns of a straight picture, without what is transparent."""
    step = -(-picture.size // 4 // _SEEN)
    while gcd(step, picture.shape[1]) > 1:
        step += 1
    pixels = picture.reshape(-1, 4)[::step]
    return np.asarray(pixels[pixels[:, 3] >= 128, :3])


def mixes(colours: Bytes) -> Bytes:
    """(64³, 16) numbers of the colours that mix to each colour of 6 bits a channel, the darkest first."""
    out = np.empty((64**3, _MIXED), np.uint8)
    _, once = np.unique(colours, axis=0, return_index=True)
    bright = once[np.argsort(colours[once] @ np.array([2126, 7152, 722]), kind="stable")]
    _mix(np.ascontiguousarray(colours[bright].T.astype(np.int32)), out)
    return bright.astype(np.uint8)[np.sort(out, axis=1)]


@kernel
def _mix(colours: npt.NDArray[np.int32], out: Bytes) -> None:
    """Colours, (3, n), are in order of brightness, so that numbers sort by it."""
    number = colours.shape[1]
    far = np.empty(number, np.int32)
    for cell in range(out.shape[0]):
        r6, g6, b6 = cell >> 12, (cell >> 6) & 63, cell & 63
        r, g, b = (r6 << 2) | (r6 >> 4), (g6 << 2) | (g6 >> 4), (b6 << 2) | (b6 >> 4)
        off_r, off_g, off_b = 0, 0, 0
        for turn in range(out.shape[1]):
            want_r, want_g, want_b = np.int32(r + off_r // 2), np.int32(g + off_g // 2), np.int32(b + off_b // 2)
            for k in range(number):
                dr, dg, db = colours[0, k] - want_r, colours[1, k] - want_g, colours[2, k] - want_b
                far[k] = np.int32(3) * dr * dr + np.int32(6) * dg * dg + np.int32(2) * db * db
            best = np.argmin(far)
            out[cell, turn] = best
            off_r, off_g, off_b = (
                off_r + r - colours[0, best],
                off_g + g - colours[1, best],
                off_b + b - colours[2, best],
            )


@kernel
def _patterned(picture: Bytes, mixed: Bytes, places: Bytes, out: Bytes) -> None:
    for y in range(picture.shape[0]):
        for x in range(picture.shape[1]):
            if picture[y, x, 3] < 128:
                out[y, x] = CLEAR
            else:
                r, g, b = np.int64(picture[y, x, 0]), np.int64(picture[y, x, 1]), np.int64(picture[y, x, 2])
                out[y, x] = mixed[((r >> 2) << 12) | ((g >> 2) << 6) | (b >> 2), places[y & 3, x & 3]]
