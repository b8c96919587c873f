"""What holds of moves at any moment: pure, finite, periodic, at rest as they begin, chance left to the exposure."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from movers import added, drawn, facts, made, placed

from collage.motion.chance import Chance
from collage.motion.easing import parse_ease
from collage.motion.moves import MOVES, Adds, Draws, Nudge, Places

RESTING = ("spin", "swing", "bob", "drift", "breathe", "squash", "blink")
PERIODIC = ("swing", "bob", "orbit", "breathe", "squash", "chatter")
moments = st.floats(0, 1e6)
periods = st.floats(0.5, 500)


def asked(move: Any, t: float, n: int) -> tuple[float, ...]:
    if isinstance(move, Adds):
        return move.at(t, n)
    if isinstance(move, Places):
        return move.at(t, n, 1.0, 2.0, 3.0)
    return (move.at(t, n, 1),) if isinstance(move, Draws) else ()


@settings(max_examples=200)
@given(
    name=st.sampled_from(list(MOVES)),
    t=st.one_of(st.just(0.0), moments),
    span=st.sampled_from([0.0, 1e-9, 1.0, 47.5, 1e6]),
    every=st.sampled_from([1e-9, 0.3, 1.0, 48.0, 1e7]),
    sides=st.sampled_from([(0.0, 0.0), (1000.0, 500.0)]),
    drawings=st.integers(0, 3),
    n=st.integers(0, 10**6),
)
def test_every_move_is_finite_everywhere(
    name: str, t: float, span: float, every: float, sides: tuple[float, float], drawings: int, n: int
) -> None:
    """Whatever the moment, the span, the period and the size, also none at all, numbers come out."""
    known = facts(span=span, canvas=sides, size=sides, drawings=drawings)
    written = {"every": every} if "every" in MOVES[name].params else {}
    move = made(name, known, **written)
    t = min(t, span) if MOVES[name].ends == "keeps" else t
    assert all(map(math.isfinite, asked(move, t, n)))


@given(name=st.sampled_from(list(MOVES)), order=st.permutations(range(0, 60, 3)))
def test_any_order_gives_the_same(name: str, order: list[int]) -> None:
    """A move asked at moments in any order, or made anew, says the same of each."""
    known = facts(drawings=3, level=lambda t: (t % 7) / 7)
    move = made(name, known)
    run = {t: asked(move, t, t // 2) for t in sorted(order)}
    assert {t: asked(move, t, t // 2) for t in order} == run
    assert asked(made(name, known), order[0], order[0] // 2) == run[order[0]]


@given(name=st.sampled_from(PERIODIC), every=periods, phase=st.floats(0, 1), share=st.floats(0.01, 0.99))
def test_periodic_moves_come_round(name: str, every: float, phase: float, share: float) -> None:
    """A period later, or seven, the piece is where it was; a phase is a period's share of head start."""
    move = made(name, every=every, phase=phase).at(share * every, 0)
    for rounds in (1, 7):
        assert made(name, every=every, phase=phase).at((share + rounds) * every, 0) == pytest.approx(move, abs=1e-4)
    assert made(name, every=every).at((share + phase) * every, 0) == pytest.approx(move, abs=1e-4)


@pytest.mark.parametrize("name", RESTING)
def test_they_begin_at_rest(name: str) -> None:
    """A move that has no reason to jump leaves the piece where it lies at its in."""
    assert added(name, 0.0) == pytest.approx(Nudge(), abs=1e-12)


@pytest.mark.parametrize("name", sorted({name for name, move in MOVES.items() if move.ends == "keeps"}))
def test_a_span_of_no_frames_is_over_at_once(name: str) -> None:
    """A move without a span shows its end, not an error."""
    ends, none = facts(), facts(span=0.0)
    assert asked(made(name, none), 0.0, 0) == pytest.approx(asked(made(name, ends), 96.0, 0))


@pytest.mark.parametrize("name", ["shake", "boil"])
def test_jolts_hang_on_the_exposure_alone(name: str) -> None:
    """One exposure lies in one place however often and whenever it is asked for; the next lies elsewhere."""
    move = made(name)
    assert move.at(0.0, 5) == move.at(99.5, 5)
    places = {move.at(0.0, n) for n in range(200)}
    assert len(places) == 200


@pytest.mark.parametrize(("name", "by"), [("shake", 4.0), ("boil", 1.0)])
def test_jolts_fill_their_disc(name: str, by: float) -> None:
    """None is farther off than asked for, and they are spread evenly: half of them beyond √½ of the radius."""
    move = made(name)
    far = sorted(math.hypot(*move.at(0.0, n)[:2]) for n in range(1000))
    assert far[-1] <= by
    assert far[500] == pytest.approx(by * math.sqrt(0.5), rel=0.05)
    assert abs(sum(move.at(0.0, n).x for n in range(1000))) < by * 50


def test_a_boiling_piece_twists_a_little() -> None:
    """By up to 0.3 degrees a pixel, both ways; a shaken one keeps its turn."""
    twists = [added("boil", 0.0, n, by=2).turn for n in range(300)]
    assert -0.6 <= min(twists) < -0.5
    assert 0.5 < max(twists) <= 0.6
    assert added("shake", 0.0, 7).turn == 0


def test_chance_is_the_pieces_own() -> None:
    """Two copies shake, drift and blink each in its own way."""
    other = facts(chance=Chance(1, "rocket", 1, "move"))
    assert added("shake", 0, 3) != added("shake", 0, 3, other)
    assert added("drift", 50) != added("drift", 50, known=other)
    assert blinks(made("blink")) != blinks(made("blink", other))


def test_a_drift_wanders_softly() -> None:
    """It stays within its pixels each way, never jumps, and the second period is unlike the first."""
    way = [added("drift", t)[:2] for t in range(960)]
    assert all(abs(side) <= 6 for place in way for side in place)
    assert max(math.dist(one, two) for one, two in pairwise(way)) < 1
    assert max(abs(x) for x, _ in way) > 1.5
    assert max(abs(y) for _, y in way) > 1.5
    assert max(math.dist(way[t], way[t + 96]) for t in range(96)) > 1
    assert max(abs(abs(x) - abs(y)) for x, y in way) > 1


@given(by=st.floats(-3, 3), t=moments)
def test_a_squash_keeps_its_area(by: float, t: float) -> None:
    """What one side gains the other loses, as a factor."""
    nudge = added("squash", t, by=by)
    assert nudge.scale_x * nudge.scale_y == pytest.approx(1)


def blinks(move: Any, frames: int = 96 * 50) -> list[tuple[int, int]]:
    """When each blink begins and how many frames it lasts."""
    shut = [move.at(t, 0).scale_y == 0.1 for t in range(frames)] + [False]
    starts = [t for t in range(1, frames) if shut[t] and not shut[t - 1]]
    return [(t, shut.index(False, t) - t) for t in starts]


def test_blinks_come_once_in_their_time() -> None:
    """One in each period, for three frames, at no two the same moment of it."""
    found = blinks(made("blink"))
    assert [start // 96 for start, _ in found] == list(range(50))
    assert {length for _, length in found} == {3}
    assert len({start % 96 for start, _ in found}) > 20


@given(every=st.floats(8, 60), hold=st.floats(1, 4))
def test_eyes_stay_open_between_blinks(every: float, hold: float) -> None:
    """Two blinks are at least as far apart as one is long."""
    found = blinks(made("blink", facts(on=1), every=every, hold=hold), 2000)
    assert all(after - (start + length) >= math.floor(hold) for (start, length), (after, _) in pairwise(found))


def test_a_blink_is_never_lost_between_exposures() -> None:
    """On fours, even a blink of one frame is seen once in every period."""
    move = made("blink", facts(on=4), hold=1.0)
    assert [sum(move.at(96 * k + t, 0).scale_y == 0.1 for t in range(0, 96, 4)) for k in range(30)] == [1] * 30


def test_a_blink_shows_the_second_drawing() -> None:
    """With drawings it changes those and else shows what it shows, at the moments at which another is pressed flat."""
    shown = drawn("blink", range(960), now=2, known=facts(drawings=3))
    flat = [added("blink", t).scale_y == 0.1 for t in range(960)]
    assert shown == [1 if shut else 2 for shut in flat]
    assert shown.count(1) == 30


@given(share=st.floats(0, 1))
def test_a_pop_is_never_seen_from_behind(share: float) -> None:
    """An ease that draws back first shows nothing, rather than the piece mirrored."""
    assert added("pop", 96 * share, ease=parse_ease("in-back")).scale_x >= 0


def test_a_pop_overshoots_and_settles() -> None:
    """By default it grows beyond its size, by about a tenth, and ends at just it."""
    sizes = [added("pop", t).scale_x for t in range(97)]
    assert max(sizes) == pytest.approx(1.1, abs=0.01)
    assert sizes[-1] == 1


def test_a_path_is_travelled_evenly() -> None:
    """With a linear ease every frame goes equally far, however the curve is drawn."""
    travel = made("path", d="M0 0C500 0 0 10 500 300", ease=parse_ease("linear"))
    spots = [travel.at(t, 0, 0.0, 0.0, 0.0)[:2] for t in range(97)]
    steps = [math.dist(one, two) for one, two in pairwise(spots)]
    assert max(steps) - min(steps) < 0.05 * sum(steps) / 96


def test_the_default_way_leads_from_beyond_to_beyond() -> None:
    """Path and crawl without a path begin and end where the piece can't be seen, and rise in between."""
    for name in ("path", "crawl"):
        (x0, y0, _), (x1, y1, _), (_, high, _) = (placed(name, t) for t in (0.0, 96.0, 45.0))
        assert x0 <= -400
        assert x1 >= 1400
        assert high < min(y0, y1)


@given(every=st.floats(0.3, 200), span=st.floats(0.1, 400), share=st.floats(0, 1))
def test_a_crawl_never_goes_back_and_arrives(every: float, span: float, share: float) -> None:
    """Steps go forward only; after the last whole one the piece is at the path's end, though time is left."""
    known = facts(span=span)
    earlier, later, end = (
        placed("crawl", t, known, every=every, d="M0 0H100")[0] for t in (share * span, (share + 1) / 2 * span, span)
    )
    assert -1e-9 <= earlier <= later + 1e-9 <= end + 2e-9
    assert end == pytest.approx(100)
