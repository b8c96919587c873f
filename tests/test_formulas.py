"""Formulas mean what the same text means in Python with floats, and go wrong only in ways their caller expects."""

from __future__ import annotations

import ast
import math
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collage.motion import formulas
from collage.motion.chance import Chance
from collage.motion.formulas import FormulaError, parse_formula
from collage.motion.functions import FUNCTIONS, NAMES

CHANCE = Chance(1, "rocket", 0, "x")
FIXED = {"i": 3.0, "W": 1920.0, "H": 1080.0, "pi": math.pi, "tau": math.tau}
Numbers = dict[str, float]


def level(second: float) -> float:
    return 1 / (1 + abs(second))


def compiled(text: str, chance: Chance = CHANCE) -> Callable[..., float]:
    return parse_formula(text).compiled(i=3, width=1920, height=1080, chance=chance, level=level)


def played(text: str, v: float = 0.0, t: float = 0.0, f: float = 0.0, n: float = 0.0, beat: float = 1.0) -> float:
    return compiled(text)(v, t, f, n, beat)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("v + 30*sin(tau*t/2)", 130),
        ("-2**2", -4),
        ("2**-1", 0.5),
        ("2**3**2", 512),
        ("7 % 3 + 7 // 2", 4),
        ("-7 % 3", 2),
        ("-7 // 2", -4),
        ("0 <= t < 2", 1),
        ("2 > t > 1", 0),
        ("(t < 1) + (t < 2)", 2),
        ("10 if t > 1 else 20 if t > 0.2 else 30", 20),
        ("not t == 0.5", 0),
        ("t and 7", 7),
        ("0 or v", 100),
        ("1_000 + .5 + 1.", 1001.5),
        ("W/2 + H/2 + i", 1503),
        ("n + f/2 + beat", 4 + 6 + 1.5),
        ("round(2.5) + round(-2.5) + round(0.4)", 1),
        ("floor(-0.5)", -1),
        ("clamp(3) + clamp(-3, -2) + clamp(5, 0, 4)", 1 - 2 + 4),
        ("lerp(10, 20, t) + mix(0, 4, 2)", 23),
        ("step(0.5, t) + step(0.6, t)", 1),
        ("smoothstep(0, 2, t)", 0.15625),
        ("smoothstep(1, 1, 0.9) + smoothstep(1, 1, 1)", 1),
        ("wave(t/2)", 1),
        ("pulse(beat) + pulse(7)", 1.25),
        ("min(3, 1, 2) + max(3, 1, 2) + min(4) + abs(-1)", 9),
        ("level()", 1 / 1.5),
        ("level(0.5) + level(-0.5)", 1.5),
        ("\t v ", 100),
    ],
)
def test_comes_to(text: str, value: float) -> None:
    """Each of these, reckoned by hand at v = 100, t = 0.5, f = 12, n = 4, beat = 1.5 of copy 3, comes to its value."""
    assert played(text, v=100, t=0.5, f=12, n=4, beat=1.5) == pytest.approx(value, abs=1e-12)


def power(base: float, exponent: float) -> float:
    """Python's, with what formulas refuse refused: large exponents and complex results."""
    if abs(exponent) > 64:
        raise ValueError
    if isinstance(result := base**exponent, complex):
        raise ValueError
    return result


class Bounded(ast.NodeTransformer):
    """Python's own tree of a text, with its powers bounded."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        return ast.Call(ast.Name("power", ast.Load()), [node.left, node.right], [])


def by_python(text: str, now: Numbers) -> float:
    """What Python's eval makes of the text, alone with these names and functions."""
    tree = ast.fix_missing_locations(Bounded().visit(ast.parse(text, mode="eval")))
    calls: dict[str, Any] = {
        "sin": math.sin,
        "abs": abs,
        "min": lambda *numbers: sorted(numbers)[0] if len(numbers) == 1 else min(*numbers),
        "floor": lambda x: float(math.floor(x)),
        "clamp": lambda x, low=0.0, high=1.0: min(max(x, low), high),
        "lerp": lambda a, b, t: a + (b - a) * t,
        "wave": lambda x: math.sin(2 * math.pi * x),
        "noise": CHANCE.noise,
        "random": lambda i, k=0.0: CHANCE.at(math.floor(i), math.floor(k)),
        "level": lambda back=0.0: level(now["t"] - back),
        "power": power,
    }
    return float(eval(compile(tree, "formula", "eval"), {"__builtins__": {}}, {**calls, **FIXED, **now}))


def outcome(reckon: Callable[[], float]) -> float | type[Exception] | str:
    try:
        value = reckon()
    except (ArithmeticError, ValueError) as fault:
        return type(fault)
    return "nan" if math.isnan(value) else value


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Longer formulas of shorter ones, mostly without brackets, so that precedence decides."""
    signs = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", " and ", " or "]
    between = st.tuples(inner, st.sampled_from(signs), inner).map("".join)
    before = st.tuples(st.sampled_from(["-", "+", " not "]), inner).map("".join)
    choice = st.tuples(inner, inner, inner).map(lambda three: "{} if {} else {}".format(*three))
    one = st.tuples(st.sampled_from(["sin", "abs", "floor", "wave", "noise", "random", "level", ""]), inner)
    two = st.tuples(st.sampled_from(["min", "clamp", "random"]), inner, inner)
    three = st.tuples(st.sampled_from(["min", "clamp", "lerp"]), inner, inner, inner)
    called = st.one_of(one, two, three).map(lambda call: f"{call[0]}({', '.join(call[1:])})")
    return st.one_of(between, between, before, choice, called)


atoms = st.sampled_from(
    ["0.0", "1.0", "2.0", ".5", "3.", "1e3", "64.0", "1e308", *("v", "t", "f", "n", "beat", *FIXED)]
)
texts = st.recursive(atoms, _joined, max_leaves=12)
floats = st.one_of(st.sampled_from([0.0, 1.0, -1.0, 0.5, 24.0, math.inf, -math.inf, math.nan]), st.floats())
nows = st.fixed_dictionaries(dict.fromkeys(("v", "t", "f", "n", "beat"), floats))


@given(texts, nows)
@settings(max_examples=400)
def test_agrees_with_python(text: str, now: Numbers) -> None:
    """Whatever is read is what Python's eval makes of it, error for error; what Python can't read isn't read."""
    try:
        formula = compiled(text)
    except FormulaError as refusal:
        if "exponent" not in str(refusal):
            with pytest.raises(SyntaxError):
                ast.parse(text.strip(), mode="eval")
        return
    assert outcome(lambda: formula(**now)) == outcome(lambda: by_python(text.strip(), now))


def refusal_of(text: str) -> tuple[str, int] | None:
    try:
        parse_formula(text)
    except FormulaError as refusal:
        return str(refusal), refusal.place
    return None


WRITTEN = [
    *"vtfni()+-*/%<>=,.!&^|?:'[]{}@# \t",
    "**",
    "<=",
    "==",
    "1",
    "2.5",
    "sin",
    "clamp",
    "and",
    "not",
    " if ",
    "else",
]


@given(st.lists(st.sampled_from(WRITTEN), max_size=14).map("".join))
@settings(max_examples=400)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Refused at a place in it, which leading blanks move along; or read, and then Python can read it too."""
    refused = [refusal_of(text), refusal_of(f"   {text}")]
    if None in refused:
        assert refused == [None, None]
        ast.parse(text.strip(), mode="eval")
        return
    (words, place), (same, moved) = refused  # type: ignore[misc]
    assert same == words
    assert 0 <= place <= len(text)
    assert moved == (place + 3 if text.strip() else 0)


@pytest.mark.parametrize(
    ("text", "fault", "words"),
    [
        ("1/t", ZeroDivisionError, "divides by zero"),
        ("1 % t", ZeroDivisionError, "divides by zero"),
        ("1/0", ZeroDivisionError, "divides by zero"),
        ("t**-1", ZeroDivisionError, "divides by zero"),
        ("(t - 8)**0.5", ValueError, r"-8.*abs"),
        ("(t - 8)**(1/3)", ValueError, "negative"),
        ("2**(65 + t)", ValueError, "65.*at most 64"),
        ("2**(t - 65)", ValueError, "-65.*at most 64"),
        ("2**W", ValueError, "1920.*at most 64"),
        ("(1e300 + t)**2", OverflowError, "too large"),
        ("floor(1e308*10 + t)", OverflowError, "too large"),
        ("sin(1e308*10)", ValueError, "."),
    ],
)
def test_goes_wrong_at_play(text: str, fault: type[Exception], words: str) -> None:
    """What only a frame can tell raises there, in words, and nothing complex or endless comes of it."""
    formula = compiled(text)
    with pytest.raises(fault, match=words):
        formula(0.0, 0.0, 0.0, 0.0, 1.0)


def test_leaves_unasked_what_does_not_count() -> None:
    """Only the way that is chosen is reckoned, and a row of conditions ends with the first that decides."""
    for text in ("1/t if t > 0 else 5", "5 if t == 0 else 1/0", "t > 0 and 1/t or 5", "5 or 1/t", "5 + (1 < 0 < 1/t)"):
        assert played(text) == 5


def test_numbers_are_floats() -> None:
    """Whole numbers come out as floats and never grow beyond them."""
    for text in ("f", "7 // 2", "f < 3", "not f", "f and 2", "floor(2.5)", "min(f, 1)", "3", "random(f)", "f**2"):
        assert type(played(text, f=5)) is float
    assert played("*".join(["f"] * 50), f=10**7) == math.inf


def test_chance_hangs_on_whole_numbers_and_the_chance_given() -> None:
    """random(i, k) is the chance's draw of the whole parts, k being 0 by default; another chance draws otherwise."""
    assert played("random(2.9)") == played("random(2, 0)") == CHANCE.at(2, 0)
    assert played("random(-0.5, t)", t=7.2) == CHANCE.at(-1, 7)
    assert played("noise(t)", t=1.7) == CHANCE.noise(1.7)
    assert compiled("random(1)", CHANCE.child("y"))(0, 0, 0, 0, 1) != played("random(1)")


def test_reckons_beforehand_what_cannot_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions of numbers, i, W and H are asked once, when compiled; those of the frame at every exposure."""
    asked: list[float] = []
    monkeypatch.setitem(formulas._PURE, "sin", lambda x: asked.append(x) or 0.5)  # type: ignore[index, func-returns-value]
    formula = compiled("sin(0.25) + sin(tau*i/(W - H)) + sin(t)")
    assert len(asked) == 2
    assert [formula(0, t, 0, 0, 1) for t in (1, 2)] == [1.5, 1.5]
    assert asked[2:] == [1, 2]


def test_tells_what_it_uses() -> None:
    """Its names and functions are known before it is played, so a caller can ask for a tempo or a sound."""
    formula = parse_formula("v + level(0.1)*pulse(beat) if n < 3 else pi")
    assert formula.names == {"v", "beat", "n", "pi"}
    assert formula.calls == {"level", "pulse"}


def test_travels_by_its_text() -> None:
    """Pickled, it comes back equal and comes to the same; its error keeps its words and its place."""
    formula = pickle.loads(pickle.dumps(parse_formula("v + i*t")))
    assert formula == parse_formula("v + i*t")
    assert formula.compiled(i=3, width=1, height=1, chance=CHANCE, level=level)(1, 2, 0, 0, 1) == 7
    fault = pickle.loads(pickle.dumps(FormulaError("no", 7)))
    assert (str(fault), fault.place) == ("no", 7)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_its_numbers(name: str) -> None:
    """From the least to the most, all finite at ones and halves; one fewer or more is refused with how to call it."""
    least, most, line = FUNCTIONS[name][1:]
    for count in range(least, most + 1):
        assert math.isfinite(played(f"{name}({','.join(['t'] * count)})", t=0.5))
    for count in {least - 1, most + 1} - {-1}:
        with pytest.raises(FormulaError, match=rf"{name} takes .* here .* {count}: {name}\(") as refusal:
            parse_formula(f" {name}({','.join(['1'] * count)})")
        assert refusal.value.place == 1
    assert line.startswith(f"{name}(")


def test_the_tables_hold_what_the_format_says() -> None:
    """These functions and names and no others, each with one line; every name can be used."""
    functions = "sin cos tan abs min max floor round clamp lerp mix smoothstep step noise random wave pulse level"
    assert set(FUNCTIONS) == set(functions.split())
    assert list(NAMES) == ["v", "t", "f", "n", "i", "beat", "W", "H", "pi", "tau"]
    assert all("\n" not in line and len(line) > 10 for line in (*NAMES.values(), *(f.line for f in FUNCTIONS.values())))
    assert played(" + ".join(NAMES), 1, 2, 3, 4, 5) == pytest.approx(15 + 3 + 3000 + 3 * math.pi)
