"""The lamp: rule 8's shadow to the letter, who casts one, and through which lens it is seen."""

from __future__ import annotations

import math

import goldens
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.exposure.cel import Cel, Pane, Shadow
from collage.exposure.xsheet import x_sheet
from collage.scene.reader import parse
from collage.timing import Span

HEAD = "format = 1\n[scene]\nsize = [{}, 120]\nlength = 48\non = 1\n"
DISC = '[[layer]]\nname = "disc"\nasset = "disc"\n'
SHEETS = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\ngap = {}\n'


def stand(body: str, width: int = 200) -> collage.Stand:
    return collage.open(parse(HEAD.format(width) + body), root=goldens.FOLDER)


def cels(body: str, frame: int = 0) -> dict[str, Cel]:
    return {cel.layer: cel for cel in stand(body).cels(frame)}


def shadow(body: str, frame: int = 0, layer: str = "disc") -> Shadow:
    """The shadow of a layer that is known to have one."""
    found = cels(body, frame)[layer].shadow
    assert found is not None
    return found


def rule(gap: float, turn: float, lean: float, strength: float, spread: float, width: float) -> Shadow:
    """Rule 8 from the page."""
    g = 60 + (gap - 60) / 3 if gap > 60 else gap
    air, u = g + 6, width / 1920
    away = math.radians(turn + 180)
    reach = u * air * math.tan(math.radians(lean))
    opacity = strength / (1 + air / 250)
    return Shadow((math.sin(away) * reach, -math.cos(away) * reach), u * (1 + spread * air / 2), opacity)


def near(one: Shadow | None, other: Shadow | None) -> bool:
    assert one is not None
    assert other is not None
    flat = (*one.offset, one.sigma, one.opacity), (*other.offset, other.sigma, other.opacity)
    return all(math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(*flat, strict=True))


@given(
    st.floats(0, 400), st.floats(-720, 720), st.floats(0, 89), st.floats(0.01, 1), st.floats(0, 10),
    st.integers(1, 4000),
)  # fmt: skip
def test_the_formula_of_rule_8(
    gap: float, turn: float, lean: float, strength: float, spread: float, width: int
) -> None:
    """Offset, sigma and opacity are the page's, on the table and on a sheet with air under it."""
    lamp = f"[lamp]\nturn = {turn!r}\nlean = {lean!r}\nstrength = {strength!r}\nspread = {spread!r}\n"
    body = (
        SHEETS.format(repr(gap)) + DISC + 'shadow = true\n[[layer]]\nasset = "arrow"\nsheet = "high"\nshadow = true\n'
    )
    table, above = stand(lamp + body, width).cels(0)
    assert near(table.shadow, rule(0, turn, lean, strength, spread, width))
    assert near(above.shadow, rule(gap, turn, lean, strength, spread, width))


def test_without_a_word_the_default_lamp_shines() -> None:
    """From the upper left, so that shadows fall to the lower right; an empty [lamp] is that very one."""
    plain = shadow(DISC)
    assert near(plain, rule(0, -37, 27, 0.5, 0.6, 200))
    assert min(plain.offset) > 0
    assert shadow("[lamp]\n" + DISC) == plain


def test_more_air_longer_softer_fainter() -> None:
    """Each sheet by its own gap, not by its height."""
    body = SHEETS.format(90) + '[[sheet]]\nname = "top"\ngap = 10\n'
    body += "".join(f'[[layer]]\nname = "{s}"\nasset = "disc"\nsheet = "{s}"\n' for s in ("low", "top", "high"))
    low, top, high = (shadow(body, layer=name) for name in ("low", "top", "high"))
    reaches = [math.hypot(*one.offset) for one in (low, top, high)]
    assert reaches == sorted(reaches)
    assert low.sigma < top.sigma < high.sigma
    assert low.opacity > top.opacity > high.opacity


def test_keys_and_formulas_move_the_lamp_on_its_own_exposures() -> None:
    """Shadows turn as it turns; `lamp.on` holds it, else the scene's."""
    lamp = '[lamp]\non = 4\nlean = 45\nkeys.turn = [[0, 0], [8, 180, "linear"]]\nexpr.strength = "v + f/100"\n'
    got = [shadow(lamp + DISC, frame) for frame in range(9)]
    for frame in (0, 4, 8):
        assert near(got[frame], rule(0, 22.5 * frame, 45, 0.5 + frame / 100, 0.6, 200))
    assert got[3] == got[0] != got[4] == got[7]


@pytest.mark.parametrize(
    ("lamp", "as_if"),
    [
        ('expr.strength = "7"', (-37, 27, 1, 0.6)),
        ('expr.lean = "-30"', (-37, 0, 0.5, 0.6)),
        ('expr.lean = "180"', (-37, 89.9, 0.5, 0.6)),
        ('expr.spread = "-4"', (-37, 27, 0.5, 0)),
        ('expr.spread = "1e9"', (-37, 27, 0.5, 10)),
        ('keys.strength = [[0, 0], [40, 1, "in-back"]]\nexpr.lean = "27"', None),
    ],
)
def test_what_overshoots_is_clamped(lamp: str, as_if: tuple[float, float, float, float] | None) -> None:
    """No shadow darker than black or without end, whatever a formula says or an ease overshoots to."""
    if as_if is None:
        dark = [cels(f"[lamp]\n{lamp}\n" + DISC, frame)["disc"].shadow is None for frame in (0, 10, 39)]
        assert dark == [True, True, False]
    else:
        assert near(shadow(f"[lamp]\n{lamp}\n" + DISC), rule(0, *as_if, 200))


def test_a_lamp_that_is_out_and_a_piece_that_is_gone_cast_nothing() -> None:
    """Strength 0, opacity 0, `shadow = false`: no shadow at all, not one of no opacity."""
    for body in ("[lamp]\nstrength = 0\n" + DISC, DISC + "opacity = 0\n", DISC + "shadow = false\n"):
        assert cels(body)["disc"].shadow is None
    fading = DISC + "keys.opacity = [[0, 0], [24, 1]]\n"
    assert [cels(fading, frame)["disc"].shadow is None for frame in (0, 1, 24)] == [True, False, False]


PEG = '[[peg]]\nname = "p"\nat = [{}, 60]\n{}\n'
CARD = '[[layer]]\nname = "card"\ncard = "#fff"\nsize = [{}, {}]\n'


@pytest.mark.parametrize(
    ("body", "casts"),
    [
        (CARD.format(200, 120), False),
        (CARD.format(300, 300) + "at = [120, 40]\n", False),
        (CARD.format(199, 119), False),
        (CARD.format(200, 110), True),
        (CARD.format(200, 120) + "turn = 5\n", True),
        (CARD.format(400, 400) + "turn = 45\n", False),
        (CARD.format(200, 120) + "at = [110, 60]\n", True),
        (CARD.format(100, 60) + "scale = [2, -2]\n", False),
        (CARD.format(200, 120) + "scale = 0\n", True),
        (CARD.format(200, 120) + "keys.x = [[0, -900], [24, 100]]\n", False),
        (CARD.format(20, 12) + "keys.scale = [[0, 90]]\n", True),
        (CARD.format(200, 120) + "shadow = true\n", True),
        (CARD.format(20, 20) + "shadow = false\n", False),
        (PEG.format("100", "scale = 2") + CARD.format(100, 60) + 'parent = "p"\n', False),
        (PEG.format("99", "keys.at = [[0, [0, 0]]]") + CARD.format(204, 120) + 'parent = "p"\n', False),
        (CARD.format(200, 120) + 'keys.parent = [[0, ""], [9, "p"]]\n[[peg]]\nname = "p"\n', False),
        (DISC + "scale = 9\n", False),
        ('[[layer]]\nname = "card"\ntext = "A"\nsize = [200, 200]\n', False),
    ],
)  # fmt: skip
def test_what_covers_the_canvas_at_rest_casts_none(body: str, casts: bool) -> None:
    """By its static place, its carriers' with it, to half a pixel; whatever keys do; unless `shadow` says otherwise."""
    assert (cels(body, 24)["disc" if "disc" in body else "card"].shadow is not None) == casts


def test_a_group_casts_one_shadow_as_a_whole() -> None:
    """Its picture has it, at the group's sheet; members, groups among them, have none, whatever they say."""
    body = (
        SHEETS.format(30) + '[[layer]]\nname = "g"\ngroup = true\nsheet = "high"\n'
        '[[layer]]\nname = "inner"\ngroup = true\nparent = "g"\nopacity = 0.5\n'
        + DISC + 'parent = "inner"\nshadow = true\n[[layer]]\nname = "b"\nasset = "arrow"\nparent = "g"\n'
    )  # fmt: skip
    (whole,) = stand(body).cels(0)
    assert isinstance(whole.content, Pane)
    assert near(whole.shadow, rule(30, -37, 27, 0.5, 0.6, 200))
    inner, other = whole.content.cels
    assert isinstance(inner.content, Pane)
    assert [cel.shadow for cel in (inner, *inner.content.cels, other)] == [None] * 3


def test_a_group_without_shadow_is_flat_and_casts_none() -> None:
    """`shadow = false` on the group takes it from all that is in it: members lie as they are."""
    body = '[[layer]]\nname = "g"\ngroup = true\nshadow = false\n' + DISC + 'parent = "g"\nshadow = true\n'
    (cel,) = stand(body).cels(0)
    assert (cel.layer, cel.shadow) == ("disc", None)


def test_all_pieces_of_a_sheet_share_one_shadow() -> None:
    """The very same value for every piece and every copy, however many there are."""
    body = SHEETS.format(30) + DISC + "repeat = { count = 5 }\n" + '[[layer]]\nasset = "arrow"\nsheet = "high"\n'
    *copies, above = stand(body).cels(0)
    assert len({id(cel.shadow) for cel in copies}) == 1
    assert copies[0].shadow is not None
    assert above.shadow != copies[0].shadow


def test_a_shadow_is_seen_through_its_sheets_lens() -> None:
    """Nearer it is larger, turned with the picture, as dark as before; what is locked has it as it lies."""
    body = (
        SHEETS.format(50)
        + DISC
        + 'sheet = "high"\n[[layer]]\nname = "b"\nasset = "disc"\nlock = true\nsheet = "high"\n'
    )
    camera = "[camera]\nzoom = 2\nturn = 90\nkeys.height = [[0, 300]]\n"
    plain, seen = shadow(body), shadow(camera + body)
    grown = 2 * 450 / 250
    assert near(seen, Shadow((plain.offset[1] * grown, -plain.offset[0] * grown), plain.sigma * grown, plain.opacity))
    assert shadow(camera + body, layer="b") == plain


def test_a_faded_sheet_fades_its_shadows_with_it() -> None:
    """They lie in the sheet's picture, with the pieces."""
    (sheet,) = stand('[[sheet]]\nname = "low"\nopacity = 0.5\n' + DISC).cels(0)
    assert (sheet.shadow, sheet.opacity) == (None, 0.5)
    assert isinstance(sheet.content, Pane)
    assert sheet.content.cels[0].shadow is not None


def test_a_nested_scene_has_its_own_lamp(project: Project) -> None:
    """Its layer casts one by the outer lamp, what is in it by the inner; a scene that covers the canvas casts none."""
    inner = (
        "format = 1\n[scene]\nsize = [80, 60]\n[lamp]\nturn = 90\nlean = 45\n[[layer]]\ncard = '#fff'\nsize = [9, 9]\n"
    )
    layer = '[[layer]]\nname = "box"\nscene = "scenes/inner.toml"\n'
    file = project(HEAD.format(200) + layer + '[[layer]]\nname = "wide"\nlike = "box"\nscale = 3\n')
    (file.parent / "inner.toml").write_text(inner, encoding="utf-8")
    box, wide = collage.open(file).cels(0)
    assert near(box.shadow, rule(0, -37, 27, 0.5, 0.6, 200))
    assert wide.shadow is None
    assert isinstance(box.content, Pane)
    paper, card = box.content.cels
    assert paper.shadow is None
    assert near(card.shadow, rule(0, 90, 45, 0.5, 0.6, 80))


def test_lamp_keys_make_a_scene_longer() -> None:
    """Where no length is written, the lamp's last key counts as any."""
    scene = parse("format = 1\n[lamp]\nkeys.turn = [[0, 0], [240, 9]]\n" + DISC)
    assert collage.open(scene, root=goldens.FOLDER).length == 241


def test_a_moving_lamp_has_no_column_of_its_own() -> None:
    """It is no peg in the exposure sheet."""
    shown = stand('[lamp]\nkeys.turn = [[0, 0], [24, 9]]\n[[peg]]\nname = "p"\nkeys.x = [[0, 0], [9, 9]]\n' + DISC)
    sheet = x_sheet(shown.scene, shown.rig, Span(0, 4))  # type: ignore[arg-type]
    assert [column.name for column in sheet.columns] == ["disc", "p"]
