"""Tables of colours are read strictly and looked up exactly."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import AssetError
from collage.exposure.cel import Finish
from collage.glass.film_table import look_up
from collage.glass.look import finish
from collage.glass.lut import Cube, cube, read_cube

Floats = npt.NDArray[np.float32]
UNIT = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))


def random_cube(sides: int, seed: int = 1) -> Cube:
    return Cube(np.random.default_rng(seed).random((sides, sides, sides, 3)).astype(np.float32), *UNIT)


def identity(sides: int) -> Floats:
    blue, green, red = np.meshgrid(*[np.linspace(0, 1, sides)] * 3, indexing="ij")
    return np.stack([red, green, blue], axis=-1).astype(np.float32)


def text_of(table: Floats, *more: str) -> str:
    kind = "LUT_3D_SIZE" if table.ndim == 4 else "LUT_1D_SIZE"
    rows = [" ".join(f"{value:.9g}" for value in row) for row in table.reshape(-1, 3)]
    return "\n".join(['TITLE "print"', f"{kind} {len(table)}", *more, *rows]) + "\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "print.cube"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def tetrahedral(table: npt.NDArray[np.float64], colour: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """One colour, by sorting: from the cell's first corner along the farthest axis, then the next, then the last."""
    place = np.clip(colour, 0, 1) * (len(table) - 1)
    corner = np.minimum(place.astype(int), len(table) - 2)
    part, at = place - corner, corner.copy()
    order = np.argsort(-part, kind="stable")
    far = [1.0, *part[order], 0.0]
    out = np.zeros(3)
    for step in range(4):
        out += (far[step] - far[step + 1]) * table[at[2], at[1], at[0]]
        if step < 3:
            at[order[step]] += 1
    return out


@pytest.mark.parametrize("sides", [2, 3, 6, 16, 17, 33, 52])
def test_a_table_agrees_exactly_with_its_own_grid_points(sides: int) -> None:
    """Each colour that is a point of the grid becomes that point's colour, to the last bit of a float."""
    table = random_cube(sides)
    assert np.array_equal(look_up(identity(sides), table), table.table)


def test_between_points_colours_are_interpolated_in_tetrahedra() -> None:
    """2,000 colours, some with channels equal or at the ends, agree with a float64 reference."""
    table = random_cube(7)
    colours = np.random.default_rng(2).random((2000, 3))
    colours[::5, 1], colours[::7, 2], colours[::11, 0], colours[::13, 2] = colours[::5, 0], colours[::7, 1], 0, 1
    exact = [tetrahedral(table.table.astype(np.float64), colour) for colour in colours]
    assert np.abs(look_up(colours.astype(np.float32), table) - exact).max() < 1e-5


@given(st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3), st.integers(2, 40))
def test_a_table_of_the_colours_themselves_changes_none(parts: list[float], sides: int) -> None:
    """Not between its points either, however many it has."""
    colour = np.array([parts], np.float32)
    assert np.abs(look_up(colour, Cube(identity(sides), *UNIT)) - colour).max() < 1e-5


def test_red_runs_fastest_in_the_file(tmp_path: Path) -> None:
    """The second row is the colour for full red, the third for green, the fifth for blue."""
    rows = ["0 0 0", ".1 .2 .3", ".4 .5 .6", "0 0 0", ".7 .8 .9", "0 0 0", "0 0 0", "1 1 1"]
    table = read_cube(written(tmp_path, "LUT_3D_SIZE 2\n" + "\n".join(rows)))
    ends = look_up(np.eye(3, dtype=np.float32), table)
    assert np.allclose(ends, [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]])


def test_a_domain_says_which_colours_the_ends_are_for(tmp_path: Path) -> None:
    """With a domain from 0.2 to 0.6, 0.2 is the first point, 0.4 the middle; what lies outside is as at the ends."""
    for lines in (("DOMAIN_MIN 0.2 0.2 0.2", "DOMAIN_MAX 0.6 0.6 0.6"), ("LUT_3D_INPUT_RANGE 0.2 0.6",)):
        table = read_cube(written(tmp_path, text_of(identity(2), *lines)))
        greys = np.repeat(np.array([[0.0], [0.2], [0.4], [0.6], [0.9]], np.float32), 3, axis=1)
        assert np.allclose(look_up(greys, table)[:, 1], [0, 0, 0.5, 1, 1], atol=1e-6)


def test_a_table_of_curves_bends_each_channel_alone(tmp_path: Path) -> None:
    """A table of one dimension has a curve for each channel, of straight lines, exact at its points."""
    points = np.array([[0, 1, 0.5], [0.25, 0.5, 0.5], [1, 0, 0.5]], np.float32)
    table = read_cube(written(tmp_path, text_of(points)))
    out = look_up(np.array([[0.5, 0.5, 0.5], [0.75, 0.25, 1.0], [0, 0, 0]], np.float32), table)
    assert np.array_equal(out, np.array([[0.25, 0.5, 0.5], [0.625, 0.75, 0.5], [0, 1, 0.5]], np.float32))


def test_comments_blank_lines_and_other_systems_line_ends_are_read(tmp_path: Path) -> None:
    """Comments between rows, a byte order mark, tabs, CRLF and a title of any kind do no harm."""
    text = "# by hand\n" + text_of(identity(2)).replace("1 1 1", "\n# the end\n 1\t1 1 ").replace(
        "print", "Prägung # 2"
    )
    plain = read_cube(written(tmp_path, text_of(identity(2))))
    same = read_cube(written(tmp_path, b"\xef\xbb\xbf# by hand\r\n" + text.replace("\n", "\r\n").encode()))
    assert np.array_equal(plain.table, same.table)


FAULTS = {
    "": "print.cube: no LUT_3D_SIZE nor LUT_1D_SIZE",
    "LUT_3D_SIZE 1": ":1:1: LUT_3D_SIZE must be a whole number from 2 to 129",
    "LUT_3D_SIZE 130": "export the table with fewer points",
    "LUT_3D_SIZE 99999999999999999999": "from 2 to 129",
    "LUT_3D_SIZE 2.5": "from 2 to 129",
    "LUT_3D_SIZE 2 2": "from 2 to 129",
    "LUT_3D_SIZE ²": "from 2 to 129",
    "LUT_1D_SIZE 65537": "from 2 to 65536",
    "LUT_1D_SIZE 2\nLUT_3D_SIZE 2": ":2:1: LUT_3D_SIZE after LUT_1D_SIZE: only one table a file",
    "0 0 0": ":1:1: a row before LUT_3D_SIZE or LUT_1D_SIZE",
    "LUT_1D_SIZE 2\n0 0 0": ":2:1: 1 of the 2 rows of LUT_1D_SIZE 2 are missing",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1": ":4:1: more rows than the 2",
    "LUT_1D_SIZE 2\n0 0 0\n1 1": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 1 1": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 1e40": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 +nan": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 1_0": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 #1": ":3:1: a row takes 3 numbers",
    "LUT_1D_SIZE 2\nDOMAIN_MIN 0 0": ":2:1: DOMAIN_MIN takes 3 numbers",
    "LUT_1D_SIZE 2\n0 0 0\nDOMAIN_MIN 0 0 0\n1 1 1": ":3:1: this line must stand above the table's rows",
    "LUT_1D_SIZE 2\nDOMAIN_MAX 0 1 1\n0 0 0\n1 1 1": "DOMAIN_MAX must be above DOMAIN_MIN",
    "LUT_1D_SIZE 2\nLUT_SIZE 2": ':2:1: "LUT_SIZE" is no keyword of a .cube file: known are TITLE, LUT_3D_SIZE',
    "\x89PNG\r\n\x1a\n\x00\x00\x00": ":1:1: ",
    "# " + 2000 * "x": ":1:1: too long for a .cube file",
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_fault_is_told_with_its_line_and_a_cure(tmp_path: Path, text: str, told: str) -> None:
    """Nothing wrong in a file is passed over: one line says where and what to do, whatever stands there."""
    with pytest.raises(AssetError) as error:
        read_cube(written(tmp_path, text))
    message = str(error.value)
    assert "print.cube" in message
    assert told in message
    assert message.isprintable()


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a pipe that would wait for ever and a missing file are refused, not opened."""
    os.mkfifo(tmp_path / "pipe.cube")
    for path in (tmp_path, tmp_path / "pipe.cube", tmp_path / "missing.cube"):
        with pytest.raises(AssetError, match="no table of colours here"):
            read_cube(path)
    with pytest.raises(AssetError, match="can't be read"):
        cube(tmp_path / "missing.cube")


def test_a_table_is_read_again_only_when_its_file_changed(tmp_path: Path) -> None:
    """Every frame asks for the table; the file is parsed once for each state of it."""
    path = written(tmp_path, text_of(identity(2)))
    first = cube(path)
    assert cube(path) is first
    written(tmp_path, text_of(identity(3)))
    assert cube(path).size == 3


def test_a_table_that_changes_nothing_leaves_the_bytes(tmp_path: Path) -> None:
    """Through an identity of 17 points every premultiplied pixel comes out as it was."""
    alpha, colour = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    picture = np.stack([colour * alpha // 255, alpha * 0, (255 - colour) * alpha // 255, alpha], axis=2)
    picture = np.ascontiguousarray(picture, np.uint8)
    out = finish(picture, Finish(lut=written(tmp_path, text_of(identity(17)))))
    assert np.array_equal(out, picture)


def test_a_table_sees_the_colour_and_not_how_solid_it_is(tmp_path: Path) -> None:
    """Half-transparent red is looked up as red, and alpha is kept."""
    inverse = 1 - identity(2)
    picture = np.array([[[255, 0, 0, 255], [128, 0, 0, 128], [0, 0, 0, 128], [0, 0, 0, 0]]], np.uint8)
    out = finish(picture, Finish(lut=written(tmp_path, text_of(inverse))))
    assert out.tolist() == [[[0, 255, 255, 255], [0, 128, 128, 128], [128, 128, 128, 128], [0, 0, 0, 0]]]


def test_colours_beyond_white_are_cut_off(tmp_path: Path) -> None:
    """A table may go beyond 0 to 1; a picture does not."""
    table = read_cube(written(tmp_path, text_of(identity(2) * 3 - 1)))
    greys = np.repeat(np.array([[0.2], [0.5], [0.9]], np.float32), 3, axis=1)
    assert np.allclose(look_up(greys, table)[:, 0], [0, 0.5, 1])
