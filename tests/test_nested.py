"""Scenes as layers: clipped, with paper, camera and clock of their own, to any depth and never into themselves."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import goldens
import numpy as np
import pytest
from dark import DARK
from hypothesis import given
from hypothesis import strategies as st
from test_expose import where

import collage
from collage.errors import SceneError
from collage.exposure.cel import Cel, Pane
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\non = 1\n"
INNER = 'format = 1\n[scene]\nsize = [80, 60]\nlength = 24\non = 1\npaper = "#336699"\n'
COUNTER = (
    INNER + '[cues]\nsplash = 10\n[[layer]]\nname = "dot"\nasset = "disc"\nkeys.x = [[0, 0], [24, 24, "linear"]]\n'
)
"""The inner frame that shows is where its disc lies."""
SHOW = '[[layer]]\nname = "{0}"\nscene = "scenes/{0}.toml"\n'
DOT = INNER + '[[layer]]\nname = "dot"\nasset = "disc"\n'
Files = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """``files(main=text, inner=text)`` writes a project with the golden assets and gives the path of `main`."""
    shutil.copytree(goldens.FOLDER / "assets", tmp_path / "assets")
    (tmp_path / "scenes").mkdir()

    def written(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / "scenes" / f"{name}.toml").write_text(text + DARK, encoding="utf-8")
        return tmp_path / "scenes" / "main.toml"

    return written


def inside(cel: Cel) -> dict[str, Cel]:
    """The cels of a nested scene by layer."""
    assert isinstance(cel.content, Pane)
    return {inner.layer: inner for inner in cel.content.cels}


def clock(files: Files, fields: str, inner: str = COUNTER, head: str = HEAD) -> list[int]:
    """The inner frame that each outer frame shows."""
    stand = collage.open(files(main=head + SHOW.format("inner") + fields, inner=inner))
    return [round(where(inside(cel)["dot"], 24, 24)[0]) for f in range(stand.length) for cel in stand.cels(f)]


def test_a_scene_of_the_canvas_size_at_rest_is_the_scene_itself(files: Files) -> None:
    """Same bytes, frame by frame, paper, camera, groups and all; transparent paper too."""
    scene = (
        "[camera]\nkeys.zoom = [[0, 1], [30, 2]]\n" '[[layer]]\nname = "g"\ngroup = true\nopacity = 0.6\nat = [9, 9]\n'
        '[[layer]]\nasset = "disc"\nparent = "g"\nmove = [{ do = "bob" }]\n[[layer]]\nasset = "arrow"\nturn = 30\n'
    )  # fmt: skip
    for paper in ("#aabbcc", "none"):
        inner = HEAD + f'paper = "{paper}"\n' + scene
        outer = HEAD + 'paper = "none"\n' + SHOW.format("inner")
        nested, plain = (collage.open(files(main=text, inner=inner)) for text in (outer, inner))
        for frame in (0, 17, 47):
            assert np.array_equal(nested.comp(frame), plain.comp(frame))


def test_clipped_with_paper_about_its_centre(files: Files) -> None:
    """It lies about its own centre in the outer's middle, its paper under it, nothing reaching over its edge."""
    inner = INNER + '[[layer]]\ncard = "#f00"\nsize = [60, 60]\nat = [80, 60]\n'
    picture = collage.open(files(main=HEAD + 'paper = "#000"\n' + SHOW.format("inner"), inner=inner)).comp(0)[..., :3]
    paper, red = (picture == (0x33, 0x66, 0x99)).all(axis=2), (picture == (255, 0, 0)).all(axis=2)
    assert (paper | red).sum() == 80 * 60
    assert (paper | red)[30:90, 60:140].all()
    assert red[60:90, 110:140].all()


def test_turned_scaled_faded_dyed_and_blurred_as_one(files: Files) -> None:
    """What the layer does is done to the whole scene as one picture, about its centre."""
    fields = 'turn = 90\nscale = 2\nopacity = 0.5\ntint = "#808080"\nkeys.blur = [[0, 2]]\n'
    (cel,) = collage.open(files(main=HEAD + SHOW.format("inner") + fields, inner=COUNTER)).cels(0)
    assert (cel.opacity, cel.blur, cel.tint[0]) == (0.5, 2, 128)
    assert where(cel, 40, 30) == (100, 60)
    assert where(cel, 80, 30) == (100, 140)
    assert isinstance(cel.content, Pane)
    assert cel.content.size == (80, 60)


def test_it_brings_its_own_camera(files: Files) -> None:
    """The inner camera moves what lies inside, not the frame; the outer's moves the frame."""
    inner = COUNTER.replace("[cues]", "[camera]\nat = [10, 30]\n[cues]")
    (cel,) = collage.open(files(main=HEAD + "[camera]\nzoom = 2\n" + SHOW.format("inner"), inner=inner)).cels(5)
    assert where(inside(cel)["dot"], 24, 24) == (35, 30)
    assert where(inside(cel)["paper"], 0, 0) == (0, 0)
    assert where(cel, 0, 0) == (20, 0)


def test_its_clock_starts_with_the_layer_and_holds_at_its_end(files: Files) -> None:
    """From the layer's in on, one for one; the last frame holds."""
    assert clock(files, "in = 5\n") == [*range(24), *[23] * 19]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("time.start = 4\n", [*range(4, 24), *[23] * 28]),
        ('time.start = "splash+2"\n', [*range(12, 24), *[23] * 36]),
        ("time.speed = 2\n", [*range(0, 24, 2), *[23] * 36]),
        ("time.speed = 0.5\n", [frame // 2 for frame in range(48)]),
        ("time.speed = 0\ntime.start = 7\n", [7] * 48),
        ("time.speed = -1\n", [*range(23, -1, -1), *[0] * 24]),
        ('time.speed = -1\ntime.start = "end"\n', [*range(23, -1, -1), *[0] * 24]),
        ("time.speed = -0.5\n", [23 - frame // 2 for frame in range(48)]),
        ("time.speed = -1\ntime.start = 10\n", [*range(10, -1, -1), *[0] * 37]),
        ("time.loop = true\n", [frame % 24 for frame in range(48)]),
        ("time.loop = true\ntime.start = 20\n", [(20 + frame) % 24 for frame in range(48)]),
        ("time.loop = true\ntime.speed = -1\n", [23 - frame % 24 for frame in range(48)]),
        ("time.loop = true\ntime.speed = -0.5\n", [23 - frame // 2 for frame in range(48)]),
        ("time.loop = 5\n", [frame % 5 for frame in range(48)]),
        ('time.loop = "0.25s"\ntime.start = 8\n', [8 + frame % 6 for frame in range(48)]),
        ("time.loop = 5\ntime.speed = -1\n", [23 - frame % 5 for frame in range(48)]),
        ("time.loop = 30\n", [min(frame % 30, 23) for frame in range(48)]),
        ('keys.time = [[0, 4], [20, 24, "linear"]]\n', [*range(4, 24), *[23] * 28]),
        ('keys.time = [[0, "splash"], [10, "0s"]]\n', [*range(10, -1, -1), *[0] * 37]),
        ('expr.time = "v*2 + 1"\n', [*range(1, 24, 2), *[23] * 36]),
        ('expr.time = "48 - f"\ntime.loop = true\n', [(48 - frame) % 24 for frame in range(48)]),
    ],
)  # fmt: skip
def test_time(files: Files, fields: str, expected: list[int]) -> None:
    """Start, speed forwards and backwards, loops, keys and formulas give these inner frames."""
    assert clock(files, fields) == expected


def test_another_rate(files: Files) -> None:
    """A scene of 12 a second in one of 24 shows each frame twice; of 48, every other."""
    assert clock(files, "", COUNTER.replace("[cues]", "rate = 12\n[cues]", 1))[:48] == [f // 2 for f in range(48)]
    fast = COUNTER.replace("length = 24", "length = 24\nrate = 48")
    assert clock(files, "")[:12] == list(range(12))
    assert clock(files, "", fast)[:12] == list(range(0, 24, 2))


def test_exact_frames_without_keys_exposures_with(files: Files) -> None:
    """A layer on threes lets the scene in it run on; keys and formulas of its time are held as every pose is."""
    assert clock(files, "on = 3\n")[:9] == list(range(9))
    assert clock(files, "on = 3\nkeys.time = [[0, 0], [24, 24]]\n")[:9] == [0, 0, 0, 3, 3, 3, 6, 6, 6]
    assert clock(files, 'on = 3\nexpr.time = "f"\n')[:6] == [0, 0, 0, 3, 3, 3]


def nest(count: int, last: str = INNER + '[[layer]]\nasset = "disc"\n') -> dict[str, str]:
    """A main scene and so many inside one another."""
    texts = {f"s{i}": INNER + SHOW.format(f"s{i + 1}") for i in range(1, count)}
    return {"main": HEAD + SHOW.format("s1"), **texts, f"s{count}": last}


def test_sixty_deep_and_no_more(files: Files) -> None:
    """Sixty scenes inside one another are exposed and comped; the next is a finding with a cure, no crash."""
    assert collage.open(files(**nest(60))).comp(3).any()
    with pytest.raises(SceneError, match=r"s60\.toml:.*more than 60 scenes inside one another: make do with fewer"):
        collage.open(files(**nest(61)))


def test_groups_and_scenes_are_counted_together(files: Files) -> None:
    """Groups inside scenes inside scenes are refused before calls run out."""
    groups = "".join(
        f'[[layer]]\nname = "g{i}"\ngroup = true\n' + (f'parent = "g{i - 1}"\n' if i else "") for i in range(20)
    )
    texts = {f"s{i}": INNER + groups + SHOW.format(f"s{i + 1}") + 'parent = "g19"\n' for i in range(1, 6)}
    with pytest.raises(SceneError, match="more than 60 groups and scenes"):
        collage.open(files(main=HEAD + SHOW.format("s1"), **texts, s6=INNER + '[[layer]]\nasset = "disc"\n'))


def test_a_scene_in_itself_is_refused(files: Files) -> None:
    """Directly or through others, the ring is named."""
    with pytest.raises(SceneError, match=r'"main\.toml" in "main\.toml": a scene can\'t show itself'):
        collage.open(files(main=HEAD + SHOW.format("main")))
    with pytest.raises(SceneError, match=r'b\.toml:.*"a\.toml" in "b\.toml" in "a\.toml"'):
        collage.open(files(main=HEAD + SHOW.format("a"), a=HEAD + SHOW.format("b"), b=HEAD + SHOW.format("a")))
    with pytest.raises(SceneError, match=r'"main\.toml" in "a\.toml" in "main\.toml"'):
        collage.open(files(main=HEAD + SHOW.format("a"), a=HEAD + SHOW.format("main")))


def test_a_part_can_not_lead_a_scene_into_itself(files: Files) -> None:
    """Overriding a part's scene with the scene that shows it is the same ring."""
    texts = {"main": HEAD + SHOW.format("a") + 'part.b.scene = "scenes/main.toml"\n', "a": HEAD + SHOW.format("b")}
    with pytest.raises(SceneError, match="can't show itself"):
        collage.open(files(**texts, b=COUNTER))


def test_what_doubles_at_every_level_is_refused_by_its_count(files: Files) -> None:
    """2 to the 40 layers are counted, not bound."""
    texts = {f"s{i}": INNER + SHOW.format(f"s{i + 1}") + SHOW.format(f"s{i + 1}") for i in range(1, 40)}
    with pytest.raises(SceneError, match="more than 20000 layers with their copies and nested scenes"):
        collage.open(files(main=HEAD + SHOW.format("s1"), **texts, s40=INNER + '[[layer]]\nasset = "disc"\n'))
    texts = {name: texts[name] for name in list(texts)[:12]} | {"s13": INNER + SHOW.format("dot") * 2}
    with pytest.raises(SceneError, match="more than 20000 layers"):  # each half of it would do by itself
        collage.open(files(main=HEAD + SHOW.format("s1") * 2, **texts, dot=DOT))


def test_findings_lie_in_the_file_that_is_wrong(files: Files) -> None:
    """Errors of the text, of binding, and warnings: each with the inner file's name, line and column, each once."""
    for wrong, words in (
        ("foo = 1\n", "inner.toml:10:1: unknown key"),
        ('parent = "dotty"\n', "inner.toml:10:10: no peg"),
    ):
        with pytest.raises(SceneError) as caught:
            collage.open(files(main=HEAD + SHOW.format("inner") + SHOW.format("inner"), inner=DOT + wrong))
        assert [words in str(finding) for finding in caught.value.findings] == [True]
    inner = COUNTER.replace("on = 1", "on = 2") + "keys.y = [[3, 0]]\n"
    (warning,) = collage.open(files(main=HEAD + SHOW.format("inner"), inner=inner)).warnings
    assert warning.path == "scenes/inner.toml"
    assert inner.split("\n")[warning.line - 1].startswith("keys.y")
    with pytest.raises(SceneError, match=r'main\.toml:8:\d+: no scene at "scenes/nope\.toml"'):
        collage.open(files(main=HEAD + SHOW.format("nope")))


def test_parts_are_overridden(files: Files) -> None:
    """Text, keys, hidden, formulas and moves of a layer inside; what isn't mentioned stays; the file is untouched."""
    inner = COUNTER + '[[layer]]\nname = "sign"\ntext = "A"\nat = [9, 9]\n[[layer]]\nasset = "arrow"\n'
    changes = (
        'part.sign.text = "B"\npart.arrow.hidden = true\npart.dot.keys.x = [[0, 7]]\npart.dot.expr.y = "f"\n'
        'part.sign.move = [{ do = "slide", to = [20, 9] }]\n'
    )
    outer = HEAD + SHOW.format("inner") + changes + SHOW.format("inner").replace('name = "inner"', 'name = "plain"')
    first, second = collage.open(files(main=outer, inner=inner)).cels(20)
    assert set(inside(first)) == {"paper", "dot", "sign"}
    assert where(inside(first)["dot"], 24, 24) == (7, 20)
    assert inside(first)["sign"].content.lines[0][0] == "B"  # type: ignore[union-attr]
    assert inside(first)["sign"].matrix.e > inside(second)["sign"].matrix.e + 10
    assert where(inside(second)["dot"], 24, 24) == (20, 30)
    assert inside(second)["sign"].content.lines[0][0] == "A"  # type: ignore[union-attr]


def test_a_part_of_a_part(files: Files) -> None:
    """part.b.part.dot reaches two scenes down."""
    main = HEAD + SHOW.format("a") + "part.b.part.dot.keys.x = [[0, 77]]\n"
    (cel,) = collage.open(files(main=main, a=INNER + SHOW.format("b"), b=COUNTER)).cels(9)
    assert where(inside(inside(cel)["b"])["dot"], 24, 24) == (77, 30)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('part.dott.hidden = true', 'no layer is called "dott" in scenes/inner.toml. Did you mean "dot"?'),
        ('part.dot.parent = "nobody"', 'no peg or layer is called "nobody"'),
        ('part.dot.parent = "dot"', '"dot" is this very layer'),
        ('part.dot.sheet = "attic"', 'no sheet "attic"'),
        ('part.dot.behind = "nobody"', 'no layer is called "nobody"'),
        ('part.dot.asset = "dusc"', 'no asset "dusc". Did you mean "disc"?'),
        ('part.dot.expr.x = "beat"', "beats need a tempo"),
        ('part.dot.keys.swap = [[0, "open"]]', 'no drawing "open"'),
    ],
)  # fmt: skip
def test_what_a_part_gets_wrong_is_said_where_it_is_written(files: Files, change: str, words: str) -> None:
    """The finding lies at the override in the outer file: the inner one is blameless."""
    with pytest.raises(SceneError) as caught:
        collage.open(files(main=HEAD + SHOW.format("inner") + change + "\n", inner=COUNTER))
    (finding,) = caught.value.findings
    assert words in finding.message
    assert (Path(finding.path).name, finding.line) == ("main.toml", 9)


def test_hanging_on_what_lies_in_a_scene(files: Files) -> None:
    """A child hangs on a hook inside, two scenes deep, as both cameras, turns and clocks have it, by its own hook of
    that name."""
    arm = INNER + '[camera]\nzoom = 2\n[[layer]]\nname = "c"\nasset = "arrow"\nat = [40, 30]\n'
    arm += 'keys.turn = [[0, 0], [12, 90, "linear"]]\n'
    middle = INNER + SHOW.format("b") + "turn = 90\n"
    main = HEAD + SHOW.format("a") + 'scale = 0.5\n[[layer]]\nname = "kid"\nasset = "arrow"\nparent = "a/b/c.tip"\n'
    shown = collage.open(files(main=main, a=middle, b=arm))
    for frame, tip in ((0, (53, 0)), (12, (0, 53))):
        *_, kid = shown.cels(frame)
        x, y = 2 * tip[0], 2 * tip[1]
        expected = 100 + 0.5 * -y, 60 + 0.5 * x
        assert where(kid, 57, 20) == pytest.approx(expected, abs=1e-5)
    _, kid = collage.open(files(main=main.replace("a/b/c.tip", "a/b"), a=middle, b=arm)).cels(0)
    assert where(kid, 4, 20) == (100, 60)


@pytest.mark.parametrize(
    ("parent", "words"),
    [
        ("a/nobody", 'nothing is called "nobody" here'),
        ("a/dot.tipp", 'no hook "tipp" on "dot"'),
        ("a/dot/x", '"dot" shows no scene'),
        ("kid2/x", '"kid2" shows no scene'),
    ],
)
def test_no_such_thing_in_there(files: Files, parent: str, words: str) -> None:
    """Unknown layers and hooks inside a nested scene are findings at the parent that names them."""
    main = HEAD + SHOW.format("a") + '[[layer]]\nname = "kid2"\nasset = "disc"\n'
    main += f'[[layer]]\nasset = "arrow"\nparent = "{parent}"\n'
    with pytest.raises(SceneError) as caught:
        collage.open(files(main=main, a=COUNTER))
    assert words in str(caught.value)
    assert caught.value.findings[0].line == 14


EVERYTHING = (
    '[camera]\non = 1\nkeys.x = [[0, 100], [40, 130]]\nkeys.height = [[0, 500], [47, 200]]\nmove = [{ do = "shake" }]\n'
    '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\nexpr.opacity = "0.5 + t/4"\n'
    '[[peg]]\nname = "p"\nat = [50, 50]\nmove = [{ do = "orbit" }]\n'
    '[[layer]]\nname = "g"\ngroup = true\nsheet = "high"\nkeys.opacity = [[0, 1], [30, 0.3]]\nat = [0, 0]\n'
    '[[layer]]\nname = "m"\nasset = "mouth"\nmove = [{ do = "cycle" }]\n'
    'keys.parent = [[0, "p"], [13, "g"], [31, "p"]]\n'
    '[[layer]]\nasset = "arrow"\nregistration = 3\nkeys.turn = [[0, 0], [20, 90]]\nbehind = "m2"\nlock = true\n'
    '[[layer]]\nname = "m2"\nasset = "disc"\n'
    'move = [{ do = "follow", layer = "p" }, { do = "drift" }, { do = "boil" }]\n'
    '[[layer]]\nname = "inner"\nscene = "scenes/inner.toml"\nscale = 0.5\ntime.loop = 7\nsheet = "high"\n'
    'part.dot.move = [{ do = "shake" }]\n'
    'repeat = { count = 3, area = [0, 0, "100%", "100%"], delay = 5, vary = { turn = 40 } }\n'
    '[[layer]]\nname = "one"\nscene = "scenes/inner.toml"\nkeys.time = [[0, 20], [30, 0]]\n'
    '[[layer]]\nname = "kid"\nasset = "disc"\nparent = "one/dot"\nexpr.x = "noise(t)*9"\n'
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[Cel, ...]]]:
    """A scene with everything in it, and its cels frame after frame."""
    root = tmp_path_factory.mktemp("everything")
    shutil.copytree(goldens.FOLDER / "assets", root / "assets")
    (root / "scenes").mkdir()
    (root / "scenes" / "inner.toml").write_text(COUNTER, encoding="utf-8")
    (root / "scenes" / "main.toml").write_text(HEAD.replace("on = 1", "on = 2") + EVERYTHING, encoding="utf-8")
    stand = collage.open(root / "scenes" / "main.toml")
    return root, [stand.cels(frame) for frame in range(48)]


@given(frames=st.lists(st.integers(0, 47), min_size=1, max_size=6))
def test_any_frame_alone_equals_the_sequential_run(
    everything: tuple[Path, list[tuple[Cel, ...]]], frames: list[int]
) -> None:
    """Whatever is asked in whatever order, of a scene opened anew each time."""
    root, expected = everything
    stand = collage.open(root / "scenes" / "main.toml")
    assert [stand.cels(frame) for frame in frames] == [expected[frame] for frame in frames]


def test_pickled_it_is_the_same(everything: tuple[Path, list[tuple[Cel, ...]]]) -> None:
    """A scene that went to another process, and cels that came back, are the same."""
    root, expected = everything
    scene = pickle.loads(pickle.dumps(parse((root / "scenes" / "main.toml").read_text(encoding="utf-8"))))
    stand = collage.open(scene, root=root)
    assert [pickle.loads(pickle.dumps(stand.cels(frame))) for frame in range(48)] == expected
