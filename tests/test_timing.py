"""Rates, moments, lengths and clocks: exact sums, rounded once, half up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.timing import (
    Clock,
    Span,
    Term,
    TimeError,
    parse_length,
    parse_moment,
    parse_rate,
    round_half_up,
)

WALTZ = Clock(Fraction(24), tempo=Fraction(112), bar=3, anchors={"end": Fraction(240), "splash": Fraction(144)})


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        (24, Fraction(24)),
        (12.5, Fraction(25, 2)),
        ("24000/1001", Fraction(24000, 1001)),
        (23.976, Fraction(23976, 1000)),
        (" 30 ", Fraction(30)),
        ("59.94/2", Fraction(2997, 100)),
    ],
)
def test_rates_are_exact(written: int | float | str, rate: Fraction) -> None:
    """A rate is the fraction that is written, not the float nearest to it."""
    assert parse_rate(written) == rate


@pytest.mark.parametrize("written", [0, -24, "24/0", "fast", "", "24/1001/2", 1001, 0.05, "1e3", float("nan"), "٢٤"])
def test_rates_that_can_not_be(written: int | float | str) -> None:
    """No rate of nothing, of words, or beyond 0.1 to 1000."""
    with pytest.raises(TimeError):
        parse_rate(written)


@pytest.mark.parametrize(
    ("written", "frame"),
    [
        (48, 48),
        (-3, -3),
        ("48", 48),
        ("2s", 48),
        ("2.5 s", 60),
        ("0.02s", 0),
        ("0.03s", 1),
        ("12 frames", 12),
        ("12f", 12),
        ("end", 240),
        ("end-1s", 216),
        ("splash+12", 156),
        ("splash + 1 beat - 1s", 133),
        ("-1s+splash", 120),
        ("beat 1", 0),
        ("beat 2", 13),
        ("beat 2.5", 19),
        ("bar 2", 39),
        ("bar 9-1 bar", 270),
    ],
)
def test_moments_are_frames(written: int | str, frame: int) -> None:
    """At 24 frames a second and 112 beats a minute in bars of three; beats and bars count from 1."""
    assert WALTZ.moment(written) == frame


@pytest.mark.parametrize(
    "written",
    ["", " ", "s", "2x", "2 s s", "1.5", "end 2s", "end-", "+", "--1", "Splash", "beat", "end-beat 2", "1e5", "2s,",
     "２s", "1" * 10 + "s", "beat 0.1234567891"],
)  # fmt: skip
def test_moments_that_can_not_be_read(written: str) -> None:
    """Anything else is refused with words, never guessed at."""
    with pytest.raises(TimeError):
        WALTZ.moment(written)


@pytest.mark.parametrize(
    ("written", "ours"),
    [("2 seconds", "2s"), ("2sec", "2s"), ("2 S", "2s"), ("0:02", "2s"), ("1:05.5", "65.5s"), ("500 ms", "0.5s"),
     ("2 min", "120s"), (".5s", "0.5s"), ("splash + 2 Seconds", "splash + 2s"), ("END", "end"), ("Beat 3", "beat 3")],
)  # fmt: skip
def test_times_of_other_programs_are_put_right(written: str, ours: str) -> None:
    """What is meant is shown as it is written here, and can be read."""
    with pytest.raises(TimeError) as error:
        parse_moment(written)
    assert str(error.value) == f'can\'t read the moment "{written}". Did you mean "{ours}"?'
    assert parse_moment(ours)


@pytest.mark.parametrize("written", ["50%", "end - 50%"])
def test_a_percentage_is_no_time(written: str) -> None:
    """Percentages are of space; the message says so, for moments and lengths."""
    for parse in (parse_moment, parse_length):
        with pytest.raises(TimeError, match='percentages are lengths in space, not in time: write 48 or "2s"'):
            parse(written)


def test_an_unknown_cue_is_suggested() -> None:
    """A cue that is not there names the nearest that is."""
    with pytest.raises(TimeError, match=r'no cue "spash" here\. Did you mean "splash"\?'):
        WALTZ.moment("spash+1")


@pytest.mark.parametrize("written", ["beat 3", "bar 1", "splash", "end-1s"])
def test_places_are_no_lengths(written: str) -> None:
    """A length has no anchor."""
    with pytest.raises(TimeError, match="is a moment where a length belongs"):
        parse_length(written)


def test_lengths_stay_exact() -> None:
    """A length is not rounded, so that sums of lengths do not drift."""
    assert WALTZ.length("1 beat") == Fraction(60, 112) * 24
    assert WALTZ.length("2 bars - 1 beat") == Fraction(60, 112) * 24 * 5
    assert WALTZ.length("0.1s") == Fraction(12, 5)


def test_beats_need_a_tempo() -> None:
    """Without a tempo beats and bars are refused with what to write."""
    with pytest.raises(TimeError, match="tempo = 112"):
        Clock(Fraction(24)).moment("beat 2")


def test_the_beat_lies_where_the_music_has_it() -> None:
    """`origin` is the second of beat 1; places move with it, lengths do not."""
    late = Clock(Fraction(24), tempo=Fraction(120), origin=Fraction(1, 2))
    assert late.moment("beat 1") == 12
    assert late.moment("beat 3") == 36
    assert late.length("1 beat") == 12


def test_knowing_adds_anchors_and_keeps_the_rest() -> None:
    """A layer's own clock knows in and out beside the scene's cues; the scene's clock stays as it was."""
    own = WALTZ.knowing(in_=24, out=Fraction(48))
    assert (own.moment("in+2"), own.moment("out-1"), own.moment("splash")) == (26, 47, 144)
    with pytest.raises(TimeError):
        WALTZ.moment("in")


@given(st.integers(-(10**6), 10**6), st.integers(1, 1000))
def test_halves_round_towards_later(top: int, bottom: int) -> None:
    """Rounding goes to the nearest frame; exactly between two, to the later, below zero too."""
    value = Fraction(top, bottom)
    frame = round_half_up(value)
    assert value - Fraction(1, 2) < frame <= value + Fraction(1, 2)


COUNTS = st.decimals(0, 99999, allow_nan=False, allow_infinity=False, places=3)


@given(st.lists(st.tuples(st.sampled_from("+-"), COUNTS), min_size=1, max_size=6), st.sampled_from(["24000/1001", 25]))
def test_a_sum_is_rounded_once(terms: list[tuple[str, object]], rate: int | str) -> None:
    """However many seconds are added and taken away, only the exact sum is rounded."""
    clock = Clock(parse_rate(rate))
    exact = sum((Fraction(f"{sign}{count}") for sign, count in terms), Fraction(0)) * clock.rate
    assert clock.moment("".join(f"{sign}{count}s" for sign, count in terms)) == round_half_up(exact)


@given(st.text("0123456789 .+-sbeatrindo", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text crashes the reader: it gives terms, or a TimeError."""
    try:
        terms = parse_moment(text)
    except TimeError:
        return
    assert terms
    assert all(isinstance(term, Term) for term in terms)


def test_spans_are_half_open() -> None:
    """The first frame is in, the end is not; what is no frame is in no span."""
    span = Span(3, 5)
    assert [frame in span for frame in range(2, 7)] == [False, True, True, False, False]
    assert "4" not in span
