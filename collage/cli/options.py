"""Options that several commands share: how they are written, and what they mean in a scene."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from collage.errors import CollageError
from collage.timing import Span

_SOURCES = (".toml", ".py")
_KINDS = {".png": "pictures are written as PNG", ".toml": "scenes are written as TOML"}
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

Rights = Annotated[bool, typer.Option("--rights", help="Report pieces without a licence as well.")]

Project = Annotated[
    Path,
    typer.Option(
        "--project", metavar="FOLDER", help="A folder of the project; default where you stand.", show_default=False
    ),
]

Memory = Annotated[
    str | None,
    typer.Option(
        "--memory", metavar="SIZE", help="Room for decoded pictures, as 2GB, 500MB or 50%. Default a third of all."
    ),
]


def hand(who: str | None) -> str:
    """Whoever does it: the name that was given, else the login."""
    from collage.registry.signouts import login

    return login() if who is None else who


def check_output(file: Path, scene: Path, ending: str = "") -> None:
    """CollageError, before any work is done, where a result can't be written as `file`, or would replace what a scene
    is made of: the scene itself, a text, a script, or anything among the project's pictures. `ending` is a key of
    `_KINDS`, if the name must have one."""
    from collage.files import check_target

    if ending and file.suffix.lower() != ending:
        raise CollageError(f"{file}: {_KINDS[ending]}. End the name with {ending}")
    check_target(file)
    check_outside(file, scene)
    real, read = (Path(os.path.realpath(path)) for path in (file, scene))
    if real.is_file() and (real == read or real.suffix.lower() in _SOURCES):
        raise CollageError(f"{file}: is there already, and a scene may need it: choose another name")


def check_outside(place: Path, scene: Path) -> None:
    """CollageError for a file or a folder among the pictures of the scene's project."""
    from collage.registry.catalogue import find_root

    real, assets = (Path(os.path.realpath(path)) for path in (place, find_root(scene) / "assets"))
    if real.is_relative_to(assets):
        raise CollageError(f"{place}: lies among the project's own pictures: choose a place outside assets/")


def write_output(file: Path, content: bytes) -> None:
    """Write a result that `check_output` let pass, and the folders above it: whole or not at all."""
    from collage.files import make_folder, write_whole

    make_folder(file.parent)
    write_whole(file, content)


def memory_bytes(written: str | None) -> int | None:
    """The bytes that --memory means, None if it wasn't given; CollageError if it means none."""
    from collage.glass import budget

    try:
        return None if written is None else budget.written(written)
    except ValueError as error:
        raise CollageError(f'--memory "{written}": {error}') from None


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
