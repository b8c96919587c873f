"""`collage still`: one frame as one picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Memory, Scale, Scene, Trust, check_output, frame_inside, memory_bytes, write_output


def still(
    scene: Scene,
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.png", help="The picture to write.")],
    frame: Annotated[int, typer.Option("--frame", metavar="N", help="Which frame, counted from 0.")] = 0,
    scale: Scale = 1.0,
    trust: Trust = False,
    memory: Memory = None,
) -> None:
    """Write one frame of a scene or a film as a PNG picture."""
    from collage import stand
    from collage.cli.speech import remark_on_the_first_time, say
    from collage.desk.scenes import one_scene
    from collage.export.frames import picture_size

    path = one_scene(scene)
    check_output(file, path, ".png")
    with stand.open(path, trust=trust, memory=memory_bytes(memory)) as ready:
        frame_inside("--frame", frame, ready.length, ready.name)
        width, height = picture_size(ready, scale)
        remark_on_the_first_time()
        content = stand.frame_file(ready, frame, scale)
    write_output(file, content)
    say(f"frame {frame} of {ready.name}, {width}×{height}, in {file}")
