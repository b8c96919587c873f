"""Picking: which piece lies under a point of the canvas, the topmost first, by what is really there to be seen of it.

The frame is exposed once more with its owners noted, and walked from the top down: a point goes through each matrix
backwards, to the very pixel of the picture. What is all but transparent there is looked through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from collage.exposure.cel import Card, Cel, Cutout, Lettering, Matte, Pane
from collage.exposure.expose import expose, shown
from collage.exposure.film import Reel, fitted, on_screen, project
from collage.exposure.ledger import handed_on
from collage.exposure.rig import Nested, Piece, Rig
from collage.exposure.stage import Stage
from collage.exposure.whose import Owner, Whose
from collage.geometry import Affine, Point
from collage.registry.catalogue import Drawing

if TYPE_CHECKING:
    from collage.glass.plates import Plates
    from collage.stand import Stand

FAINT = 0.1
"""The share of a pixel's light that a piece must take to be the one that is pointed at."""
_FLAT = 1e-9
Ink = tuple[float, float, float, float]
_CLEAR: Ink = (0.0, 0.0, 0.0, 0.0)


class Key(NamedTuple):
    """What finds a piece again, at another frame or after a save: the film's shot, "" in a scene, and the pieces from
    the outermost scene's in, each by its label and its number among those called so."""

    shot: str
    steps: tuple[tuple[str, int], ...]


class Pick(NamedTuple):
    """A piece that shows at a frame.

    name: with those of the scenes around it ("bath/splash"), copies counted ("star.3").  asset: what it shows, in
    words.  drawing: its name, "" where there is only one.  sheet: what it lies on in its own scene.  matrix: from
    its own pixels, `size` of them, to the canvas.  content: what is seen of it; None for a nested scene.  piece: its
    own, in the rig of its own scene; stage: that scene at its own frame.  around: the layers that show the scenes
    around it, from the outermost in; none for what stands in the scene, or the shot, itself.
    """

    key: Key
    name: str
    asset: str
    drawing: str
    sheet: str
    matrix: Affine
    size: tuple[float, float]
    content: Drawing | Cutout | Card | Lettering | None
    stage: Stage
    piece: Piece
    around: tuple[Piece, ...]


class Exposed(NamedTuple):
    """A frame of a stand ready to be pointed at, any number of times."""

    stand: Stand
    frame: int
    cels: tuple[Cel, ...]
    whose: Whose


def at(stand: Stand, frame: int, point: Point) -> Pick | None:
    """The topmost piece at a point of the canvas; None where there is only paper. Errors as of `Stand.comp`."""
    return under(exposed(stand, frame), point)


def exposed(stand: Stand, frame: int) -> Exposed:
    """CollageError as `Stand.cels` raises it."""
    whose: Whose = {}
    cels = project(stand.rig, frame, whose) if isinstance(stand.rig, Reel) else expose(stand.rig, frame, whose=whose)
    return Exposed(stand, frame, cels, whose)


def under(frame: Exposed, point: Point) -> Pick | None:
    """As `at`."""
    width, height = frame.stand.size
    if not (0 <= point[0] < width and 0 <= point[1] < height):
        return None
    owners = _Walk(frame.whose, frame.stand.glass.plates).topmost(frame.cels, point, 1.0, ())
    if not owners:
        return None
    rig, shot = owners[0].stage.rig, ""
    if isinstance(frame.stand.rig, Reel):
        own = owners[0].stage.frame
        seen = on_screen(frame.stand.rig, frame.frame)
        shot = next(strip.name for strip in seen if strip.rig is rig and strip.own(frame.frame) == own)
    steps = tuple(_step(owner.stage.rig, owner.piece) for owner in owners)
    return again(frame.stand, frame.frame, Key(shot, steps))


def again(stand: Stand, frame: int, key: Key) -> Pick | None:
    """The same piece at a frame, perhaps of another stand; None where it isn't there, or shows nothing. CollageError as
    `Stand.cels` raises it."""
    place = placed(stand, frame, key)
    if place is None:
        return None
    stage, piece = place.stage, place.piece
    nests = isinstance(piece.content, Nested)
    content = None if nests or piece.content is None else shown(stage, piece)
    if content is None and not nests:
        return None
    assert not isinstance(content, Pane)
    sheet = stage.rig.sheets[stage.home(piece.joint)].name
    drawing = str(piece.drawing(stage.frame)) if len(piece.places) > 1 else ""
    asset, size = _asset(piece, content), _size(piece, content)
    return Pick(key, place.name, asset, drawing, sheet, place.matrix, size, content, stage, piece, place.around)


class Place(NamedTuple):
    """Where a piece lies at a frame; fields as of `Pick`."""

    name: str
    matrix: Affine
    stage: Stage
    piece: Piece
    around: tuple[Piece, ...]


def placed(stand: Stand, frame: int, key: Key) -> Place | None:
    """Where a piece lies, whatever it shows; None where it isn't there. CollageError as `Stand.cels` raises it."""
    found = _shot(stand, frame, key.shot)
    if found is None:
        return None
    stage, matrix = found
    around, names = list[Piece](), list[str]()
    for step in key.steps:
        if around:
            if not isinstance(around[-1].content, Nested):
                return None
            stage = stage.nested(around[-1].joint)
        piece = _piece(stage.rig, step)
        seen = stage.seen(piece.joint) if piece is not None and stage.there(piece) else None
        if piece is None or seen is None:
            return None
        matrix = matrix @ seen
        around.append(piece)
        names.append(_name(stage.rig, piece))
    return Place("/".join(names), matrix, stage, around[-1], tuple(around[:-1]))


def _shot(stand: Stand, frame: int, shot: str) -> tuple[Stage, Affine] | None:
    """The stage of a frame, or of a film's shot, and where its canvas lies on the stand's."""
    rig = stand.rig
    if not isinstance(rig, Reel):
        return (Stage(rig, frame, worn=handed_on(rig.lines, frame)), Affine()) if not shot else None
    for strip in reversed(on_screen(rig, frame)):
        if strip.name == shot:
            place = Affine() if strip.rig.size == rig.size else fitted(strip.rig.size, rig.size)
            return Stage(strip.rig, strip.own(frame), worn=handed_on(rig.lines, frame)), place
    return None


def _step(rig: Rig, piece: Piece) -> tuple[str, int]:
    return piece.label, [one for one in rig.pieces if one.label == piece.label].index(piece)


def _piece(rig: Rig, step: tuple[str, int]) -> Piece | None:
    label, number = step
    return next((one for one in [one for one in rig.pieces if one.label == label][number:]), None)


def _name(rig: Rig, piece: Piece) -> str:
    copies = [one for one in rig.pieces if one.layer == piece.layer]
    return piece.label if len(copies) == 1 else f"{piece.label}.{copies.index(piece)}"


def _asset(piece: Piece, content: Drawing | Cutout | Card | Lettering | None) -> str:
    match content:
        case Drawing():
            return content.asset
        case Cutout():
            return content.drawing.asset
        case Lettering():
            return "text"
        case Card():
            return "card"
    assert isinstance(piece.content, Nested)
    return piece.content.rig.source or "scene"


def _size(piece: Piece, content: Drawing | Cutout | Card | Lettering | None) -> tuple[float, float]:
    if isinstance(piece.content, Nested):
        return piece.content.rig.size
    assert content is not None
    return content.drawing.size if isinstance(content, Cutout) else content.size


class _Walk:
    """Down through cels, at a point."""

    def __init__(self, whose: Whose, plates: Plates) -> None:
        self._whose, self._plates = whose, plates

    def topmost(
        self, cels: Sequence[Cel], point: Point, share: float, inside: tuple[Owner, ...]
    ) -> tuple[Owner, ...] | None:
        """The owners of what lies uppermost, from the outermost scene's in; none of them for paper, None for nothing.
        A nested scene's own paper is the layer that shows it."""
        for cel in reversed(cels):
            own = _within(cel, point)
            left = share * cel.opacity * cel.tint.alpha / 255
            if own is None or left < FAINT:
                continue
            if cel.matte is not None:
                left *= self._seen_through(cel.matte, point)
            owner = self._whose.get(id(cel))
            around = inside if owner is None else (*inside, owner)
            if isinstance(cel.content, Pane):
                if left >= FAINT and _in_clip(cel.content, own):
                    group = owner is not None and owner.piece.content is None
                    found = self.topmost(cel.content.cels, own, left, inside if group else around)
                    if found is not None:
                        return found
            elif left * self._pixel(cel, own)[3] >= FAINT:
                return around
        return None

    def _seen_through(self, matte: Matte, point: Point) -> float:
        """How much a matte leaves at a point, as the glass has it."""
        red, green, blue, alpha = self._ink(matte.cels, point)
        left = 0.2126 * red + 0.7152 * green + 0.0722 * blue if matte.luminance else alpha
        return 1 - left if matte.outside else left

    def _ink(self, cels: Sequence[Cel], point: Point) -> Ink:
        """Premultiplied colour and alpha of cels over one another, each 0 to 1; blends are left out."""
        below = _CLEAR
        for cel in cels:
            own = _within(cel, point)
            if own is None:
                continue
            if isinstance(cel.content, Pane):
                ink = self._ink(cel.content.cels, own) if _in_clip(cel.content, own) else _CLEAR
            else:
                ink = self._pixel(cel, own)
            share = cel.opacity * cel.tint.alpha / 255
            if cel.matte is not None:
                share *= self._seen_through(cel.matte, point)
            red, green, blue = (part * share * dye / 255 for part, dye in zip(ink, cel.tint[:3], strict=False))
            through = 1 - ink[3] * share
            below = (
                red + below[0] * through, green + below[1] * through, blue + below[2] * through,
                ink[3] * share + below[3] * through,
            )  # fmt: skip
        return below

    def _pixel(self, cel: Cel, point: Point) -> Ink:
        """The pixel of a picture, or of a card, at a point of its own."""
        if isinstance(cel.content, Card):
            (width, height), colour = cel.content.size, cel.content.colour
            share = colour.alpha / 255 if 0 <= point[0] < width and 0 <= point[1] < height else 0.0
            return colour.red / 255 * share, colour.green / 255 * share, colour.blue / 255 * share, share
        assert not isinstance(cel.content, Pane)
        plate = self._plates.plate(cel.content)
        column, row = int(point[0] // 1) - plate.origin[0], int(point[1] // 1) - plate.origin[1]
        height, width = plate.pixels.shape[:2]
        if not (0 <= column < width and 0 <= row < height):
            return _CLEAR
        red, green, blue, alpha = (int(part) / 255 for part in plate.pixels[row, column])
        return red, green, blue, alpha


def _within(cel: Cel, point: Point) -> Point | None:
    """A point in a cel's own pixels; None if the cel is flat."""
    return None if abs(cel.matrix.determinant) < _FLAT else cel.matrix.inverse().at(point)


def _in_clip(pane: Pane, point: Point) -> bool:
    if pane.size is None:
        return True
    (x, y), (width, height) = point, pane.size
    if pane.round:
        return bool(width and height) and (2 * x / width - 1) ** 2 + (2 * y / height - 1) ** 2 <= 1
    return 0 <= x < width and 0 <= y < height
