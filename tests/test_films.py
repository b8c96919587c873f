"""Films of whatever kind: what is refused, what is remarked, and that a film is there whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from flips import Flip, Tune, cut_out, images_of, photographs, pictures_of

from collage.errors import AssetError, CollageError, RunError
from collage.export.films import KINDS, Filmed, film
from collage.export.line import Stopped
from collage.timing import Span

EVERY = pytest.mark.parametrize("ending", KINDS)


def made(subject: Flip, file: Path, **more: Any) -> Filmed:
    return film(subject, file, frames=more.pop("frames", Span(0, subject.length)), **more)


def shown_in(file: Path) -> int:
    return len(pictures_of(file) if KINDS[file.suffix].sound else images_of(file)[0])


def blank(size: tuple[int, int]) -> Flip:
    return Flip([np.full((size[1], size[0], 4), 255, np.uint8)])


@EVERY
def test_a_film_has_the_frames_that_were_asked_for(tmp_path: Path, ending: str) -> None:
    """Its count, size, rate and weight are told as they are, and the decoder finds as many frames."""
    subject = Flip(photographs(7, (48, 32)))
    done = made(subject, tmp_path / "deep" / f"a{ending}", frames=Span(1, 6))
    assert (done.count, done.size, done.duration) == (5, (48, 32), Fraction(5, 24))
    assert done.weight == done.file.stat().st_size
    assert shown_in(done.file) == 5


@EVERY
def test_whatever_the_workers_the_bytes_are_the_same(tmp_path: Path, ending: str) -> None:
    """One and three threads, and a second run, write one and the same file."""
    tune = Tune(np.random.default_rng(0).uniform(-0.4, 0.4, (9000, 2)).astype(np.float32))
    files = [tmp_path / f"{number}{ending}" for number in range(3)]
    for file, workers in zip(files, (1, 3, 3), strict=True):
        made(Flip(photographs(6, (80, 64)), on=2), file, sound=tune, workers=workers)
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()


@EVERY
@pytest.mark.parametrize("size", [(1, 1), (3, 5), (35, 18)])
@pytest.mark.parametrize("opaque", [True, False])
def test_any_size_will_do(tmp_path: Path, ending: str, size: tuple[int, int], opaque: bool) -> None:
    """The smallest and odd sizes, with and without alpha, are encoded and decoded."""
    pictures = photographs(3, size) if opaque else cut_out(3, size)
    done = made(Flip(pictures, opaque=opaque), tmp_path / f"a{ending}")
    assert shown_in(done.file) == 3
    assert done.size == (size if ending != ".mp4" else (size[0] + size[0] % 2, size[1] + size[1] % 2))


@EVERY
def test_a_pose_that_is_held_is_drawn_once(tmp_path: Path, ending: str) -> None:
    """On threes a third of the frames is drawn, and all are told of and shown."""
    subject, told = Flip(photographs(4, (32, 32)), on=3), []
    done = made(subject, tmp_path / f"a{ending}", told=told.append, workers=2)
    drawn = set(subject.made)
    assert drawn == {0, 3, 6, 9}
    assert done.fresh == 4
    assert [shown.how for shown in told] == ["fresh", "held", "held"] * 4
    assert [(shown.frame, shown.done, shown.total) for shown in told] == [(at, at + 1, 12) for at in range(12)]
    assert shown_in(done.file) == 12


@EVERY
@pytest.mark.parametrize("size", [(16, 16), (33, 17)])
def test_a_step_keeps_the_pace(tmp_path: Path, ending: str, size: tuple[int, int]) -> None:
    """Every third frame is shown three times as long."""
    subject = Flip(photographs(12, size), Fraction(24000, 1001))
    done = made(subject, tmp_path / f"a{ending}", step=3)
    assert sorted(set(subject.made)) == [0, 3, 6, 9]
    assert (done.count, done.duration) == (4, Fraction(12 * 1001, 24000))


@EVERY
def test_a_film_that_fails_leaves_nothing(tmp_path: Path, ending: str) -> None:
    """A picture that can't be drawn: its error comes as it is, what was there before stays, and nothing beside it."""

    class Torn(Flip):
        def comp(self, frame: int, scale: float = 1.0) -> Any:
            if frame == 20:
                raise AssetError("torn.png: is torn")
            return super().comp(frame, scale)

    file = tmp_path / f"a{ending}"
    file.write_text("before")
    with pytest.raises(AssetError, match=r"torn\.png: is torn"):
        made(Torn(photographs(24, (16, 16))), file, workers=2)
    assert os.listdir(tmp_path) == [file.name]
    assert file.read_text() == "before"


@EVERY
def test_a_film_that_is_stopped_leaves_nothing(tmp_path: Path, ending: str) -> None:
    """Also in the middle of a pose that is held for long."""
    stop, told = Event(), []

    def tell(shown: Any) -> None:
        told.append(shown)
        if len(told) == 3:
            stop.set()

    with pytest.raises(Stopped):
        made(Flip(photographs(2, (16, 16)), on=500), tmp_path / f"a{ending}", told=tell, stop=stop)
    assert len(told) == 3
    assert not os.listdir(tmp_path)


def test_an_error_of_whoever_is_told_is_none_of_the_films(tmp_path: Path) -> None:
    """It comes through as it is, and nothing is left."""

    def tell(shown: Any) -> None:
        raise BrokenPipeError("nobody listens")

    with pytest.raises(BrokenPipeError, match="nobody listens"):
        made(Flip(photographs(2, (16, 16))), tmp_path / "a.mp4", told=tell)
    assert not os.listdir(tmp_path)


FULL = """
import resource, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from flips import Flip, Tune, photographs
from collage.errors import RunError
from collage.export.films import film
from collage.timing import Span
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
for ending in {endings!r}:
    try:
        film(Flip(photographs(60, (96, 96))), Path("full" + ending), frames=Span(0, 60), workers=2)
    except RunError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only here can a disk be full for one program alone")
def test_a_disk_without_room_is_told_of_and_leaves_nothing(tmp_path: Path) -> None:
    """Each kind of film says which file could not be written and why, in one line."""
    code = FULL.format(tests=str(Path(__file__).parent), endings=list(KINDS))
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert [line.split(": ")[:2] for line in ran.stdout.splitlines()] == [
        [f"full{ending}", "can't be written"] for ending in KINDS
    ]
    assert not os.listdir(tmp_path)


def test_what_a_killed_export_left_is_swept(tmp_path: Path) -> None:
    """Its half of a film goes with the next export of the same name; another film's stays."""
    left, other = tmp_path / f".a.apng.{'0' * 16}.tmp", tmp_path / f".b.apng.{'0' * 16}.tmp"
    left.touch()
    other.touch()
    made(blank((8, 8)), tmp_path / "a.apng")
    assert sorted(os.listdir(tmp_path)) == [other.name, "a.apng"]


def test_two_exports_of_one_film_don_t_meet(tmp_path: Path) -> None:
    """The second is refused with the process that makes it, and the first comes to its end."""
    file, refused = tmp_path / "a.apng", []

    def tell(shown: Any) -> None:
        with pytest.raises(RunError) as caught:
            made(blank((8, 8)), file)
        refused.append(str(caught.value))

    done = made(blank((8, 8)), file, told=tell)
    assert f"process {os.getpid()} has been exporting a.apng" in refused[0]
    assert done.file.is_file()


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("a.avi", {}, r"a\.avi: films end in \.mp4, .*"),
        ("a.mpv4", {}, r'Did you mean "\.mp4"\?'),
        ("a.webm", {"scale": 0.0}, "--scale: a scale of 0 is none"),
        ("a.mov", {"frames": Span(1, 1)}, "no frame is to be shown"),
        ("a.gif", {"rate": Fraction(60)}, r"a GIF shows at most 50 frames a second: add --step 2$"),
        ("a.mp4", {"rate": Fraction(10**7 + 1, 10**6)}, "no film can tell a rate of 10000001/1000000: write one like"),
    ],
)
def test_what_no_film_can_be_is_refused_before_work(tmp_path: Path, name: str, more: dict[str, Any], told: str) -> None:
    """With the cure, and without a trace."""
    subject = Flip(photographs(1, (16, 16)), more.pop("rate", Fraction(24)))
    with pytest.raises(CollageError, match=told):
        made(subject, tmp_path / name, **more)
    assert not subject.made
    assert not os.listdir(tmp_path)


def test_a_webp_has_a_largest_side(tmp_path: Path) -> None:
    """One pixel more than it can have is refused, that many are not."""
    made(blank((16383, 1)), tmp_path / "a.webp")
    with pytest.raises(CollageError, match="a WebP has at most 16383 pixels a side: add a smaller --scale"):
        made(blank((16384, 1)), tmp_path / "b.webp")


def test_a_capital_ending_is_an_ending(tmp_path: Path) -> None:
    """As cameras and some systems write them."""
    assert made(blank((8, 8)), tmp_path / "A.APNG").file.read_bytes()[:6] == b"\x89PNG\r\n"


def test_a_name_with_a_colon_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it is taken for a protocol or a pattern."""
    monkeypatch.chdir(tmp_path)
    for name in ("http:x.mp4", "pipe:1.gif", "50%03d.webm"):
        assert made(blank((16, 16)), Path(name)).weight
    assert sorted(os.listdir(tmp_path)) == ["50%03d.webm", "http:x.mp4", "pipe:1.gif"]


def test_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    """Before anything is drawn."""
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(CollageError, match="is a folder"):
        made(blank((8, 8)), tmp_path / "a.mp4")


def test_what_a_kind_can_t_keep_is_remarked(tmp_path: Path) -> None:
    """Odd sides, alpha and sound, each where it is lost; nothing where all is kept."""
    tune = Tune(np.zeros((2000, 1), np.float32))
    clear = Flip(cut_out(1, (33, 20)), opaque=False)
    lost = {ending: made(clear, tmp_path / f"a{ending}", sound=tune).remarks for ending in KINDS}
    file = tmp_path / "a.mp4"
    assert lost[".mp4"] == (
        f"{file}: an MP4 has even sides: the last row or column of 33×20 is there twice",
        f"{file}: an MP4 can't be transparent: it lies on black. A .webm or a .mov keeps alpha",
    )
    assert lost[".gif"] == (f"{tmp_path / 'a.gif'}: a GIF has no sound. A .mp4, a .webm or a .mov has",)
    assert [bool(lost[ending]) for ending in (".webm", ".mov", ".apng", ".webp")] == [False, False, True, True]


def test_flashes_are_found(tmp_path: Path) -> None:
    """Black and white that take turns are told with the first and last frame; a photograph that moves is not."""
    black, white = np.zeros((48, 64, 4), np.uint8), np.full((48, 64, 4), 255, np.uint8)
    black[..., 3] = 255
    (flash,) = made(Flip([black, white] * 12), tmp_path / "a.apng").flashes
    assert (flash.kind, flash.last) == ("general", 23)
    assert not made(Flip(photographs(12)), tmp_path / "b.apng").flashes


def test_naming_kinds_needs_no_heavy_library() -> None:
    """The command line asks for endings before it knows that a film is wanted."""
    code = "import json, sys; import collage.export.films as f; print(json.dumps([list(f.KINDS), list(sys.modules)]))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    endings, modules = json.loads(ran.stdout)
    assert endings == [".mp4", ".webm", ".mov", ".gif", ".apng", ".webp"]
    assert not {"av", "numpy", "PIL", "cv2", "numba"} & set(modules)
