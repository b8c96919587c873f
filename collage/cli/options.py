"""Options that several commands share: how they are written, and what they mean in a scene."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from collage.errors import CollageError
from collage.timing import Span

_RANGE = re.compile(r"(?P<only>\d{1,9})|(?P<first>\d{0,9})-(?P<last>\d{0,9})")

Scene = Annotated[Path, typer.Argument(metavar="SCENE", help="A scene or a film, or a project with one.")]
Frames = Annotated[
    str, typer.Option("--frames", metavar="A-B", help="Frames A to B, both included; also N, A- and -B. Default all.")
]
Scale = Annotated[float, typer.Option("--scale", metavar="S", help="Size of the picture: 0.5 is half of each side.")]

Trust = Annotated[
    bool,
    typer.Option("--trust", help="Let the project's own motions.py run: it can do anything on this machine."),
]


def span(written: str, length: int, name: str) -> Span:
    """The frames that ``A-B``, ``N``, ``A-`` or ``-B`` mean in a scene of `length` frames; CollageError if none do."""
    match = _RANGE.fullmatch(written.strip())
    if not match or written.strip() == "-":
        raise CollageError(f'--frames "{written}": write 24-47 (both included), 24, 24- or -47')
    first = int(match["only"] or match["first"] or 0)
    last = int(match["only"] or match["last"] or length - 1)
    if first > last and match["last"]:
        raise CollageError(f'--frames "{written}": the range ends before it begins. Write {last}-{first}')
    _inside("--frames", written, max(first, last), length, name)
    return Span(first, last + 1)


def frame_inside(option: str, frame: int, length: int, name: str) -> int:
    """`frame` if the scene has it; CollageError with the valid range if not."""
    _inside(option, str(frame), frame, length, name)
    return frame


def _inside(option: str, written: str, frame: int, length: int, name: str) -> None:
    if not 0 <= frame < length:
        raise CollageError(f"{option} {written}: outside {name}. Its frames are 0 to {length - 1}")
