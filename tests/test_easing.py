"""Eases against numbers that were derived elsewhere: Penner's formulas as published, the algorithms of CSS in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.motion.easing import EASES, parse_ease

FAMILIES = ("sine", "quad", "cubic", "quart", "quint", "expo", "circ", "back", "elastic", "bounce")
OVERSHOOTING = ("back", "elastic", "bounce")
STEPLIKE = ("hold", "step-start", "step-end")
GRID = [i / 97 for i in range(98)]
shares = st.floats(0, 1)


def _published_bounce_out(t: float) -> float:
    if t < 1 / 2.75:
        return 7.5625 * t * t
    if t < 2 / 2.75:
        t -= 1.5 / 2.75
        return 7.5625 * t * t + 0.75
    if t < 2.5 / 2.75:
        t -= 2.25 / 2.75
        return 7.5625 * t * t + 0.9375
    t -= 2.625 / 2.75
    return 7.5625 * t * t + 0.984375


def _published_in_out_back(t: float) -> float:
    s, t = 1.70158 * 1.525, t * 2
    if t < 1:
        return 0.5 * (t * t * ((s + 1) * t - s))
    t -= 2
    return 0.5 * (t * t * ((s + 1) * t + s) + 2)


def _published_in_out_elastic(t: float) -> float:
    p, t = 0.3 * 1.5, t * 2 - 1
    s = p / 4
    wave = math.sin((t - s) * 2 * math.pi / p)
    return -0.5 * 2 ** (10 * t) * wave if t < 0 else 2 ** (-10 * t) * wave * 0.5 + 1


PUBLISHED: dict[str, Callable[[float], float]] = {
    "in-sine": lambda t: -math.cos(t * math.pi / 2) + 1,
    "out-sine": lambda t: math.sin(t * math.pi / 2),
    "in-out-sine": lambda t: -0.5 * (math.cos(math.pi * t) - 1),
    "in-quad": lambda t: t * t,
    "out-quad": lambda t: -t * (t - 2),
    "out-cubic": lambda t: (t - 1) ** 3 + 1,
    "in-out-cubic": lambda t: 0.5 * (2 * t) ** 3 if t < 0.5 else 0.5 * ((2 * t - 2) ** 3 + 2),
    "out-quart": lambda t: -((t - 1) ** 4 - 1),
    "in-out-quint": lambda t: 0.5 * (2 * t) ** 5 if t < 0.5 else 0.5 * ((2 * t - 2) ** 5 + 2),
    "in-expo": lambda t: 2 ** (10 * (t - 1)),
    "out-expo": lambda t: -(2 ** (-10 * t)) + 1,
    "in-circ": lambda t: -(math.sqrt(1 - t * t) - 1),
    "out-circ": lambda t: math.sqrt(1 - (t - 1) ** 2),
    "in-back": lambda t: t * t * (2.70158 * t - 1.70158),
    "out-back": lambda t: (t - 1) ** 2 * (2.70158 * (t - 1) + 1.70158) + 1,
    "in-out-back": _published_in_out_back,
    "in-elastic": lambda t: -(2 ** (10 * (t - 1))) * math.sin((t - 1 - 0.075) * 2 * math.pi / 0.3),
    "out-elastic": lambda t: 2 ** (-10 * t) * math.sin((t - 0.075) * 2 * math.pi / 0.3) + 1,
    "in-out-elastic": _published_in_out_elastic,
    "in-bounce": lambda t: 1 - _published_bounce_out(1 - t),
    "out-bounce": _published_bounce_out,
}


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_agrees_with_the_published_formula(name: str) -> None:
    """Inside its span, a named ease is Penner's to 1e-9."""
    for t in GRID[1:-1]:
        assert parse_ease(name)(t) == pytest.approx(PUBLISHED[name](t), abs=1e-9)


@pytest.mark.parametrize("name", EASES)
def test_begins_at_nothing_and_ends_at_all(name: str) -> None:
    """Every named ease is exactly 0 at 0 and exactly 1 at 1; `step-start` alone has jumped already."""
    assert parse_ease(name)(0.0) == (1 if name == "step-start" else 0)
    assert parse_ease(name)(1.0) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_out_is_in_turned_round(family: str) -> None:
    """`out` is `in` run backwards, and `in-out` is symmetrical about its middle."""
    for t in GRID:
        assert parse_ease(f"out-{family}")(t) == pytest.approx(1 - parse_ease(f"in-{family}")(1 - t), abs=1e-9)
        both = parse_ease(f"in-out-{family}")
        assert both(t) + both(1 - t) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("name", [n for n in EASES if n.rpartition("-")[2] not in OVERSHOOTING])
def test_never_turns_back(name: str) -> None:
    """Eases that neither overshoot nor bounce only ever rise, and stay between 0 and 1."""
    values = [parse_ease(name)(t) for t in GRID]
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1


def test_back_overshoots_by_a_tenth() -> None:
    """Penner chose 1.70158 for an overshoot of ten per cent."""
    assert max(parse_ease("out-back")(i / 10_000) for i in range(10_001)) == pytest.approx(1.1, abs=1e-4)


@pytest.mark.parametrize(
    ("short", "full"),
    [("back", "out-back"), ("bounce", "out-bounce"), ("in-out", "in-out-cubic"), ("in", "in-cubic"),
     ("out", "out-cubic"),
     ("ease", "cubic-bezier(0.25, 0.1, 0.25, 1)"), ("ease-in", "cubic-bezier(.42,0,1,1)"),
     ("ease-out", "cubic-bezier(0, 0, 0.58, 1)"), ("EASE-IN-OUT", "Cubic-Bezier( 0.42 , 0 , 0.58 , 1 )"),
     ("step-start", "steps(1, start)"), ("step-end", "steps(1)"), ("linear", "linear(0, 1)")],
)  # fmt: skip
def test_short_forms(short: str, full: str) -> None:
    """A short form is the ease it stands for, whatever its case and spaces."""
    assert [parse_ease(short)(t) for t in GRID] == [parse_ease(full)(t) for t in GRID]


def test_hold_stays_then_jumps() -> None:
    """`hold` is 0 up to the key and 1 on it."""
    hold = parse_ease("hold")
    assert [hold(t) for t in (0.0, 0.5, math.nextafter(1, 0), 1.0, 2.0)] == [0, 0, 0, 1, 1]


def _bisected(x1: float, y1: float, x2: float, y2: float, t: float) -> float:
    """The Bézier's y at x = t in 60 digits, by halving."""
    getcontext().prec = 60

    def along(a: float, b: float, s: Decimal) -> Decimal:
        return 3 * Decimal(a) * s * (1 - s) ** 2 + 3 * Decimal(b) * s * s * (1 - s) + s**3

    low, high = Decimal(0), Decimal(1)
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if along(x1, x2, middle) < Decimal(t) else (low, middle)
    return float(along(y1, y2, low))


@pytest.mark.parametrize(
    "points",
    [(0.25, 0.1, 0.25, 1), (0, 0, 1, 1), (1, 0, 0, 1), (0, 1, 1, 0), (0.9, -3, 0.1, 4), (0, 0, 0, 0), (1, 1, 1, 1),
     (0.5, 0, 0.5, 1), (0.001, 1, 0.999, 0)],
)  # fmt: skip
def test_bezier_is_solved(points: tuple[float, float, float, float]) -> None:
    """A cubic-bezier() agrees with a bisection in 60 digits to 1e-6, also where the curve stands upright."""
    ease = parse_ease("cubic-bezier({}, {}, {}, {})".format(*points))
    for t in [i / 29 for i in range(1, 29)] + [0.5, 1e-9, 1 - 1e-9]:
        assert ease(t) == pytest.approx(_bisected(*points, t), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("cubic-bezier(0.5, 1, 0.5, 0)", -2, 3), ("cubic-bezier(0, 1, 0.5, 1)", -2, 1),
     ("cubic-bezier(0.5, 0, 1, 0)", 0, 3),
     ("cubic-bezier(0, 5, 0, 5)", 0, -3), ("cubic-bezier(1, 5, 1, 5)", -5, 1)],
)  # fmt: skip
def test_bezier_runs_on_along_its_tangents(text: str, before: float, after: float) -> None:
    """Outside [0, 1] a cubic-bezier() goes straight on through the nearest control point that gives a direction."""
    ease = parse_ease(text)
    assert (ease(-1), ease(2)) == (pytest.approx(before), pytest.approx(after))


def _stepped(count: int, position: str, t: Fraction) -> Fraction:
    """The specification's seven steps, on exact fractions, with the before flag unset."""
    step = math.floor(t * count)
    if position in ("jump-start", "start", "jump-both"):
        step += 1
    if t >= 0 and step < 0:
        step = 0
    jumps = {"jump-none": count - 1, "jump-both": count + 1}.get(position, count)
    if t <= 1 and step > jumps:
        step = jumps
    return Fraction(step, jumps)


@pytest.mark.parametrize("position", ["jump-start", "jump-end", "jump-none", "jump-both", "start", "end"])
@given(count=st.integers(2, 300), frame=st.integers(-5, 305), length=st.integers(1, 300))
def test_steps_fall_on_their_very_frames(position: str, count: int, frame: int, length: int) -> None:
    """At every frame of a span, steps() is what exact arithmetic makes of the specification, rounding or no."""
    expected = _stepped(count, position, Fraction(frame, length))
    assert parse_ease(f"steps({count}, {position})")(frame / length) == float(expected)


@pytest.mark.parametrize(
    ("text", "points"),
    [("linear(0, 0.25, 1)", [(0, 0), (0.5, 0.25), (1, 1), (0.25, 0.125)]),
     ("linear(0, 0.25 75%, 1)", [(0.75, 0.25), (0.375, 0.125), (0.875, 0.625)]),
     ("linear(0, 0.25 25% 75%, 1)", [(0.25, 0.25), (0.5, 0.25), (0.75, 0.25), (-1, -1), (2, 4)]),
     ("linear(0, 25% 75% 0.25, 1)", [(0.5, 0.25)]),
     ("linear(0 20%, 0.5 10%, 1)", [(0.2, 0.5), (0.6, 0.75), (1, 1)]),
     ("linear(0, 0.5 50%, 0.2 50%, 1)", [(0.5, 0.2), (0.25, 0.25)]),
     ("linear(0, 1 100% 100%)", [(0.5, 0.5), (3, 1)]),
     ("linear(0, .1, .2 150%, 1)", [(0.75, 0.1), (1.5, 1), (1.2, 0.16)]),
     ("linear(0, 0.2, 0.4, 0.6 60%, 1)", [(0.2, 0.2), (0.4, 0.4), (0.8, 0.8)]),
     ("linear(0.3)", [(0, 0.3), (1, 0.3)])],
)  # fmt: skip
def test_linear_stops(text: str, points: list[tuple[float, float]]) -> None:
    """linear() fills in, orders and continues its stops as the specification's examples and algorithm do."""
    for t, expected in points:
        assert parse_ease(text)(t) == pytest.approx(expected, abs=1e-12)


def _simulated(stiffness: float, damping: float, step: float, count: int) -> list[float]:
    """Where the mass is after each step, by Runge and Kutta's fourth order."""

    def pull(x: float, v: float) -> tuple[float, float]:
        return v, stiffness * (1 - x) - damping * v

    x, v, path = 0.0, 0.0, [0.0]
    for _ in range(count):
        a = pull(x, v)
        b = pull(x + step / 2 * a[0], v + step / 2 * a[1])
        c = pull(x + step / 2 * b[0], v + step / 2 * b[1])
        d = pull(x + step * c[0], v + step * c[1])
        x += step / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0])
        v += step / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])
        path.append(x)
    return path


@pytest.mark.parametrize(("stiffness", "damping"), [(180, 12), (100, 20), (100, 60), (400, 3), (1, 1.99)])
def test_spring_is_the_spring_of_physics(stiffness: float, damping: float) -> None:
    """spring() follows a simulated mass, stretched to the moment from which that stays within 0.001 of its rest."""
    ease = parse_ease(f"spring({stiffness}, {damping})")
    step = 0.005 / math.sqrt(stiffness)
    path = _simulated(stiffness, damping, step, 30_000)
    last = max(i for i, x in enumerate(path) if abs(x - 1) > 0.001)
    rest = last + (abs(path[last] - 1) - 0.001) / abs(path[last + 1] - path[last])
    for i in range(0, last, 50):
        assert ease(i / rest) == pytest.approx(path[i], abs=1e-5)


@given(ratio=st.floats(0.02, 90), stiffness=st.floats(0.01, 100_000))
def test_spring_rests_at_its_key_and_not_before(ratio: float, stiffness: float) -> None:
    """Just before its end a spring is 0.001 from rest, and at the end exactly there."""
    ease = parse_ease(f"spring({stiffness:.12f}, {ratio * 2 * math.sqrt(stiffness):.12f})")
    assert abs(ease(1 - 1e-9) - 1) == pytest.approx(0.001, abs=2e-5)
    assert (ease(0), ease(1), ease(5)) == (0, 1, 1)


BAD = [
    "", " ", "outback", "out-bcak", "in-out-in", "ease in", "cubic-bezier", "cubic-bezier()",
    "cubic-bezier(0, 0, 1)", "cubic-bezier(0, 0, 1, 1, 1)", "cubic-bezier(-0.1, 0, 1, 1)",
    "cubic-bezier(0, 0, 1.1, 1)", "cubic-bezier(0, nan, 1, 1)", "cubic-bezier(0, inf, 1, 1)",
    "cubic-bezier(0, 1e9, 1, 1)", "cubic-bezier(0, 1e999, 1, 1)", "cubic-bezier(0; 0; 1; 1)", "steps()", "steps(0)",
    "steps(-3)", "steps(2.5)", "steps(10001)", "steps(99999999999999999999)", "steps(1, jump-none)",
    "steps(4, jump-sideways)", "steps(4, end, end)", "linear()", "linear(0, )", "linear(0, 50%, 1)",
    "linear(0 0% 1% 2%, 1)", "linear(0, 0.5 0.5, 1)", "linear(0, 25% 0.5 75%, 1)", "linear(0, 1 50)", "spring()",
    "spring(1)", "spring(0, 1)", "spring(180, 0)", "spring(180, -4)", "spring(1e6, 0.001)",
    "spring(0.000001, 1000)", "steps(4", "steps 4", "out-back()", "__import__('os')",
    "linear(" + "0," * 1500 + "1)",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_refuses_in_words(text: str) -> None:
    """What is no ease is refused by one line that says more than Python would."""
    with pytest.raises(ValueError, match=r"ease") as refusal:
        parse_ease(text)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300
    assert "could not convert" not in str(refusal.value)


def test_suggests_the_nearest() -> None:
    """A slip of the fingers is met with the name that was meant."""
    with pytest.raises(ValueError, match=r'no ease "out-bcak". Did you mean "out-back"?'):
        parse_ease("out-bcak")
    with pytest.raises(ValueError, match=r'no step position "jump-strat". Did you mean "jump-start"?'):
        parse_ease("steps(2, jump-strat)")


@given(
    st.text(max_size=40) | st.from_regex(r"(linear|steps|spring|cubic-bezier)\([0-9., %e+-]{0,30}\)", fullmatch=True)
)
def test_no_text_breaks_it(text: str) -> None:
    """Any text is an ease that gives finite numbers, or a ValueError."""
    try:
        ease = parse_ease(text)
    except ValueError:
        return
    assert all(math.isfinite(ease(t)) for t in (0.0, 0.3, 1.0))


def test_the_names_are_sorted_and_all_work() -> None:
    """EASES lists each bare name once, in order."""
    assert list(EASES) == sorted(set(EASES))
    assert {f"{way}-{family}" for way in ("in", "out", "in-out") for family in FAMILIES} <= set(EASES)
