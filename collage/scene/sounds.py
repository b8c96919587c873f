"""What is heard: the music that beats and bars count, and effects; in scenes and films alike."""

from __future__ import annotations

from pydantic import Field

from collage.scene.tracks import Table
from collage.scene.values import Beats, Decibels, FilePath, Length, Moment, Tempo


class Sound(Table):
    """[sound]: the music that beats and bars count."""

    file: FilePath | None = Field(
        None,
        description='The music, from the project\'s root: "assets/sound/waltz.ogg". Pulses and formulas hear it too; '
        "that of a nested scene is not heard.",
    )
    offset: Length = Field("0s", description="Frame 0 hears this second of the file; beats are counted in the file.")
    tempo: Tempo | None = Field(None, description="Beats a minute; moments in beats and bars need it.")
    first_beat: Length = Field("0s", description="Where beat 1 lies in the file.")
    bar: Beats = Field(4, description="Beats in a bar.")
    gain: Decibels = Field(0, description="Decibels, -60 to 24; 0 is as recorded.")


class Effect(Table):
    """[[effect]]: a sound at a moment, beside the music."""

    file: FilePath = Field(
        description='The sound, from the project\'s root: "assets/sound/slap.wav". That of a nested scene is heard '
        "while its layer is there, if its clock runs at speed 1."
    )
    at: Moment = Field(0, description='When it is first heard: 48, "2s", "beat 33", a cue.')
    gain: Decibels = Field(0, description="Decibels, -60 to 24; 0 is as recorded.")
