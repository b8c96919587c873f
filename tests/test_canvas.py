"""A canvas of one pane is the pane; what no memory could hold is refused with the layer's name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.cel import Card, Cel, Finish, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass import canvas, comp
from collage.glass.canvas import DEEPEST, contents, unwrapped
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
SIZE = (48, 30)
PAPER, RED = Colour(214, 200, 168), Colour(255, 0, 0)
SHEET = Cel(Card((48.0, 30.0), PAPER))
SPOT = Cel(Card((9.5, 7.0), RED), Affine.shift(5, 6) @ Affine.turning(9), shadow=Shadow((3, 4), 2.0, 0.5), layer="spot")
WARM = Finish(warmth=0.8, vignette=0.5)


def drawn(*cels: Cel, paper: Colour | None = None, **how: bool) -> Pixels:
    return Glass(**how).comp(cels, SIZE, paper)


def test_a_lone_pane_is_the_canvas() -> None:
    """As large as it, laid plainly: its cels are drawn on nothing, finished once, and laid over the paper."""
    pane = Pane((SHEET, SPOT), (48.0, 30.0), finish=WARM)
    assert unwrapped([Cel(pane)], SIZE, PAPER) == ((SHEET, SPOT), None, WARM, False, PAPER)
    assert unwrapped([Cel(Pane((Cel(pane),)))], SIZE, None).finish == WARM
    again = Cel(Pane((Cel(pane),), finish=WARM))
    assert unwrapped([again], SIZE, None).cels == (Cel(pane),)  # shot twice


@pytest.mark.parametrize(
    "cel",
    [
        Cel(Pane((SPOT,)), Affine.shift(1, 0)), Cel(Pane((SPOT,)), opacity=0.5), Cel(Pane((SPOT,)), tint=RED),
        Cel(Pane((SPOT,)), blur=1.0), Cel(Pane((SPOT,)), blend="screen"), Cel(Pane((SPOT,)), matte=Matte(())),
        Cel(Pane((SPOT,)), shadow=Shadow((1, 1), 1, 1)), Cel(Pane((SPOT,), (40.0, 30.0))), SPOT,
        Cel(Pane((SPOT,), (48.0, 30.0), round=True)), Cel(Pane((SPOT,)), sweep=Affine.shift(3, 0)),
    ],
)  # fmt: skip
def test_what_is_done_to_a_pane_keeps_it_a_pane(cel: Cel) -> None:
    """Whatever is not plain is drawn as it says."""
    assert unwrapped([cel], SIZE, PAPER).cels == [cel]


def test_a_canvas_without_paper_lies_on_the_paper_given() -> None:
    """A lone pane that leaves some of the canvas clear shows the paper there, as any pane does."""
    lone = drawn(Cel(Pane((SPOT,), (48.0, 30.0))), paper=PAPER)
    beside = drawn(Cel(Pane((SPOT,), (48.0, 30.0))), Cel(Pane(())), paper=PAPER)
    assert np.abs(lone.astype(int) - beside).max() <= 1
    assert np.array_equal(drawn(Cel(Pane((SHEET, SPOT))), paper=RED), drawn(SPOT, paper=PAPER))


def test_a_finish_is_of_the_pane_alone() -> None:
    """A small picture of its own, placed like a drawing: what is beside it is as it was."""
    small = Cel(Pane((SHEET, SPOT), (48.0, 30.0), finish=WARM), Affine.shift(10, 8) @ Affine.scaling(0.5, 0.5))
    out, plain = drawn(SHEET, SPOT, small), drawn(SHEET, SPOT)
    assert np.array_equal(out[:7], plain[:7])
    whole = drawn(Cel(Pane((SHEET, SPOT), (48.0, 30.0), finish=WARM)))
    assert out[15, 22, 2] < plain[15, 22, 2] - 10
    assert np.abs(out[15, 22].astype(int) - whole[14, 24]).max() <= 3


@pytest.mark.parametrize("place", [Affine.shift(7, 5), Affine.shift(30, 12) @ Affine.turning(20), Affine.scaling(3, 3)])
def test_a_finish_changes_nothing_by_itself(place: Affine) -> None:
    """With all amounts 0, a pane that is placed as its own picture is within a level of one drawn in place."""
    inner = (SHEET, Cel(Card((20.0, 10.0), RED), Affine.shift(12, 9)))
    plain = drawn(Cel(Pane(inner, (48.0, 30.0)), place)).astype(int)
    own = drawn(Cel(Pane(inner, (48.0, 30.0), finish=Finish()), place)).astype(int)
    same = np.abs(own - plain).max(axis=2) <= 1
    assert same.mean() > 0.9  # edges are sampled, not drawn


def test_too_deep_and_too_many_are_refused() -> None:
    """By the name of the layer where it is too much; a hundred within each other are drawn."""
    deep = SPOT
    for _ in range(DEEPEST):
        deep = Cel(Pane((deep,), (40.0, 30.0)), layer="doll")
    assert drawn(deep).any()
    for _ in range(3000):
        deep = Cel(Pane((deep,), (40.0, 30.0)), layer="doll")
    with pytest.raises(CollageError, match='layer "doll": more than 100 groups and mattes within one another'):
        drawn(deep)
    seen = SPOT
    for _ in range(DEEPEST + 1):
        seen = SPOT._replace(matte=Matte((seen,)), layer="veil")
    with pytest.raises(CollageError, match='layer "veil"'):
        drawn(seen)


def test_a_bomb_of_panes_is_refused_before_it_is_drawn() -> None:
    """Ten in ten in ten: a few objects that would be a billion pieces."""
    bomb = SPOT
    for _ in range(9):
        bomb = Cel(Pane((bomb,) * 10), layer="bomb")
    with pytest.raises(CollageError, match="pieces can't be drawn at once"):
        drawn(bomb)


def test_grounds_stay_within_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Panes within panes that would hold too many bytes at once are refused."""
    monkeypatch.setattr(comp, "MOST_GROUNDS", 20_000)
    deep = SHEET
    for _ in range(4):
        deep = Cel(Pane((deep, SPOT)), opacity=0.9, layer="doll")
    with pytest.raises(CollageError, match='layer "doll": groups and mattes within one another take more than'):
        Glass(memory=1000).comp([deep], SIZE, None)


def test_an_unknown_blend_is_told_with_its_layer() -> None:
    """And with the name that was meant."""
    with pytest.raises(CollageError, match=r'layer "spot": there is no blend "multiplied"\. Did you mean "multiply"'):
        drawn(SPOT._replace(blend="multiplied"))


def test_contents_are_of_panes_and_mattes_too() -> None:
    """All drawings anywhere are known before the first is drawn."""
    one, two, three = (Cel(Drawing(name, name, Path(name), (1, 1))) for name in "abc")
    cels = [one, Cel(Pane((two, SPOT._replace(matte=Matte((three,))))))]
    assert {content.name for content in contents(cels) if isinstance(content, Drawing)} == {"a", "b", "c"}
    assert canvas.MOST_CELS >= 100_000
