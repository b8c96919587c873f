"""Flashes that can harm people with photosensitive epilepsy, found in small copies of the frames.

After WCAG 2.2, success criterion 2.3.1 and the glossary's "general flash and red flash thresholds" and "relative
luminance" (https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds). A *transition* is the change
between a peak and the valley beside it, at one place of the picture. It is general if the relative luminance changes
by 10 % of white or more and the darker state is below 0.80. It is red if one of the states is a saturated red,
R / (R + G + B) at least 0.8, and 320 (R - G - B), no less than 0, changes by more than 20 (G. Harding and C. Binnie,
cited by WCAG 2.0 and 2.1; R, G and B linear, 0 to 1). Two opposing transitions are a flash. A place flashes when it has
more than three, so more than six transitions, within one second: less than a second from the first to the last of them.
That is told where such places fill more than a quarter of any 341 by 256 pixels, the 10 degrees that an eye sees best,
of a picture that fills a screen of 1024 by 768.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from collage.errors import Finding
from collage.export.flash_places import Limits, look, unseen
from collage.geometry import Size
from collage.glass.light import light

Kind = Literal["general", "red"]
KINDS: tuple[Kind, Kind] = ("general", "red")
SCREEN, FIELD = (1024, 768), (341, 256)
"""What a picture is thought to fill, and what of it is judged at a time: (width, height) in pixels."""
SMALL = (256, 192)
"""About as large is a thumb, (width, height): a quarter of the screen."""


class Rules(NamedTuple):
    """What counts as a transition, and of how much of a field there may be no more flashes."""

    limits: Limits
    share: float


WCAG = Rules(Limits(light=0.1, dark=0.8, red=math.nextafter(20 / 320, 1), pure=0.8), share=0.25)


@dataclass(frozen=True, slots=True)
class Thumb:
    """A frame, small: (height, width, 3) uint8, sRGB, over black; about 256 by 192 at most."""

    pixels: npt.NDArray[np.uint8]


class Flash(NamedTuple):
    """Frames `first` to `last`, both included, in which places change more than six times a second, that fill at most
    `share` of a field, 0 to 1."""

    first: int
    last: int
    kind: Kind
    share: float


def thumb(picture: npt.NDArray[np.uint8] | npt.NDArray[np.float32]) -> Thumb:
    """Of a premultiplied picture (height, width, 4), uint8 or float32 from 0 to 1, sRGB: what is transparent shows
    black. Safe from several threads, and nearly all of it without the interpreter's lock."""
    small = picture
    while max(small.shape[1] / SMALL[0], small.shape[0] / SMALL[1]) > 1.5:
        small = _halved(small)
    small = small[..., :3]
    if small.dtype != np.uint8:
        small = np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)
    return Thumb(np.ascontiguousarray(small))


def _halved(picture: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The means of squares of 2 by 2, many times faster than any other size; an odd last row or column is left out."""
    wide, high = max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2)
    return cv2.resize(picture[: 2 * high, : 2 * wide], (wide, high), interpolation=cv2.INTER_AREA)


def thumb_scale(size: Size) -> float:
    """The scale, at most 1, at which a picture of (width, height) is drawn to be judged."""
    return min(1.0, SMALL[0] / size[0], SMALL[1] / size[1])


class Watch:
    """Sees the frames of a scene in their order, and knows where they flash. Memory grows with what it finds alone."""

    def __init__(self, rate: Fraction, rules: Rules = WCAG) -> None:
        self._rate, self._rules = rate, rules
        self._found: tuple[list[Flash], list[Flash]] = ([], [])
        self._shape: tuple[int, ...] = ()

    def see(self, frame: int, thumb: Thumb) -> None:
        """The next frame; numbers grow. Frames that are left out looked like the one before them."""
        if not self._shape:
            self._begin(thumb.pixels.shape)
        if thumb.pixels.shape != self._shape:
            raise ValueError(f"a thumb of {thumb.pixels.shape} among those of {self._shape}")
        since = math.floor(frame - self._rate) + 1
        pixels = thumb.pixels.reshape(-1, 3)
        look(pixels, _lights(), self._rules.limits, self._places, frame, since, self._flashing)
        for kind in range(len(KINDS)):
            if np.count_nonzero(self._flashing[kind]) > self._most:
                self._judge(kind)

    def findings(self) -> list[Flash]:
        """All flashes until now, by their first frames."""
        return sorted(found for kind in self._found for found in kind)

    def _begin(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        scale = max(shape[1] / SCREEN[0], shape[0] / SCREEN[1])
        self._field = (max(1, round(FIELD[0] * scale)), max(1, round(FIELD[1] * scale)))
        self._most = self._field[0] * self._field[1] * self._rules.share
        self._places = unseen(shape[0] * shape[1])
        self._flashing = np.zeros((2, shape[0] * shape[1]), np.bool_)

    def _judge(self, kind: int) -> None:
        """Note what flashes now, if it fills too much of any field."""
        flashing = self._flashing[kind]
        filled = _most_within(flashing.reshape(self._shape[:2]), self._field)
        if filled <= self._most:
            return
        times = self._places[kind]["times"][flashing]
        first, last, share = int(times[:, 0].min()), int(times[:, -1].max()), filled / (self._most / self._rules.share)
        found = self._found[kind]
        if found and first <= found[-1].last:
            before = found.pop()
            first, share = min(first, before.first), max(share, before.share)
        found.append(Flash(first, last, KINDS[kind], share))


def _most_within(flashing: npt.NDArray[np.bool_], field: Size) -> int:
    """The most places that flash within a field, wherever it lies; one that is larger than the picture holds it all."""
    height, width = flashing.shape
    wide, high = min(field[0], width), min(field[1], height)
    sums = cv2.integral(flashing.view(np.uint8))
    return int((sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]).max())


@cache
def _lights() -> npt.NDArray[np.float32]:
    """The linear light of each level."""
    return light(np.arange(256) / 255).astype(np.float32)


def told(path: str, flashes: Iterable[Flash]) -> list[Finding]:
    """Flashes as warnings about the file that shows them."""
    return [Finding(path, 0, 0, _message(flash), "warning") for flash in flashes]


def _message(flash: Flash) -> str:
    what, change = (
        ("flashes", "turn light and dark") if flash.kind == "general" else ("red flashes", "turn red and back")
    )
    return (
        f"{what}: frames {flash.first}-{flash.last} {change} more than three times a second over {flash.share:.0%} of "
        "what an eye takes in at once, which can cause seizures. Make it slower, weaker or smaller, or write "
        "--allow-flashes"
    )
