"""What a scene is shot with: the lamp and who casts its shadow, the lens, the shutter, and the film stock."""

from __future__ import annotations

from collections.abc import Mapping

from collage.errors import AssetError, CollageError
from collage.exposure.bench import Bench
from collage.exposure.cel import Card, Finish, Lettering
from collage.exposure.parts import Made
from collage.exposure.rig import Nested, Piece, Rig, Stock
from collage.exposure.shutter import jumps
from collage.exposure.stage import Stage
from collage.geometry import Affine
from collage.scene.model import Look

_NEARLY = 0.5
"""Pixels by which a backdrop may miss the canvas's corner."""


def shoot(bench: Bench, rig: Rig) -> None:
    """Give a rig what [scene], [camera] and [look] say of how it is shot. Problems at their places."""
    scene = bench.scene
    rig.linear = scene.scene.linear
    if scene.camera is not None:
        rig.bokeh, rig.shutter = scene.camera.bokeh, scene.camera.shutter / 360
    if scene.look is not None:
        rig.stock = _stock(bench, scene.look)


def _stock(bench: Bench, look: Look) -> Stock | None:
    """The film stock; None if it adds nothing. A problem for a table of colours that is not there."""
    lut = None
    with bench.problems.at("look", "lut"):
        if look.lut is not None:
            lut = bench.library.catalogue.inside(look.lut)
            if not lut.is_file():
                raise AssetError(f'no table of colours at "{look.lut}": paths start at the project\'s root')
    finish = Finish(
        look.grain, look.flicker, look.weave, look.vignette, look.dust, look.scratches, look.warmth, look.reflection,
        lut,
    )  # fmt: skip
    if finish == Finish():
        return None
    scene = bench.scene.scene
    seed = scene.seed if len(bench.names) == 1 else int(bench.chance("look").at(0) * 2**53)
    return Stock(finish._replace(seed=seed), look.on or scene.on)


def open_shutter(rig: Rig, made: list[Made]) -> None:
    """Find where the shutter must not smear; of a scene without problems, and only if it opens at all."""
    for one in made if rig.shutter else ():
        found = tuple(jumps(one))
        for joint in one.joints:
            joint.jumps = found


def light(bench: Bench, rig: Rig) -> None:
    """Settle which pieces cast a shadow: by default all but those that cover the canvas at rest."""
    stage = Stage(rig, 0)
    stage.rest()
    for piece in rig.pieces:
        written = bench.scene.layer[piece.layer].shadow
        piece.casts = not _covers(stage, piece) if written is None else written


def _covers(stage: Stage, piece: Piece) -> bool:
    size = _size(piece)
    if size is None:
        return False
    try:
        matrix = Affine._make(stage.world(piece.joint))
    except CollageError:
        return False  # told when it is to be seen
    if not matrix.determinant:
        return False
    back, (width, height) = matrix.inverse(), stage.rig.size
    corners = [back.at((x, y)) for x in (_NEARLY, width - _NEARLY) for y in (_NEARLY, height - _NEARLY)]
    return all(0 <= x <= size[0] and 0 <= y <= size[1] for x, y in corners)


def _size(piece: Piece) -> tuple[float, float] | None:
    """Of what it shows, in its own pixels; None for a group."""
    content = piece.content
    if isinstance(content, Mapping):
        return next(iter(content.values())).size
    if isinstance(content, Nested):
        return content.rig.size
    return content.size if isinstance(content, Card | Lettering) else None
