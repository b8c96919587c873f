"""SVG's path data is read to the letter of its grammar, and curves are travelled by their length."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collage.geometry import Point
from collage.motion.paths import MOST_CHARACTERS, MOST_SEGMENTS, Path, PathError, parse_path

coordinates = st.floats(-2000, 2000)
points = st.tuples(coordinates, coordinates)


def sampled(path: Path, count: int = 400) -> list[tuple[float, float, float]]:
    return [path.at(path.length * k / count) for k in range(count + 1)]


def bezier(controls: list[Point], u: float) -> Point:
    """De Casteljau's construction."""
    while len(controls) > 1:
        controls = [(a + (c - a) * u, b + (d - b) * u) for (a, b), (c, d) in pairwise(controls)]
    return controls[0]


@pytest.mark.parametrize(
    ("text", "gone", "where"),
    [
        ("M0 0L30 40", 10, (6, 8, math.degrees(math.atan2(4, 3)))),
        ("M10 10h5v5H10z", 12.5, (12.5, 15, 180)),
        ("M10 10h5v5H10z", 17, (10, 13, 270)),
        ("M10 10h5v5H10z", -3, (10, 10, 0)),
        ("M10 10h5v5H10z", 99, (10, 10, 270)),
        ("M0 0H10M50 60V90", 9.99, (9.99, 0, 0)),
        ("M0 0H10M50 60V90", 10, (50, 60, 90)),
        ("M7 8", 5, (7, 8, 0)),
        ("M7 8h0L7 8z", 5, (7, 8, 0)),
        ("M100 0A100 100 0 0 1 0 100", 50 * math.pi / 2, (100 * math.sqrt(0.5), 100 * math.sqrt(0.5), 135)),
    ],
)
def test_where_a_path_is(text: str, gone: float, where: tuple[float, float, float]) -> None:
    """Place and heading after so many pixels, the nearest end beyond either, a jump between parts taking none."""
    assert parse_path(text).at(gone) == pytest.approx(where, abs=0.01)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("M1.5.5-3 1", "M 1.5 0.5 L -3 1"),
        ("M1.5.5.25.125", "M 1.5 0.5 L 0.25 0.125"),
        ("M+1-2L3e1,-.5e+1 1E-1 2.", "M 1 -2 L 30 -5 L 0.1 2"),
        ("M0 0 10 0 10 10", "M 0 0 L 10 0 L 10 10"),
        ("m5 5 5 0 0 5", "M 5 5 L 10 5 L 10 10"),
        ("M0 0a5 5 0 01 10 10", "M 0 0 A 5 5 0 0 1 10 10"),
        ("M0 0a5 5 0 0110 10", "M 0 0 A 5 5 0 0 1 10 10"),
        ("M0 0A5,5,0,1,0,10,10 5 5 0 11.5.5", "M 0 0 A 5 5 0 1 0 10 10 A 5 5 0 1 1 0.5 0.5"),
        ("\t M0,0\n,\n", None),
        ("M 0 , 0 \f\r\n L 9 9", "M 0 0 L 9 9"),
        ("M1 1h2 3v4 5", "M 1 1 L 3 1 L 6 1 L 6 5 L 6 10"),
        ("M1 1l2 2c1 0 2 1 2 2s1 2 2 2q1 0 1 1t1 1", "M1 1L3 3C4 3 5 4 5 5C5 6 6 7 7 7Q8 7 8 8Q8 9 9 9"),
        ("M10 10h5zm1 1h1", "M10 10L15 10L10 10M11 11L12 11"),
        ("M10 10h5zl1 1", "M10 10L15 10L10 10L11 11"),
        ("M0 0L9 9S0 9 20 0", "M0 0L9 9C9 9 0 9 20 0"),
        ("M0 0L9 9T20 0", "M0 0L9 9L20 0"),
        ("M0 0Q5 9 10 0S15 9 20 0", "M0 0Q5 9 10 0C10 0 15 9 20 0"),
        ("M0 0A0 5 0 0 1 10 10A5 5 0 0 1 10 10", "M0 0L10 10"),
        ("M0 0A-5 -5 0 0 1 10 0", "M0 0A5 5 0 0 1 10 0"),
    ],
)
def test_ways_to_write_the_same_path(text: str, plain: str | None) -> None:
    """Numbers that touch, sets without a letter, relative and smooth commands mean what SVG says they mean."""
    if plain is None:
        with pytest.raises(PathError):
            parse_path(text)
        return
    one, other = parse_path(text), parse_path(plain)
    assert one.length == pytest.approx(other.length)
    for (x, y, _), (plain_x, plain_y, _) in zip(sampled(one, 37), sampled(other, 37), strict=True):
        assert (x, y) == pytest.approx((plain_x, plain_y), abs=1e-6)


@settings(max_examples=40)
@given(controls=st.lists(points, min_size=3, max_size=4), share=st.floats(0, 1))
def test_a_bezier_is_travelled_by_its_length(controls: list[Point], share: float) -> None:
    """At any share of its time a Bézier's point lies as far along as its length up to there says, within 0.05 px."""
    letter = "Q" if len(controls) == 3 else "C"
    (x, y), *rest = controls
    path = parse_path(f"M{x!r} {y!r}{letter}" + " ".join(f"{a!r} {b!r}" for a, b in rest))
    steps = 4000
    before = [bezier(controls, share * k / steps) for k in range(steps + 1)]
    after = [bezier(controls, share + (1 - share) * k / steps) for k in range(steps + 1)]
    first, second = (sum(math.dist(a, b) for a, b in pairwise(way)) for way in (before, after))
    assert path.length == pytest.approx(first + second, abs=0.05)
    assert math.dist(path.at(first)[:2], before[-1]) < 0.05


@settings(max_examples=60)
@given(
    radii=st.tuples(st.floats(5, 1500), st.floats(5, 1500)),
    turn=st.floats(-180, 180),
    first=st.floats(0, 360),
    sweep=st.one_of(st.floats(5, 175), st.floats(185, 355)),
    clockwise=st.booleans(),
)
def test_an_arc_is_its_ellipse(
    radii: tuple[float, float], turn: float, first: float, sweep: float, clockwise: bool
) -> None:
    """The flags choose one of the four arcs between two points of an ellipse; the path lies on it and goes its way."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def spot(share: float) -> Point:
        angle = math.radians(first + sweep * share * (1 if clockwise else -1))
        x, y = radii[0] * math.cos(angle), radii[1] * math.sin(angle)
        return 300 + cos * x - sin * y, 200 + sin * x + cos * y

    (x0, y0), (x1, y1) = spot(0), spot(1)
    path = parse_path(
        f"M{x0!r} {y0!r}A{radii[0]!r} {radii[1]!r} {turn!r} {int(sweep > 180)} {int(clockwise)} {x1!r} {y1!r}"
    )
    way = [spot(k / 4000) for k in range(4001)]
    gone = [0.0]
    for one, two in pairwise(way):
        gone.append(gone[-1] + math.dist(one, two))
    assert path.length == pytest.approx(gone[-1], abs=0.05)
    assert max(math.dist(path.at(gone[k])[:2], way[k]) for k in range(0, 4001, 250)) < 0.05


def test_radii_too_short_are_lengthened() -> None:
    """An arc that can't span its ends becomes the smallest that can: half a circle."""
    path = parse_path("M0 0A1 1 0 0 1 10 0")
    assert path.length == pytest.approx(5 * math.pi, abs=1e-3)
    assert path.at(path.length / 2)[:2] == pytest.approx((5, -5), abs=0.01)


def test_a_heading_goes_on_round_a_curl() -> None:
    """Twice round a circle the heading rises to 720 more degrees without a jump."""
    circle = "A50 50 0 0 1 -50 0 50 50 0 0 1 50 0"
    headings = [heading for _, _, heading in sampled(parse_path("M50 0" + circle + circle))]
    assert headings[0] == pytest.approx(90)
    assert headings[-1] == pytest.approx(810)
    assert all(0 < after - before < 3 for before, after in pairwise(headings))


def test_a_heading_where_the_pen_stands_still() -> None:
    """A Bézier whose control point lies on its end has no speed there, but a heading: that of what comes next."""
    path = parse_path("M0 0C0 0 100 0 100 100")
    assert path.at(0)[2] == pytest.approx(0, abs=1)
    assert path.at(path.length)[2] == pytest.approx(90, abs=1)
    assert parse_path("M0 0C0 0 60 80 60 80").at(0)[2] == pytest.approx(math.degrees(math.atan2(80, 60)))


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", 0, "it is empty"),
        ("  ", 2, "it is empty"),
        ("L 0 0", 0, 'write "M 0 0" first'),
        ("Z", 0, 'write "M 0 0" first'),
        ("0 0", 0, "begins with M"),
        ("M", 1, "number 1 is missing"),
        ("M 5", 3, "M takes 2 numbers at a time, and number 2 is missing"),
        ("M,5 5", 1, "number 1 is missing"),
        ("M0 0,", 4, "a comma"),
        ("M0 0,L5 5", 4, "a comma"),
        ("M0,,0", 3, "number 2 is missing"),
        ("M0 0 L5 5 6", 11, "number 2 is missing"),
        ("M0 0H", 5, "H takes 1 number at a time"),
        ("M0 0Z5 5", 5, "a command"),
        ("M0 0 K", 5, "a command"),
        ("M0 0 L 1 2 #", 11, "a command"),
        ("M0 0A5 5 0 2 1 9 9", 11, "flags"),
        ("M0 0A5 5 0 -1 1 9 9", 11, "flags"),
        ("M0 0L1e7 0", 5, "out of reach"),
        ("M0 0L0 1e999", 7, "out of reach"),
        ("M0 0Lnan 0", 5, "number 1 is missing"),
        ("M0 0Linf 0", 5, "number 1 is missing"),
        ("M0 0L0x10 0", 6, "number 2 is missing"),
        ("M0 0L١ 0", 5, "number 1 is missing"),
        ("M0 0ſ1 1 1 1", 4, "a command"),
        ("M0 0\u00a0L1 1", 4, "a command"),
        ("M0 0L. 0", 5, "number 1 is missing"),
    ],
)
def test_what_is_no_path(text: str, place: int, says: str) -> None:
    """A text that is no path is refused at the very character, with what belongs there, on one line."""
    with pytest.raises(PathError) as caught:
        parse_path(text)
    assert caught.value.place == place
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_path_is_bounded() -> None:
    """Texts of too many characters or segments are refused, those just below are read."""
    with pytest.raises(PathError, match="10000 at most"):
        parse_path("M0 0" + " " * MOST_CHARACTERS)
    with pytest.raises(PathError, match="2000 segments"):
        parse_path("M0 0" + "h1" * MOST_SEGMENTS)
    assert parse_path("M0 0" + "h1" * (MOST_SEGMENTS - 1)).length == MOST_SEGMENTS - 1


def test_even_a_wild_path_takes_little_room() -> None:
    """Two thousand curves across the widest reach are cut into thousands of chords, not millions."""
    wild = parse_path("M0 0" + "T1e6 0 0 9" * 900)
    assert len(wild.chords) <= 12_000
    assert math.isfinite(wild.length)


@settings(max_examples=300)
@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,-+eE \n", max_size=60), st.floats(-10, 10))
def test_any_text_is_a_path_or_an_error(text: str, share: float) -> None:
    """Nothing but PathError comes of any text, and a path's numbers are finite everywhere."""
    try:
        path = parse_path("M0 0" + text)
    except PathError:
        return
    assert math.isfinite(path.length)
    assert all(map(math.isfinite, path.at(share * path.length)))


@settings(max_examples=100)
@example([1.0, 1.0, 1.0], False, False, (0.0, 2e-313))
@example([1e-300, 1.0, 0.0], True, True, (5.0, 5.0))
@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), st.booleans(), st.booleans(), points)
def test_any_arc_is_finite(numbers: list[float], large: bool, sweep: bool, end: Point) -> None:
    """Arcs of hair-thin, huge or no radii have numbers everywhere and end where they should."""
    rx, ry, turn = numbers
    path = parse_path(f"M0 0A{rx!r} {ry!r} {turn!r} {large:d} {sweep:d} {end[0]!r} {end[1]!r}")
    assert all(math.isfinite(number) for spot in sampled(path, 20) for number in spot)
    if min(abs(rx), abs(ry)) > 1 and max(abs(rx), abs(ry)) < 1e4:
        assert path.at(path.length)[:2] == pytest.approx(end, abs=1e-3)
