"""A film as a person writes it: the tables of `scenes/NAME.film.toml`, shots of scenes in a row."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from collage.scene.sounds import Effect, Sound
from collage.scene.tracks import Table
from collage.scene.values import (
    CanvasSize,
    ColourText,
    CueName,
    Moment,
    Number,
    RateText,
    ScenePath,
    Stretch,
    Version,
    Words,
    choice,
)

JOINS = ("cut", "dissolve", "fade", "wipe", "iris", "page")
How = Annotated[str, choice(*JOINS)]


class Join(Table):
    """How one shot becomes the next."""

    how: How = Field(
        "dissolve", description="cut, dissolve, fade (through the colour), wipe, iris, or page (it is turned over)."
    )
    length: Stretch = Field(12, description="How long the two shots overlap; nothing for a cut.")
    colour: ColourText = Field("#000", description="Of a fade.")
    turn: Number = Field(90, description="Degrees clockwise from the top: where a wipe or a page travels to.")


class Shot(Table):
    """[[shot]]: a stretch of a scene."""

    scene: ScenePath = Field(description='Its scene, from the project\'s root: "scenes/bath.toml".')
    at: Moment | None = Field(None, description="The film's moment where it starts: default when the one before ends.")
    in_: Moment = Field(0, alias="in", description="The first frame of the scene that is shown, a moment of the scene.")
    out: Moment = Field("end", description="The first frame of the scene that is no longer shown.")
    join: Join | None = Field(None, description="How it becomes the next shot: default a cut.")


class FilmSettings(Table):
    """[film]: the canvas and rate of all shots; all of it may be left out."""

    title: Words = Field("", description="What the window and the credits call it; default the file's name.")
    size: CanvasSize | None = Field(
        None, description="Canvas pixels [width, height]: default the first shot's; a shot of another is fitted."
    )
    rate: RateText | None = Field(None, description="Frames a second: default the first shot's, and all shots' own.")


class Film(Table):
    """A whole film file. Build one in Python by the same names: ``Film(shot=[Shot(scene="scenes/bath.toml")])``."""

    format: Version = Field(1, description="The version of the format: always the first line.")
    film: FilmSettings = Field(FilmSettings(), description="The canvas and rate of all shots.")
    sound: Sound | None = Field(None, description="The film's music: replaces that of its shots, never their effects.")
    effect: tuple[Effect, ...] = Field((), description="Sounds beside the music and those of the shots.")
    cues: dict[CueName, Moment] = Field(
        default_factory=dict,
        description="Moments with names, for the film's own `at`; the cues of its scenes stay theirs.",
    )
    shot: tuple[Shot, ...] = Field((), description="What is seen, in this order.")
