"""What formulas make of a scene: their channels, their names, what they hear, and what they refuse."""

from __future__ import annotations

import math
import random
import wave
from pathlib import Path
from typing import Any

import pytest
from commands import project, refused  # noqa: F401 (a fixture)
from discs import BEATS, DISC, HEAD, cel, spot, stand, turn_of

import collage
from collage.errors import CollageError, SceneError
from collage.exposure.cel import Cel
from collage.scene.reader import parse

LAYER: dict[str, Any] = {
    "x": lambda one: one.matrix.at((24, 24))[0],
    "y": lambda one: one.matrix.at((24, 24))[1],
    "scale": lambda one: one.matrix.d,
    "scale_x": lambda one: one.matrix.a,
    "scale_y": lambda one: one.matrix.d,
    "turn": turn_of,
    "opacity": lambda one: one.opacity * 100,
    "blur": lambda one: one.blur,
}


@pytest.mark.parametrize("channel", LAYER)
def test_each_channel_of_a_layer_has_a_formula(channel: str) -> None:
    """The channel is what the formula says, 8 at frame 8; opacity is a share."""
    text = "f/100" if channel == "opacity" else "f"
    assert LAYER[channel](cel(DISC + f'expr.{channel} = "{text}"\n', 8)) == pytest.approx(8)


def test_a_formula_of_scale_knows_each_side() -> None:
    """v of `scale` is the width's factor for the width and the height's for the height."""
    one = cel(DISC + 'scale = [2, -3]\nexpr.scale = "v*2"\n')
    assert (one.matrix.a, one.matrix.d) == (4, -6)


def test_order_by_formula() -> None:
    """Who lies above whom may change by a formula."""
    body = DISC + 'expr.order = "1 if f >= 8 else -1"\n[[layer]]\nasset = "arrow"\n'
    assert [one.layer for one in stand(body).cels(6)] == ["disc", "arrow"]
    assert [one.layer for one in stand(body).cels(8)] == ["arrow", "disc"]


def test_formulas_of_pegs_sheets_and_the_camera() -> None:
    """Everything that has channels has formulas of them."""
    for channel, expected in (
        ("x", (8, 0)),
        ("y", (0, 8)),
        ("scale", (80, 0)),
        ("scale_x", (80, 0)),
        ("turn", (9.9, 1.39)),
    ):
        peg = f'[[peg]]\nname = "p"\nexpr.{channel} = "f"\n[[layer]]\nasset = "disc"\nparent = "p"\nat = [{{}}, 0]\n'
        length = 0 if channel in "xy" else 10
        assert spot(peg.format(length), 8) == pytest.approx(expected, abs=0.01)
    assert cel('[[sheet]]\nname = "s"\nexpr.opacity = "f/80"\n' + DISC, 8).opacity == pytest.approx(0.1)
    centred = '[[layer]]\nasset = "disc"\nat = [110, 60]\n'
    for channel, expected in (("x", (202, 60)), ("zoom", (180, 60)), ("height", (162.5, 60)), ("y", (110, 112))):
        camera = f'[camera]\nexpr.{channel} = "{"f*10" if channel == "height" else "f"}"\n'
        assert spot(camera + centred, 8) == expected
    assert turn_of(cel('[camera]\nexpr.turn = "f"\n' + centred, 8)) == pytest.approx(-8)


def test_the_names_of_formulas() -> None:
    """t seconds, f frames and n exposures of the scene, beat as in "beat 33", i the copy, W and H the canvas."""
    wanted = {"t": 8 / 24, "f": 8, "n": 2, "beat": 7 / 6, "i": 0, "W": 200, "H": 120, "tau": math.tau, "v": 5}
    for name, value in wanted.items():
        body = f'[[layer]]\nasset = "disc"\nat = [5, 0]\non = 4\nexpr.x = "{name}"\n'
        assert spot(body, 9, BEATS)[0] == pytest.approx(value, abs=1e-6)


def test_swap_by_formula_counts_from_0_and_wraps() -> None:
    """A number for swap is a drawing, its fraction dropped, on the exact frame; it wraps both ways."""
    body = '[[layer]]\nasset = "mouth"\nexpr.swap = "{}"\n'
    names = ("shut", "open")
    for text, numbers in (("f", range(8)), ("f/2", [0, 0, 1, 1, 2, 2, 3, 3]), ("-f", [0, -1, -2, -3]), ("v+1", [1, 1])):
        got = [stand(body.format(text)).cels(frame)[0].content.name for frame in range(len(numbers))]  # type: ignore[union-attr]
        assert got == [names[number % 2] for number in numbers]


def test_hidden_by_formula() -> None:
    """Whatever is not 0 puts the piece aside, on the exact frame; v is what keys say."""
    shown = stand(DISC + 'expr.hidden = "f >= 3 and f < 5"\n')
    assert [len(shown.cels(frame)) for frame in range(7)] == [1, 1, 1, 0, 0, 1, 1]
    turned = stand(DISC + 'keys.hidden = [[0, true], [3, false]]\nexpr.hidden = "1 - v"\n')
    assert [len(turned.cels(frame)) for frame in range(5)] == [1, 1, 1, 0, 0]


def test_time_by_formula(tmp_path: Path) -> None:
    """A nested scene's clock stands at the frame that the formula says, held for exposures, v being the clock's own."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    inner = "format = 1\n[scene]\nsize = [20, 20]\nlength = 40\non = 1\n"
    inner += '[[layer]]\ncard = "#fff"\nsize = [2, 2]\nexpr.x = "f"\n'
    (tmp_path / "scenes/inner.toml").write_text(inner)
    body = '[[layer]]\nscene = "scenes/inner.toml"\nin = 2\nexpr.time = "{}"\n'
    for text, frame, expected in (("f*3", 4, 12), ("f*3", 5, 12), ("v*2", 8, 12), ("99", 8, 39), ("-4", 8, 0)):
        shown = collage.open(parse(HEAD + body.format(text)), root=tmp_path)
        (pane,) = shown.cels(frame)
        assert pane.content.cels[-1].matrix.e + 1 == expected  # type: ignore[union-attr]


def test_what_needs_a_sound_is_refused_without() -> None:
    """beat needs a tempo, level() a file: both are said when the scene is opened, at the formula."""
    with pytest.raises(SceneError, match=r"expr\.x: beats need a tempo: write \[sound\] and tempo"):
        stand(DISC + 'expr.x = "beat"\n')
    with pytest.raises(SceneError, match=r"expr\.y: level\(\) needs a sound: write \[sound\] and file"):
        stand(DISC + 'expr.y = "level(1)"\n', BEATS)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("1/(f-6)", "it divides by zero"),
        ("f % (6-f)", "it divides by zero"),
        ("(f-6)**-1", "it divides by zero"),
        ("1e200 ** (2*(f==6))", "it grows beyond all bounds"),
        ("1e16*(f==6)", "it grows beyond all bounds"),
        ("f**(65*(f==6))", "an exponent of 65 is too large: at most 64"),
        ("(f-6.5)**0.5 if f == 6 else 0", "a negative number .* has no power of 0.5"),
        ("sin(1e308*10*(f==6)) if f == 6 else 0", "it is no number"),
        ("noise(1e308*10) if f == 6 else 0", "it grows beyond all bounds"),
        ("1e308*10 - 1e308*10 if f == 6 else 0", "it is no number"),
    ],
)
@pytest.mark.parametrize("channel", ["x", "opacity", "order", "hidden", "swap"])
def test_a_formula_without_a_value_names_layer_channel_and_frame(formula: str, reason: str, channel: str) -> None:
    """At play it is one error with the frame of the scene on which its exposure began; other frames are fine."""
    shown = stand(f'[[layer]]\nasset = "mouth"\nexpr.{channel} = "{formula}"\n')
    shown.cels(5)
    for frame in (6, 7) if channel in ("x", "opacity", "order") else (6,):
        with pytest.raises(CollageError, match=rf'^frame 6: "mouth" expr\.{channel} has no value: {reason}'):
            shown.cels(frame)
    shown.cels(8)


def test_still_tells_a_formula_without_a_value_in_one_line(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command ends with 2 and a line, no traceback."""
    (project / "scenes/tea.toml").write_text(
        'format = 1\n[[layer]]\nasset = "props/cup"\nexpr.turn = "1/(f-7)"\non = 1\n'
    )
    line = refused(capsys, "still", "scenes/tea.toml", "--frame", "7", "-o", "out.png")
    assert 'frame 7: "cup" expr.turn has no value: it divides by zero' in line
    assert not (project / "out.png").exists()


CHANCY = 'expr.x = "100*random(0) + noise(f/7)"\nexpr.y = "100*random(0) + noise(f/7)"\n'


def test_chance_differs_for_each_layer_channel_copy_and_seed() -> None:
    """random and noise of two layers, two channels, two copies, two seeds are unrelated."""
    body = DISC + CHANCY + 'repeat = { count = 3 }\n[[layer]]\nasset = "arrow"\npivot = [24, 24]\n' + CHANCY
    spots = [one.matrix.at((24, 24)) for one in stand(body).cels(5)]
    other = [one.matrix.at((24, 24)) for one in stand(body, HEAD + "seed = 2\n").cels(5)]
    drawn = [part for point in (*spots, *other) for part in point]
    assert len({round(part, 3) for part in drawn}) == len(drawn) == 16


@pytest.mark.parametrize("other", ['asset = "arrow"', 'text = "A"', 'card = "#fff"\nsize = [3, 3]'])
def test_another_layer_above_changes_no_ones_chance(other: str) -> None:
    """Chance hangs on names, not on places in the file: formulas, moves, copies, the hand's error."""
    moves = (
        'move = [{ do = "shake" }, { do = "drift" }]\nrepeat = { count = 3, area = [0, 0, 99, 99] }\nregistration = 3\n'
    )
    card = '[[layer]]\ncard = "#123"\nsize = [9, 9]\n' if "card" not in other and "text" not in other else ""
    body = DISC + CHANCY + moves + (card + moves if card else "")
    count = 6 if card else 3
    alone, beside = stand(body).cels(12), stand(f"[[layer]]\n{other}\n" + body).cels(12)
    assert [one.matrix for one in alone] == [one.matrix for one in beside[-count:]]


def test_any_order_of_frames_gives_the_same() -> None:
    """Frames asked for in any order, or alone, equal those of the sequential run."""
    body = (
        DISC + CHANCY + 'name = "a"\nregistration = 2\nmove = [{ do = "shake" }, { do = "boil", in = 9, out = 40 }]\n'
        '[[layer]]\nasset = "arrow"\nmove = [{ do = "follow", layer = "a" }, { do = "drift" }]\n'
    )
    run = stand(body)
    expected = [run.cels(frame) for frame in range(96)]
    frames = random.Random(3).sample(range(96), 96)
    again = stand(body)
    assert all(again.cels(frame) == expected[frame] for frame in frames)
    assert all(stand(body).cels(frame) == expected[frame] for frame in frames[:5])


def sounding(root: Path, samples: bytes | None) -> str:
    """A project with a second of silence, then a loud tone, or with a file that is no sound."""
    (root / "assets").mkdir()
    file = root / "assets/hum.wav"
    if samples is None:
        file.write_bytes(b"this is no sound")
    else:
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(samples)
    return HEAD + '[sound]\nfile = "assets/hum.wav"\n'


def test_level_is_heard(tmp_path: Path) -> None:
    """level() is the sound's now, level(1) that of a second ago; `pulse` swells with it; a delayed copy hears later."""
    loud = b"".join((30000 if n // 10 % 2 else -30000).to_bytes(2, "little", signed=True) for n in range(16000))
    head = sounding(tmp_path, bytes(16000) + loud)
    card = '[[layer]]\ncard = "#fff"\nsize = [2, 2]\nat = [0, 0]\non = 1\n'

    def shown(body: str, frame: int) -> list[Cel]:
        return list(collage.open(parse(head + card + body), root=tmp_path).cels(frame))

    for frame, now, before in ((12, 0, 0), (40, 1, 0), (60, 1, 1)):
        (one,) = shown('expr.x = "100*level()"\nexpr.y = "100*level(1)"\nmove = [{ do = "pulse", by = 1 }]\n', frame)
        x, y = one.matrix.at((1, 1))
        assert ((x > 50), (y > 50), (one.matrix.a > 1.5)) == (now, before, now)
        assert now or (x, one.matrix.a) == (0, 1)
    first, second = shown('expr.x = "100*level()"\nrepeat = { count = 2, delay = 20 }\n', 40)
    assert first.matrix.e > 50 > 1 > second.matrix.e


@pytest.mark.parametrize("body", ['expr.x = "level()"\n', 'move = [{ do = "pulse" }]\n'])
def test_a_sound_that_can_not_be_read_is_told_before_play(tmp_path: Path, body: str) -> None:
    """Whoever listens to a file that is no sound is told when the scene is opened."""
    head = sounding(tmp_path, None)
    with pytest.raises(SceneError, match="hum"):
        collage.open(parse(head + '[[layer]]\ncard = "#fff"\nsize = [2, 2]\n' + body), root=tmp_path)


def test_effects_are_heard_from_their_moment(tmp_path: Path) -> None:
    """An effect alone is a sound too: silent before its moment, and one that is not there is told."""
    loud = b"".join((30000 if n // 10 % 2 else -30000).to_bytes(2, "little", signed=True) for n in range(16000))
    sounding(tmp_path, loud)
    body = '[[effect]]\nfile = "assets/hum.wav"\nat = "1s"\n[[layer]]\ncard = "#fff"\nsize = [2, 2]\nat = [0, 0]\n'
    stand = collage.open(parse(HEAD + body + 'expr.x = "100*level()"\n'), root=tmp_path)
    assert [stand.cels(frame)[0].matrix.at((1, 1))[0] > 50 for frame in (22, 24, 70, 74)] == [False, True, True, False]
    with pytest.raises(SceneError, match=r'effect 1: file: no sound at "assets/hmm.wav"'):
        collage.open(parse(HEAD + body.replace("hum", "hmm")), root=tmp_path)
