"""The schema that editors read: whole, described, and of one mind with the model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collage.colours import NAMES, parse_colour
from collage.motion.easing import EASES, parse_ease
from collage.motion.moves import MOVES
from collage.scene.model import Scene
from collage.scene.schema import film_schema, schema
from collage.scene.wording import fields_at

WHOLE = schema()
TABLES = {name: table for name, table in WHOLE["$defs"].items() if "properties" in table} | {"Scene": WHOLE}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a schema, at any depth."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(part)


def fields() -> list[tuple[str, str, dict[str, Any]]]:
    """Every field of every table: its table, its name, its schema."""
    named = [(name, table) for name, table in TABLES.items()]
    named += [
        (name, part)
        for name, table in WHOLE["$defs"].items()
        for part in table.get("anyOf", ())
        if "properties" in part
    ]
    return [(name, field, part) for name, table in named for field, part in table["properties"].items()]


@pytest.mark.parametrize(
    ("table", "field", "part"), fields(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_field_is_described(table: str, field: str, part: dict[str, Any]) -> None:
    """An editor has a sentence to show for every field."""
    assert len(part["description"]) > 3
    assert part["description"].rstrip()[-1] in ".])"


def test_it_is_json_of_the_draft_it_names() -> None:
    """Plain JSON, 2020-12, with a title; every reference is there, and no null, which TOML has not."""
    assert WHOLE["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert WHOLE["title"]
    assert json.loads(json.dumps(WHOLE)) == WHOLE
    references = {part["$ref"] for part in parts(WHOLE) if isinstance(part.get("$ref"), str)}
    assert {reference.removeprefix("#/$defs/") for reference in references} <= set(WHOLE["$defs"])
    assert not [part for part in parts(WHOLE) if part.get("type") == "null" or part.get("default", 0) is None]


def test_it_is_the_same_every_time() -> None:
    """Two calls give the same text, and changing one result does not change the next."""
    first, text = schema(), json.dumps(WHOLE)
    first["$defs"]["colour"]["anyOf"].clear()
    first["properties"].clear()
    assert json.dumps(schema()) == text


def test_it_has_the_keys_of_the_model_and_no_others() -> None:
    """Every table refuses unknown keys, and knows those the reader knows, with the file's own names."""
    assert set(WHOLE["properties"]) == {*fields_at(()), "$schema"}
    assert set(WHOLE["$defs"]["Layer"]["properties"]) == set(fields_at(("layer", 0)))
    assert "in" in WHOLE["$defs"]["Layer"]["properties"]
    loose = {name for name, table in TABLES.items() if table["additionalProperties"] is not False}
    assert loose == {"ScriptedMove"}
    assert WHOLE["required"] == ["format"]
    assert WHOLE["$defs"]["Peg"]["required"] == ["name"]


def test_defaults_are_told() -> None:
    """A default that is a value stands in the schema as it stands in the model."""
    told = WHOLE["$defs"]["Settings"]["properties"]
    assert {name: part["default"] for name, part in told.items() if "default" in part} == {
        "title": "", "size": [1920, 1080], "rate": 24, "on": 2, "seed": 1, "paper": "#d6c8a8", "linear": False,
    }  # fmt: skip


def test_an_editor_can_complete_eases_and_colours() -> None:
    """The names of both are listed once, and used wherever they may stand."""
    assert WHOLE["$defs"]["ease"]["anyOf"][0]["enum"] == list(EASES)
    assert WHOLE["$defs"]["colour"]["anyOf"][1]["enum"] == sorted(NAMES)
    users = [field for _, field, part in fields() if part.get("$ref") == "#/$defs/colour"]
    assert {"tint", "card", "colour"} <= set(users)
    assert any(part.get("$ref") == "#/$defs/ease" for part in parts(WHOLE))


def matches(part: Any, text: str) -> bool:
    """Whether a string passes this part of the schema, as far as strings go."""
    if "$ref" in part:
        return matches(WHOLE["$defs"][part["$ref"].rpartition("/")[2]], text)
    if "anyOf" in part:
        return any(matches(choice, text) for choice in part["anyOf"])
    return text in part["enum"] if "enum" in part else re.search(part["pattern"], text) is not None


@pytest.mark.parametrize(
    ("kind", "parse", "texts"),
    [
        ("colour", parse_colour, ["red", "RED", " red", "ReBeccaPurple ", " #FFF", "#12345678 ", "redd", "#ff"]),
        ("ease", parse_ease, ["out-back", "OUT-BACK", " hold ", "Steps(4)", "linear( 0, 1 )", "out-bak", "back2"]),
    ],
)  # fmt: skip
def test_the_schema_takes_what_the_reader_takes(kind: str, parse: Callable[[str], object], texts: list[str]) -> None:
    """Words in capitals or with blanks around pass both, words that are none pass neither."""

    def readable(text: str) -> bool:
        try:
            return parse(text) is not None
        except ValueError:
            return False

    for text in [*texts, *(word.upper() for word in (NAMES if kind == "colour" else EASES))]:
        assert matches({"$ref": f"#/$defs/{kind}"}, text) == readable(text), text


def test_cues_and_pivots_are_names_in_the_schema_too() -> None:
    """`end = 3` and `A = 3` are no cues, a pivot in words is a hook's name, and a parent in a key may be nobody."""
    cues = WHOLE["properties"]["cues"]
    assert cues["additionalProperties"] is False
    ((pattern, _),) = cues["patternProperties"].items()
    words = ["splash", "ending", "a_1", "end", "in", "beat", "A", "1a"]
    assert [word for word in words if re.search(pattern, word)] == words[:3]
    pivot = WHOLE["$defs"]["Layer"]["properties"]["pivot"]["anyOf"][1]
    assert [word for word in ("crest", "Crest", "50%") if matches(pivot, word)] == ["crest"]
    parent = WHOLE["$defs"]["LayerKeys"]["properties"]["parent"]
    assert '"" for nobody' in parent["description"]


def test_times_say_what_they_are() -> None:
    """A moment and a length are told once each, with the ways to write them, and used wherever one stands."""
    layer, slide = WHOLE["$defs"]["Layer"]["properties"], WHOLE["$defs"]["Bob"]["properties"]
    assert (layer["in"]["$ref"], slide["every"]["$ref"]) == ("#/$defs/moment", "#/$defs/length")
    assert "beat 33" in WHOLE["$defs"]["moment"]["description"]
    assert "1 beat" in WHOLE["$defs"]["length"]["description"]
    assert WHOLE["$defs"]["Time"]["properties"]["loop"]["anyOf"] == [{"type": "boolean"}, {"$ref": "#/$defs/length"}]


def test_a_track_is_a_list_of_keys_or_a_table() -> None:
    """keys.x may be written in both ways, a key with two or three parts."""
    track = WHOLE["$defs"]["LayerKeys"]["properties"]["x"]["$ref"].rpartition("/")[2]
    short, long = WHOLE["$defs"][track]["anyOf"]
    assert short["type"] == "array"
    assert set(long["properties"]) == {"keys", "loop", "file"}
    key = WHOLE["$defs"][short["items"]["$ref"].rpartition("/")[2]]
    assert (key["minItems"], key["maxItems"], len(key["prefixItems"])) == (2, 3, 3)


def test_every_move_is_a_choice_of_its_own() -> None:
    """Wherever moves stand, each has its `do`, its line, its parameters and defaults; scripted ones a pattern."""
    for table in ("Layer", "Peg", "Camera"):
        items = WHOLE["$defs"][table]["properties"]["move"]["items"]["anyOf"]
        choices = [WHOLE["$defs"][choice["$ref"].rpartition("/")[2]] for choice in items]
        assert [choice["properties"]["do"].get("const") for choice in choices] == [*MOVES, None]
        for choice, move in zip(choices, MOVES.values(), strict=False):
            assert choice["description"] == move.line
            assert set(choice["properties"]) == {"do", "in", "out", *move.params}
            for word, param in move.params.items():
                told = choice["properties"][word]
                assert told["description"] == param.line
                assert told.get("default") == (
                    list(param.default) if isinstance(param.default, tuple) else param.default
                )
        scripted = choices[-1]["properties"]["do"]
        assert [word for word in ("motions.wobble", "wobble", "motions.") if matches(scripted, word)] == [
            "motions.wobble"
        ]


def test_formulas_and_paths_are_told() -> None:
    """A formula's names and functions are listed; scene and sound paths pass where the reader takes them."""
    formula = WHOLE["$defs"]["formula"]["description"]
    assert all(word in formula for word in ("tau", "beat", "noise", "smoothstep"))
    scene, sound = WHOLE["$defs"]["Layer"]["properties"]["scene"], WHOLE["$defs"]["Sound"]["properties"]["file"]
    words = [
        "scenes/a.toml",
        "a.ogg",
        "../a.toml",
        "/a.toml",
        "a/../b.toml",
        "a\\b.toml",
        "scenes/a.film.toml",
        "C:/a.toml",
    ]
    assert [word for word in words if matches(scene, word)] == words[:1]
    assert [word for word in words if matches(sound, word)] == [*words[:2], words[6]]


def test_the_schema_of_films() -> None:
    """Films have one of their own: its tables, with shots required, and none of a scene's."""
    film = film_schema()
    assert (film["title"], film["required"]) == ("Collage film, format 1", ["format", "shot"])
    assert set(film["properties"]) == {"$schema", "format", "film", "sound", "effect", "cues", "shot"}
    assert film["$defs"]["Shot"]["required"] == ["scene"]
    assert film["$defs"]["Join"]["properties"]["how"]["enum"] == ["cut", "dissolve", "fade", "wipe", "iris", "page"]
    assert "Layer" not in film["$defs"]
    references = {part["$ref"] for part in parts(film) if isinstance(part.get("$ref"), str)}
    assert {reference.removeprefix("#/$defs/") for reference in references} == set(film["$defs"])
    told = [part for table in (film, *film["$defs"].values()) for part in table.get("properties", {}).values()]
    assert all(len(part["description"]) > 3 for part in told)
    assert json.loads(json.dumps(film)) == film_schema()


def test_the_model_is_what_is_described() -> None:
    """The schema is of `Scene`, whose docstring it carries."""
    assert WHOLE["description"] == Scene.__doc__
