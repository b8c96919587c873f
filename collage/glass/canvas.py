"""The cels of a whole canvas before they are drawn: a pane around all of them is no pane, and some are too many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collage.colours import WHITE, Colour
from collage.errors import CollageError
from collage.exposure.cel import Card, Cel, Finish, Pane
from collage.geometry import Affine, Box, Size
from collage.glass.hidden import covers
from collage.glass.jobs import Job
from collage.glass.plates import Content

DEEPEST = 100
"""Panes and mattes within one another; each takes a ground, and a few frames of the interpreter's stack."""
MOST_CELS = 200_000
"""Of one picture, counted with all that panes and mattes hold."""


class Canvas(NamedTuple):
    """Cels that lie on a canvas of `paper`, which is finished then, and laid over paper `under` it all."""

    cels: Sequence[Cel]
    paper: Colour | None
    finish: Finish | None = None
    linear: bool = False
    under: Colour | None = None


def unwrapped(cels: Sequence[Cel], size: Size, paper: Colour | None) -> Canvas:
    """What is to be drawn. A lone pane as large as the canvas, laid plainly, is the canvas itself."""
    canvas = Canvas(cels, paper)
    while len(canvas.cels) == 1 and (pane := _around(canvas.cels[0], size)):
        if pane.finish and canvas.finish:
            break
        canvas = Canvas(pane.cels, None, pane.finish or canvas.finish, pane.linear or canvas.linear, paper)
    return canvas


def _around(cel: Cel, size: Size) -> Pane | None:
    pane = cel.content
    if not isinstance(pane, Pane) or pane.round or pane.size not in (None, (float(size[0]), float(size[1]))):
        return None
    return pane if cel._replace(layer="", sweep=None) == Cel(pane) and cel.sweep in (None, Affine()) else None


def contents(cels: Sequence[Cel]) -> list[Content]:
    """All plates that cels need, also in panes and mattes. CollageError, with the layer, for what can't be drawn."""
    found: list[Content] = []
    waiting, count = [(cel, 1) for cel in cels], len(cels)
    while waiting:
        cel, depth = waiting.pop()
        within = [*(cel.content.cels if isinstance(cel.content, Pane) else ()), *(cel.matte.cels if cel.matte else ())]
        if not isinstance(cel.content, Pane | Card):
            found.append(cel.content)
        if not within:
            continue
        count += len(within)
        if depth > DEEPEST:
            many = f"more than {DEEPEST} groups and mattes within one another can't be drawn"
            raise CollageError(f'layer "{cel.layer}": {many}: use fewer')
        if count > MOST_CELS:
            raise CollageError(f'layer "{cel.layer}": more than {MOST_CELS} pieces can\'t be drawn at once: use fewer')
        waiting += [(inner, depth + 1) for inner in within]
    return found


def flat(job: Job, box: Box) -> Colour | None:
    """The colour of a card that covers all of a box, so that it may be taken for the paper there."""
    card = job.cel.content
    return card.colour if isinstance(card, Card) and job.cel.tint == WHITE and covers(job, box) else None
