"""The mixer as a sound device: into a file, into nothing, and where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import until

from collage.errors import CollageError
from collage.player.clock import SECOND
from collage.player.loudspeaker import RATE, Loudspeaker, pcm

HERE = Path(__file__).parent
FPS, FRAMES = 12, 20

WATCHED = """
import json, sys, time
from fractions import Fraction
from types import SimpleNamespace
import numpy as np
from speakers import FakeMix
from collage.player.audio import Audio
from collage.player.clock import Playhead
from collage.player.loudspeaker import RATE, Loudspeaker

fps, frames = Fraction({fps}), {frames}

class Steps(FakeMix):
    "A mix as loud as the number of its frame, in hundredths."
    def block(self, first, count):
        numbers = np.arange(first, first + count)
        return (numbers * {fps} // RATE % frames / 100).astype(np.float32)[:, None]

opened = []
def device():
    opened.append(Loudspeaker())
    return opened[0]

said = []
audio = Audio(SimpleNamespace(sound=Steps(100, rate=RATE), rate=fps), said.append, opened=device)
while not opened:
    time.sleep(0.001)
head = Playhead(fps, 0, frames, 5).played(audio.now())
seen, before = [], None
start = time.monotonic()
while time.monotonic() - start < 4 and not said:
    now = audio.now()
    audio.follow(head, now)
    if head.frame(now) != before:
        before = head.frame(now)
        seen.append((before, opened[0].heard()))
    time.sleep(0.002)
audio.close()
print(json.dumps([seen, said]))
"""


def test_the_sound_is_with_the_picture(tmp_path: Path) -> None:
    """What the mixer plays, written to a file by a device with a clock of its own: round a loop, each frame begins to
    sound within half a frame of when it is seen, the last like the first, and no sample is missing in between."""
    heard = tmp_path / "heard.raw"
    env = {
        **os.environ,
        "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parent}",
        "SDL_AUDIODRIVER": "disk",
        "SDL_DISKAUDIOFILE": str(heard),
    }
    command = [sys.executable, "-c", WATCHED.format(fps=FPS, frames=FRAMES)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, cwd=tmp_path)
    seen, said = json.loads(done.stdout)
    assert said == []
    levels = np.rint(np.fromfile(heard, np.int16)[::2] / 32767 * 100).astype(int)
    starts = np.flatnonzero(np.diff(levels)) + 1
    sounding = [(int(levels[start]), int(start)) for start in starts]
    first = next(place for place, (level, _) in enumerate(sounding) if level == seen[1][0])
    apart = []
    for (frame, device), (level, start) in zip(seen[1:], sounding[first:], strict=False):
        assert frame == level
        apart.append(start / RATE - device / SECOND)
    assert len(apart) > FPS
    assert np.median(np.abs(apart)) < 0.5 / FPS
    assert abs(np.median(apart[-5:]) - np.median(apart[:5])) < 0.5 / FPS
    lengths = np.diff([start for _, start in sounding[first : first + len(apart)]])
    assert set(lengths) == {RATE // FPS}


@pytest.fixture
def speaker() -> Iterator[Loudspeaker]:
    """One that plays into nothing."""
    opened = Loudspeaker()
    yield opened
    opened.close()


def test_it_counts_what_it_takes(speaker: Loudspeaker) -> None:
    """Its time goes on, whatever it plays."""
    before = speaker.heard()
    until("a tenth of a second heard", lambda: speaker.heard() - before >= SECOND // 10)


def test_it_is_hungry_and_idle_in_turn(speaker: Loudspeaker) -> None:
    """Idle at first; fed once it is hungry, fed twice it is not; stopped it has forgotten both."""
    second = np.zeros((RATE, 1), np.float32)
    assert speaker.idle
    speaker.play(second)
    assert (speaker.idle, speaker.hungry) == (False, True)
    speaker.queue(second)
    assert (speaker.idle, speaker.hungry) == (False, False)
    speaker.stop()
    assert (speaker.idle, speaker.hungry) == (True, True)
    speaker.play(second)
    speaker.queue(second)
    speaker.play(second)
    assert (speaker.idle, speaker.hungry) == (False, True)


def test_slips_do_not_stop_the_stream(speaker: Loudspeaker) -> None:
    """However many are laid over it."""
    speaker.play(np.zeros((5 * RATE, 2), np.float32))
    for _ in range(20):
        speaker.lay_over(np.zeros(RATE, np.float32))
    assert not speaker.idle


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file it counts by is gone when it is closed."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    speaker = Loudspeaker()
    speaker.close()
    assert list(tmp_path.iterdir()) == []


def test_no_device_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It says so and leaves nothing behind; where the system's library has much to say, that is not heard."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("SDL_AUDIODRIVER", "alsa" if sys.platform == "linux" else "none")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "none"))
    with pytest.raises(CollageError, match="no sound here: it plays silently"):
        Loudspeaker()
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_samples_are_clipped_and_doubled() -> None:
    """Mono goes to both sides, whatever its shape; what is too loud stays at full scale."""
    both = np.frombuffer(pcm(np.array([0.5, 2, -2], np.float32)), np.int16)
    assert both.tolist() == [16384, 16384, 32767, 32767, -32767, -32767]
    assert pcm(np.array([[0.25], [0]], np.float32)) == pcm(np.array([[0.25, 0.25], [0, 0]], np.float32))
