"""`repeat`: how many copies, where, when, and what sets each apart."""

from __future__ import annotations

import math
from pathlib import Path

import goldens
import pytest
from conftest import Project

import collage
from collage.errors import CollageError, SceneError
from collage.exposure.bench import Library
from collage.exposure.cel import Cel, Pane
from collage.registry.catalogue import Catalogue
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 96\n"
DISC = '[[layer]]\nasset = "disc"\n'


def stand(body: str, head: str = HEAD) -> collage.Stand:
    return collage.open(parse(head + body), root=goldens.FOLDER)


def cels(body: str, frame: int = 0) -> tuple[Cel, ...]:
    return stand(body).cels(frame)


def spots(body: str, frame: int = 0) -> list[tuple[float, float]]:
    """Where each copy's pivot lies."""
    return [(round(x, 6), round(y, 6)) for x, y in (one.matrix.at((24, 24)) for one in cels(body, frame))]


def test_count_alone_lays_all_where_the_layer_lies() -> None:
    """Without area and grid the copies lie on one another, in the order of their numbers."""
    assert spots(DISC + "at = [10, 20]\nrepeat = { count = 3 }\n") == [(10, 20)] * 3
    assert spots(DISC + 'at = [0, 20]\nexpr.x = "v + 5*i"\nrepeat = { count = 3 }\n') == [(0, 20), (5, 20), (10, 20)]


@pytest.mark.parametrize(
    ("area", "box"),
    [
        ("[10, 20, 30, 40]", (10, 20, 40, 60)),
        ('[0, "50%", "100%", 30]', (0, 60, 200, 90)),
        ('["25%", 0, "50%", "10%"]', (50, 0, 150, 12)),
    ],
)
def test_area_scatters(area: str, box: tuple[float, ...]) -> None:
    """All copies lie within the area, in pixels or percent of the canvas's side, and fill it."""
    found = spots(DISC + f"repeat = {{ count = 200, area = {area} }}\n")
    x0, y0, x1, y1 = box
    assert all(x0 <= x < x1 and y0 <= y < y1 for x, y in found)
    assert len(set(found)) == 200
    for axis, low, high in ((0, x0, x1), (1, y0, y1)):
        share = sorted((spot[axis] - low) / (high - low) for spot in found)
        assert share[0] < 0.05
        assert share[-1] > 0.95
        assert 0.4 < sum(share) / 200 < 0.6


def test_an_area_under_a_parent_is_in_its_pixels() -> None:
    """Under a parent the area is laid from its origin; percent has nothing to be a share of and is refused."""
    peg = '[[peg]]\nname = "p"\nat = [100, 50]\nscale = 2\n'
    body = peg + DISC + 'parent = "p"\nrepeat = {{ count = 9, area = {} }}\n'
    assert all(100 <= x < 120 and 50 <= y < 60 for x, y in spots(body.format("[0, 0, 10, 5]")))
    with pytest.raises(SceneError, match="repeat"):
        stand(body.format('[0, 0, "10%", 5]'))
    with pytest.raises(SceneError, match="a grid under a parent needs its area"):
        stand(peg + DISC + 'parent = "p"\nrepeat = { grid = [2, 2] }\n')


def test_a_grid_goes_row_by_row() -> None:
    """Each copy lies in the middle of its cell: of the canvas, or of the area."""
    rows = [(x, y) for y in (30, 90) for x in (25, 75, 125, 175)]
    assert spots(DISC + "repeat = { grid = [4, 2] }\n") == rows
    assert spots(DISC + "repeat = { grid = [2, 1], area = [10, 10, 40, 20] }\n") == [(20, 20), (40, 20)]


def test_delay_moves_a_copys_whole_clock() -> None:
    """Copy i does everything, keys, moves, formulas, drawings and its span, i delays later."""
    body = (
        '[[layer]]\nasset = "mouth"\non = 1\nin = 4\nout = 50\nkeys.x = [[4, 0], [40, 200]]\nexpr.y = "f"\n'
        'keys.turn = { keys = [[0, 0], [5, 90, "hold"]], loop = 9 }\nexpr.scale = "1 + t"\n'
        'move = [{ do = "slide", by = [9, 9], in = "in+6" }, { do = "cycle", hold = 3 }]\n'
        'keys.hidden = [[0, false], [20, true], [23, false]]\nexpr.opacity = "f / 100"\n'
    )
    plain, repeated = stand(body), stand(body + "repeat = { count = 3, delay = 7 }\n")
    for frame in range(96):
        expected = [one for i in range(3) if frame >= 7 * i for one in plain.cels(frame - 7 * i)]
        assert list(repeated.cels(frame)) == expected


def test_a_delayed_copy_keeps_the_scenes_exposures() -> None:
    """A delay that is no whole number of exposures shows the later moment at the scene's own exposures."""
    shown = stand(DISC + 'keys.x = [[0, 0], [90, 90, "linear"]]\nrepeat = { count = 2, delay = 3 }\n')
    assert [one.matrix.e + 24 for one in shown.cels(9)] == pytest.approx([8, 5])


def test_delays_are_never_negative() -> None:
    """A copy before its layer is refused, by delay or by vary.delay."""
    for repeat in ("count = 2, delay = -1", "count = 2, vary = { delay = -1 }"):
        with pytest.raises(SceneError, match="write a delay of 0 or more"):
            stand(DISC + f"repeat = {{ {repeat} }}\n")


def test_vary_turns_and_scales_either_way() -> None:
    """Each copy is turned by up to so much either way, and larger or smaller by up to the share, on top of its own."""
    found = cels(DISC + "turn = 100\nscale = 2\nrepeat = { count = 200, vary = { turn = 30, scale = 0.3 } }\n")
    turns = [math.degrees(math.atan2(one.matrix.b, one.matrix.a)) - 100 for one in found]
    sizes = [math.hypot(one.matrix.a, one.matrix.b) / 2 for one in found]
    for values, low, high in ((turns, -30, 30), (sizes, 0.7, 1.3)):
        assert low <= min(values) < low + 0.1 * (high - low)
        assert high >= max(values) > high - 0.1 * (high - low)
    assert abs(sum((t / 30) * (s - 1) / 0.3 for t, s in zip(turns, sizes, strict=True)) / 200) < 0.15


def test_vary_holds_through_keys() -> None:
    """Keys of turn and scale are the same for all; a copy keeps its own difference."""
    body = DISC + 'keys.turn = [[0, 0], [48, 90, "linear"]]\nrepeat = { count = 4, vary = { turn = 30 } }\n'
    shown = stand(body)
    turns = [[math.degrees(math.atan2(one.matrix.b, one.matrix.a)) for one in shown.cels(f)] for f in (0, 16)]
    assert [b - a for a, b in zip(*turns, strict=True)] == pytest.approx([30] * 4)


def test_vary_swap_begins_with_a_drawing_of_its_own() -> None:
    """Both drawings are to be seen among the copies, each goes on from its own, and any can be loaded."""
    mouths = '[[layer]]\nasset = "mouth"\nrepeat = { count = 20, vary = { swap = true } }\n'
    shown = stand(mouths)
    names = [one.content.name for one in shown.cels(0)]  # type: ignore[union-attr]
    assert 4 < names.count("open") < 16
    assert names == [one.content.name for one in shown.cels(40)]  # type: ignore[union-attr]
    assert {drawing.name for drawing in shown.drawings} == {"open", "shut"}
    later = [one.content.name for one in stand(mouths + 'move = [{ do = "cycle" }]\n').cels(2)]  # type: ignore[union-attr]
    assert later == [{"open": "shut", "shut": "open"}[name] for name in names]


def test_vary_delay_scatters_the_starts() -> None:
    """Each copy starts up to so much later, within its own span."""
    shown = stand(DISC + 'in = 0\nout = 1\nrepeat = { count = 60, vary = { delay = "2s" } }\n')
    starts = [len(shown.cels(frame)) for frame in range(96)]
    assert sum(starts) == 60
    assert sum(starts[49:]) == 0
    assert sum(starts[:24]) > 15
    assert sum(starts[24:]) > 15


def test_each_copy_has_chance_of_its_own() -> None:
    """Moves by chance and random() differ from copy to copy; one copy more changes none of the others."""
    body = (
        DISC
        + 'move = [{{ do = "shake" }}]\nexpr.turn = "360*random(0)"\nrepeat = {{ count = {}, area = [0, 0, 99, 99] }}\n'
    )
    five = cels(body.format(5), 8)
    assert len({one.matrix for one in five}) == 5
    assert cels(body.format(6), 8)[:5] == five


def test_copies_are_no_one_to_hang_on_or_look_at() -> None:
    """A repeated layer can't be a parent, a target or what others lie behind: said with the cure."""
    for word in ('parent = "disc"', 'behind = "disc"', 'move = [{ do = "look-at", layer = "disc" }]'):
        with pytest.raises(SceneError, match=r'"disc" is repeated.* put both in a scene of their own'):
            stand(DISC + f'repeat = {{ count = 2 }}\n[[layer]]\nasset = "arrow"\n{word}\n')


def test_what_is_one_of_a_kind_is_not_repeated(project: Project) -> None:
    """Copies hold the asset each for itself: a breach, unless they come one after the other or are photostats."""
    import numpy as np

    head, box = "format = 1\n[scene]\nlength = 48\n", {"dot": np.full((4, 4, 4), 255, np.uint8)}
    registry = "format = 1\n[dot]\ncopies = 1\n"
    body = '[[layer]]\nasset = "dot"\nout = 8\nrepeat = {{ count = 3, delay = {} }}\n'
    with pytest.raises(SceneError, match='"dot" is one of a kind'):
        collage.open(project(head + body.format(7), box, registry))
    collage.open(project(head + body.format(8), box, registry))
    collage.open(project(head + body.format(7) + "photostat = true\n", box, registry))


def nest(root: Path, repeat: str) -> collage.Stand:
    (root / "assets").mkdir(exist_ok=True)
    (root / "scenes").mkdir(exist_ok=True)
    inner = 'format = 1\n[scene]\nsize = [20, 20]\nlength = 40\non = 1\n[[layer]]\ncard = "#fff"\nsize = [2, 2]\n'
    inner += 'keys.x = [[0, 0], [40, 40, "linear"]]\nexpr.y = "100*random(0)"\n'
    (root / "scenes/inner.toml").write_text(inner)
    return collage.open(parse(f'{HEAD}[[layer]]\nscene = "scenes/inner.toml"\n{repeat}'), root=root)


def test_a_nested_scene_is_repeated(tmp_path: Path) -> None:
    """Each copy runs its own clock, later by its delay, and has chance of its own inside."""
    shown = nest(tmp_path, "repeat = { count = 3, delay = 5, area = [0, 0, 99, 99] }\n")
    panes = [one.content for one in shown.cels(12)]
    assert all(isinstance(pane, Pane) for pane in panes)
    inside = [pane.cels[-1].matrix for pane in panes]  # type: ignore[union-attr]
    assert [matrix.e + 1 for matrix in inside] == pytest.approx([12, 7, 2])
    assert len({matrix.f for matrix in inside}) == 3


def test_ten_thousand_copies_and_no_more() -> None:
    """A crowd of ten thousand binds; more than 20,000 pieces, those inside nested copies counted, are refused."""
    crowd = DISC + 'expr.x = "v + i"\nmove = [{ do = "bob" }]\nrepeat = { count = 10000, vary = { turn = 40 } }\n'
    assert len(cels(crowd)) == 10_000
    library = Library(Catalogue.open(goldens.FOLDER))
    disc = parse("format = 1\n" + DISC).layer[0]
    library.take(disc, 20_000)
    with pytest.raises(CollageError, match="more than 20000 layers with their copies and nested scenes"):
        library.take(disc, 1)


def test_a_mistake_is_said_once_and_not_for_every_copy() -> None:
    """A formula that ten thousand copies share is one finding."""
    with pytest.raises(SceneError) as told:
        stand(DISC + 'expr.x = "beat"\nrepeat = { count = 10000 }\n')
    assert len(told.value.findings) == 1
