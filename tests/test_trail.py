"""The way of a piece: where its pivot lies exposure by exposure, and which of them are keyed."""

from __future__ import annotations

from pathlib import Path

import pytest

import collage
from collage.player import pick
from collage.player.trail import MOST, Step, around, ways
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 24\n"
SLIDE = 'card = "#fff"\nsize = [20, 20]\nkeys.x = [[0, 10], [8, 90, "linear"]]\n'


def way_of(
    stand: collage.Stand, name: str, frames: range | None = None, keyed: frozenset[int] = frozenset()
) -> list[list[Step]]:
    key = pick.Key("", tuple((step, 0) for step in name.split("/")))
    return [list(way) for way in ways(stand, frames or range(stand.length), key, keyed)]


def test_there_is_a_step_for_each_exposure_that_moves() -> None:
    """On twos every other frame; where it rests nothing is added, unless it is keyed there."""
    with collage.open(parse(HEAD + '[[layer]]\nname = "one"\n' + SLIDE)) as stand:
        (way,) = way_of(stand, "one", keyed=frozenset({0, 8, 20}))
        assert [step.frame for step in way] == [0, 2, 4, 6, 8, 20]
        assert [step.point for step in way] == [(x, 60) for x in (10, 30, 50, 70, 90, 90)]
        assert [step.frame for step in way if step.keyed] == [0, 8, 20]


def test_where_it_is_not_there_its_way_ends() -> None:
    """Hidden for a while, it has two ways."""
    hidden = "keys.hidden = [[0, false], [4, true], [6, false]]\n"
    with collage.open(parse(HEAD + '[[layer]]\nname = "one"\n' + SLIDE + hidden)) as stand:
        assert [[step.frame for step in way] for way in way_of(stand, "one")] == [[0, 2], [6, 8]]


def test_what_is_carried_goes_the_way_of_its_carrier() -> None:
    """A piece without keys on a peg that slides."""
    peg = '[[peg]]\nname = "tram"\nkeys.x = [[0, 10], [8, 90, "linear"]]\n'
    rest = '[[layer]]\nname = "one"\nparent = "tram"\nat = [5, 7]\ncard = "#fff"\nsize = [20, 20]\n'
    with collage.open(parse(HEAD + peg + rest)) as stand:
        (way,) = way_of(stand, "one")
        assert [step.point for step in way] == [(x, 7) for x in (15, 35, 55, 75, 95)]


def test_a_piece_of_a_nested_scene_goes_through_it(tmp_path: Path) -> None:
    """Its way lies where the outer canvas shows it; its keys count on its own clock."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    inner = HEAD.replace("[200, 120]", "[100, 60]") + '[[layer]]\nname = "one"\n' + SLIDE
    (tmp_path / "scenes" / "inner.toml").write_text(inner, encoding="utf-8")
    main = tmp_path / "scenes" / "main.toml"
    main.write_text(HEAD + '[[layer]]\nscene = "scenes/inner.toml"\nscale = 2\nin = 10\n', encoding="utf-8")
    with collage.open(main) as stand:
        (way,) = way_of(stand, "inner/one", keyed=frozenset({8}))
        assert [step.frame for step in way] == [10, 12, 14, 16, 18]
        assert [step.point for step in way] == [(x, 60) for x in (20, 60, 100, 140, 180)]
        assert [step.frame for step in way if step.keyed] == [18]


@pytest.mark.parametrize("frame", [0, 500, 5_000, 99_999])
def test_of_a_long_scene_only_what_is_near_is_looked_at(frame: int) -> None:
    """MOST frames with the present among them, the same ones for many frames."""
    with collage.open(parse((HEAD + "[[layer]]\n" + SLIDE).replace("length = 24", "length = 100000"))) as stand:
        frames = around(stand, frame)
        assert len(frames) == MOST
        assert frame in frames
        assert 0 <= frames.start < frames.stop <= 100_000
        assert frames == around(stand, frame - frame % 10)
