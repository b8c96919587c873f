"""Chance that can be asked for anywhere: numbers hashed from a path, so any frame alone equals the frame in its run.

A path says whose chance it is (the seed, names, the copy, the channel or move); what is drawn hangs on it and on the
numbers given with the draw, never on how often or in which order anybody asked. BLAKE2b (RFC 7693) mixes; the rest is
integers and plain float arithmetic without sin, exp or pow, so every platform draws the same bits.
"""

from __future__ import annotations

import math
from hashlib import blake2b
from struct import Struct

_WORDS = Struct("<QQ").unpack_from
_SLOPES = Struct("<2h").unpack
_IN_BLOCK = 32  # slopes that one digest holds, 16 bits each, so that neighbours mostly share one


class Chance:
    """Numbers from BLAKE2b of a path: (seed, path of names, copy, channel or move).

    Make one, once, for each thing that has chance of its own and draw from it at play: about a microsecond a draw.
    Paths are hashed with the type and length of each part, so ("a", "b") is not ("ab",) and 1 is not "1".
    """

    __slots__ = ("_hasher", "path")

    def __init__(self, *path: str | int) -> None:
        self.path = path
        self._hasher = blake2b(b"".join(map(_part, path)))

    def __reduce__(self) -> tuple[type[Chance], tuple[str | int, ...]]:
        return Chance, self.path  # a hasher can't be pickled, and needn't be

    def __repr__(self) -> str:
        return f"Chance{self.path!r}"

    def child(self, *path: str | int) -> Chance:
        """The chance of a longer path."""
        return Chance(*self.path, *path)

    def at(self, *numbers: int) -> float:
        """Uniform in [0, 1), a multiple of 2**-53: always the same for the same numbers, unrelated for others."""
        first, _ = _WORDS(self._digest(b"%d " * len(numbers) % numbers))
        return float((first >> 11) * 2.0**-53)

    def pair(self, *numbers: int) -> tuple[float, float]:
        """Two independent ones for the price of one, each as `at`; the first is `at` of the same numbers."""
        first, second = _WORDS(self._digest(b"%d " * len(numbers) % numbers))
        return (first >> 11) * 2.0**-53, (second >> 11) * 2.0**-53

    def noise(self, x: float) -> float:
        """A smooth wander over x: within -1 to 1, mean 0, its value, slope and curvature continuous.

        Gradient noise in one dimension with the fade of Ken Perlin, Improving Noise (2002): each lattice point has a
        slope by chance. Points lie one apart at the halves, since noise is 0 on them and people ask at whole numbers.
        Raises OverflowError or ValueError where x is infinite or not a number.
        """
        x -= 0.5
        cell = math.floor(x)
        u = x - cell
        block, place = divmod(cell, _IN_BLOCK)
        drawn = self._digest(b"~%d" % block)[2 * place : 2 * place + 4]
        if len(drawn) < 4:
            drawn += self._digest(b"~%d" % (block + 1))[:2]
        left, right = _SLOPES(drawn)
        fade = u * u * u * (u * (u * 6.0 - 15.0) + 10.0)
        start = (left + 0.5) * u
        value = start + fade * ((right + 0.5) * (u - 1.0) - start)
        return float(value / 16384.0)  # slopes within -2 to 2 keep it within 1

    def _digest(self, draw: bytes) -> bytes:
        hasher = self._hasher.copy()
        hasher.update(draw)
        return hasher.digest()


def _part(part: str | int) -> bytes:
    """One part of a path, which no other part and no draw can be mistaken for."""
    if isinstance(part, str):
        text = part.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(text), text)
    return b"i%d:" % part
