"""Whom a matte may name: a whole layer of the scene, and none that needs this one to be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.scene import rules
from collage.scene.model import Layer, Peg, Scene


def card(name: str, matte: str | None = None, **fields: object) -> Layer:
    own = {"matte": {"layer": matte}} if matte else {}
    return Layer(name=name, **({"card": "red", "size": (2, 2)} if "group" not in fields else {}), **own, **fields)


def found(*layers: Layer, peg: tuple[Peg, ...] = ()) -> list[tuple[object, str]]:
    return [*rules.problems(Scene(layer=layers, peg=peg))]


@pytest.mark.parametrize(
    ("matte", "words"),
    [
        ("windw", 'no layer is called "windw". Did you mean "window"?'),
        ("a", '"a" is this very layer: name another'),
        ("twice", '2 are called "twice": give one of them a name of its own'),
        ("window.hook", '"window.hook" is a hook, and a layer is seen through a whole one: write "window"'),
        ("window/x", '"window/x" lies in a nested scene, and a layer is seen through a whole one: write "window"'),
        ("hand", 'no layer is called "hand".'),
    ],
)
def test_a_matte_names_one_whole_layer(matte: str, words: str) -> None:
    """Not one that is missing, borne twice, itself, a peg, a hook or a layer of another scene."""
    layers = (card("a", matte), card("window"), card("twice"), card("twice"))
    ((loc, message),) = found(*layers, peg=(Peg(name="hand"),))
    assert loc == ("layer", 0, "matte", "layer")
    assert message.startswith(words)


def test_copies_are_gathered_before_they_are_a_matte() -> None:
    """A layer that is repeated is no one piece; the group it hangs on is."""
    dots = {"repeat": {"count": 3}}
    ((loc, message),) = found(card("a", "dots"), card("dots", **dots))
    assert loc == ("layer", 0, "matte", "layer")
    assert message.endswith("hang it on a layer with group = true, and name that")
    assert found(card("a", "g"), card("g", group=True), card("dots", parent="g", **dots)) == []


def test_many_may_be_seen_through_one_and_one_through_another() -> None:
    """A chain of mattes ends somewhere, and it may stand in any order; so may one inside the group that it cuts."""
    assert found(card("a", "b"), card("c", "b"), card("b", "d"), card("d")) == []
    assert found(card("g", "hole", group=True), card("hole", parent="g"), card("m", parent="g")) == []
    assert found(card("a", "g"), card("g", group=True), card("m", "b", parent="g"), card("b")) == []


@pytest.mark.parametrize(
    ("layers", "loc", "chain"),
    [
        ([card("a", "b"), card("b", "a")], 0, '"a" → "b" → "a"'),
        ([card("x", "a"), card("a", "b"), card("b", "c"), card("c", "a")], 1, '"a" → "b" → "c" → "a"'),
        ([card("g", group=True), card("m", "g", parent="g")], 1, '"m" → "g" → "m"'),
        ([card("g", "a", group=True), card("a", "b"), card("b", "g")], 0, '"g" → "a" → "b" → "g"'),
        ([card("h", group=True), card("g", parent="h", group=True), card("p", parent="g"),
          card("m", "h", parent="p")], 3, '"m" → "h" → "g" → "m"'),
    ],
)  # fmt: skip
def test_nothing_is_seen_through_itself(layers: list[Layer], loc: int, chain: str) -> None:
    """A ring of mattes is told once, at one of them, also where a group in it holds what is seen through it."""
    ((place, message),) = found(*layers)
    assert place == ("layer", loc, "matte", "layer")
    assert message == f"{chain}: each needs the next to be seen; take one `matte` out"


def test_a_ring_of_parents_is_no_ring_of_mattes() -> None:
    """It has its own words, and the mattes beside it none."""
    layers = (card("g", parent="h", group=True), card("h", parent="g", group=True), card("a", "b"), card("b"))
    ((loc, message),) = found(*layers)
    assert loc == ("layer", 0, "parent")
    assert "hangs on" in message


def test_ten_thousand_mattes_are_followed_in_one_go() -> None:
    """No recursion, and nothing that grows with the square: the longest chain is fine, closed it is one ring."""
    chain = [card(f"l{n}", f"l{n + 1}") for n in range(9_999)]
    assert found(*chain, card("l9999")) == []
    assert len(found(*chain, card("l9999", "l0"))) == 1


@given(st.lists(st.integers(-1, 7), min_size=8, max_size=8))
def test_a_finding_means_that_a_walk_never_ends(mattes: list[int]) -> None:
    """Against a plain walk from each layer to what it is seen through."""
    layers = [card(f"l{n}", f"l{to}" if to not in (n, -1) else None) for n, to in enumerate(mattes)]
    onward = [to if to != n else -1 for n, to in enumerate(mattes)]

    def endless(place: int) -> bool:
        for _ in layers:
            place = onward[place] if place >= 0 else -1
        return place >= 0

    assert bool(found(*layers)) == any(map(endless, range(8)))
