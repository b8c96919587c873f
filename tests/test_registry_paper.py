"""`edge` and `print` in an asset's entry: the same keys, bounds and words as in a layer, and only what is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pydantic import ValidationError

from collage.registry.catalogue import Catalogue
from collage.registry.entries import Entry, read_registry
from collage.registry.paper import EDGE, PRINT
from collage.scene.model import Edge, Print

HEAD = 'format = 1\n["d/one"]\n'
SAMPLES = [
    -1, 0, 0.5, 1, 1.01, 1.99, 2, 2.5, 12, 13, 64, 64.5, 200, 201, 10**30, float("nan"), float("inf"), True, "red",
    "rde", "", [], ["red"], ["rde"], ["red"] * 3, ["red"] * 4, [1], {}, {"a": 1},
]  # fmt: skip


def entry(body: str) -> Entry:
    """The one entry of a text that is sound."""
    read = read_registry((HEAD + body).encode())
    assert not read.faults
    return read.entries["d/one"]


def told(body: str) -> str:
    """The one fault of an entry."""
    ((finding,),) = read_registry((HEAD + body).encode()).faults.values()
    return str(finding).removeprefix("assets/registry.toml:")


@pytest.mark.parametrize(
    ("what", "table", "known"), [("edge", Edge, EDGE), ("print", Print, PRINT)], ids=["edge", "print"]
)
def test_registry_and_layers_take_the_same(what: str, table: type, known: dict[str, object]) -> None:
    """The same keys in the same order, and of each the same values."""
    assert [*known] == [*table.model_fields]
    for key in known:
        for sample in SAMPLES:
            assert _fine(table, {key: sample}) == _fine(Entry, {what: {key: sample}}), (key, sample)


def _fine(kind: type, fields: dict[str, object]) -> bool:
    try:
        kind(**fields)
    except ValidationError:
        return False
    return True


def test_only_what_is_written_is_kept() -> None:
    """Dotted, as a table or under a heading; an empty table is one, none is None."""
    for body in ("edge.border = 6\n", "edge = { border = 6 }\n", '["d/one".edge]\nborder = 6\n'):
        assert entry(body).edge == {"border": 6}
        assert entry(body).print is None
    assert entry("edge = {}\n").edge == {}
    assert entry('print.inks = ["teal"]\nprint.halftone = 0\n').print == {"inks": ("teal",), "halftone": 0}


def test_an_asset_hands_it_through(tmp_path: Path) -> None:
    """As it is written, for whoever uses the asset; None where the registry is silent."""
    (tmp_path / "assets/d").mkdir(parents=True)
    for name in ("one", "two"):
        Image.new("RGBA", (2, 2)).save(tmp_path / f"assets/d/{name}.png")
    (tmp_path / "assets/registry.toml").write_text(HEAD + "edge.torn = 1\nprint = {}\n")
    catalogue = Catalogue.open(tmp_path)
    one, two = catalogue.asset("d/one"), catalogue.asset("d/two")
    assert (one.edge, one.print) == ({"torn": 1}, {})
    assert (two.edge, two.print) == (None, None)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("edge.border = 300", "3:1: edge.border: 300 is outside 0 to 200"),
        ("edge.torn = 0.5\nedge.dark = 2", "4:1: edge.dark: 2 is outside 0 to 1"),
        ("copies = 1\n  edge = { wobble = 0.1, boil = 1 }", "4:3: edge.boil: 1 is outside 2 to 12"),
        ('["d/one".edge]\nwear = "much"', "4:1: edge.wear: a number belongs here"),
        ('edge.colour = "whit"', '3:1: edge.colour: can\'t read the colour "whit"'),
        ("edge.colour = 3", '3:1: edge.colour: a colour in quotes belongs here: "#f6f0e2"'),
        ("print.halftone = 1", "3:1: print.halftone: 1 is outside 2 to 64"),
        ('print.inks = "teal"', "3:1: print.inks: a list of at most 3 colours belongs here: ["),
        ("edge.bordr = 3", '3:1: no key "bordr" in edge. Did you mean "border"?'),
        ("edge.zzz = 3", '3:1: no key "zzz" in edge. Known are border, colour, wobble, boil, torn, dark, wear'),
        ("edge = 6", "3:1: edge: a table belongs here: edge.border = 5, or edge = {} for all its defaults"),
        ("print = true", "3:1: print: a table belongs here: print.halftone = 5"),
        ('["d/one".edge]\nborder = 6\ncopies = 1', '5:1: "copies" is of the asset, and landed in edge: write it above'),
    ],
)
def test_faults_are_told_at_their_key(body: str, words: str) -> None:
    """With the line of the key inside the table, and what belongs there."""
    assert told(body).startswith(words)


def test_a_heading_inside_an_entry_keeps_its_keys_to_itself() -> None:
    """A key under ["d/one".edge] does not lend its line to the asset's own key of that name."""
    assert told('["d/one".edge]\ncolour = "red"\n["d/one".print]\ncolour = "red"').startswith(
        '6:1: no key "colour" in print'
    )
