"""Eases, moves and formulas of the reference, from the tables that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collage.desk.reference_tables import Section, grid, prose
from collage.desk.reference_values import value_of, written
from collage.motion.chance import Chance
from collage.motion.easing import EASES
from collage.motion.functions import FUNCTIONS, NAMES
from collage.motion.moves import MOVES, Adds, Draws, Facts, Move, Mover, Nudge, Places
from collage.scene.moves import TABLES, ScriptedMove

FAMILIES: Mapping[str, str] = {
    "sine": "the gentlest, a quarter of a wave",
    "quad": "soft, as a square",
    "cubic": "firm, as a cube",
    "quart": "firmer, as a fourth power",
    "quint": "hard, as a fifth power",
    "expo": "nearly still, then all at once",
    "circ": "along a quarter of a circle",
    "back": "draws back, or goes a tenth too far and returns",
    "elastic": "quivers like a rubber band",
    "bounce": "bounces three times, lower each time",
}
WAYS: Mapping[str, str] = {
    "in": "starts slowly, as what gathers speed",
    "out": "ends slowly, as what is set down",
    "in-out": "both",
}
SINGLE: Mapping[str, str] = {
    "linear": "at one speed",
    "hold": "stays, then jumps at the key",
    "in": "the same as in-cubic",
    "out": "the same as out-cubic",
    "in-out": "the same as in-out-cubic",
    "ease": "of CSS: a quick start and a slow end",
    "ease-in": "of CSS: a slow start",
    "ease-out": "of CSS: a slow end",
    "ease-in-out": "of CSS: slow at both ends",
    "step-start": "of CSS: jumps at once",
    "step-end": "of CSS: jumps at the end, as hold",
}
CALLED: Mapping[str, str] = {
    "cubic-bezier(0.25, 0.1, 0.25, 1)": "of CSS: x and y of the curve's two handles; each x is 0 to 1",
    "steps(4, jump-end)": "of CSS: so many jumps; jump-start, jump-end, jump-none, jump-both, or start and end",
    "linear(0, 0.8 30%, 1)": "of CSS: straight lines between points, each with or without its moment",
    "spring(180, 12)": "a mass of 1 on a spring: stiffness and damping; stretched to rest at its key",
}
_AIMED: Mapping[str, str] = {
    "follow": "places x and y",
    "look-at": "places the turn",
    "reach": "turns and stretches the two parts it hangs from",
}
_SAMPLES: Mapping[str, Any] = {"place": (100.0, 0.0), "length": 24.0, "number": 100.0, "path": "M 0 0 H 100"}
_NONE: Mapping[str, Any] = {}


def eases() -> str:
    """All eases: the families by their ways, the single names, those that take numbers."""
    rows = [(f"`{name}`", *(f"`{way}-{name}`" for way in WAYS), line) for name, line in FAMILIES.items()]
    family = {name for family in FAMILIES for name in (family, *(f"{way}-{family}" for way in WAYS))}
    single = [(f"`{name}`", SINGLE[name]) for name in sorted(set(EASES) - family, key=[*SINGLE].index)]
    called = [(f"`{form}`", line) for form, line in CALLED.items()]
    ways = "; ".join(f"`{way}` {line}" for way, line in WAYS.items())
    return (
        f"{ways}. A family's name alone is its `out`.\n\n{grid(('family', *WAYS, 'how'), rows)}\n"
        f"{grid(('ease', 'how'), single)}\n{grid(('written', 'how'), called)}"
    )


def formula_names() -> str:
    return grid(("name", "what it is"), ((f"`{name}`", prose(line)) for name, line in NAMES.items()))


def formula_functions() -> str:
    """Every function: how it is called, and what it gives."""
    called = (function.line.partition(": ") for function in FUNCTIONS.values())
    return grid(("function", "what it gives"), ((f"`{call}`", prose(line)) for call, _, line in called))


def overview() -> str:
    """All moves at a glance."""
    head = ("move", "what it does", "how it acts", "how long", "after its out")
    return grid(head, ((f"[`{name}`](#{name})", prose(move.line), _acts(name, move), _lasts(move), _after(move))
                       for name, move in MOVES.items()))  # fmt: skip


def moves() -> Iterator[Section]:
    """A section for each move: its picture, its sentence, its parameters."""
    for name, move in MOVES.items():
        yield (
            name,
            (
                f"![{name}](reference/{name}.png)\n\n{prose(move.line)} It {_acts(name, move)}.\n\n"
                f"It lasts {_lasts(move)}, unless `out` says otherwise, and then {_after(move)}. "
                f"For example: `{example(name)}`\n\n{_parameters(name)}"
            ),
        )


def example(name: str) -> str:
    """A move as it is written, with the first things it takes at their defaults."""
    given = [(word, param.default) for word, param in MOVES[name].params.items() 
             if param.default not in (None, 0) and word != "over"]  # fmt: skip
    words = [f"{word} = {written(value).strip('`')}" for word, value in [("do", name), *given[:2]]]
    return f"move = [{{ {', '.join(words)} }}]"


def scripted() -> str:
    """The rows of motions that a project adds."""
    return grid(("parameter", "value", "what it is"), [
        ("`do`", "motion", prose(ScriptedMove.model_fields["do"].description or "")),
        ("any other", "number, text, flag or pair", "A parameter of the function, by its name."),
    ])  # fmt: skip


def common() -> str:
    """What every move may say."""
    return _rows({name: field for name, field in _fields("bob") if name in ("do", "in", "out")})


def _parameters(name: str) -> str:
    return _rows({word: field for word, field in _fields(name) if word not in ("do", "in", "out")})


def _fields(name: str) -> list[tuple[str, Any]]:
    return [(field.alias or word, field) for word, field in TABLES[name].model_fields.items()]


def _rows(named: Mapping[str, Any]) -> str:
    head = ("parameter", "value", "unit", "default", "what it is")
    return grid(head, (_row(word, field) for word, field in named.items()))


def _row(word: str, field: Any) -> tuple[str, ...]:
    value = value_of(field.annotation, field.description, tuple(field.metadata))
    default = "needed" if field.is_required() else written(field.default)
    words = "any of these moves" if word == "do" else value.words
    line = "Which move." if word == "do" else prose(field.description)
    return f"`{word}`", words, value.unit or "–", default, line


def _lasts(move: Move) -> str:
    if move.lasts is None:
        return "as long as its piece"
    one, two = move.lasts(24.0), move.lasts(48.0)
    return f"{one:g} frames" if one == two else f"{one / 24:g} s"


def _after(move: Move) -> str:
    return "keeps its end" if move.ends == "keeps" else "fades over `over` frames"


def _acts(name: str, move: Move) -> str:
    """What a move does to a pose, seen by making it and watching it for a while."""
    if name in _AIMED:
        return _AIMED[name]
    plain = _made(name, move)
    drawn = _made(name, move, drawings=3)
    told = _told(plain, move)
    if type(drawn) is not type(plain):
        told = f"{_told(drawn, move)}; of a piece with a single one, {told}"
    for word, param in move.params.items():
        if param.default is None and param.kind in _SAMPLES:
            other = _made(name, move, {word: _SAMPLES[param.kind]})
            told += f"; with `{word}` it {_told(other, move)}" if type(other) is not type(plain) else ""
    return told


def _made(name: str, move: Move, given: Mapping[str, Any] = _NONE, drawings: int = 1) -> Mover:
    return move.make(_facts(name, drawings), {**_defaults(move), **given})


def _told(mover: Mover, move: Move) -> str:
    match mover:
        case Places():
            return "places x, y and turn" if "orient" in move.params else "places x and y"
        case Draws():
            return "chooses the drawing"
        case Adds():
            return _added(mover)
    raise KeyError("a move that aims has no words of its own here")


def _added(mover: Adds) -> str:
    """The channels that a move ever touches in ten seconds."""
    nudges, rest = [mover.at(float(frame), frame) for frame in range(240)], Nudge()
    touched = [word for word in Nudge._fields if any(getattr(one, word) != getattr(rest, word) for one in nudges)]
    *others, last = dict.fromkeys(word.partition("_")[0] for word in touched)
    verb = "multiplies" if last in ("scale", "opacity") else "adds to"
    return f"{verb} {', '.join(others)}{' and ' * bool(others)}{last}"


def _defaults(move: Move) -> dict[str, Any]:
    """Each parameter at its default, as plain numbers: what watching needs, no more."""
    plain = {"length": 24.0, "ease": lambda share: share}
    return {
        word: None if param.default is None or param.kind == "path" else plain.get(param.kind, param.default)
        for word, param in move.params.items()
    }


def _facts(name: str, drawings: int) -> Facts:
    return Facts(48.0, 24.0, 2, (1920.0, 1080.0), (100.0, 100.0), drawings, Chance(name), 12.0, 0.0, None)
