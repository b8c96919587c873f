"""Hooks that move with the drawings: where children hang, when they are tucked behind, and wrong registries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from test_expose import where

import collage
from collage.errors import CollageError
from collage.exposure.cel import Pane
from collage.registry.hooks import MovingHook

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\n"
HATCH = 'hooks.hatch = { 1 = [10, 10], 7 = [40, 22], 13 = "hidden", 17 = [20, 20] }\n'
BOAT = f'format = 1\n["boat"]\nframes = "boat/turn-##.png"\npivot = [0, 0]\n{HATCH}'
NAMED = (
    'format = 1\n["face"]\ndrawings = { shut = "face/shut.png", mid = "face/mid.png", open = "face/open.png" }\n'
    "pivot = [0, 0]\nhooks.chin = { shut = [10, 20], open = [10, 30] }\n"
)
SHIP = '[[layer]]\nname = "boat"\nasset = "boat"\nat = [50, 50]\n'
KID = '[[layer]]\nname = "kid"\nasset = "kid"\nparent = "boat.hatch"\n'
GRANDKID = '[[layer]]\nname = "grandkid"\nasset = "kid"\nparent = "kid"\n'
NUMBERS = (1, 4, 7, 10, 13, 15, 17, 20)


@pytest.fixture
def scene(project: Project) -> object:
    """``scene(body, registry)`` opens a scene in which boat, face and kid are assets."""
    blank = np.full((40, 50, 4), 255, np.uint8)
    pictures = {f"boat/turn-{n:02}": blank for n in NUMBERS} | {f"face/{n}": blank for n in ("shut", "mid", "open")}

    def opened(body: str, registry: str = BOAT) -> collage.Stand:
        own = {name: picture for name, picture in pictures.items() if name.split("/")[0] in registry}
        return collage.open(project(HEAD + body, own | {"kid": np.full((20, 20, 4), 128, np.uint8)}, registry))

    return opened


def hung(stand: collage.Stand, frame: int = 0) -> tuple[float, float]:
    """Where the kid hangs, in the boat's pixels."""
    kid = next(cel for cel in stand.cels(frame) if cel.layer == "kid")
    x, y = where(kid, 10, 10)
    return round(x - 50, 6), round(y - 50, 6)


def order(stand: collage.Stand, frame: int) -> list[str]:
    return [cel.layer for cel in stand.cels(frame)]


def swaps(*numbers: object) -> str:
    return "keys.swap = [" + ", ".join(f'[{frame}, "{n}"]' for frame, n in enumerate(numbers)) + "]\n"


def shown(*numbers: int) -> str:
    return swaps(*(f"{number:02}" for number in numbers))


def test_straight_lines_between_and_holding_outward(scene: object) -> None:
    """On 4, half way from 1 to 7, the hook lies half way; after 7 it waits for what comes; after 17 it stays."""
    names = _names(scene)
    stand = scene(SHIP + swaps(*names) + KID)  # type: ignore[operator]
    got = [hung(stand, frame) for frame in range(len(NUMBERS))]
    assert got == [(10, 10), (25, 16), (40, 22), (40, 22), (40, 22), (40, 22), (20, 20), (20, 20)]


def _names(scene: object) -> list[str]:
    content = scene('[[layer]]\nasset = "boat"\n').rig.pieces[0].content  # type: ignore[operator]
    return list(content)


def test_hidden_tucks_the_child_and_its_children_behind(scene: object) -> None:
    """On 13 and 15 kid and grandkid lie under the boat, in their order; on 17 they come out again."""
    stand = scene(SHIP + swaps(*_names(scene)) + KID + GRANDKID + '[[layer]]\nname = "sea"\nasset = "kid"\n')  # type: ignore[operator]
    out, tucked = ["boat", "kid", "grandkid", "sea"], ["kid", "grandkid", "boat", "sea"]
    assert [order(stand, frame) for frame in range(8)] == [out, out, out, out, tucked, tucked, out, out]


def test_a_cycle_of_drawings_takes_the_hook_along(scene: object) -> None:
    """What `cycle` shows is what the hook counts by, exposure by exposure."""
    stand = scene(SHIP + 'on = 1\nmove = [{ do = "cycle" }]\n' + KID)  # type: ignore[operator]
    assert [hung(stand, frame) for frame in (0, 1, 2, 8, 9)] == [(10, 10), (25, 16), (40, 22), (10, 10), (25, 16)]
    assert order(stand, 4) == ["kid", "boat"]


def test_named_drawings_count_by_their_order(scene: object) -> None:
    """Between the first and the third named drawing, the second lies half way."""
    body = '[[layer]]\nname = "boat"\nasset = "face"\nat = [50, 50]\n' + swaps("shut", "mid", "open")
    stand = scene(body + KID.replace("hatch", "chin"), NAMED)  # type: ignore[operator]
    assert [hung(stand, frame) for frame in range(3)] == [(10, 20), (10, 25), (10, 30)]


def test_lifted_off_the_hook_waits(scene: object) -> None:
    """While the drawing is "none" what hangs there stays where it was, at a loop's seam too."""
    one, _, seven, *_ = _names(scene)
    stand = scene(SHIP + swaps(one, seven, "none", one) + KID)  # type: ignore[operator]
    assert [hung(stand, frame) for frame in range(4)] == [(10, 10), (40, 22), (40, 22), (10, 10)]
    keys = f'keys.swap = {{ keys = [[0, "none"], [2, "{one}"], [4, "{seven}"]], loop = 6 }}\n'
    assert [hung(scene(SHIP + keys + KID), frame) for frame in (0, 2, 4, 6)] == [  # type: ignore[operator]
        (40, 22), (10, 10), (40, 22), (40, 22)]  # fmt: skip


def test_inside_a_nested_scene_and_through_it(scene: object, tmp_path: Path) -> None:
    """In a nested scene hooks move by the inner frame; a child outside is tucked behind the whole nested scene."""
    names = _names(scene)
    inner = HEAD + "on = 1\n" + SHIP + swaps(*names) + KID
    (tmp_path / "scenes" / "inner.toml").write_text(inner, encoding="utf-8")
    toy = '[[layer]]\nname = "toy"\nasset = "kid"\nparent = "in/boat.hatch"\n'
    stand = scene('[[layer]]\nname = "in"\nscene = "scenes/inner.toml"\ntime.start = 2\n' + toy)  # type: ignore[operator]
    nested, kid = stand.cels(0)
    assert isinstance(nested.content, Pane)
    assert [cel.layer for cel in nested.content.cels] == ["paper", "boat", "kid"]
    assert where(kid, 10, 10) == (90, 72)
    assert order(stand, 2) == ["toy", "in"]
    assert [cel.layer for cel in stand.cels(2)[1].content.cels] == ["paper", "kid", "boat"]  # type: ignore[union-attr]
    assert order(stand, 4) == ["in", "toy"]


def test_a_ring_of_behind_and_hidden_is_laid_anyhow(scene: object) -> None:
    """A boat that lies behind the kid it hides: both are seen, whatever hides."""
    names = _names(scene)
    stand = scene(SHIP + swaps(*names) + 'behind = "kid"\n' + KID)  # type: ignore[operator]
    assert order(stand, 0) == ["boat", "kid"]
    assert sorted(order(stand, 4)) == ["boat", "kid"]


def test_a_moving_hook_is_no_pivot(scene: object) -> None:
    """A pivot stays where it is: naming a hook that moves is refused."""
    with pytest.raises(CollageError, match='"hatch" moves with the drawings: a pivot stays'):
        scene(SHIP + 'pivot = "hatch"\n')  # type: ignore[operator]


@pytest.mark.parametrize(
    ("hook", "words"),
    [
        ("{ 1 = [10, 10], 99 = [0, 0] }", 'no drawing "99"'),
        ('{ 1 = "hiden" }', 'hook "hatch" .* drawing "1" has none'),
        ("{ }", 'hook "hatch" .* it has none'),
        ("{ 1 = [10] }", "hooks: a point belongs here"),
        ("7", "hooks: a point belongs here"),
    ],
)
def test_what_a_registry_gets_wrong(scene: object, hook: str, words: str) -> None:
    """Unknown drawings, other words than hidden, and empty tables are refused in the registry's own lines."""
    with pytest.raises(CollageError, match=words) as caught:
        scene(SHIP, BOAT.replace(HATCH, f"hooks.hatch = {hook}\n"))  # type: ignore[operator]
    assert "registry.toml" in str(caught.value)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.none() | st.tuples(st.integers(-99, 99), st.integers(-99, 99))),
             min_size=1, max_size=8, unique_by=lambda pair: pair[0]),
    st.integers(-5, 70),
)  # fmt: skip
def test_a_hook_lies_between_its_neighbours(points: list[tuple[int, tuple[int, int] | None]], place: int) -> None:
    """Between two points on the straight line between them; hidden exactly from a hidden place to the next."""
    points.sort()
    hook = MovingHook(tuple(float(at) for at, _ in points), tuple(point for _, point in points))  # type: ignore[arg-type]
    (x, y), hidden = hook.at(float(place))
    before = [pair for pair in points if pair[0] <= place] or points[:1]
    after = [pair for pair in points if pair[0] > max(place, points[0][0] - 1)]
    assert hidden == (before[-1][1] is None)
    if hidden:
        return
    (from_, start), (to, end) = before[-1], (after or before)[0] if place >= points[0][0] else before[-1]
    if end is None or to == from_:
        end, to = start, from_ + 1
    share = min(max((place - from_) / (to - from_), 0), 1)
    assert (x, y) == pytest.approx(tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
