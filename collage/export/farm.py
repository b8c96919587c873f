"""Frames as a job for a render farm: an Open Job Description template, which many farms' managers read.

Its first step makes chunks of frames in any order on any machines, all into one folder that they share; its second
takes stock, makes again whatever is not as it should be, and writes the one manifest. Open Job Description 2023-09
with the extension TASK_CHUNKING: https://github.com/OpenJobDescription/openjd-specifications
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from collage.errors import CollageError
from collage.export.settings import Settings
from collage.timing import Span

ENDINGS = (".yaml", ".yml")
_UNSAFE = re.compile(r"[^\w .-]")
GIVEN_TO_FINISH = 15
"""Seconds from being told to stop to being stopped; frames in hand are done in two."""

_TEMPLATE = """\
specificationVersion: jobtemplate-2023-09
extensions: [TASK_CHUNKING]
name: {title}
description: |
  Frames of an animation, by `collage`, which each machine needs, of one version. All of them see Project and Folder.
parameterDefinitions:
  - name: Project
    type: PATH
    objectType: DIRECTORY
    dataFlow: IN
    description: The folder that holds assets/.{root}
  - name: Scene
    type: STRING
    description: The scene or film, from the project's folder.
    default: {scene}
  - name: Folder
    type: PATH
    objectType: DIRECTORY
    dataFlow: INOUT
    description: Where the frames go.
    default: {folder}
  - name: Frames
    type: STRING
    description: The first and the last frame, both included.
    default: {frames}
  - name: Chunk
    type: INT
    description: How many frames a task makes.
    minValue: 1
    default: {chunk}
steps:
  - name: Frames
    parameterSpace:
      taskParameterDefinitions:
        - name: Frames
          type: CHUNK[INT]
          range: "{{{{Param.Frames}}}}"
          chunks:
            defaultTaskCount: "{{{{Param.Chunk}}}}"
            rangeConstraint: CONTIGUOUS
    script:
      actions:
        onRun:{part}
  - name: Gather
    dependencies:
      - dependsOn: Frames
    script:
      actions:
        onRun:{gather}
"""
_ACTION = """
          command: collage
          args: [{arguments}]
          cancelation:
            mode: NOTIFY_THEN_TERMINATE
            notifyPeriodInSeconds: {period}"""


def template(
    scene: Path, root: Path, file: Path, frames: Span, *, chunk: int, settings: Settings, trust: bool = False
) -> str:
    """The text of a job that makes `frames` of a scene in the project at `root`, `chunk` of them a task.

    `file` is where the text will lie: the defaults of paths count from there and can't go up from it, so the job asks
    for its Project unless that lies beside or below. CollageError for a name that can't be written in it.
    """
    home, place = Path(os.path.abspath(root)), Path(os.path.abspath(file.parent))
    below = home.relative_to(place).as_posix() if finds(root, file) else ""
    name = scene.stem.removesuffix(".film")
    flags = [*_flags(settings), *(["--trust"] if trust else [])]
    return _TEMPLATE.format(
        title=_quoted(f"collage {_UNSAFE.sub('_', name)[:80]}"),
        root=f"\n    default: {_quoted(below)}" if below else "",
        scene=_quoted(Path(os.path.abspath(scene)).relative_to(home).as_posix()),
        folder=_quoted(f"{name}-frames"),
        frames=_quoted(f"{frames.first}-{frames.end - 1}"),
        chunk=chunk,
        part=_action("{{Task.Param.Frames}}", ["--part", *flags]),
        gather=_action("{{Param.Frames}}", flags),
    )


def finds(root: Path, file: Path) -> bool:
    """Whether a job in a file finds the project at `root` by itself."""
    return Path(os.path.abspath(root)).is_relative_to(os.path.abspath(file.parent))


def _action(frames: str, flags: Sequence[str]) -> str:
    scene = "{{Param.Project}}/{{Param.Scene}}"
    words = ["export", scene, "--output", "{{Param.Folder}}", "--frames", frames, "--resume", *flags]
    return _ACTION.format(arguments=", ".join(map(_quoted, words)), period=GIVEN_TO_FINISH)


def _flags(settings: Settings) -> Iterator[str]:
    """The options of `collage export` that mean these settings."""
    usual = Settings()
    said = (("--scale", settings.scale, usual.scale), ("--format", settings.kind, usual.kind))
    for option, value, default in (*said, ("--depth", settings.depth, usual.depth)):
        if value != default:
            yield from (option, str(value))
    if settings.small:
        yield from ("--png", "small")


def _quoted(text: str) -> str:
    """As a scalar of YAML in double quotes, whatever it holds."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = text.encode("utf-8", "backslashreplace").decode()
        raise CollageError(f"{shown}: a name that is no text can't stand in a job: rename it") from None
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in escaped) + '"'
    )
