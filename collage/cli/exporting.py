"""What an export tells while it goes on: a bar on a terminal, lines of JSON for other programs, or nothing."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from collage.cli.speech import remark, say
from collage.cli.speech import shown as plain

if TYPE_CHECKING:
    import typer

    from collage.export.film_shoot import Shown
    from collage.export.frames import Made

_EVERY = 0.1
"""Seconds between two drawings of the bar."""
_RECENT = 5.0
"""Seconds that the rate is taken of, since frames differ."""
_WIDE = 24


class Telling:
    """How the user is told. quiet: nothing but results of `--json`, and errors."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self.quiet, self.as_json = quiet, as_json
        self.done, self.total = 0, 0
        seen = not (quiet or as_json) and sys.stderr is not None and sys.stderr.isatty()
        self._bar = Bar() if seen else None

    def remark(self, text: str) -> None:
        """What goes on, or a warning."""
        if not self.quiet:
            self.clear()
            remark(text)

    def made(self, made: Made) -> None:
        """A frame is there."""
        self.fact({**made._asdict(), "file": str(made.file)})
        self.count(made.done, made.total, made.how)

    def shown(self, shown: Shown) -> None:
        """A frame went into a film."""
        self.fact(shown._asdict())
        self.count(shown.done, shown.total, shown.how)

    def count(self, done: int, total: int, how: str = "") -> None:
        """So many are done."""
        self.done, self.total = done, total
        if self._bar:
            self._bar.show(done, total, how)

    def fact(self, facts: dict[str, Any]) -> None:
        """A line for other programs."""
        if self.as_json:
            print(json.dumps(facts), flush=True)

    def result(self, text: str, facts: dict[str, Any]) -> None:
        """What was done in the end."""
        self.clear()
        self.fact(facts)
        if not (self.quiet or self.as_json):
            say(text)

    def clear(self) -> None:
        """Take the bar away, so that other words have the line."""
        if self._bar:
            self._bar.clear()


class Bar:
    """One line on standard error, drawn anew in place: how many frames of how many are done, at which rate, how long it
    will take yet, and how they came about."""

    def __init__(self) -> None:
        self._drawn, self._width = 0.0, 0
        self._recent, self._hows = deque[tuple[float, int]]([(time.monotonic(), 0)]), Counter[str]()

    def show(self, done: int, total: int, how: str) -> None:
        """Draw it, if it wasn't just now. Where fewer are done than before, other work has begun: it is told by
        itself."""
        now, (last, before) = time.monotonic(), self._recent[-1]
        if done <= before:
            self._recent, self._hows = deque([(last, 0)]), Counter()
        self._hows[how] += 1
        if now - self._drawn < _EVERY and done < total:
            return
        self._drawn = now
        self._recent.append((now, done))
        while len(self._recent) > 2 and self._recent[0][0] < now - _RECENT:
            self._recent.popleft()
        (since, first), wide = self._recent[0], shutil.get_terminal_size().columns - 1
        line = text(done, total, (done - first) / max(now - since, 1e-6), self._hows)[:wide]
        print(f"\r{line:{min(self._width, wide)}}", end="", file=sys.stderr, flush=True)
        self._width = len(line)

    def clear(self) -> None:
        """Leave an empty line."""
        if self._width:
            print(f"\r{'':{self._width}}\r", end="", file=sys.stderr, flush=True)
            self._width = 0


def text(done: int, total: int, rate: float, hows: Counter[str]) -> str:
    """What the bar says: ``12/48 ━━━━━━╌╌╌╌ 24.0 frames/s, 2 s left, 6 fresh, 6 held``."""
    full = _WIDE * done // max(total, 1)
    left = f", {lasting((total - done) / rate)} left" if rate > 0 and done < total else ""
    counts = "".join(f", {count} {how}" for how, count in hows.items() if how)
    return f"{done}/{total} {'━' * full}{'╌' * (_WIDE - full)} {rate:.1f} frames/s{left}{counts}"


def lasting(seconds: float) -> str:
    """``40 s``, ``3:20 min``, ``2:05 h``."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes}:{rest:02} min" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02} h"


def megabytes(weight: int) -> str:
    """``0.4 MB``, ``120 MB``."""
    return f"{weight / 1e6:.{0 if weight >= 1e8 else 1}f} MB"


def once_more(ctx: typer.Context, *, without: Iterable[str], adding: str) -> str:
    """The command as it was given, ready to be typed again, without some of its options and with another."""
    import shlex

    words = ["collage", str(ctx.info_name)]
    for param in ctx.command.params:
        value, name = ctx.params.get(str(param.name)), str(param.name)
        if name in without or value is None or not given(ctx, name):
            continue
        if param.param_type_name == "argument":
            words.append(str(value))
        else:
            words += [param.opts[0]] if value is True else [param.opts[0], str(value)]
    return plain(f"{shlex.join(words)} {adding}")


def given(ctx: typer.Context, name: str) -> bool:
    """Whether an option stands on the command line."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
