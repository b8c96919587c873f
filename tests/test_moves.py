"""The table of moves is whole, and each move gives the numbers that can be worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from movers import added, drawn, facts, made, placed

from collage.motion.easing import parse_ease
from collage.motion.moves import MOVES, Adds, Aims, Draws, Nudge, Param, Places
from collage.motion.paths import parse_path
from collage.timing import parse_length

FORMAT = (
    "slide path spin swing bob orbit drift pop drop shake boil breathe squash blink cycle chatter crawl follow look-at "
    "reach pulse"
)
ONE_SHOTS = {"slide", "path", "spin", "pop", "drop", "crawl"}
LINEAR = parse_ease("linear")
ARC = "M0 0A100 100 0 0 1 200 0"  # a half circle over (100, 0), π · 100 long
ROOT = math.sqrt(0.5)


def _number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(map(_number, value))


VALID = {
    "number": _number,
    "share": lambda value: _number(value) and 0 <= value <= 1,
    "count": lambda value: type(value) is int and value >= 1,
    "length": lambda value: bool(parse_length(value)),
    "extent": _number,
    "place": _pair,
    "scale": lambda value: _number(value) or _pair(value),
    "flag": lambda value: type(value) is bool,
    "ease": lambda value: bool(parse_ease(value)),
    "path": lambda value: parse_path(value).length > 0,
    "target": lambda value: isinstance(value, str),
}
PARAMS = [(move, word, param) for move, entry in MOVES.items() for word, param in entry.params.items()]


def test_the_table_holds_the_formats_moves() -> None:
    """Every move of the format's list, in its order, and no other."""
    assert list(MOVES) == FORMAT.split()


@pytest.mark.parametrize("name", MOVES)
def test_each_line_is_one_sentence(name: str) -> None:
    """The reference says in one sentence what a move does, and so of each of its parameters."""
    for line in [MOVES[name].line, *(param.line for param in MOVES[name].params.values())]:
        assert line[0].isupper()
        assert line.endswith(".")
        assert ". " not in line


@pytest.mark.parametrize(("move", "word", "param"), PARAMS, ids=lambda part: part if isinstance(part, str) else "")
def test_each_default_could_be_written(move: str, word: str, param: Param) -> None:
    """A default is a value of its own kind, or None where the move makes do without."""
    kind, _, choices = param.kind.partition(":")
    assert kind in VALID or choices
    if param.default is not None:
        assert param.default in choices.split("|") if choices else VALID[kind](param.default)


@pytest.mark.parametrize("name", MOVES)
def test_one_shots_keep_and_periodic_moves_fade(name: str) -> None:
    """What happens once keeps its end; all else fades, over six frames, and may begin anywhere in its period."""
    move = MOVES[name]
    assert move.ends == ("keeps" if name in ONE_SHOTS else "fades")
    assert ("over" in move.params) == (move.ends == "fades")
    assert ("phase" in move.params) == ("every" in move.params and move.ends == "fades")


def test_the_spans_of_one_shots() -> None:
    """A slide takes half a second at any rate, a pop 8 frames, a drop 14; all else lasts as long as the piece."""
    spans = {name: move.lasts(30.0) for name, move in MOVES.items() if move.lasts}
    assert spans == {"slide": 15, "pop": 8, "drop": 14}


@pytest.mark.parametrize(
    ("name", "t", "written", "nudge"),
    [
        ("slide", 0, {}, {"x": -1000}),
        ("slide", 48, {}, {"x": -125}),  # half the time of out-cubic leaves an eighth of the way
        ("slide", 96, {}, {"x": 0}),
        ("slide", 24, {"by": (80, -40), "ease": LINEAR}, {"x": 20, "y": -10}),
        ("spin", 24, {}, {"turn": 90}),
        ("spin", 96, {"by": -90}, {"turn": -90}),
        ("spin", 60, {"every": 24.0}, {"turn": 900}),
        ("swing", 12, {}, {"turn": 8}),  # a quarter of two seconds
        ("swing", 36, {}, {"turn": -8}),
        ("swing", 0, {"phase": 0.25}, {"turn": 8}),
        ("bob", 12, {}, {"y": -12}),
        ("bob", 6, {"by": 10}, {"y": -10 * ROOT}),
        ("orbit", 0, {}, {"x": 100}),
        ("orbit", 24, {}, {"y": 100}),  # clockwise: from the right to below
        ("orbit", 12, {"radius": 10}, {"x": 10 * ROOT, "y": 10 * ROOT}),
        ("pop", 0, {}, {"scale_x": 0, "scale_y": 0}),
        ("pop", 48, {"ease": LINEAR}, {"scale_x": 0.5, "scale_y": 0.5}),
        ("pop", 96, {}, {}),
        ("drop", 0, {}, {"y": -600}),  # its height of 400, and 200
        ("drop", 96 * 6 / 14, {}, {"y": 0}),  # it lands
        ("drop", 96 * 8 / 14, {}, {"y": -600 / 9}),  # it bounces
        ("drop", 96 * 11 / 14, {}, {"y": -600 / 36}),
        ("drop", 24, {"height": 80, "ease": LINEAR}, {"y": -60}),
        ("drop", 96, {}, {"y": 0}),
        ("breathe", 18, {}, {"scale_x": 1.02, "scale_y": 1.02}),
        ("breathe", 54, {}, {"scale_x": 0.98, "scale_y": 0.98}),
        ("squash", 6, {}, {"scale_x": 1.15, "scale_y": 1 / 1.15}),
        ("squash", 18, {}, {"scale_x": 1 / 1.15, "scale_y": 1.15}),
        ("chatter", 0, {}, {"turn": 12}),  # wide on the beat itself
        ("chatter", 6, {}, {"turn": 0}),
        ("chatter", 12 + 12 / 6, {"by": 10}, {"turn": 5 * math.sqrt(3)}),
        ("pulse", 0, {}, {"scale_x": 1.15, "scale_y": 1.15}),
        ("pulse", 18, {"by": 0.8}, {"scale_x": 1.1, "scale_y": 1.1}),  # half a beat later: an eighth
    ],
)
def test_what_adding_moves_add(name: str, t: float, written: dict[str, Any], nudge: dict[str, float]) -> None:
    """The numbers of each adding move at a moment, as its defaults or parameters say."""
    assert added(name, t, **written) == pytest.approx(Nudge(**nudge), abs=1e-6)


@pytest.mark.parametrize(
    ("name", "t", "written", "where"),
    [
        ("slide", 0, {"to": (110, 60)}, (10, 20, 30)),
        ("slide", 48, {"to": (110, 60), "ease": LINEAR}, (60, 40, 30)),
        ("slide", 96, {"to": (110, 60), "by": (1, 1)}, (110, 60, 30)),
        ("path", 0, {"d": ARC}, (0, 0, 30)),
        ("path", 48, {"d": ARC}, (100, -100, 30)),
        ("path", 48, {"d": ARC, "orient": True}, (100, -100, 0)),
        ("path", 96, {"d": ARC, "orient": True}, (200, 0, 90)),
        ("path", 24, {"d": "M0 0H10M50 60V90", "ease": LINEAR}, (50, 60, 30)),  # the jump between takes no time
        ("path", 0, {}, (-400, 300, 30)),
        ("path", 48, {}, (500, 125, 30)),
        ("path", 96, {}, (1400, 300, 30)),
        ("crawl", 0, {"d": "M0 0H800"}, (0, 0, 30)),
        ("crawl", 4.5, {"d": "M0 0H800"}, (50, 0, 36)),  # half of the stride: leans most
        ("crawl", 9, {"d": "M0 0H800"}, (100, 0, 30)),  # the stride is done, a quarter of the step is rest
        ("crawl", 12, {"d": "M0 0H800"}, (100, 0, 30)),
        ("crawl", 16.5, {"d": "M0 0H800"}, (150, 0, 24)),  # the next leans to the other side
        ("crawl", 16.5, {"d": "M0 0V800", "orient": True}, (0, 150, 84)),
        ("crawl", 16.5, {"d": "M0 0V800", "orient": True, "facing": -90}, (0, 150, 174)),
        ("path", 96, {"d": "M0 0H800", "orient": True, "facing": -90}, (800, 0, 90)),
        ("crawl", 96, {"d": "M0 0H800"}, (800, 0, 30)),
    ],
)
def test_where_placing_moves_place(
    name: str, t: float, written: dict[str, Any], where: tuple[float, float, float]
) -> None:
    """Where each placing move has its piece at a moment, from (10, 20) turned by 30 degrees."""
    assert placed(name, t, **written) == pytest.approx(where, abs=0.02)


def test_aims_are_left_to_those_who_know_all_pieces() -> None:
    """Follow, look-at and reach are named here and carried out elsewhere."""
    for name in ("follow", "look-at", "reach"):
        assert isinstance(made(name), Aims)


def test_each_move_is_of_the_kind_its_parameters_ask_for() -> None:
    """Moves place or add as the format says; a piece of several drawings blinks and chatters with them."""
    several = facts(drawings=3)
    for name in ("path", "crawl"):
        assert isinstance(made(name), Places)
    for name in ("blink", "chatter"):
        assert isinstance(made(name), Adds)
        assert isinstance(made(name, several), Draws)
    assert isinstance(made("cycle", several), Draws)
    assert isinstance(made("slide"), Adds)
    assert isinstance(made("slide", to=(0, 0)), Places)


def test_a_cycle_holds_each_drawing_for_an_exposure() -> None:
    """Without every and hold, the drawings follow each other on twos, and come round."""
    assert drawn("cycle", range(10), known=facts(drawings=3)) == [0, 0, 1, 1, 2, 2, 0, 0, 1, 1]


def test_a_cycle_starts_from_the_drawing_now() -> None:
    """The caller wraps: drawing 4 of 3 is drawing 1."""
    assert drawn("cycle", range(0, 8, 2), now=2, known=facts(drawings=3)) == [2, 3, 4, 2]


@pytest.mark.parametrize(
    ("how", "shown"),
    [("loop", [0, 1, 2, 3, 0, 1, 2, 3]), ("ping-pong", [0, 1, 2, 3, 2, 1, 0, 1]), ("once", [0, 1, 2, 3, 3, 3, 3, 3])],
)
def test_what_comes_after_the_last_drawing(how: str, shown: list[int]) -> None:
    """A loop begins again, ping-pong goes back without showing an end twice, once stays."""
    assert drawn("cycle", range(0, 24, 3), known=facts(drawings=4), how=how, hold=3.0) == shown


def test_a_round_is_shared_by_its_drawings() -> None:
    """`every` rules over hold; there and back counts as the round of ping-pong."""
    four = facts(drawings=4)
    assert drawn("cycle", range(0, 9), known=four, every=8.0, hold=100.0) == [0, 0, 1, 1, 2, 2, 3, 3, 0]
    assert drawn("cycle", range(0, 7), known=four, every=6.0, how="ping-pong") == [0, 1, 2, 3, 2, 1, 0]
    assert drawn("cycle", range(0, 4), known=four, every=4.0, phase=0.5) == [2, 3, 0, 1]


def test_a_drawing_changes_on_its_very_frame() -> None:
    """A tenth of a second is no float: 12 frames of it are five drawings, not all but five."""
    move = made("cycle", facts(drawings=100), hold=0.1 * 24)
    assert [move.at(12 * k, 0, 0) for k in range(10)] == [5 * k for k in range(10)]


def test_a_piece_of_one_drawing_does_not_cycle() -> None:
    """There is nothing to choose from, so it shows what it shows."""
    assert drawn("cycle", range(4), now=7, known=facts(drawings=1)) == [7, 7, 7, 7]


def test_a_jaw_opens_through_its_drawings() -> None:
    """Drawing 0 is shut, the last is wide open; from half a beat on it stays shut."""
    jaw = made("chatter", facts(drawings=3), every=8.0)
    assert [jaw.at(t, 0, 2) for t in range(9)] == [2, 2, 1, 1, 0, 0, 0, 0, 2]


def test_the_jaw_keeps_to_the_beat() -> None:
    """Where the first beat comes after the move's in, it is on that beat that the jaw is wide open."""
    late = facts(to_beat=5.0)
    assert added("chatter", 5.0, known=late).turn == pytest.approx(12)
    assert added("chatter", 4.5, known=late).turn == 0


def test_a_pulse_keeps_to_the_beat() -> None:
    """It is full on the first beat after its in, and on each after that, also where beats are no whole frames."""
    uneven = facts(beat=90 / 7, to_beat=90 / 7 - 10)
    for k in range(1, 50):
        assert added("pulse", k * 90 / 7 - 10, known=uneven).scale_x == pytest.approx(1.15)


def test_what_a_pulse_hears() -> None:
    """The level if something sounds, else the beat, else two beats a second; asked for a level in silence, nothing."""
    loud = facts(level=lambda t: t / 100)
    assert added("pulse", 50, known=loud).scale_y == pytest.approx(1.075)
    assert added("pulse", 48, known=loud, source="beat").scale_y == pytest.approx(1.15)
    assert added("pulse", 24, known=facts(beat=None)).scale_x == pytest.approx(1.15)
    assert added("pulse", 30, known=facts(beat=None)).scale_x == pytest.approx(1 + 0.15 / 8)
    assert added("pulse", 24, source="level") == Nudge()
