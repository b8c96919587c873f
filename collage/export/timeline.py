"""A film as an OpenTimelineIO file, for programs that cut: its shots as clips of image sequences, with joins, gaps,
cues and sound. See OpenTimelineIO's documentation, "Timeline Structure" and "File Format Specification".

All it names lies in NAME.shots beside it, by addresses relative to itself, so that both can be moved together. The text
says nothing of where or when it was made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from collage.export.settings import Settings
from collage.export.shots import Shot, shots
from collage.exposure.film import Reel, turns
from collage.exposure.joins import Join
from collage.exposure.problems import Problems
from collage.exposure.span import scene_clock, with_beats, with_cues
from collage.files import check_target, digits, write_whole
from collage.scene.model import Film, Sound
from collage.timing import Clock, Span, round_half_up

if TYPE_CHECKING:
    from collage.export.frames import Exported, Made
    from collage.export.plan import Mode
    from collage.sound.wav import Wav
    from collage.stand import Stand

_DISSOLVE, _OTHER = "SMPTE_Dissolve", "Custom_Transition"
Item = dict[str, Any]


class Cut(NamedTuple):
    """A timeline that was written, the sequences of its shots, and the file of what is heard, if anything is."""

    file: Path
    shots: tuple[Exported, ...]
    sound: Wav | None


class Run(NamedTuple):
    """A clip: frames [first, end) of the film show a shot. `join` is how the clip before becomes this one."""

    shot: Shot
    first: int
    end: int
    join: Join | None = None


def export_timeline(
    stand: Stand,
    file: Path,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    mode: Mode = "",
    began: Callable[[], None] | None = None,
    told: Callable[[Made], None] | None = None,
    stop: Event | None = None,
) -> Cut:
    """Write a film's shots into NAME.shots/SHOT beside `file`, what is heard as NAME.shots/NAME.wav, and then the
    timeline that names them all. A scene is taken for a film of one shot.

    The frames of each shot are exported like any sequence, so those that are there and proven are kept. `began` is
    called before the first, `told` counts through all. Errors as of `export`; whatever stops it, there is no timeline.
    """
    from collage.export.frames import export
    from collage.sound.wav import write_wav

    check_target(file)
    settings, home, found = settings or Settings(), file.with_suffix(".shots"), shots(stand)
    total, done = sum(shot.frames.end - shot.frames.first for shot in found), 0
    made: list[Exported] = []
    for shot in found:
        tell = None if told is None else _counting(told, done, total)
        made.append(export(
            shot.part, home / shot.name, frames=shot.frames, settings=settings, workers=workers, mode=mode,
            began=None if made else began, told=tell, stop=stop,
        ))  # fmt: skip
        done += shot.frames.end - shot.frames.first
    wav = None
    if stand.sound is not None:
        wav = write_wav(stand.sound, home / f"{stand.name}.wav", Span(0, stand.length), stand.rate)
    heard = f"{home.name}/{wav.file.name}" if wav else ""
    write_whole(file, text(timeline(stand, found, home.name, settings.kind, heard)))
    return Cut(file, tuple(made), wav)


def _counting(told: Callable[[Made], None], before: int, total: int) -> Callable[[Made], None]:
    return lambda made: told(made._replace(done=before + made.done, total=total))


def text(timeline: Item) -> bytes:
    """As it stands in a file."""
    return f"{json.dumps(timeline, indent=4)}\n".encode()


def timeline(stand: Stand, found: tuple[Shot, ...], home: str, kind: str = "png", sound: str = "") -> Item:
    """The timeline as JSON has it. `found` are all shots; the frames of each are ``home/SHOT/SHOT.0000.kind``, and what
    is heard is the file `sound`, both as paths from the timeline's folder."""
    rate, folder = stand.rate, quote(home)
    items = [*_items(_runs(stand, found), folder, kind, rate)]
    tracks = [_named("Track.1", "picture", **_ITEM, kind="Video", children=items)]
    if sound:
        whole = _range(0, stand.length, rate)
        heard = {"OTIO_SCHEMA": "ExternalReference.1", **_NAMELESS, **_media(whole), "target_url": quote(sound)}
        clip = _clip(stand.name, whole, heard)
        tracks.append(_named("Track.1", "sound", **_ITEM, kind="Audio", children=[clip]))
    stack = _named("Stack.1", "tracks", **{**_ITEM, "markers": [*_markers(stand)]}, children=tracks)
    return _named("Timeline.1", stand.title, {"collage": _facts(stand)}, global_start_time=None, tracks=stack)


def _runs(stand: Stand, found: tuple[Shot, ...]) -> Iterator[Run]:
    """The clips in their order. Where two are joined the cut between them lies in the middle of the join."""
    spans = turns(stand.rig) if isinstance(stand.rig, Reel) else [[Span(0, stand.length)]]
    seen = sorted((span, place) for place, own in enumerate(spans) for span in own)
    joins = [0, *(max(one.end - other.first, 0) for (one, _), (other, _) in pairwise(seen)), 0]
    for (span, place), before, after in zip(seen, joins[:-1], joins[1:], strict=True):
        join = found[place].strip.join if before else None
        yield Run(found[place], span.first + before // 2, span.end - after + after // 2, join)


def _items(runs: Iterator[Run], folder: str, kind: str, rate: Fraction) -> Iterator[Item]:
    """What lies on the track: clips, with transitions and gaps between them."""
    now = 0
    for shot, first, end, join in runs:
        if first > now:
            yield _named("Gap.1", "", **{**_ITEM, "source_range": _range(0, first - now, rate)})
        if join is not None:
            yield _transition(join, rate)
        shown = _range(shot.strip.own(first), end - first, rate)
        yield _clip(shot.strip.name, shown, _sequence(shot, folder, kind, rate))
        now = end


def _transition(join: Join, rate: Fraction) -> Item:
    """OpenTimelineIO knows dissolves alone; of other joins what a person wrote is kept as well."""
    facts = {"how": join.how, "colour": str(join.colour), "turn": join.turn}
    before = join.length // 2
    return _named(
        "Transition.1", join.how, {} if join.how == "dissolve" else {"collage": facts},
        in_offset=_time(before, rate), out_offset=_time(join.length - before, rate),
        transition_type=_DISSOLVE if join.how == "dissolve" else _OTHER,
    )  # fmt: skip


def _clip(name: str, shown: Item, media: Item) -> Item:
    return _named(
        "Clip.2", name, **{**_ITEM, "source_range": shown},
        media_references={"DEFAULT_MEDIA": media}, active_media_reference_key="DEFAULT_MEDIA",
    )  # fmt: skip


def _sequence(shot: Shot, folder: str, kind: str, rate: Fraction) -> Item:
    first, end = shot.frames
    return {
        "OTIO_SCHEMA": "ImageSequenceReference.1", **_NAMELESS, **_media(_range(first, end - first, rate)),
        "target_url_base": f"{folder}/{quote(shot.name)}/",
        "name_prefix": quote(f"{shot.name}."), "name_suffix": f".{kind}",
        "start_frame": first, "frame_step": 1, "rate": float(rate), "frame_zero_padding": digits(shot.part.length),
        "missing_frame_policy": "error",
    }  # fmt: skip


def _markers(stand: Stand) -> Iterator[Item]:
    """The cues that lie in the film, in the order of time."""
    known = _clock(stand).anchors
    frames = sorted((round_half_up(known[name]), name) for name in stand.scene.cues)
    for frame, name in frames:
        if 0 <= frame <= stand.length:
            yield _named("Marker.2", name, color="RED", comment="", marked_range=_range(frame, 0, stand.rate))


def _clock(stand: Stand) -> Clock:
    """The one that knows the cues."""
    if not isinstance(stand.scene, Film):
        return scene_clock(stand.scene, Problems())[0]
    counted = with_beats(Clock(stand.rate), stand.scene.sound or Sound())
    return with_cues(counted.knowing(end=stand.length), stand.scene.cues, Problems())


def _facts(stand: Stand) -> Mapping[str, Any]:
    """What OpenTimelineIO has no word for, and its exact rate."""
    from collage import __version__

    return {"program": f"collage {__version__}", "rate": str(stand.rate), "size": list(stand.size)}


_NAMELESS: Mapping[str, Any] = {"metadata": {}, "name": ""}
_ITEM: Mapping[str, Any] = {"source_range": None, "effects": [], "markers": [], "enabled": True, "color": None}


def _named(schema: str, name: str, metadata: Mapping[str, Any] | None = None, **fields: Any) -> Item:
    return {"OTIO_SCHEMA": schema, "metadata": metadata or {}, "name": name, **fields}


def _media(available: Item) -> Item:
    return {"available_range": available, "available_image_bounds": None}


def _range(first: int, length: int, rate: Fraction) -> Item:
    return {"OTIO_SCHEMA": "TimeRange.1", "duration": _time(length, rate), "start_time": _time(first, rate)}


def _time(frames: int, rate: Fraction) -> Item:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(frames)}
