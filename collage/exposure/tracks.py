"""From keys as written to tracks of numbers: moments to frames, percentages to pixels, colours to channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

from collage.colours import parse_colour
from collage.errors import Loc
from collage.exposure.problems import Problems
from collage.exposure.rig import SLOTS, Discrete
from collage.motion.easing import parse_ease
from collage.motion.keys import Curve, Ease, Steps, Track
from collage.scene.model import Key, Table
from collage.scene.model import Track as Written
from collage.timing import Clock

T = TypeVar("T")
Numbers = tuple[float, ...]
_DEFAULT_EASE = {"opacity": "linear", "tint": "linear", "time": "linear"}
_WORDS = {1: "ones", 2: "twos", 3: "threes", 4: "fours"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What turning words into numbers needs to know: the clock, the layer's in, the canvas, who it is held for."""

    clock: Clock
    start: int
    canvas: tuple[int, int]
    on: int
    under: bool
    """Under a parent a percentage means nothing: there is no canvas to take it of."""
    heights: Mapping[str, float]
    """Millimetres above the table, by a sheet's name."""

    def pixels(self, extent: float | str, side: int) -> float:
        """A length in pixels; `side` is 0 along the width, 1 along the height. ValueError under a parent."""
        if not isinstance(extent, str):
            return float(extent)
        if self.under:
            raise ValueError(f'"{extent}" of what? Under a parent lengths are in its pixels: write a number')
        return self.canvas[side] * float(extent[:-1]) / 100


def numbers(channel: str, value: Any, setting: Setting) -> Numbers:
    """A channel's value as the numbers of its slots."""
    match channel:
        case "x" | "y":
            return (setting.pixels(value, "xy".index(channel)),)
        case "at":
            return setting.pixels(value[0], 0), setting.pixels(value[1], 1)
        case "scale":
            return tuple(map(float, value)) if isinstance(value, tuple) else (float(value), float(value))
        case "tint":
            return tuple(map(float, parse_colour(value)))
        case "skew":
            return float(value[0]), float(value[1])
        case "focus":
            return (setting.heights.get(value, 0.0) if isinstance(value, str) else float(value),)
    return (float(value),)


def continuous(keys: Table, setting: Setting, loc: Loc, problems: Problems) -> tuple[tuple[int, Curve], ...]:
    """The (slot, curve) of every number that keys move, as `collage.exposure.rig.Joint` holds them."""
    found: list[tuple[int, Curve]] = []
    for channel, (slot, _) in SLOTS.items():
        track = one_track(keys, channel, partial(_numbers_of, channel, setting), setting, loc, problems)
        if track is not None:
            found += enumerate(track.curves(), slot)
    return tuple(found)


def _numbers_of(channel: str, setting: Setting, value: Any) -> Numbers:
    return numbers(channel, value, setting)


def one_track(
    keys: Table, channel: str, convert: Callable[[Any], Numbers], setting: Setting, loc: Loc, problems: Problems
) -> Track | None:
    """The track of a continuous channel, its values turned into numbers by `convert`; None without keys."""
    written = getattr(keys, channel, None)
    if written is None or not written.keys:
        return None
    place, found = (*loc, "keys", channel), len(problems)
    values = _values(written, convert, place, problems)
    frames, loop = _times(written, setting, place, problems)
    _warn_inside(channel, frames, setting.on, place, problems)
    if any(problem.severity == "error" for problem in problems[found:]):
        return None
    return Track(frames, values, _eases(channel, written), loop, setting.start if loop else 0)


def discrete(keys: Table, channel: str, static: T, setting: Setting, loc: Loc, problems: Problems) -> Discrete[T]:
    """A discrete channel: its static value, or the steps of its keys."""
    written = getattr(keys, channel, None)
    if written is None or not written.keys:
        return Discrete(static)
    frames, loop = _times(written, setting, (*loc, "keys", channel), problems)
    first = written.keys[0].value
    if frames and loop is None and frames[0] > max(setting.start, 0) and first != (static or type(first)()):
        problems.warn(
            f"the first key of {channel} is at frame {frames[0]}, but a first key holds from the start, so that before "
            f"it {channel} is {_said(first)} too: write [{setting.start}, {_said(static or type(first)())}] before it",
            *loc, "keys", channel, "keys", 0, "at",
        )  # fmt: skip
    return Discrete(static, Steps(frames, tuple(k.value for k in written.keys), loop, setting.start if loop else 0))


def _said(value: object) -> str:
    """As it stands in a scene."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def _times(
    written: Written[Any], setting: Setting, loc: Loc, problems: Problems
) -> tuple[tuple[int, ...], Fraction | None]:
    """Frames, strictly ascending, and the loop. With a loop, moments count from the layer's in."""
    frames: list[int] = []
    clock = setting.clock if written.loop is None else setting.clock.from_in()
    for index, key in enumerate(written.keys):
        with problems.at(*loc, "keys", index, "at"):
            frames.append(_after(frames, clock.moment(key.at), key))
    loop = None
    if written.loop is not None:
        with problems.at(*loc, "loop"):
            loop = setting.clock.length(written.loop)
            if loop <= 0:
                raise ValueError("a loop lasts longer than nothing")
            if frames and frames[-1] > loop:
                last = len(written.keys) - 1
                problems.warn(f"the loop is over before this key at frame {frames[-1]}", *loc, "keys", last, "at")
    return tuple(frames), loop


def _after(frames: list[int], frame: int, key: Key[Any]) -> int:
    if frames and frame <= frames[-1]:
        raise ValueError(f"keys ascend: {key.at!r} is frame {frame}, but the key before it is at frame {frames[-1]}")
    return frame


def _values(
    written: Written[Any], convert: Callable[[Any], Numbers], loc: Loc, problems: Problems
) -> tuple[Numbers, ...]:
    values = []
    for index, key in enumerate(written.keys):
        with problems.at(*loc, "keys", index, "value"):
            values.append(convert(key.value))
    return tuple(values)


def _eases(channel: str, written: Written[Any]) -> tuple[Ease, ...]:
    default = _DEFAULT_EASE.get(channel, "in-out-sine")
    return tuple(parse_ease(key.ease or default) for key in written.keys)


def _warn_inside(channel: str, frames: tuple[int, ...], on: int, loc: Loc, problems: Problems) -> None:
    inside = [(index, frame) for index, frame in enumerate(frames) if frame % on]
    if inside and on > 1:
        index, frame = inside[0]
        more = f" (and {len(inside) - 1} more)" if len(inside) > 1 else ""
        problems.warn(
            f"the key of {channel} at frame {frame} lies inside an exposure: on {_WORDS.get(on, f'{on}s')} it is first "
            f"seen at frame {frame - frame % on + on}{more}; move it, or write on = 1",
            *loc, "keys", index, "at",
        )  # fmt: skip
