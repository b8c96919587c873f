"""What moves make of a pose: their order, their spans, their ends."""

from __future__ import annotations

import math

import pytest
from commands import project, refused  # noqa: F401 (a fixture)
from discs import BEATS, DISC, cel, spot, stand, turn_of

from collage.errors import SceneError


def test_static_then_keys_then_formula_then_moves() -> None:
    """Keys replace the static field, the formula replaces what keys gave it as v, moves add to that."""
    body = '[[layer]]\nasset = "disc"\nat = [1, 2]\nkeys.x = [[0, 10]]\nexpr.x = "v*2 + f"\n'
    assert spot(body, 8) == (28, 2)
    assert spot(body + 'move = [{ do = "slide", by = [5, 7], out = "in" }]\n', 8) == (33, 9)


def test_a_placing_move_replaces_what_came_before_and_is_added_to_after() -> None:
    """`slide to` forgets keys, formulas and moves before it; a move that follows it in the file adds to it."""
    far, to = '{ do = "slide", by = [50, 60], out = "in" }', '{ do = "slide", to = [10, 20], out = "in" }'
    body = DISC + 'keys.x = [[0, 7]]\nexpr.y = "33"\nmove = [{}]\n'
    assert spot(body.format(f"{far}, {to}"), 8) == (10, 20)
    assert spot(body.format(f"{to}, {far}"), 8) == (60, 80)


def test_moves_add_up_and_their_scales_multiply() -> None:
    """Places and turns of several moves are summed; scales are factors, of the layer's own scale too."""
    moves = '{ do = "breathe", by = 0.5, every = 8 }, { do = "spin", by = 30, out = "in" }, '
    moves += '{ do = "breathe", by = 0.2, every = 8 }, { do = "spin", by = 15, out = "in" }'
    one = cel(DISC + f"scale = 2\nturn = 1\nmove = [{moves}]\n", 2)
    assert math.hypot(one.matrix.a, one.matrix.b) == pytest.approx(2 * 1.5 * 1.2)
    assert turn_of(one) == pytest.approx(46)


@pytest.mark.parametrize(
    ("moment", "first"),
    [("4", 4), ('"in"', 4), ('"in+1s"', 28), ('"go"', 10), ('"go-1 beat"', -2), ('"beat 2"', 18), ('"out-1s"', 56)],
)
def test_a_move_begins_at_its_in(moment: str, first: int) -> None:
    """`in` is any moment of the layer: frames, its own in and out, cues, beats. Before it the move does nothing."""
    body = DISC + f'on = 1\nin = 4\nout = 80\nmove = [{{ do = "spin", by = 1, every = 1, in = {moment} }}]\n'
    for frame in (4, 5, 11, 17, 30, 60, 79):
        assert turn_of(cel(body, frame, BEATS)) == pytest.approx(max(frame - first, 0))


def test_one_shots_keep_their_end() -> None:
    """After its out a slide stays where it came to, a spin as far as it turned."""
    body = (
        DISC + "on = 1\nmove = ["
        '{ do = "slide", by = [40, 0], ease = "linear", in = 10, out = 30 },'
        '{ do = "spin", by = 80, in = "in+10", out = "in+30" }]\n'
    )
    got = [(spot(body, frame)[0], round(turn_of(cel(body, frame)), 6)) for frame in (0, 10, 20, 30, 31, 95)]
    assert got == [(0, 0), (0, 0), (20, 40), (40, 80), (40, 80), (40, 80)]


def test_periodic_moves_fade_over_over() -> None:
    """After its out an orbit goes on, less and less, and is gone after `over` frames; with over = 0 at once."""
    body = DISC + 'on = 1\nmove = [{{ do = "orbit", radius = 10, every = "1s", out = 12, over = {} }}]\n'
    for frame, left in ((0, 1), (11, 1), (12, 1), (17, 0.5), (21, 0.1), (22, 0), (50, 0)):
        angle = math.tau * frame / 24
        expected = round(10 * math.cos(angle) * left, 6), round(10 * math.sin(angle) * left, 6)
        assert spot(body.format(10), frame) == pytest.approx(expected, abs=2e-6)
        assert spot(body.format(0), frame) == pytest.approx(expected if frame < 12 else (0, 0), abs=2e-6)


def test_scales_fade_towards_one() -> None:
    """What fades of a factor is its distance from 1."""
    body = DISC + 'on = 1\nmove = [{ do = "breathe", by = 0.5, every = 8, out = 8, over = 4 }]\n'
    assert cel(body, 2).matrix.a == pytest.approx(1.5)
    assert cel(body, 10).matrix.a == pytest.approx(1.25)


def test_moves_are_held_for_exposures() -> None:
    """On threes a move shows the pose of each third frame; one that begins inside an exposure is seen at the next."""
    body = DISC + 'on = 3\nmove = [{ do = "slide", by = [24, 0], ease = "linear", in = 4, out = 28 }]\n'
    shown = stand(body)
    for frame in range(40):
        assert shown.cels(frame)[0].matrix.e + 24 == pytest.approx(min(max(frame // 3 * 3 - 4, 0), 24))


def test_pegs_and_the_camera_move() -> None:
    """The same moves on a peg take all it carries along, on the camera the picture slides the other way."""
    move = 'move = [{ do = "slide", by = [12, 4], out = "in" }]\n'
    peg = f'[[peg]]\nname = "cart"\nat = [30, 30]\n{move}[[layer]]\nasset = "disc"\nparent = "cart"\n'
    assert spot(peg, 2) == (42, 34)
    assert spot(f"[camera]\n{move}{DISC}", 2) == (-12, -4)
    assert cel(f'[camera]\nmove = [{{ do = "breathe", by = 0.5, every = 8 }}]\n{DISC}', 2).matrix.a == pytest.approx(
        1.5
    )


def test_drawings_are_no_business_of_pegs_and_cameras() -> None:
    """`cycle` on what has no drawings is refused with the cure, not ignored and no traceback."""
    for body in ('[[peg]]\nname = "p"\nmove = [{ do = "cycle" }]\n', '[camera]\nmove = [{ do = "cycle" }]\n'):
        with pytest.raises(SceneError, match=r"cycle plays drawings, and .* shows none: move a layer by it"):
            stand(body + DISC)


def test_like_takes_moves_as_a_whole() -> None:
    """A layer that is like another has its moves, or, if it writes any, only its own."""
    base = '[[layer]]\nname = "a"\nasset = "arrow"\nmove = [{ do = "slide", by = [9, 0], out = "in" }]\n'
    like = '[[layer]]\nname = "disc"\nlike = "a"\nasset = "disc"\nat = [0, 0]\n'
    assert spot(base + like) == (9 + 4 - 4, 0)
    assert spot(base + like + 'move = [{ do = "slide", by = [0, 5], out = "in" }]\n') == (0, 5)


def test_a_move_ends_after_it_begins() -> None:
    """An out before the in is said at its place."""
    with pytest.raises(SceneError, match=r"move\.0\.out: out 4 comes before in 8"):
        stand(DISC + 'move = [{ do = "bob", in = 8, out = 4 }]\n')


def test_beats_need_a_tempo_but_a_jaw_chatters_anyway() -> None:
    """Beats that someone wrote are refused without a tempo; what is on the beat by default takes half a second."""
    with pytest.raises(SceneError, match="beats and bars need a tempo"):
        stand(DISC + 'move = [{ do = "bob", every = "1 beat" }]\n')
    body = DISC + 'on = 1\nmove = [{ do = "chatter" }]\n'
    turns = [turn_of(cel(body, frame)) for frame in range(25)]
    assert turns[:12] == pytest.approx(turns[12:24])
    assert max(turns) > 10


@pytest.mark.parametrize("do", ["drop", "pop", "slide"])
def test_a_late_entrance_is_warned_of(do: str) -> None:
    """A piece that is there before it comes in is told how to come in; one that slides on to a place is not."""
    (warning,) = stand(DISC + f'move = [{{ do = "{do}", in = "1s" }}]\n').warnings
    assert f"{do} begins at frame 24" in str(warning)
    assert 'write in = "1s" in the layer' in str(warning)
    assert not stand(DISC + f'in = "1s"\nmove = [{{ do = "{do}" }}]\n').warnings
    assert not stand(DISC + 'move = [{ do = "slide", to = [9, 9], in = "1s" }]\n').warnings


def test_a_pulse_that_is_to_hear_a_sound_needs_one() -> None:
    """With source = "level" and no sound it is refused; by itself it beats without."""
    with pytest.raises(SceneError, match="pulse hears no sound"):
        stand(DISC + 'move = [{ do = "pulse", source = "level" }]\n')
    assert cel(DISC + 'move = [{ do = "pulse" }]\n', 0).matrix.a > 1.1
