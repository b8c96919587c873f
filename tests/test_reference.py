"""The reference: fresh, whole, true, and with a picture of every move that the program still draws."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reference_pictures import FOLDER, picture
from reference_scenes import PLATES

from collage.cli import run
from collage.desk.reference import reference
from collage.desk.reference_glass import BLEND_LINES
from collage.desk.reference_motion import CALLED, FAMILIES, SINGLE, WAYS, example
from collage.desk.reference_tables import OWNERS, prose
from collage.desk.reference_values import WRITINGS
from collage.desk.reference_words import LENGTHS, MOMENTS
from collage.exposure import tracks
from collage.motion import easing
from collage.motion.css import STEP_POSITIONS
from collage.motion.formulas import parse_formula
from collage.motion.functions import FUNCTIONS, NAMES
from collage.motion.moves import MOVES
from collage.motion.scripts import CHANNELS
from collage.registry.entries import Entry, read_registry
from collage.scene import values
from collage.scene.film import JOINS
from collage.scene.model import DISCRETE
from collage.scene.reader import parse
from collage.scene.schema import film_schema, schema
from collage.scene.values import BLENDS
from collage.timing import parse_length, parse_moment

ROOT = Path(__file__).parent.parent
FILE = ROOT / "scenes" / "REFERENCE.md"
PAGE = reference()
NOT_TABLES = ("Key", "Track")


def section(title: str) -> str:
    """What stands under a title, to the next of its depth or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"no section {title}"
    return found[2]


def rows(text: str) -> dict[str, list[str]]:
    """The rows of the tables in a text, by what stands first in them."""
    lines = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {line[0].strip("`"): line for line in lines}


def defined(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every table of a schema with each of its keys."""
    tables = {"": made, **{name: part for name, part in made["$defs"].items() if "properties" in part}}
    for name, table in tables.items():
        for key, part in table["properties"].items():
            yield name, key, part


def test_the_file_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """`collage schema --reference > scenes/REFERENCE.md` changes nothing."""
    assert run(["schema", "--reference"]) == 0
    assert capsys.readouterr().out == FILE.read_text(encoding="utf-8")


def test_it_is_the_same_in_every_process() -> None:
    """The seed of hashes changes no byte."""
    for seed in ("1", "2"):
        made = subprocess.run(
            [sys.executable, "-m", "collage", "schema", "--reference"],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        assert made.stdout.decode("utf-8").replace("\r\n", "\n") == PAGE


@pytest.mark.parametrize("made", [schema(), film_schema()], ids=["scene", "film"])
def test_every_key_of_the_schemas_stands_there(made: dict[str, Any]) -> None:
    """Each key of each table is in a row of its own, with its sentence."""
    for table, key, part in defined(made):
        if key == "$schema":
            assert "`$schema`" in section("A scene")
            continue
        prefix = "keys." if table.endswith("Keys") else "expr." if table.endswith("Expr") else ""
        line = prose(part["description"])
        wanted = re.compile(rf"^\| `{re.escape(prefix + key)}` \|.* {re.escape(line)}", re.MULTILINE)
        scripted = table == "ScriptedMove" or key == "do"
        assert wanted.search(PAGE) or scripted, f"{table}.{key}: {line}"


@pytest.mark.parametrize(
    ("title", "table"),
    [("`[[layer]]`", "Layer"), ("`[[peg]]`", "Peg"), ("`[[sheet]]`", "Sheet"), ("`[camera]`", "Camera"),
     ("`[scene]`", "Settings"), ("`[sound]`", "Sound"), ("`[[effect]]`", "Effect"), ("`layer.repeat`", "Repeat"),
     ("`[lamp]`", "Lamp"), ("`[look]`", "Look"), ("`layer.edge`", "Edge"), ("`layer.print`", "Print"),
     ("`layer.matte`", "Matte"), ("`layer.repeat.vary`", "Vary"), ("`layer.time`", "Time"), ("`layer.type`", "Type")],
)  # fmt: skip
def test_a_table_has_its_own_keys_and_no_others(title: str, table: str) -> None:
    """The section of a table lists just its keys, in the model's order."""
    found = [*rows(section(title))][2:]
    assert found == [*schema()["$defs"][table]["properties"]]


def test_every_key_of_an_assets_entry_stands_there() -> None:
    """In the model's order, each with its line; how it was cut and printed is told where layers are."""
    listed = rows(section("An asset's entry"))
    assert [*listed][2:] == [*Entry.model_fields]
    for name, field in Entry.model_fields.items():
        assert field.description
        assert listed[name][4].startswith(prose(field.description))
    assert (listed["edge"][1], listed["print"][1]) == ("[a table](#layeredge)", "[a table](#layerprint)")
    assert listed["copies"][1:4] == ["whole number, 1 to 1000000", "layers", "–"]


def test_bounds_of_an_entry_are_what_the_page_says() -> None:
    """The last number that a row allows is taken, and the next is not."""
    for name in ("copies", "hours", "rating"):
        high = int(rows(section("An asset's entry"))[name][1].rpartition(" ")[2])
        assert not read_registry(f'format = 1\n["a/b"]\n{name} = {high}\n'.encode()).faults
        assert read_registry(f'format = 1\n["a/b"]\n{name} = {high + 1}\n'.encode()).faults


def test_the_registrys_example_is_one() -> None:
    """It is read without a fault, and the moving hook is as its section says."""
    (example_text,) = re.findall(r"```toml\n(.*?)```", section("The registry"), re.DOTALL)
    read = read_registry(example_text.encode())
    assert not read.faults
    written = set().union(*(entry.model_fields_set for entry in read.entries.values()))
    assert written == set(Entry.model_fields) - {"sha256"}
    hook = 'hooks.hatch = { 1 = [350, 420], 7 = [410, 421], 13 = "hidden" }'
    assert hook in example_text
    assert hook in " ".join(section("Hooks and the pivot").split())
    assert read.entries["props/rocket"].hooks["hatch"] == {"1": (350, 420), "7": (410, 421), "13": None}


def test_lines_tell_the_contract() -> None:
    """What no type tells: where a pivot comes from, what slips under what, what a handed-on piece does."""
    layer, repeat, channels = (rows(section(title)) for title in ("`[[layer]]`", "`layer.repeat`", "Channels"))
    assert "hook of that name" in layer["pivot"][4]
    assert "inside the same group" in layer["behind"][4]
    assert "does not keep its place" in channels["keys.parent"][6]
    assert "first seen" in repeat["delay"][4]
    assert all("keys.x and keys.y replace" in repeat[key][4] for key in ("area", "grid"))
    assert all("first key holds from the start" in channels[f"keys.{name}"][6] for name in DISCRETE)
    assert "splash" in section("`[cues]`")


def test_defaults_and_units_stand_beside_the_keys() -> None:
    """A row tells value, unit and default."""
    assert rows(section("`[[sheet]]`"))["gap"][1:4] == ["number, 0 to 10000", "mm", "`30`"]
    assert rows(section("`[scene]`"))["size"][1:4] == ["canvas size", "px", "`[1920, 1080]`"]
    assert rows(section("`[[layer]]`"))["in"][1:4] == ["moment", "frames", "`0`"]
    assert rows(section("swing"))["by"][1:4] == ["number", "degrees", "`8`"]
    assert rows(section("breathe"))["by"][1:4] == ["number", "share", "`0.02`"]
    assert rows(section("reach"))["bend"][1] == '`"drawn"` or `"clockwise"` or `"anticlockwise"`'


def test_no_number_goes_without_a_unit() -> None:
    """Every key that takes a number says what it is measured in, but for those that only count or order."""
    bare = set()
    for line in re.findall(r"^\| `.*", PAGE, re.MULTILINE):
        cells = line.strip("| ").split(" | ")
        for place, value in enumerate(cells[1:3], 1):
            if re.match(r"(whole )?number(,|$)", value) and cells[place + 1] == "–":
                bare.add(cells[0].strip("`"))
    assert bare == {"seed", "order", "keys.order", "count", "aperture", "keys.aperture", "spread", "keys.spread"}


def test_every_channel_stands_there() -> None:
    """Whose it is, whether it glides or jumps, and by which ease, as the program does."""
    listed = rows(section("Channels"))
    for owner, keys, expr in OWNERS:
        for channel in keys.model_fields:
            line = listed[f"keys.{channel}"]
            assert owner in line[1].split(", ")
            if channel in DISCRETE:
                assert line[4:6] == ["at once", "–"]
            else:
                assert line[4:6] == ["smoothly", f"`{tracks._DEFAULT_EASE.get(channel, 'in-out-sine')}`"]
        for channel in expr.model_fields:
            assert re.search(rf"^\| `expr\.{channel}` \|[^|]*\b{owner}\b", PAGE, re.MULTILINE)


def test_every_blend_stands_there() -> None:
    """Each with what it does, and no other."""
    assert [name.strip('`"') for name in rows(section("Blends"))][2:] == list(BLENDS)
    assert {*BLEND_LINES} == {*BLENDS}


def test_every_ease_stands_there() -> None:
    """Each name once in a table, each form that takes numbers, and no name that is none."""
    text = section("Eases")
    named = set(re.findall(r"`([a-z-]+)`", "".join(line for line in text.splitlines(True) if line[0] == "|")))
    assert named == set(easing.EASES)
    assert named == {*SINGLE, *FAMILIES, *(f"{way}-{family}" for way in WAYS for family in FAMILIES)}
    assert {form.partition("(")[0] for form in CALLED} == set(easing._CALLED)
    for form in CALLED:
        assert f"`{form}`" in text
        assert easing.parse_ease(form)(1) == pytest.approx(1)
    assert all(position in text for position in STEP_POSITIONS)


def test_families_are_what_they_are_called() -> None:
    """`out-back` goes a tenth too far, as the line says, and a family alone is its out."""
    assert max(easing.parse_ease("out-back")(step / 100) for step in range(101)) == pytest.approx(1.1, abs=0.001)
    for name in FAMILIES:
        assert easing.parse_ease(name)(0.3) == easing.parse_ease(f"out-{name}")(0.3)


@pytest.mark.parametrize("name", MOVES)
def test_every_move_has_a_section(name: str) -> None:
    """Its sentence, its picture, each parameter, an example that can be read, and how it ends."""
    move, text = MOVES[name], section(name)
    assert prose(move.line) in text
    assert f"![{name}](reference/{name}.png)" in text
    assert [*rows(text)][2:] == [*move.params]
    assert ("keeps its end" in text) == (move.ends == "keeps")
    assert f"`{example(name)}`" in text
    parse(f'format = 1\n[[layer]]\nasset = "props/rocket"\n{example(name)}\n')
    assert name in {cell.strip("[]`").partition("`")[0] for cell in rows(section("Moves"))}


def test_moves_add_or_place_as_they_do() -> None:
    """What a move touches is found by watching it."""
    listed = {name.strip("[]`").partition("`")[0]: line[2] for name, line in rows(section("Moves")).items()}
    assert listed["swing"] == "adds to turn"
    assert listed["boil"] == "adds to x, y and turn"
    assert listed["breathe"] == "multiplies scale"
    assert listed["slide"] == "adds to x; with `to` it places x and y"
    assert listed["path"] == "places x, y and turn"
    assert listed["cycle"] == "chooses the drawing"
    assert listed["chatter"] == "chooses the drawing; of a piece with a single one, adds to turn"


def test_every_name_and_function_of_formulas_stands_there() -> None:
    """Each with its line, and the call it shows can be read."""
    assert {*rows(section("Formulas"))} == {"name", "---", *NAMES}
    calls = [*rows(section("Functions"))][2:]
    assert [call.partition("(")[0] for call in calls] == [*FUNCTIONS]
    for call in calls:
        inner = call.partition("(")[2].rstrip(")").replace(", …", "").split(", ")
        parse_formula(f"{call.partition('(')[0]}({', '.join(str(place) for place, _ in enumerate(inner))})")


def test_joins_and_scripts_stand_there() -> None:
    """Every join of films, and every channel that a script may give."""
    assert all(f'`"{join}"`' in rows(section("`shot.join`"))["how"][1] for join in JOINS)
    assert all(f"`{channel}`" in section("Motions of your own") for channel in CHANNELS)


def test_every_way_to_write_a_value_is_one() -> None:
    """The examples of each kind pass its own check, and each example of a moment and a length can be read."""
    for name, writing in WRITINGS.items():
        (kind,) = (one for one in getattr(values, name).__metadata__ if isinstance(one, values.Kind))
        for sample in writing.examples:
            kind.check(list(sample) if isinstance(sample, tuple) else sample)
    for text in MOMENTS:
        assert parse_moment(tomllib.loads(f"at = {text}")["at"])
    for text in LENGTHS:
        assert parse_length(tomllib.loads(f"at = {text}")["at"])


def test_examples_are_toml() -> None:
    """Every block of the page that shows a text can be read as one."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 3
    assert all(tomllib.loads(block) for block in blocks)


def test_tables_are_even() -> None:
    """Each row of a table has as many cells as its head: no sign in a description breaks one."""
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_all_links_lead_somewhere() -> None:
    """Each link within the page has its title, each picture its file."""
    titles = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#(.*?)\)", PAGE)) <= set(anchors)
    assert all((FILE.parent / file).is_file() for file in re.findall(r"!\[.*?\]\((.*?)\)", PAGE))


def test_there_is_a_small_picture_of_each_move_and_no_other() -> None:
    """480 by 270, at most 40 KB each, at most 800 KB together."""
    files = {file.stem: file for file in FOLDER.glob("*.png")}
    assert set(files) == {*MOVES, "eases"} == {*PLATES, "eases"}
    assert all(Image.open(files[name]).size == (480, 270) for name in MOVES)
    sizes = [file.stat().st_size for file in files.values()]
    assert max(sizes) <= 40_000
    assert sum(sizes) <= 800_000


@pytest.mark.parametrize("name", ["swing", "reach", "chatter"])
def test_the_pictures_are_what_the_program_draws(name: str) -> None:
    """Made again, a picture is within a level of the file, but for one pixel in a thousand, whose nearest colour of
    the palette may be another on another machine."""
    made, kept = (np.asarray(one.convert("RGB"), int) for one in (picture(name), Image.open(FOLDER / f"{name}.png")))
    assert (abs(made - kept).max(axis=2) > 1).mean() <= 0.001
