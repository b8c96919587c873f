"""A scene as a person writes it: the tables of `scenes/NAME.toml`, frozen, nothing resolved yet.

Field names are the file's own keys (``in`` is `in_` in Python). Moments, lengths, percentages and colours stay as
written; `collage.exposure.rig` turns them into numbers.
"""

from __future__ import annotations

from pydantic import Field

from collage.scene.channels import (
    CameraExpr,
    CameraKeys,
    LampExpr,
    LampKeys,
    LayerExpr,
    LayerKeys,
    PegExpr,
    PegKeys,
    SheetExpr,
    SheetKeys,
)
from collage.scene.film import Film, FilmSettings, Join, Shot
from collage.scene.lamp import Lamp, Look
from collage.scene.moves import AnyMove, Move
from collage.scene.paper import Edge, Matte, Print
from collage.scene.sounds import Effect, Sound
from collage.scene.things import Layer, Peg, Repeat, Sheet, Time, Type, Vary
from collage.scene.tracks import DISCRETE, IN_TEXT, Key, Table, Track, by_name, table_of
from collage.scene.values import (
    Aperture,
    CanvasSize,
    CueName,
    Flag,
    Focus,
    Height,
    Held,
    Length,
    Moment,
    Number,
    PaperText,
    Place,
    RateText,
    Shutter,
    Version,
    Whole,
    Words,
    Zoom,
)

__all__ = [
    "DISCRETE", "IN_TEXT", "Camera", "CameraExpr", "CameraKeys", "Edge", "Effect", "Film", "FilmSettings", "Join",
    "Key", "Lamp", "LampExpr", "LampKeys", "Layer", "LayerExpr", "LayerKeys", "Look", "Matte", "Move", "Peg", "PegExpr",
    "PegKeys", "Print", "Repeat", "Scene", "Settings", "Sheet", "SheetExpr", "SheetKeys", "Shot", "Sound", "Table",
    "Time", "Track", "Type", "Vary", "by_name", "table_of",
]  # fmt: skip


class Settings(Table):
    """[scene]: the canvas and its clock; all of it may be left out."""

    title: Words = Field("", description="What the window and the credits call it; default the file's name.")
    size: CanvasSize = Field(
        (1920, 1080), description="Canvas pixels [width, height]: at most 16384 a side and 64 million in all."
    )
    rate: RateText = Field(24, description='Frames a second: 24, "24000/1001".')
    length: Length | None = Field(None, description="How long it is: default to the last key, move or span, else 4 s.")
    on: Held = Field(2, description="Each pose is held so many frames: 1 on ones, 2 on twos.")
    seed: Whole = Field(1, description="Where all chance comes from.")
    paper: PaperText = Field("#d6c8a8", description='What lies under the glass; "none" is transparent.')
    linear: Flag = Field(False, description="Composite in linear light: what is half covered looks brighter.")


class Camera(Table):
    """[camera]: looks straight down."""

    at: Place = Field(
        ("50%", "50%"), description="The point of the canvas under it, pixels or percent: default the centre."
    )
    zoom: Zoom = Field(1.0, description="The lens, 0.001 to 1000: scales every sheet alike.")
    height: Height = Field(
        500, description="Millimetres above the table at rest, 1 to 100000; moving it is trucking: nearer sheets grow."
    )
    turn: Number = Field(0, description="Degrees, clockwise.")
    focus: Focus | None = Field(None, description="A sheet's name, or millimetres above the table; default the table.")
    aperture: Aperture = Field(
        0,
        description="How open the lens is, 0 to 1000: wide open blurs what is out of focus; 0 is all sharp.",
    )
    bokeh: Flag = Field(False, description="What is out of focus is blurred in discs, which lights show.")
    shutter: Shutter = Field(0, description="Degrees; 180 is half an exposure of motion blur.")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    keys: CameraKeys = Field(CameraKeys(), description="Its channels over time.")
    expr: CameraExpr = Field(CameraExpr(), description="Formulas by channel, on top of its keys.")
    move: tuple[AnyMove, ...] = Field((), description="Moves, one after the other on top of keys and formulas.")


class Scene(Table):
    """A whole scene file. Build one in Python by the same names: ``Scene(layer=[Layer(asset="props/rocket")])``."""

    format: Version = Field(1, description="The version of the format: always the first line.")
    scene: Settings = Field(Settings(), description="The canvas and its clock.")
    sound: Sound | None = Field(None, description="The music that beats and bars count.")
    effect: tuple[Effect, ...] = Field((), description="Sounds beside the music.")
    cues: dict[CueName, Moment] = Field(
        default_factory=dict,
        description='Moments with names: write splash = "6s" here, and "splash" or "splash+12" for any moment.',
    )
    camera: Camera | None = Field(None, description="Looks straight down; without it, at rest.")
    lamp: Lamp | None = Field(None, description="Casts the shadows; without it, as it is by default.")
    look: Look | None = Field(None, description="The film stock; without it, nothing is added.")
    sheet: tuple[Sheet, ...] = Field((), description='Sheets of glass, bottom first; default one, "table".')
    peg: tuple[Peg, ...] = Field((), description="Things that move and carry.")
    layer: tuple[Layer, ...] = Field((), description="What is seen.")
