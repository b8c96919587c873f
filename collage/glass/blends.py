"""How a piece is laid on what lies beneath: the table of blends by name, for pictures in bytes and in floats.

The formulas are those of W3C Compositing and Blending Level 1 (Candidate Recommendation, 21 March 2024), sections 9 and
10, and of Porter and Duff ("Compositing digital images", SIGGRAPH 1984); plus-lighter is of Level 2. Each is plain
Python in float64. A loop is compiled for it when it is first used; in bytes its result is the nearest to the formula's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import register_jitable

from collage.glass.compiled import kernel
from collage.glass.kernels import BLOCK, Words, over, plus_lighter

Fine = npt.NDArray[np.float32]
"""(height, width, 4), premultiplied, 0 to 1."""
Colour = tuple[float, float, float]
Pixel = tuple[float, float, float, float]
Mix = Callable[[float, float], float]
MixWhole = Callable[[Colour, Colour], Colour]
Lay = Callable[[Pixel, Pixel], Pixel]

# No formula divides by 0: so nothing need be asked at each pixel, and several are worked out at once.
_formula = register_jitable(error_model="numpy", forceinline=True)


@_formula
def multiply(b: float, s: float) -> float:
    return b * s


@_formula
def screen(b: float, s: float) -> float:
    return b + s - b * s


@_formula
def overlay(b: float, s: float) -> float:
    return hard_light(s, b)


@_formula
def darken(b: float, s: float) -> float:
    return min(b, s)


@_formula
def lighten(b: float, s: float) -> float:
    return max(b, s)


@_formula
def color_dodge(b: float, s: float) -> float:
    if b == 0.0:
        return 0.0
    return 1.0 if s == 1.0 else min(1.0, b / (1.0 - s))


@_formula
def color_burn(b: float, s: float) -> float:
    if b == 1.0:
        return 1.0
    return 0.0 if s == 0.0 else 1.0 - min(1.0, (1.0 - b) / s)


@_formula
def hard_light(b: float, s: float) -> float:
    return multiply(b, 2.0 * s) if s <= 0.5 else screen(b, 2.0 * s - 1.0)


@_formula
def soft_light(b: float, s: float) -> float:
    if s <= 0.5:
        return b - (1.0 - 2.0 * s) * b * (1.0 - b)
    bright = ((16.0 * b - 12.0) * b + 4.0) * b if b <= 0.25 else np.sqrt(b)
    return b + (2.0 * s - 1.0) * (bright - b)


@_formula
def difference(b: float, s: float) -> float:
    return abs(b - s)


@_formula
def exclusion(b: float, s: float) -> float:
    return b + s - 2.0 * b * s


@_formula
def _lum(c: Colour) -> float:
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]


@_formula
def _sat(c: Colour) -> float:
    return max(c[0], c[1], c[2]) - min(c[0], c[1], c[2])


@_formula
def _with_lum(c: Colour, lum: float) -> Colour:
    """SetLum, then ClipColor: moved to that luminosity, then toward its grey as far as a channel left 0 to 1."""
    grey = _lum(c)
    least, most = min(c[0], c[1], c[2]), max(c[0], c[1], c[2])
    part = min(1.0, lum / max(grey - least, 1e-9), (1.0 - lum) / max(most - grey, 1e-9))
    return lum + (c[0] - grey) * part, lum + (c[1] - grey) * part, lum + (c[2] - grey) * part


@_formula
def _with_sat(c: Colour, sat: float) -> Colour:
    """SetSat: stretched so that the least channel is 0 and the greatest `sat`; of a grey, black."""
    least = min(c[0], c[1], c[2])
    part = sat / max(_sat(c), 1e-9)  # of bytes no other than a grey's is less
    return (c[0] - least) * part, (c[1] - least) * part, (c[2] - least) * part


@_formula
def hue(b: Colour, s: Colour) -> Colour:
    return _with_lum(_with_sat(s, _sat(b)), _lum(b))


@_formula
def saturation(b: Colour, s: Colour) -> Colour:
    return _with_lum(_with_sat(b, _sat(s)), _lum(b))


@_formula
def color(b: Colour, s: Colour) -> Colour:
    return _with_lum(s, _lum(b))


@_formula
def luminosity(b: Colour, s: Colour) -> Colour:
    return _with_lum(b, _lum(s))


MIXES: dict[str, Mix] = {
    "multiply": multiply, "screen": screen, "overlay": overlay, "darken": darken, "lighten": lighten,
    "color-dodge": color_dodge, "color-burn": color_burn, "hard-light": hard_light, "soft-light": soft_light,
    "difference": difference, "exclusion": exclusion,
}  # fmt: skip
"""The specification's B(cb, cs) of one channel: straight colours, the backdrop first, 0 to 1."""
MIXES_WHOLE: dict[str, MixWhole] = {"hue": hue, "saturation": saturation, "color": color, "luminosity": luminosity}
"""B(Cb, Cs) of the three channels together."""


def _whole(mix: Mix) -> MixWhole:
    @_formula
    def whole(b: Colour, s: Colour) -> Colour:
        return mix(b[0], s[0]), mix(b[1], s[1]), mix(b[2], s[2])

    return whole


def _mixing(mix: MixWhole) -> Lay:
    """co = cs·as·(1 - ab) + as·ab·B(cb, cs) + (1 - as)·ab·cb, premultiplied; ao = as + ab - as·ab."""

    @_formula
    def lay(b: Pixel, s: Pixel) -> Pixel:
        under, above = max(b[3], 1e-30), max(s[3], 1e-30)
        both = b[3] * s[3]
        m = mix((b[0] / under, b[1] / under, b[2] / under), (s[0] / above, s[1] / above, s[2] / above))
        bare, left = 1.0 - b[3], 1.0 - s[3]
        return (
            s[0] * bare + both * m[0] + left * b[0],
            s[1] * bare + both * m[1] + left * b[1],
            s[2] * bare + both * m[2] + left * b[2],
            s[3] + b[3] - both,
        )

    return lay


@_formula
def _sum(b: Pixel, of_b: float, s: Pixel, of_s: float) -> Pixel:
    """What Porter and Duff's operators are: so much of the one and so much of the other."""
    return (
        s[0] * of_s + b[0] * of_b,
        s[1] * of_s + b[1] * of_b,
        s[2] * of_s + b[2] * of_b,
        s[3] * of_s + b[3] * of_b,
    )


@_formula
def normal(b: Pixel, s: Pixel) -> Pixel:
    return _sum(b, 1.0 - s[3], s, 1.0)


@_formula
def atop(b: Pixel, s: Pixel) -> Pixel:
    return _sum(b, 1.0 - s[3], s, b[3])


@_formula
def xor(b: Pixel, s: Pixel) -> Pixel:
    return _sum(b, 1.0 - s[3], s, 1.0 - b[3])


@_formula
def lighter(b: Pixel, s: Pixel) -> Pixel:
    return min(1.0, b[0] + s[0]), min(1.0, b[1] + s[1]), min(1.0, b[2] + s[2]), min(1.0, b[3] + s[3])


FORMULAS: dict[str, Lay] = {
    "normal": normal,
    **{name: _mixing(_whole(mix)) for name, mix in MIXES.items()},
    **{name: _mixing(mix) for name, mix in MIXES_WHOLE.items()},
    "atop": atop,
    "xor": xor,
    "plus-lighter": lighter,
}
"""What lies there afterwards: (backdrop, source), premultiplied red, green, blue and alpha, 0 to 1. A source that is
not there changes nothing."""


@njit(inline="always")
def _unpacked(word: np.uint32) -> Pixel:
    part = 1.0 / 255.0
    return (
        np.int32(word & np.uint32(255)) * part,
        np.int32((word >> np.uint32(8)) & np.uint32(255)) * part,
        np.int32((word >> np.uint32(16)) & np.uint32(255)) * part,
        np.int32(word >> np.uint32(24)) * part,
    )


@njit(inline="always")
def _rounded(part: float) -> np.int32:
    return np.int32(part * 255.0 + 0.5)


@njit(inline="always")
def _packed(p: Pixel) -> np.uint32:
    """Rounded, with no colour above alpha."""
    none, alpha = np.int32(0), _rounded(p[3])
    red = np.uint32(min(max(_rounded(p[0]), none), alpha))
    green = np.uint32(min(max(_rounded(p[1]), none), alpha))
    blue = np.uint32(min(max(_rounded(p[2]), none), alpha))
    return red | (green << np.uint32(8)) | (blue << np.uint32(16)) | (np.uint32(alpha) << np.uint32(24))


def _words_loop(formula: Lay) -> Callable[[Words, Words], None]:
    def lay(backdrop: Words, source: Words) -> None:
        """Blocks without anything are passed over; the others are gathered, since only a compact row is fast."""
        below, above = np.empty(BLOCK, np.uint32), np.empty(BLOCK, np.uint32)
        height, width = source.shape
        for y in range(height):
            for start in range(0, width, BLOCK):
                count = min(BLOCK, width - start)
                some = np.uint32(0)
                for x in range(count):
                    above[x] = source[y, start + x]
                    some |= above[x]
                if some == np.uint32(0):
                    continue
                for x in range(count):
                    below[x] = backdrop[y, start + x]
                for x in range(count):
                    below[x] = _packed(formula(_unpacked(below[x]), _unpacked(above[x])))
                for x in range(count):
                    backdrop[y, start + x] = below[x]

    return lay


def _fine_loop(formula: Lay) -> Callable[[Fine, Fine], None]:
    def lay(backdrop: Fine, source: Fine) -> None:
        """The same; each channel is gathered in a row of its own."""
        r, g, b, a = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
        red, green, blue, alpha = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
        height, width = source.shape[:2]
        for y in range(height):
            for start in range(0, width, BLOCK):
                count = min(BLOCK, width - start)
                some = 0.0
                for x in range(count):
                    red[x], green[x] = source[y, start + x, 0], source[y, start + x, 1]
                    blue[x], alpha[x] = source[y, start + x, 2], source[y, start + x, 3]
                    some = max(some, red[x], green[x], blue[x], alpha[x])
                if some == 0.0:
                    continue
                for x in range(count):
                    r[x], g[x] = backdrop[y, start + x, 0], backdrop[y, start + x, 1]
                    b[x], a[x] = backdrop[y, start + x, 2], backdrop[y, start + x, 3]
                for x in range(count):
                    r[x], g[x], b[x], a[x] = formula((r[x], g[x], b[x], a[x]), (red[x], green[x], blue[x], alpha[x]))
                for x in range(count):
                    backdrop[y, start + x, 0], backdrop[y, start + x, 1] = r[x], g[x]
                    backdrop[y, start + x, 2], backdrop[y, start + x, 3] = b[x], a[x]

    return lay


@cache
def _compiled(name: str, fine: bool) -> Callable[[Any, Any], None]:
    """One loop for one formula, compiled once whatever the rows' spacing. Each has a file of its own in the cache: that
    tells the loops of one kind apart by their names."""
    loop = _fine_loop(FORMULAS[name]) if fine else _words_loop(FORMULAS[name])
    loop.__qualname__ = f"{'fine' if fine else 'words'}.{name}"
    kind, axes = (types.float32, 3) if fine else (types.uint32, 2)
    compiled: Any = kernel(loop)
    compiled.compile((types.Array(kind, axes, "A"), types.Array(kind, axes, "A", readonly=True)))
    compiled.disable_compile()
    return cast(Callable[[Any, Any], None], compiled)


def _by(name: str, fine: bool) -> Callable[[Any, Any], None]:
    def lay(backdrop: Any, source: Any) -> None:
        _compiled(name, fine)(backdrop, source)

    return lay


BLENDS: dict[str, Callable[[Words, Words], None]] = {name: _by(name, fine=False) for name in FORMULAS} | {
    "normal": over,
    "plus-lighter": plus_lighter,
}
"""How a cel is laid: (backdrop, source), premultiplied words of one shape, the backdrop changed in place."""
BLENDS_FINE: dict[str, Callable[[Fine, Fine], None]] = {name: _by(name, fine=True) for name in FORMULAS}
"""The same for float32 pictures, of which light may be linear."""
