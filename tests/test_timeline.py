"""A film as an OpenTimelineIO file: read back by OpenTimelineIO itself, and held against the film."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import opentimelineio as otio
import pytest
from dark import DARK
from hypothesis import given, settings
from hypothesis import strategies as st

import collage
from collage.errors import CollageError, RunError
from collage.export.shots import shots
from collage.export.timeline import export_timeline, text, timeline
from collage.scene.reader import parse_film

Films = Callable[..., collage.Stand]
BARE = 'format = 1\n[scene]\nsize = [8, 4]\nlength = 24\nrate = "{}"\npaper = "{}"\n'
NTSC = "24000/1001"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of red and blue scenes of 24 frames, one of which moves, at 24000/1001 frames a second."""
    root = tmp_path_factory.mktemp("film")
    (root / "assets").mkdir()
    (root / "scenes").mkdir()
    moving = '[[layer]]\ncard = "#fff"\nsize = [2, 4]\non = 1\nat = [0, 2]\nkeys.x = [[0, 0], [23, 8, "linear"]]\n'
    for name, more in (("red", moving), ("blue", "")):
        (root / f"scenes/{name}.toml").write_text(
            BARE.format(NTSC, "#f00" if name == "red" else "#00f") + more + DARK
        )  # fmt: skip
    return root


@pytest.fixture(scope="module")
def film(home: Path) -> Films:
    """``film("red", ("blue", "at = 30"), head="…")`` is the film of these shots on the stand."""

    def made(*shots: str | tuple[str, str], head: str = "") -> collage.Stand:
        written = f"format = 1\n{head}\n"
        for shot in shots:
            name, more = (shot, "") if isinstance(shot, str) else shot
            written += f'[[shot]]\nscene = "scenes/{name}.toml"\n{more}\n'
        return collage.open(parse_film(written), root=home)

    return made


def read(stand: collage.Stand, home: str = "cut.shots", sound: str = "") -> Any:
    """The timeline as OpenTimelineIO has it."""
    return otio.adapters.read_from_string(text(timeline(stand, shots(stand), home, "png", sound)).decode(), "otio_json")


def track(stand: collage.Stand) -> Any:
    """The pictures' track, a copy that lives without its timeline."""
    return read(stand).video_tracks()[0].deepcopy()


def shown(stand: collage.Stand, frame: int) -> list[tuple[str, int]]:
    """What OpenTimelineIO says is seen at a frame: shots by name with their own frames, the older first; also those
    that a transition brings in."""
    found, now = [], 0
    row = track(stand)
    for at, item in enumerate(row):
        if isinstance(item, otio.schema.Transition):
            continue
        length = int(item.duration().value)
        before, after = (row[place] if 0 <= place < len(row) else None for place in (at - 1, at + 1))
        early = int(before.in_offset.value) if isinstance(before, otio.schema.Transition) else 0
        late = int(after.out_offset.value) if isinstance(after, otio.schema.Transition) else 0
        if isinstance(item, otio.schema.Clip) and now - early <= frame < now + length + late:
            found.append((item.name, int(item.source_range.start_time.value) + frame - now))
        now += length
    return found


JOINED = 'join = { how = "dissolve", length = 7 }'


def test_what_is_written_is_what_opentimelineio_would_write(film: Films) -> None:
    """Every field there is, in its present version: read and written again by the library nothing is changed."""
    stand = film(("red", JOINED), "blue", ("red", "at = 50"), head='[film]\ntitle = "Tea"\n[cues]\nsplash = 3\n')
    ours = text(timeline(stand, shots(stand), "cut.shots", "png", "cut.shots/cut.wav"))
    theirs = otio.adapters.write_to_string(read(stand, sound="cut.shots/cut.wav"), "otio_json")
    assert json.loads(ours) == json.loads(theirs)


def test_times_are_at_the_exact_rate(film: Films) -> None:
    """24000/1001 as near as a float has it, in every time there is; exactly, as a text, among the film's own facts."""
    stand = film(("red", JOINED), "blue")
    found = read(stand)
    rates = {clip.source_range.start_time.rate for clip in found.find_clips()}
    rates |= {clip.media_reference.rate for clip in found.find_clips()}
    rates |= {clip.media_reference.available_range.duration.rate for clip in found.find_clips()}
    assert rates == {24000 / 1001}
    assert found.duration() == otio.opentime.RationalTime(stand.length, 24000 / 1001)
    assert Fraction(found.metadata["collage"]["rate"]) == stand.rate


SHOTS = {
    "cuts": (["red", "blue"], 48),
    "a part of a scene": ([("red", "in = 5\nout = 9"), "blue"], 28),
    "a gap": (["red", ("blue", "at = 30")], 54),
    "a gap at the beginning": ([("red", "at = 10")], 34),
    "an even dissolve": ([("red", 'join = { how = "dissolve", length = 8 }'), "blue"], 40),
    "an odd one": ([("red", JOINED), "blue"], 41),
    "of one frame": ([("red", 'join = { how = "dissolve", length = 1 }'), "blue"], 47),
    "as long as its shots": ([("red", 'join = { how = "dissolve", length = 23 }'), ("blue", "out = 23")], 24),
    "one after the other": ([("red", JOINED), ("blue", JOINED), "red"], 58),
    "cut in and seen again": (["red", ("blue", "at = 10\nout = 5")], 24),
}


@pytest.mark.parametrize(("cut", "length"), SHOTS.values(), ids=SHOTS)
def test_at_every_frame_the_timeline_shows_what_the_film_shows(film: Films, cut: list[Any], length: int) -> None:
    """The same shots at the same frames of their own, one, two where they are joined, or none; and as long."""
    stand = film(*cut)
    assert stand.length == length
    assert int(track(stand).duration().value) == length
    for frame in range(length):
        assert shown(stand, frame) == list(stand.shots(frame))


@given(st.data())
@settings(max_examples=25)
def test_any_film_is_cut_alike(film: Films, data: st.DataObject) -> None:
    """Of any shots with any joins and pauses."""
    cut, end, join = list[tuple[str, str]](), 0, 0
    for _ in range(data.draw(st.integers(1, 5))):
        first = data.draw(st.integers(0, 10))
        last = data.draw(st.integers(first + 8, 24))
        more = f"in = {first}\nout = {last}\n"
        if not join:
            end += data.draw(st.integers(0, 3))
            more += f"at = {end}\n"
        join = data.draw(st.integers(0, 3))
        end += last - first - join
        more += f'join = {{ how = "wipe", length = {join} }}\n'
        cut.append((data.draw(st.sampled_from(["red", "blue"])), more))
    cut[-1] = cut[-1][0], cut[-1][1].partition("join")[0]
    stand = film(*cut)
    for frame in range(stand.length):
        assert shown(stand, frame) == list(stand.shots(frame))


def test_every_frame_of_a_clip_has_its_file(film: Films) -> None:
    """The address of each frame that a clip or its transitions need is the file that bears the scene's frame."""
    stand = film(("red", "in = 5\nout = 20\n" + JOINED), "blue")
    row = track(stand)
    media = [clip.media_reference for clip in row.find_clips()]
    assert [one.number_of_images_in_sequence() for one in media] == [15, 24]
    assert [one.frame_for_time(otio.opentime.RationalTime(9, 24000 / 1001)) for one in media] == [9, 9]
    assert media[0].target_url_for_image_number(0) == "cut.shots/red/red.0005.png"
    assert media[0].target_url_for_image_number(14) == "cut.shots/red/red.0019.png"
    assert media[1].target_url_for_image_number(23) == "cut.shots/blue/blue.0023.png"
    for clip in row.find_clips():
        before, after = (join or otio.opentime.RationalTime(0, 24000 / 1001) for join in row.handles_of_child(clip))
        assert clip.source_range.start_time - before >= clip.media_reference.available_range.start_time
        assert (
            clip.source_range.end_time_exclusive() + after <= clip.media_reference.available_range.end_time_exclusive()
        )


def test_addresses_are_urls(film: Films) -> None:
    """What a URL has another use for is written as one writes it there; it leads to the folder."""
    media = next(iter(read(film("red"), "My cut #1.shots").find_clips())).media_reference
    assert media.target_url_base == "My%20cut%20%231.shots/red/"
    assert unquote(media.target_url_base) == "My cut #1.shots/red/"


def test_two_shots_of_one_scene_have_a_sequence_each(film: Films) -> None:
    """The second bears a number, so that the first stays where it is; the clips are both called by the scene."""
    stand = film(("red", "out = 5"), "blue", ("red", "in = 10"))
    assert [(shot.name, shot.frames) for shot in shots(stand)] == [
        ("red", (0, 5)), ("blue", (0, 24)), ("red-2", (10, 24)),
    ]  # fmt: skip
    assert [clip.name for clip in track(stand).find_clips()] == ["red", "blue", "red"]
    urls = [clip.media_reference.target_url_for_image_number(0) for clip in track(stand).find_clips()]
    assert urls[2] == "cut.shots/red-2/red-2.0010.png"


def test_a_number_never_takes_a_scenes_own_name(home: Path, film: Films) -> None:
    """Beside a scene that is called red-2 the second shot of red is the third."""
    (home / "scenes/red-2.toml").write_text(BARE.format(NTSC, "#0f0"))
    names = [shot.name for shot in shots(film("red", "red", "red-2", "red"))]
    assert names == ["red", "red-3", "red-2", "red-4"]


@pytest.mark.parametrize("how", ["dissolve", "fade", "wipe", "iris", "page"])
def test_joins_are_transitions(film: Films, how: str) -> None:
    """A dissolve is known everywhere; of others it is told what they were. The cut lies in the middle."""
    stand = film(("red", f'join = {{ how = "{how}", length = 7, turn = 45, colour = "#123456" }}'), "blue")
    row = track(stand)
    (found,) = [item for item in row if isinstance(item, otio.schema.Transition)]
    assert (found.in_offset.value, found.out_offset.value) == (3, 4)
    if how == "dissolve":
        assert found.transition_type == otio.schema.TransitionTypes.SMPTE_Dissolve
    else:
        assert found.transition_type == otio.schema.TransitionTypes.Custom
        assert dict(found.metadata["collage"]) == {"how": how, "colour": "#123456", "turn": 45.0}


def test_cues_are_markers(film: Films) -> None:
    """In the order of time, at their frames, those outside of the film left out."""
    head = '[sound]\ntempo = 60\n[cues]\nlate = "end-2"\nsplash = "beat 2"\nagain = "splash+3"\nnever = 900\n'
    markers = read(film("red", "blue", head=head)).tracks.markers
    assert [(one.name, one.marked_range.start_time.value) for one in markers] == [
        ("splash", 24), ("again", 27), ("late", 46),
    ]  # fmt: skip


def test_what_is_heard_lies_on_a_track_of_its_own(film: Films) -> None:
    """One clip, as long as the film, in step with it; without sound there is no such track."""
    stand = film("red", "blue")
    assert len(read(stand).audio_tracks()) == 0
    (heard,) = read(stand, sound="cut.shots/cut.wav").audio_tracks()
    (clip,) = heard
    assert clip.media_reference.target_url == "cut.shots/cut.wav"
    assert int(clip.duration().value) == stand.length
    assert clip.source_range == clip.media_reference.available_range


def test_a_scene_is_a_film_of_one_shot(home: Path) -> None:
    """With its own cues."""
    scene = home / "scenes/cued.toml"
    scene.write_text(BARE.format(24, "#fff") + '[cues]\nsplash = "0.5s"\n')
    with collage.open(scene) as stand:
        found = read(stand)
        (clip,) = found.find_clips()
        assert clip.media_reference.target_url_for_image_number(23) == "cut.shots/cued/cued.0023.png"
        assert [(one.name, one.marked_range.start_time.value) for one in found.tracks.markers] == [("splash", 12)]


def test_a_shots_frames_are_those_of_its_scene(home: Path, film: Films) -> None:
    """Whatever the film does around it: joined, fitted or covered."""
    stand = film(("red", JOINED), "blue", head="[film]\nsize = [16, 16]\n")
    with collage.open(home / "scenes/red.toml") as alone:
        part = shots(stand)[0].part
        assert (part.size, part.opaque, part.rate) == (alone.size, True, alone.rate)
        for frame in (0, 12, 23):
            assert np.array_equal(part.comp(frame), alone.comp(frame))
    with pytest.raises(IndexError, match="red has frames 0 to 23, not 24"):
        part.cels(24)


def test_an_export_leaves_every_file_that_it_names(film: Films, tmp_path: Path) -> None:
    """Each address, from the timeline's folder, is a frame; a second export finds them all and makes none anew."""
    file, seen = tmp_path / "a b.otio", []
    stand = film(("red", 'in = 20\njoin = { how = "wipe", length = 2 }'), "blue")
    done = export_timeline(stand, file, told=seen.append)
    found = otio.adapters.read_from_file(str(file))
    urls = [
        unquote(clip.media_reference.target_url_for_image_number(at))
        for clip in found.find_clips()
        for at in range(clip.media_reference.number_of_images_in_sequence())
    ]
    assert len(urls) == 28
    assert all((tmp_path / url).is_file() for url in urls)
    assert [one.count for one in done.shots] == [4, 24]
    assert [one.done for one in seen] == list(range(1, 29))
    assert {one.total for one in seen} == {28}
    before = file.read_bytes()
    again = export_timeline(stand, file)
    assert [one.resumed for one in again.shots] == [4, 24]
    assert file.read_bytes() == before


def test_a_folder_in_its_place_is_refused_before_any_frame_is_made(film: Films, tmp_path: Path) -> None:
    """Nothing is written."""
    (tmp_path / "cut.otio").mkdir()
    with pytest.raises(CollageError, match="is a folder"):
        export_timeline(film("red"), tmp_path / "cut.otio")
    assert [path.name for path in tmp_path.iterdir()] == ["cut.otio"]


def test_an_export_that_fails_leaves_no_timeline(film: Films, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written last, when all that it names is there."""

    def full(*_: object, **__: object) -> None:
        raise RunError("the disk is full")

    monkeypatch.setattr("collage.export.frames.export", full)
    with pytest.raises(RunError):
        export_timeline(film("red"), tmp_path / "cut.otio")
    assert not (tmp_path / "cut.otio").exists()
