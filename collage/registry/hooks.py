"""Hooks: points of a picture by which other pieces hang, some of them moving with the drawings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from collage.geometry import Point


@dataclass(frozen=True, slots=True)
class MovingHook:
    """A hook that lies elsewhere on each drawing: `points` at ascending `places` among the drawings, straight lines
    between, the first and last holding outward; None tucks what hangs there behind the piece."""

    places: tuple[float, ...]
    points: tuple[Point | None, ...]

    def at(self, place: float) -> tuple[Point, bool]:
        """Where it is on the drawing at `place`, and whether it is hidden there. A hidden one waits where it was last
        seen before, else where it is next seen."""
        before = max(bisect_right(self.places, place) - 1, 0)
        here = self.points[before]
        if here is None:
            return self._waiting(before), True
        after = before + 1
        there = self.points[after] if after < len(self.points) else None
        if there is None or place <= self.places[before]:
            return here, False
        share = (place - self.places[before]) / (self.places[after] - self.places[before])
        return (here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share), False

    def _waiting(self, index: int) -> Point:
        earlier = (point for point in self.points[index::-1] if point is not None)
        later = (point for point in self.points[index:] if point is not None)
        return next(earlier, None) or next(later, (0.0, 0.0))


Hook = Point | MovingHook


def numbered(names: Iterable[str]) -> dict[str, float]:
    """Each drawing's place among its kind: the number that it is called by if all are, else its order."""
    known = tuple(names)
    if all(name.isdigit() for name in known):
        return {name: float(name) for name in known}
    return {name: float(place) for place, name in enumerate(known)}
