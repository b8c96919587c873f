"""The sound that lies beside exported frames, and sound exported alone, from the command."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sounds import chunks, form, noise, save

from collage.cli import run
from collage.sound.decode import read_sound

TEXT = (
    'format = 1\n[scene]\nsize = [8, 4]\nlength = 24\n[sound]\nfile = "assets/music.wav"\noffset = "0.5s"\n'
    '[[layer]]\ncard = "#c33"\nsize = [4, 2]\nkeys.x = [[0, 0], [22, 8]]\n'
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a second of a scene that has music of 44,100 samples a second."""
    save(tmp_path / "assets/music.wav", noise(3, 44_100), 44_100)
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/bath.toml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(home: Path, *more: str, to: str = "out") -> None:
    assert run(["export", "scenes/bath.toml", "-o", to, "-q", *more]) == 0


def test_the_sound_lies_beside_the_frames(home: Path) -> None:
    """Untouched: the very samples of the file from the scene's first frame to its last, in its own rate and bits."""
    exported(home)
    names = {path.name for path in (home / "out").iterdir()}
    assert {"bath.wav", "bath.0000.png", "bath.0023.png", "bath.manifest.json"} <= names
    assert form(home / "out/bath.wav") == (1, 2, 44_100, 16)
    body = chunks(home / "assets/music.wav")[b"data"]
    assert chunks(home / "out/bath.wav")[b"data"] == body[22_050 * 4 : 66_150 * 4]


def test_some_frames_have_the_whole_sound_beside_them(home: Path) -> None:
    """So that a few frames made again don't shorten what lies there."""
    exported(home)
    before = (home / "out/bath.wav").read_bytes()
    exported(home, "--frames", "6-11")
    assert (home / "out/bath.wav").read_bytes() == before


def test_sound_alone_is_that_of_its_frames(home: Path) -> None:
    """A .wav holds what is heard while they are seen."""
    exported(home, "--frames", "6-11", to="part.wav")
    body = chunks(home / "assets/music.wav")[b"data"]
    assert chunks(home / "part.wav")[b"data"] == body[(22_050 + 11_025) * 4 : (22_050 + 22_050) * 4]
    assert not list(home.glob("*.png"))


def test_a_silent_scene_has_no_sound_to_export(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Frames come without, and a .wav is refused with the cure."""
    (home / "scenes/bath.toml").write_text(TEXT.replace("[sound]\nfile", "[sound]\n#")[: TEXT.index("[sound]")])
    exported(home)
    assert not (home / "out/bath.wav").exists()
    assert run(["export", "scenes/bath.toml", "-o", "none.wav"]) == 2
    assert "nothing sounds in it" in capsys.readouterr().err


def test_a_broken_sound_is_told_before_any_frame_is_made(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a torn picture is: nothing is written, and the file is named."""
    (home / "assets/music.wav").write_bytes(b"RIFF")
    for to in ("out", "film.mp4", "sound.wav"):
        assert run(["export", "scenes/bath.toml", "-o", to]) == 2
        assert "assets/music.wav: this is no WAV" in capsys.readouterr().err
    assert not list(home.rglob("*.png"))
    assert not (home / "film.mp4").exists()


def test_what_is_too_loud_is_remarked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And written as floats, unclipped."""
    save(home / "assets/tone.wav", np.full(48_000, 0.9))
    with (home / "scenes/bath.toml").open("a") as file:
        file.write('[[effect]]\nfile = "assets/tone.wav"\ngain = 6\n')
    assert run(["export", "scenes/bath.toml", "-o", "out"]) == 0
    assert "above full scale: written in 32-bit floats" in capsys.readouterr().err
    assert abs(read_sound(home / "out/bath.wav").samples).max() > 1.5


@pytest.mark.parametrize("out", [".", "bath.wav", "link.wav"])
def test_no_sound_is_replaced_by_what_it_is_part_of(home: Path, capsys: pytest.CaptureFixture[str], out: str) -> None:
    """Neither beside frames nor alone, by no name: it is said before anything is written."""
    music = home / "bath.wav"
    (home / "assets/music.wav").rename(music)
    (home / "link.wav").symlink_to(music)
    (home / "scenes/bath.toml").write_text(TEXT.replace("assets/music.wav", "bath.wav"))
    before = music.read_bytes()
    assert run(["export", "scenes/bath.toml", "-o", out, "-q"]) == 2
    assert "is itself heard there, and would be replaced: choose another place" in capsys.readouterr().err
    assert music.read_bytes() == before
    assert not list(home.glob("*.png"))
