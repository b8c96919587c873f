"""Depth of field: how far each sheet is out of focus, and what is blurred by it as one."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_expose import stand

from collage.exposure.cel import Cel, Pane

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\non = 1\n"
SHEETS = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "mid"\ngap = {}\n[[sheet]]\nname = "top"\ngap = {}\n'
THREE = "".join(f'[[layer]]\nname = "{s}-disc"\nasset = "disc"\nsheet = "{s}"\n' for s in ("low", "mid", "top"))


def blurs(camera: str, frame: int = 0, gaps: tuple[float, float] = (30, 50), body: str = THREE) -> list[float]:
    return [cel.blur for cel in seen(camera, frame, gaps, body)]


def seen(camera: str, frame: int = 0, gaps: tuple[float, float] = (30, 50), body: str = THREE) -> list[Cel]:
    """The pieces from the lowest sheet up, out of the panes of sheets that fade."""
    cels = stand("[camera]\n" + camera + SHEETS.format(*gaps) + body, HEAD).cels(frame)
    return [one for cel in cels for one in (cel.content.cels if isinstance(cel.content, Pane) else [cel])]


@given(
    st.floats(0.01, 50), st.floats(0.1, 100), st.floats(200, 2000), st.floats(200, 3000), st.floats(-100, 1000),
    st.tuples(st.floats(0, 60), st.floats(0, 60)),
)  # fmt: skip
def test_the_formula_of_rule_7(
    zoom: float, aperture: float, rest: float, height: float, focus: float, gaps: tuple[float, float]
) -> None:
    """The disc's diameter is the page's, and the blur's sigma a quarter of it: their variances are alike."""
    assume(height - focus > 20.5)
    camera = f"zoom = {zoom!r}\naperture = {aperture!r}\nheight = {rest!r}\nfocus = {focus!r}\n"
    camera += f"keys.height = [[0, {height!r}]]\n"
    for blur, z in zip(blurs(camera, 0, gaps), (0.0, gaps[0], sum(gaps)), strict=True):
        diameter = zoom * aperture * rest * abs(z - focus) / ((height - z) * (height - focus))
        assert blur == pytest.approx(diameter / 4, rel=1e-9, abs=1e-9)


def test_a_discs_variance_is_that_of_a_quarter_of_its_diameter() -> None:
    """Along any axis the points of a disc of diameter 4 have the variance 1."""
    points = [(x + 0.5) / 100 for x in range(-200, 200)]
    widths = [math.sqrt(4 - x * x) for x in points]
    assert sum(x * x * wide for x, wide in zip(points, widths, strict=True)) / sum(widths) == pytest.approx(1, abs=1e-3)


def test_what_is_in_focus_is_sharp() -> None:
    """By a sheet's name or its millimetres; without a word the table; all of it with the lens closed."""
    assert [blur == 0 for blur in blurs('aperture = 20\nfocus = "mid"\n')] == [False, True, False]
    assert blurs('aperture = 20\nfocus = "mid"\n') == blurs("aperture = 20\nfocus = 30\n")
    assert [blur == 0 for blur in blurs("aperture = 20\n")] == [True, False, False]
    for closed in (
        "aperture = 0\n",
        'focus = "top"\n',
        'expr.aperture = "-3"\n',
        "aperture = 20\nexpr.aperture = '0'\n",
    ):
        assert blurs(closed) == [0, 0, 0]


def test_the_focus_is_racked() -> None:
    """Keys of focus go from sheet to sheet through the air between them; aperture opens by keys and formulas."""
    camera = 'aperture = 20\nkeys.focus = [[0, "low"], [20, "top", "linear"]]\n'
    assert blurs(camera, 0)[0] == blurs(camera, 20)[2] == 0
    assert blurs(camera, 10) == blurs("aperture = 20\nfocus = 40\n")
    opening = blurs('keys.aperture = [[0, 0], [20, 40, "linear"]]\nexpr.aperture = "v*2"\n', 10)
    assert opening == blurs("aperture = 40\n")


def test_a_focus_at_the_lens_or_behind_it_blurs_without_end_but_finitely() -> None:
    """Nothing nearer than 20 mm can be focused on: as if on that, no division by zero, no blur below 0."""
    for focus in (480, 500, 501, 1e6):
        assert blurs(f"aperture = 1\nfocus = {focus!r}\n") == blurs("aperture = 1\nfocus = 480\n")
    assert min(blurs("aperture = 1\nfocus = -1e6\n")) > 0
    assert all(math.isfinite(blur) for blur in blurs("zoom = 1000\naperture = 1000\nkeys.height = [[0, 100.5]]\n"))


def test_its_own_blur_and_the_lenss_add_up_as_blurs_do() -> None:
    """Two Gaussians one after the other: the variances add."""
    own = "keys.blur = [[0, 3]]\n"
    lens = blurs("aperture = 90\n")[2]
    assert blurs("aperture = 90\n", body=THREE + own)[2] == pytest.approx(math.hypot(3, lens))
    assert blurs("", body=THREE + own) == [0, 0, 3]


def test_bokeh_is_of_the_lens_alone() -> None:
    """Discs where the lens blurs; a piece in focus keeps its own Gaussian."""
    body = THREE + "keys.blur = [[0, 3]]\n"
    for focus, discs in (("low", [False, True, True]), ("top", [True, True, False])):
        cels = seen(f'aperture = 20\nbokeh = true\nfocus = "{focus}"\n', body=body)
        assert [cel.bokeh for cel in cels] == discs
    assert not any(cel.bokeh for cel in seen("aperture = 20\n", body=body))
    assert not any(cel.bokeh for cel in seen("bokeh = true\n", body=body))


def test_what_is_locked_is_sharp() -> None:
    """The camera leaves it as it is."""
    assert blurs("aperture = 90\n", body=THREE + "lock = true\n")[2] == 0


def test_a_group_is_blurred_as_one() -> None:
    """Out of focus its picture is blurred and its members are sharp; in focus it lies flat."""
    group = (
        '[[layer]]\nname = "g"\ngroup = true\nsheet = "top"\n[[layer]]\nname = "inner"\ngroup = true\nparent = "g"\n'
    )
    group += '[[layer]]\nasset = "disc"\nparent = "inner"\n[[layer]]\nasset = "arrow"\nparent = "g"\n'
    text = SHEETS.format(30, 50) + group
    (whole,) = stand("[camera]\naperture = 90\nbokeh = true\n" + text, HEAD).cels(0)
    assert isinstance(whole.content, Pane)
    assert (whole.blur, whole.bokeh) == (blurs("aperture = 90\n")[2], True)
    assert [(cel.layer, cel.blur, cel.bokeh) for cel in whole.content.cels] == [("disc", 0, False), ("arrow", 0, False)]
    assert len(stand('[camera]\naperture = 90\nfocus = "top"\n' + text, HEAD).cels(0)) == 2


def test_focusing_is_no_moving() -> None:
    """A camera that only racks its focus makes nothing on twos jitter, and says so to nobody."""
    body = '[[layer]]\nasset = "disc"\nmove = [{ do = "bob" }]\non = 2\n'
    for channel in ("focus", "aperture"):
        assert stand(f"[camera]\nkeys.{channel} = [[0, 0], [20, 9]]\n" + body, HEAD).warnings == ()
    assert len(stand("[camera]\nkeys.zoom = [[0, 1], [20, 2]]\n" + body, HEAD).warnings) == 1
