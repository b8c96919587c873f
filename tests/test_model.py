"""The model takes what the format allows, refuses the rest in our words, and never changes."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from collage.scene.model import Key, Layer, LayerKeys, Peg, Scene, Settings, Sheet, Sound, Track, Type, table_of


def refusal(kind: type, **fields: Any) -> str:
    """What the model says to a wrong value, without pydantic's frame."""
    with pytest.raises(ValidationError) as error:
        kind(**fields)
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


def test_the_smallest_scene_is_a_layer() -> None:
    """Everything has a default: 1920 by 1080, 24 a second, on twos, paper under it."""
    scene = Scene(layer=(Layer(asset="props/rocket"),))
    assert (scene.scene.size, scene.scene.rate, scene.scene.on, scene.scene.paper) == ((1920, 1080), 24, 2, "#d6c8a8")
    assert (scene.layer[0].in_, scene.layer[0].out, scene.layer[0].opacity) == (0, "end", 1)


def test_python_may_write_lists_and_files_names() -> None:
    """Lists stand for tuples, and `in` may be written as the file has it; what is kept is a tuple."""
    layer = Layer(**{"in": 3, "at": [1, "50%"], "scale": [1, -1], "keys": {"x": [[0, 1], [4, 2, "hold"]]}})
    assert (layer.in_, layer.at, layer.scale) == (3, (1, "50%"), (1, -1))
    assert layer.keys.x == Track(keys=(Key(at=0, value=1), Key(at=4, value=2, ease="hold")))


def test_a_scene_is_frozen_all_the_way_down() -> None:
    """Nothing can be set, and lists are kept as tuples."""
    scene = Scene(layer=[Layer(asset="a", print={"inks": ["red", "teal"]}, move=[{"do": "bob"}])])
    with pytest.raises(ValidationError):
        scene.layer[0].turn = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        scene.layer[0].move[0].by = 3
    assert scene.layer[0].print is not None
    assert scene.layer[0].print.inks == ("red", "teal")


def test_a_scene_survives_pickling_and_dumping() -> None:
    """Workers get scenes by pickle, and a dump builds the same scene again, without a warning."""
    scene = Scene(peg=[Peg(name="p", at=["50%", 2], keys={"scale": [[0, 2], [3, [1, 2]]]})], cues={"a": "2s"})
    assert pickle.loads(pickle.dumps(scene)) == scene
    assert Scene(**scene.model_dump(exclude_unset=True)) == scene
    assert Scene.model_validate_json(scene.model_dump_json(exclude_unset=True)) == scene


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Layer, {"turn": float("nan")}, "nan is no finite number: write one such as 1"),
        (Layer, {"turn": float("-inf")}, "-inf is no finite number"),
        (Layer, {"turn": True}, "a number belongs here, not true"),
        (Layer, {"turn": "30"}, "write 30 without quotes"),
        (Layer, {"turn": 10**400}, "out of reach"),
        (Layer, {"turn": 1e10}, "out of reach"),
        (Layer, {"opacity": 1.5}, "1.5 is out of bounds: write 0 to 1"),
        (Layer, {"opacity": -0.1}, "-0.1 is out of bounds"),
        (Layer, {"at": [1, 2, 3]}, "two numbers [x, y] belong here, not 3"),
        (Layer, {"at": 5}, "two numbers [x, y] belong here, not 5"),
        (Layer, {"at": ["5px", 1]}, 'can\'t read the length "5px"'),
        (Layer, {"at": ["٥%", 1]}, "can't read the length"),
        (Layer, {"skew": ["50%", 1]}, "a number belongs here"),
        (Layer, {"hidden": 1}, "true or false belongs here, not 1"),
        (Layer, {"in": 1.5}, "a whole number of frames"),
        (Layer, {"in": True}, "a whole number of frames"),
        (Layer, {"in": 10**12}, "out of reach"),
        (Layer, {"in": "1s+" * 100 + "1s"}, "more than 200 characters"),
        (Layer, {"out": "soon enough"}, "can't read the moment"),
        (Layer, {"on": 0}, "0 is out of bounds: write 1 to 1000"),
        (Layer, {"on": 2.0}, "a whole number belongs here, not 2.0"),
        (Layer, {"asset": "Props/Rocket.png"}, "lower-case"),
        (Layer, {"asset": "../rocket"}, "is no name"),
        (Layer, {"asset": "my rocket.png"}, "is no name"),
        (Layer, {"asset": "/rocket"}, "is no name"),
        (Layer, {"name": "a.b"}, "is no name"),
        (Layer, {"parent": "a.b.c"}, 'write "layer" or "layer.hook"'),
        (Layer, {"tint": "redd"}, 'Did you mean "red"'),
        (Layer, {"text": "x" * 10_001}, "too long"),
        (Layer, {"text": "\ud800"}, "surrogate"),
        (Layer, {"card": "red", "size": [0, 5]}, "a size of 0 x 5 can't be"),
        (Layer, {"card": "red", "size": [16_385, 5]}, "at most 16384 a side"),
        (Layer, {"card": "red", "size": [float("nan"), 5]}, "nan"),
        (Type, {"size": 0}, "0 is out of bounds: write 1 to 2000"),
        (Settings, {"size": [0, 1080]}, "a canvas of 0 x 1080 can't be"),
        (Settings, {"size": [16_385, 1]}, "1 to 16384 pixels a side"),
        (Settings, {"size": [16_384, 16_384]}, "at most 64 million pixels"),
        (Settings, {"size": [640.0, 360]}, "a whole number belongs here"),
        (Settings, {"rate": 0}, "out of reach"),
        (Settings, {"rate": [24]}, "a rate belongs here, not a list"),
        (Settings, {"rate": float("inf")}, "finite"),
        (Settings, {"length": "beat 3"}, "is a moment where a length belongs"),
        (Settings, {"paper": "nonee"}, "can't read the colour"),
        (Settings, {"seed": "1"}, "a whole number belongs here"),
        (Sound, {"tempo": 0}, "0 is out of bounds"),
        (Sheet, {"name": "a", "gap": -1}, "-1 is out of bounds"),
        (Scene, {"cues": {"Splash": 1}}, "a cue is a letter"),
        (Scene, {"cues": {"end": 1}}, '"end" is taken'),
        (Scene, {"format": 2}, "newer Collage"),
        (Scene, {"format": True}, "no version of the format"),
        (LayerKeys, {"x": [0, 1]}, "keys come in a list of their own"),
        (LayerKeys, {"x": [[0]]}, "a key is written [moment, value]"),
        (LayerKeys, {"x": [[0, 1, "hold", 4]]}, "a key is written [moment, value]"),
        (LayerKeys, {"x": [[0, 1, "out-bakc"]]}, 'Did you mean "out-back"'),
    ],
)
def test_wrong_values_are_refused_in_our_words(kind: type, fields: dict[str, Any], words: str) -> None:
    """Every kind of value says what is wrong and how it is written."""
    assert words in refusal(kind, **fields)


@pytest.mark.parametrize(
    "written",
    ["assets/a/one.png", "a/one.png", "A/One", "a\\one", "../assets/a/one.JPG", "/home/me/assets/a/one.tiff",
     "./a/one.webp", "assets\\A\\one.jpeg"],
)  # fmt: skip
def test_a_pictures_path_is_met_with_its_assets_name(written: str) -> None:
    """The commonest slip of all: the message shows the name to write."""
    words = refusal(Layer, asset=written)
    assert words.startswith(f'"{written}" is no asset\'s name. Did you mean "a/one"? Write asset = "a/one": ')
    assert words.endswith("named by their path under assets/, without the ending, in lower-case letters")


@pytest.mark.parametrize("size", [[16_384, 1], [8000, 8000], [1, 1]])
def test_canvases_up_to_the_bounds(size: list[int]) -> None:
    """The largest side, the largest area and the smallest canvas are allowed."""
    assert Settings(size=size).size == tuple(size)


def test_table_of_finds_the_table_in_a_type() -> None:
    """Through optional, tuples and tracks; plain values have none."""
    fields = Scene.model_fields
    assert table_of(fields["layer"].annotation) is Layer
    assert table_of(fields["sound"].annotation) is Sound
    assert table_of(fields["format"].annotation) is None
