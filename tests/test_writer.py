"""What is written is read back the same, and looks as a person would write it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collage.colours import NAMES
from collage.motion.easing import EASES
from collage.scene.likeness import unlike
from collage.scene.model import (
    DISCRETE,
    Camera,
    Effect,
    Film,
    FilmSettings,
    Key,
    Layer,
    LayerKeys,
    Peg,
    Scene,
    Settings,
    Sheet,
    Shot,
    Sound,
    Track,
    Type,
)
from collage.scene.reader import parse, parse_film
from collage.scene.values import BLENDS
from collage.scene.writer import write

NUMBERS = st.integers(-10_000, 10_000) | st.floats(-1e6, 1e6, allow_nan=False)
SHARES = st.floats(0, 1)
EXTENTS = NUMBERS | st.sampled_from(["50%", "-12.5%", "100%"])
PAIRS = st.tuples(NUMBERS, NUMBERS)
PLACES = st.tuples(EXTENTS, EXTENTS)
MOMENTS = st.integers(0, 500) | st.sampled_from(["2s", "beat 33", "end-1s", "splash + 12", "0.5s"])
LENGTHS = st.integers(0, 500) | st.sampled_from(["0.5s", "2 bars - 1 beat"])
COLOURS = st.sampled_from(["#fff", "#12345678", *sorted(NAMES)[:5]])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ASSETS = st.sampled_from(["props/rocket", "a", "water/splash-2", "x/y/z_1"])
HELD = st.integers(1, 4)

CHANNELS: dict[str, st.SearchStrategy[Any]] = {
    "turn": NUMBERS, "skew": PAIRS, "opacity": SHARES, "tint": COLOURS, "order": NUMBERS,
    "swap": st.sampled_from(["open", "none"]), "hidden": st.booleans(), "sheet": st.just("table"),
    "behind": st.just(""),
}  # fmt: skip
PLACING = ({"x": EXTENTS, "y": EXTENTS}, {"at": PLACES})
SCALING = ({"scale_x": NUMBERS, "scale_y": NUMBERS}, {"scale": NUMBERS | PAIRS})


def some(**kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields, none of them needed."""
    return st.fixed_dictionaries({}, optional=kinds)


@st.composite
def tracks(draw: st.DrawFn, values: st.SearchStrategy[Any], jumps: bool = False) -> Any:
    """A list of keys, the first without an ease, as all that jump; sometimes a table with a loop."""
    eases = [[], ["hold"]] if jumps else [[], ["hold"], [EASES[3]], ["steps(4)"]]
    keys: list[Any] = [[draw(MOMENTS), draw(values)]]
    for _ in range(draw(st.integers(0, 4))):
        keys.append([draw(MOMENTS), draw(values), *draw(st.sampled_from(eases))])
    return draw(st.sampled_from([keys, {"keys": keys, "loop": "2 beats"}]))


@st.composite
def channels(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Tracks for some channels, never two for the same thing."""
    kinds = {name: CHANNELS[name] for name in names} | draw(st.sampled_from(PLACING)) | draw(st.sampled_from(SCALING))
    return draw(some(**{name: tracks(kind, name in DISCRETE) for name, kind in kinds.items()}))


FORMULAS = st.sampled_from(["v", "v + 30*sin(tau*t/2)", "noise(t) if t > 2 else 0", "-1"])
MOVES = st.lists(
    some(by=NUMBERS, every=st.sampled_from([12, "0.5s", "1 beat"]), over=HELD).map(lambda own: {"do": "bob", **own})
    | some(to=PLACES, ease=st.sampled_from(EASES[:5])).map(lambda own: {"do": "slide", **own})
    | some(layer=st.just("hand.x"), out=MOMENTS).map(lambda own: {"do": "follow", **own})
    | some(amount=NUMBERS | PAIRS | WORDS | st.booleans()).map(lambda own: {"do": "motions.wobble", **own}),
    max_size=3,
)
POSES = {"at": PLACES, "scale": NUMBERS | PAIRS, "turn": NUMBERS, "skew": PAIRS, "on": HELD}
ACTS = {"move": MOVES, "expr": some(x=FORMULAS, turn=FORMULAS)}
COPIES = st.none() | some(delay=LENGTHS, vary=some(turn=NUMBERS)).map(lambda own: own | {"count": 3})
PEGS = some(**POSES, **ACTS, keys=channels(("turn", "skew")))
LOOKS = some(
    **POSES, opacity=SHARES, tint=COLOURS, in_=MOMENTS, out=MOMENTS, order=NUMBERS, hidden=st.booleans(),
    photostat=st.booleans(), pivot=PLACES | st.just("crest"), keys=channels(tuple(CHANNELS)), parent=st.just("peg0.x"),
    **ACTS, shadow=st.none() | st.booleans(), lock=st.booleans(), blend=st.sampled_from(BLENDS),
    registration=st.integers(0, 9), repeat=COPIES,
)  # fmt: skip
TYPES = some(size=st.floats(1, 99), colour=COLOURS, align=st.sampled_from(["left", "centre"]), leading=st.just(2))
EDGES = some(border=st.integers(0, 200), colour=COLOURS, wobble=SHARES, boil=st.sampled_from([0, 3]), wear=SHARES)
PRINTS = some(halftone=st.sampled_from([0, 5, 2.5]), inks=st.lists(COLOURS, max_size=3), fibre=SHARES)
LAMPS = some(turn=NUMBERS, lean=st.floats(0, 89), strength=SHARES, on=HELD, keys=some(turn=tracks(NUMBERS)))
FILMS = some(grain=SHARES, warmth=SHARES, lut=st.just("assets/look/print.cube"), on=HELD)
CAMERAS = some(aperture=st.integers(0, 9), shutter=st.integers(0, 360), bokeh=st.booleans())
MATTES = st.sampled_from([None, {"layer": "window"}, {"layer": "window", "side": "outside", "by": "luminance"}])
CONTENTS = (
    st.fixed_dictionaries({"asset": ASSETS}, optional={"edge": EDGES, "print": PRINTS})
    | st.fixed_dictionaries({"text": WORDS.filter(str.strip), "type": TYPES})
    | st.fixed_dictionaries({"card": COLOURS, "size": st.tuples(st.integers(1, 999), st.floats(0.5, 99))})
)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A scene without findings, some of its layers like another."""
    side = st.integers(1, 4000)
    settings_ = draw(some(
        title=WORDS, size=st.tuples(side, side), rate=st.sampled_from([25, "24000/1001"]),
        length=LENGTHS, on=HELD, seed=st.integers(-9, 9), paper=COLOURS | st.just("none"),
    ))  # fmt: skip
    sound = draw(st.none() | some(tempo=st.floats(1, 300), offset=LENGTHS, first_beat=LENGTHS, bar=HELD))
    pegs = [Peg(name="hand")]
    pegs += [Peg(name=f"peg{index}", **draw(PEGS)) for index in range(draw(st.integers(1, 3)))]
    layers = [Layer(name=f"layer{index}", **draw(CONTENTS), **draw(LOOKS)) for index in range(draw(st.integers(0, 3)))]
    if layers:
        layers += [
            Layer(name="other", like="layer0", matte=draw(MATTES), **draw(LOOKS)),
            Layer(name="window", text="x"),
        ]
    sheets = draw(
        st.sampled_from([[], [{"name": "table"}, {"name": "stage", "gap": 12.5, "keys": {"opacity": [[0, 1]]}}]])
    )
    cues = draw(st.dictionaries(st.sampled_from(["splash", "a_1"]), MOMENTS))
    return Scene(
        scene=Settings(**settings_), sound=None if sound is None else Sound(**sound), cues=cues,
        camera=draw(st.none() | CAMERAS), lamp=draw(st.none() | LAMPS), look=draw(st.none() | FILMS),
        sheet=tuple(Sheet(**sheet) for sheet in sheets), peg=tuple(pegs), layer=tuple(layers),
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenes())
def test_what_is_written_is_read_back(scene: Scene) -> None:
    """Reading what was written gives the same scene, also once every `like` is expanded."""
    text = write(scene)
    again = parse(text)
    assert again == scene
    assert unlike(again) == unlike(scene)
    assert write(again) == text
    assert [_written(layer) for layer in again.layer] == [_written(layer) for layer in scene.layer]


def _written(layer: Layer) -> list[set[str]]:
    """Which keys of edge and print are written: those alone override the registry."""
    return [table.model_fields_set for table in (layer.edge, layer.print) if table is not None]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_survives(text: str) -> None:
    """Quotes, backslashes, control characters, line ends of every system and letters of any script come back."""
    title = parse(write(Scene(scene=Settings(title=text)))).scene.title
    assert title == text


def test_it_reads_like_a_person_wrote_it() -> None:
    """Non-defaults only, in the model's order, whole numbers bare, tracks as dotted lists of keys."""
    scene = Scene(
        scene=Settings(rate=24, length="10s", size=(640, 360)),
        cues={"splash": "6s"},
        sheet=(Sheet(name="table"),),
        layer=(
            Layer(
                keys=LayerKeys(
                    turn=Track(keys=(Key(at=0, value=0), Key(at="1 beat", value=35)), loop="2 beats"),
                    x=Track(keys=(Key(at=0, value=-300.0), Key(at="splash", value=960.5, ease="out-back"))),
                ),
                at=("50%", 540.0),
                opacity=1.0,
                asset="props/rocket",
                in_="splash-2s",
            ),
            Layer(text='GIANT "RISES"\n', type=Type(size=90, colour="red")),
        ),
    )
    assert (
        write(scene)
        == """\
format = 1

[scene]
size = [640, 360]
length = "10s"

[cues]
splash = "6s"

[[sheet]]
name = "table"

[[layer]]
asset = "props/rocket"
at = ["50%", 540]
in = "splash-2s"
keys.x = [[0, -300], ["splash", 960.5, "out-back"]]
keys.turn = { keys = [[0, 0], ["1 beat", 35]], loop = "2 beats" }

[[layer]]
text = "GIANT \\"RISES\\"\\n"
type.size = 90
type.colour = "red"
"""
    )


def test_a_long_track_has_a_line_for_each_key() -> None:
    """A track too long for a line is laid out down the page, and reads back."""
    scene = Scene(layer=(Layer(asset="a", keys=LayerKeys(x=Track(keys=tuple(Key(at=n, value=n) for n in range(50))))),))
    text = write(scene)
    assert "keys.x = [\n    [0, 0],\n    [1, 1],\n" in text
    assert parse(text) == scene


def test_a_default_that_overrides_is_written() -> None:
    """In a layer like another, a value equal to the default stays, for it takes back what the other set."""
    scene = Scene(layer=(Layer(asset="a", opacity=0.5), Layer(like="a", opacity=1.0, type=Type(size=72))))
    text = write(scene)
    assert text.endswith('[[layer]]\nlike = "a"\ntype.size = 72\nopacity = 1\n')
    assert unlike(parse(text)).layer[1].opacity == 1


def test_defaults_of_edge_and_print_are_written() -> None:
    """They override the registry's; a table of which nothing is written stays an empty one."""
    scene = Scene(layer=(Layer(asset="a", edge={"border": 6, "torn": 0.5}, print={}),))
    assert write(scene).endswith('asset = "a"\nedge.border = 6\nedge.torn = 0.5\nprint = {}\n')
    assert parse(write(scene)).layer[0].edge.model_fields_set == {"border", "torn"}


def test_moves_parts_copies_and_the_camera_are_written_as_people_write_them() -> None:
    """Moves as a list of what was written, parts and tables as dotted lines; a part's default stays, it overrides."""
    scene = Scene(
        camera=Camera(zoom=1.5, expr={"turn": "v + t"}),
        effect=(Effect(file="assets/slap.wav", gain=-6),),
        layer=(
            Layer(
                scene="scenes/bones.toml",
                time={"start": "2s", "loop": True},
                part={"hand": {"turn": 0, "keys": {"x": [[0, 1]]}}},
                repeat={"grid": [6, 4], "vary": {"turn": 10}},
                move=[{"do": "bob", "by": 6.0, "every": "2s"}, {"do": "motions.wobble", "amount": [1, 2], "in": "1s"}],
                expr={"y": "v + 30*sin(tau*t/2)"},
            ),
        ),
    )
    assert (
        write(scene)
        == """\
format = 1

[[effect]]
file = "assets/slap.wav"
gain = -6

[camera]
zoom = 1.5
expr.turn = "v + t"

[[layer]]
scene = "scenes/bones.toml"
time.start = "2s"
time.loop = true
part.hand.turn = 0
part.hand.keys.x = [[0, 1]]
repeat.grid = [6, 4]
repeat.vary.turn = 10
expr.y = "v + 30*sin(tau*t/2)"
move = [{ do = "bob", by = 6 }, { do = "motions.wobble", in = "1s", amount = [1, 2] }]
"""
    )
    assert write(parse(write(scene))) == write(scene)
    assert parse(write(scene)).layer[0].move == scene.layer[0].move


def test_a_film_is_written_and_read_back() -> None:
    """Also a join that is all defaults, which is no cut."""
    film = Film(
        film=FilmSettings(title="Both"), sound=Sound(file="assets/waltz.ogg", tempo=112), cues={"bang": "bar 5"},
        shot=(Shot(scene="scenes/a.toml", join={}), Shot(scene="scenes/b.toml", at="bang", out="2s")),
    )  # fmt: skip
    text = write(film)
    assert "join = {}" in text
    assert parse_film(text) == film
    assert write(parse_film(text)) == text


def test_what_toml_can_not_hold_is_refused() -> None:
    """An object that is no value of a scene is an error that names its type."""
    with pytest.raises(TypeError, match="holds no object"):
        write(Scene(layer=(Layer(asset="a").model_copy(update={"name": object()}),)))
