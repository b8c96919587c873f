"""A layer moved, turned or scaled by hand: which of the values that are written for it change, and to what.

A piece without keys has its `at`, `turn` and `scale` changed. Of one with keys all keys of the channel are shifted
alike, so that its way stays the same and only lies elsewhere; scales are multiplied. A value that another layer lends
by `like` is that one's: what can't be said in the layer's own words is refused, with the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collage.errors import Loc, SceneError
from collage.geometry import Point
from collage.scene.likeness import own_name, unlike
from collage.scene.model import Layer, Scene
from collage.scene.source import Source

Values = dict[Loc, Any]
"""What is to stand where, in a document as `tomllib` reads it."""
_OLD = re.compile(r"\bv\b")


class Nudge(NamedTuple):
    """How a layer is to lie otherwise: moved `by` pixels of whatever carries it, turned by degrees, scaled."""

    by: Point = (0.0, 0.0)
    turn: float = 0.0
    scale: float = 1.0

    def rounded(self) -> Nudge:
        """In tenths of pixels and degrees, and thousandths of its size: as a person would write it."""
        return Nudge((_neat(self.by[0], 1), _neat(self.by[1], 1)), _neat(self.turn, 1), _neat(self.scale, 3))


def values(scene: Scene, document: Mapping[str, Any], source: Source, index: int, nudge: Nudge) -> Values:
    """What to write for the layer of that number, from 0; nothing if that changes nothing. `document` is the text
    that the scene was read from. SceneError with the place and the reason for what can't be done."""
    return _Moved(scene, document, source, index).values(nudge.rounded())


class _Moved:
    """One layer: as it is written, and as it is with what others lend it."""

    def __init__(self, scene: Scene, document: Mapping[str, Any], source: Source, index: int) -> None:
        self.loc: Loc = ("layer", index)
        self.own: Mapping[str, Any] = document["layer"][index]
        self.whole: Layer = unlike(scene).layer[index]
        self.canvas, self.source = scene.scene.size, source
        self.name = own_name(scene.layer[index]) or f"layer {index + 1}"
        self.lender = scene.layer[index].like

    def values(self, nudge: Nudge) -> Values:
        if self.whole.repeat is not None:
            raise self._refused(("repeat",), "is repeated: its copies lie where repeat says, so change that")
        found: Values = {}
        for side, amount in enumerate(nudge.by):
            if amount:
                found |= self._placed(side, amount, found)
        if nudge.turn:
            found |= self._turned(nudge.turn)
        if nudge.scale != 1:
            found |= self._scaled(nudge.scale)
        return found

    def _placed(self, side: int, by: float, found: Values) -> Values:
        channel = "xy"[side]
        self._check_formula(channel)
        if self.whole.keys.at is not None:
            return {
                (*loc, side): self._further(pair[side], by, side) for loc, pair in self._keyed("at")
            }  # fmt: skip
        if getattr(self.whole.keys, channel) is not None:
            return {loc: self._further(value, by, side) for loc, value in self._keyed(channel)}
        at = list(self._at())
        if "at" in self.own:
            return {(*self.loc, "at", side): self._further(at[side], by, side)}
        at = found.get((*self.loc, "at"), at)
        at[side] = self._further(at[side], by, side)
        return {(*self.loc, "at"): at}

    def _at(self) -> tuple[float | str, float | str]:
        """Where it rests, also where nothing says so."""
        if self.whole.at is not None:
            return self.whole.at
        if self.whole.keys.parent is not None:
            raise self._refused(("keys", "parent"), "lies now here, now there, as it is handed on: write its at first")
        return (0, 0) if self.whole.parent else (self.canvas[0] / 2, self.canvas[1] / 2)

    def _turned(self, by: float) -> Values:
        self._check_formula("turn")
        if self.whole.keys.turn is not None:
            return {loc: _sum(value, by) for loc, value in self._keyed("turn")}
        return {(*self.loc, "turn"): _sum(self.whole.turn, by)}

    def _scaled(self, factor: float) -> Values:
        found: Values = {}
        keyed = [word for word in ("scale", "scale_x", "scale_y") if getattr(self.whole.keys, word) is not None]
        for word in ("scale", "scale_x", "scale_y"):
            self._check_formula(word)
        for word in keyed:
            for loc, value in self._keyed(word):
                found |= _times(loc, value, factor)
        if len(keyed) == 2 or keyed == ["scale"]:
            return found
        static = self.own.get("scale", self.whole.scale)
        if "scale" in self.own:
            return found | _times((*self.loc, "scale"), static, factor)
        both = [_product(part, factor) for part in static] if isinstance(static, tuple) else _product(static, factor)
        return found | {(*self.loc, "scale"): both}

    def _keyed(self, channel: str) -> Iterator[tuple[Loc, Any]]:
        """The place and the value of each key of a channel, as it is written in this layer."""
        track = self.own.get("keys", {}).get(channel)
        if track is None:
            reason = f'has its keys.{channel} from "{self.lender}": move that one, or give this one its own'
            raise self._refused(("like",), reason)
        loc: Loc = (*self.loc, "keys", channel)
        if isinstance(track, dict):
            track, loc = track["keys"], (*loc, "keys")
        for number, key in enumerate(track):
            yield (*loc, number, 1), key[1]

    def _further(self, value: float | str, by: float, side: int) -> float:
        """A length moved on, in pixels."""
        if isinstance(value, str):
            value = float(value[:-1]) * self.canvas[side] / 100
        return _sum(value, by)

    def _check_formula(self, channel: str) -> None:
        formula = getattr(self.whole.expr, channel)
        if formula is not None and not _OLD.search(formula):
            reason = f"has its {channel} from a formula that no place changes: change expr.{channel}, or put v in it"
            raise self._refused(("expr", channel), reason)

    def _refused(self, place: Loc, reason: str) -> SceneError:
        return SceneError([self.source.finding((*self.loc, *place), f'"{self.name}" {reason}')])


def _times(loc: Loc, value: Any, factor: float) -> Values:
    """A scale made larger, or both of a pair, each at its own place."""
    if isinstance(value, list | tuple):
        return {(*loc, side): _product(part, factor) for side, part in enumerate(value)}
    return {loc: _product(value, factor)}


def _sum(value: float, by: float) -> float:
    return _neat(value + by, 6)


def _product(value: float, factor: float) -> float:
    return _neat(value * factor, 4)


def _neat(value: float, digits: int) -> float:
    """Rounded, and whole numbers without a point."""
    rounded = round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded
