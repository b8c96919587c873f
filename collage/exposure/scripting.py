"""Moves from a project's own `motions.py`: looked up by name, given what they take, and kept from breaking a frame."""

from __future__ import annotations

from typing import Any

from collage.errors import CollageError, suggest
from collage.exposure.acts import Stretch, adding
from collage.exposure.bench import Bench
from collage.exposure.rig import Act, Joint
from collage.motion.chance import Chance
from collage.motion.moves.kinds import Adds, Nudge
from collage.motion.scripts import Now, Script, blameless, in_words, kind, line_of, nudge
from collage.scene.model import Move

FILE = "motions.py"


def scripted(bench: Bench, joint: Joint, move: Move, chance: Chance, stretch: Stretch, i: int) -> Act:
    """The act of ``do = "motions.NAME"``. CollageError where scripts are not trusted, or know no such move; at play,
    whatever a script raises or gives amiss, with the line of the script."""
    script = _script(bench, move.do.partition(".")[2])
    given = move.parameters()
    for name, value in given.items():
        _check(move.do, script, name, value)
    values, rate, beats = {**script.defaults, **given}, float(bench.clock.rate), bench.beats
    (width, height), span = bench.scene.scene.size, stretch.span

    def at(since: float, number: int) -> Nudge:
        frame, seen = stretch.first + since, number * joint.on
        now = Now(
            since / rate, since, since / span if span else 1.0, number, i, frame * beats.each + beats.first,
            float(width), float(height), chance,
        )  # fmt: skip
        return _asked(script, now, values, f'frame {seen}: "{joint.label}"{bench.within} {move.do}')

    return adding(Adds(at), stretch)


def _script(bench: Bench, name: str) -> Script:
    folder = bench.above[-1].parent if bench.above else bench.library.catalogue.root / "scenes"
    if bench.library.scripts is None:
        raise CollageError(
            f'"motions.{name}" runs Python code from {FILE} beside the scene, which can do anything on this machine: '
            "look at that file, then add --trust"
        )
    known = bench.library.scripts(folder)
    if name not in known:
        raise CollageError(f'no move "{name}" in {FILE}.{suggest(name, known) or " Mark one with @collage.motion"}')
    return known[name]


def _check(do: str, script: Script, name: str, value: object) -> None:
    if name not in script.defaults:
        known = suggest(name, script.defaults) or f" It takes {', '.join(script.defaults) or 'nothing'}"
        raise CollageError(f'{do} takes no "{name}".{known}')
    wanted = kind(script.defaults[name])
    if kind(value) != wanted:
        raise CollageError(f"{do}: {name} is {wanted}, as its default {script.defaults[name]!r} says, not {value!r}")


def _asked(script: Script, now: Now, values: dict[str, Any], place: str) -> Nudge:
    """What a script gives. Whatever it raises, leaving the program too, becomes one line; what others end it by
    passes: Ctrl+C, and a signal that arrives while it runs."""
    try:
        return Nudge(*nudge(script.call(now, **values)))
    except BaseException as error:
        if blameless(error, script.file):
            raise
        raise CollageError(f"{line_of(error, script.file, script.line)}: {place}: {in_words(error)}") from error
