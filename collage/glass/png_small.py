"""Rows of a picture filtered and packed as small as zlib can, which takes some forty times as long as the quick way.

A filter leaves less of photographs and more of printed dots, and what zlib does well with the one it does badly with
the other: so some ways are tried on a part of the picture, and the whole is packed by the best. See the PNG
specification, third edition, sections 9 and 12.7.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.uint8]
"""(height, bytes a row)."""
Filtered = npt.NDArray[np.uint8]
"""(5, height, bytes a row): rows by each of the filters none, sub, up, average, Paeth."""
Choice = npt.NDArray[np.intp]
"""The filter of each row."""

BAND = 16
"""Rows that are filtered at a time, which bounds memory; no more than a few rows know of one another in zlib."""
TRIED = 2**20
"""Bytes on which ways are tried; a smaller picture is tried as a whole."""
STRATEGIES = (zlib.Z_FILTERED, zlib.Z_DEFAULT_STRATEGY)


def pack(rows: Rows, step: int) -> bytes:
    """The contents of IDAT for rows of pixels of `step` bytes."""
    tops, every = range(0, len(rows), BAND), max(1, rows.nbytes // TRIED)
    part = [_filtered(rows, top, step) for top in tops[every // 2 :: every]]
    choose, strategy = min(product(WAYS, STRATEGIES), key=lambda way: len(_deflated(part, *way)))
    return _deflated((_filtered(rows, top, step) for top in tops), choose, strategy)


def _deflated(bands: Iterable[Filtered], choose: Callable[[Filtered], Choice], strategy: int) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, 15, 9, strategy)
    return b"".join(_pieces(bands, choose, packing.compress)) + packing.flush()


def _pieces(
    bands: Iterable[Filtered], choose: Callable[[Filtered], Choice], compress: Callable[[bytes], bytes]
) -> Iterator[bytes]:
    for filtered in bands:
        choice = choose(filtered)
        out = np.empty((choice.size, filtered.shape[2] + 1), np.uint8)
        out[:, 0], out[:, 1:] = choice, filtered[choice, np.arange(choice.size)]
        yield compress(out.tobytes())


def _filtered(rows: Rows, top: int, step: int) -> Filtered:
    here = rows[top : top + BAND]
    above = np.concatenate([rows[top - 1 : top] if top else np.zeros_like(rows[:1]), here[:-1]])
    left, corner = (np.pad(part, ((0, 0), (step, 0)))[:, : rows.shape[1]] for part in (here, above))
    a, b, c = left.astype(np.int16), above.astype(np.int16), corner.astype(np.int16)
    by_left, by_above, by_corner = np.abs(b - c), np.abs(a - c), np.abs(a + b - 2 * c)
    nearest = np.where(by_above <= by_corner, above, corner)
    paeth = np.where((by_left <= by_above) & (by_left <= by_corner), left, nearest)
    mean = ((a + b) >> 1).astype(np.uint8)
    return np.stack([here, here - left, here - above, here - mean, here - paeth])


def _always(which: int) -> Callable[[Filtered], Choice]:
    return lambda filtered: np.full(filtered.shape[1], which)


def _least(filtered: Filtered) -> Choice:
    """The filter whose bytes, taken as signed, are nearest to 0 in all."""
    far = np.abs(filtered.view(np.int8).astype(np.int16)).sum(axis=2, dtype=np.int64)
    return np.asarray(far.argmin(axis=0))


def _plainest(filtered: Filtered) -> Choice:
    """The filter whose bytes have the least entropy, as far as each byte alone can tell."""
    counts = np.array([[np.bincount(row, minlength=256) for row in by] for by in filtered])
    held = np.arange(counts.max() + 1)
    return np.asarray((held * np.log2(np.maximum(held, 1)))[counts].sum(axis=2).argmax(axis=0))


WAYS = (_least, _plainest, _always(0), _always(2), _always(4))
"""How filters are chosen for the rows of a picture."""
