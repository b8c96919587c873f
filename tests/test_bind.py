"""Binding: words become frames and numbers, and whatever can't is told before anything is drawn."""

from __future__ import annotations

import goldens
import pytest
from conftest import Project
from letters import picture

import collage
from collage.errors import CollageError, SceneError
from collage.exposure.cel import Cel
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\n"


def stand(body: str, head: str = HEAD) -> collage.Stand:
    return collage.open(parse(head + body), root=goldens.FOLDER)


def where(cel: Cel, x: float, y: float) -> tuple[float, float]:
    """Where a point of the picture lies on the canvas, to a millionth."""
    return tuple(round(part, 6) for part in cel.matrix.at((x, y)))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            '[[peg]]\nname = "home"\n[[layer]]\nname = "a"\nasset = "disc"\nkeys.parent = [[0, "home"], [5, "b"]]\n'
            '[[layer]]\nname = "b"\nasset = "disc"\nparent = "a"\n',
            'layer 1: keys.parent.keys.1.value: frame 5: "a" in "b" in "a"',
        ),
        (
            '[[layer]]\nname = "a"\nasset = "disc"\nparent = "b"\n[[layer]]\nname = "b"\nlike = "a"\n',
            'layer 1: parent: frame 0: "a" in "b" in "b"',
        ),
        (
            '[[layer]]\nname = "a"\nasset = "disc"\nkeys.behind = [[0, ""], [7, "b"]]\n'
            '[[layer]]\nname = "b"\nasset = "disc"\nbehind = "a"\n',
            'frame 7: "a" behind "b" behind "a"',
        ),
        (
            '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n[[layer]]\nname = "a"\nasset = "disc"\nsheet = "high"\n'
            '[[layer]]\nname = "b"\nasset = "disc"\nbehind = "a"\n',
            "slips under a layer of the same sheet",
        ),
        (
            "".join(f'[[peg]]\nname = "p{i}"\nparent = "p{i + 1}"\n' for i in range(500)) + '[[peg]]\nname = "p500"\n',
            "more than 400 parents",
        ),
    ],
)
def test_chains_that_lead_nowhere_are_told_before_anything_is_drawn(body: str, message: str) -> None:
    """Rings that are inherited, or that keys bring about at a frame, and chains without end: each with its place."""
    with pytest.raises(SceneError) as caught:
        stand(body)
    assert message in str(caught.value)


def test_what_grows_beyond_all_bounds_is_told_with_its_frame() -> None:
    """Scales that multiply past what a float can place are an error, not a crash in the glass."""
    pegs = "".join(f'[[peg]]\nname = "p{i}"\nparent = "p{i + 1}"\nscale = 1e9\n' for i in range(60))
    shown = stand(pegs + '[[peg]]\nname = "p60"\n[[layer]]\nasset = "disc"\nparent = "p0"\n')
    with pytest.raises(CollageError, match=r"frame 3: .* beyond all bounds"):
        shown.cels(3)


def test_a_long_pile_of_pieces_behind_one_another_is_laid_at_once() -> None:
    """A chain as long as is allowed, in either order of the file, is painted from its end."""
    names = [f"l{index}" for index in range(300)]
    text = "".join(
        f'[[layer]]\nname = "{name}"\nasset = "disc"\n' + (f'behind = "{over}"\n' if over else "")
        for name, over in zip(names, [*names[1:], ""], strict=True)
    )
    assert [cel.layer for cel in stand(text).cels(0)] == names
    longer = text.replace('name = "l299"\nasset = "disc"\n', 'name = "l299"\nasset = "disc"\nbehind = "m0"\n')
    longer += "".join(
        f'[[layer]]\nname = "m{i}"\nasset = "disc"\n' + (f'behind = "m{i + 1}"\n' if i < 150 else "")
        for i in range(151)
    )
    with pytest.raises(SceneError, match="more than 400 layers"):
        stand(longer)


def test_cues_build_on_cues_to_any_depth_and_within_reach() -> None:
    """A thousand that each wait for the next are resolved; one that grows beyond the longest scene is told."""
    chain = "[cues]\n" + "".join(f'c{i} = "c{i + 1}+1"\n' for i in range(1000)) + "c1000 = 5\n"
    shown = stand(chain + '[[layer]]\nasset = "disc"\n', "format = 1\n[scene]\nlength = 2000\n")
    assert shown.length == 2000
    doubling = "[cues]\nc0 = 1\n" + "".join(f'c{i + 1} = "c{i}+c{i}"\n' for i in range(60))
    with pytest.raises(SceneError, match="this cue lies more than"):
        stand(doubling + '[[layer]]\nasset = "disc"\n')


def test_cues_may_count_from_the_end() -> None:
    """Where the length is written, and where it follows from keys."""
    tail = '[cues]\nfinale = "end-12"\n[[layer]]\nasset = "disc"\nin = "finale"\n'
    assert stand(tail).rig.pieces[0].span == (36, 48)
    loose = tail + '[[layer]]\nname = "b"\nasset = "disc"\nkeys.x = [[0, 1], [59, 2]]\n'
    assert stand(loose, "format = 1\n").rig.pieces[0].span == (48, 60)


def test_sums_are_exact_and_rounded_once_half_up() -> None:
    """A beat's fraction is kept through `in`, and the length is rounded as every moment is."""
    head = 'format = 1\n[scene]\nlength = "10.3s"\n[sound]\ntempo = 112\n'
    shown = stand('[[layer]]\nasset = "disc"\nin = "beat 5"\nkeys.x = [[0, 1], ["in+4 beats", 2]]\n', head)
    assert shown.length == 247
    assert shown.rig.pieces[0].span == (51, 247)
    (slot, curve), *_ = shown.rig.pieces[0].joint.curves
    assert (slot, curve(102) < 2, curve(103)) == (0, True, 2)


def test_in_is_zero_within_a_loop() -> None:
    """A loop's moments count from the layer's in, so "in" is where it begins."""
    body = '[[layer]]\nasset = "disc"\nin = 12\nkeys.x = { keys = [["in", 0], ["in+6", 60, "linear"]], loop = 12 }\n'
    assert [where(stand(body).cels(frame)[0], 24, 24)[0] for frame in (12, 14, 18, 24, 26)] == [0, 20, 60, 0, 20]


def test_keys_after_their_loop_warn() -> None:
    """A key that no round reaches is said."""
    shown = stand('[[layer]]\nasset = "disc"\nkeys.x = { keys = [[0, 0], [48, 60]], loop = 12 }\n')
    assert any("over before this key" in finding.message for finding in shown.warnings)


SPLASH = '[[layer]]\nname = "{}"\nasset = "only"\nin = {}\nout = {}\n'


@pytest.mark.parametrize(
    ("body", "breach"),
    [
        (SPLASH.format("a", 0, 24) + SPLASH.format("b", 24, 48), ""),
        (
            SPLASH.format("a", 0, 25) + SPLASH.format("b", 24, 48),
            '"a" has it in frames 0 to 24, "b" wants it in 24 to 47',
        ),
        (SPLASH.format("a", 0, 25) + SPLASH.format("b", 24, 48) + "photostat = true\n", ""),
        (SPLASH.format("a", 0, 48) + SPLASH.format("b", 0, 48) + "hidden = true\n", ""),
        (SPLASH.format("a", 0, 48) + "keys.hidden = [[0, false], [20, true]]\n" + SPLASH.format("b", 20, 48), ""),
        (SPLASH.format("a", 0, 48) + "opacity = 0\n" + SPLASH.format("b", 20, 48), "wants it in 20 to 47"),
    ],
)
def test_what_is_one_of_a_kind_is_held_by_one_at_a_time(project: Project, body: str, breach: str) -> None:
    """At most one layer holds it at any frame of its span while not hidden; a declared photostat does not count."""
    file = project(HEAD + body, {"only": picture("R")}, "format = 1\n[only]\ncopies = 1\n")
    if breach:
        with pytest.raises(SceneError) as caught:
            collage.open(file)
        assert breach in str(caught.value)
    else:
        assert collage.open(file).length == 48


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('[[layer]]\nasset = "arow"\n', 'no asset "arow". Did you mean "arrow"'),
        ('[[layer]]\nasset = "disc"\nin = 10\nout = 60\n', "reaches outside the scene"),
        ('[[layer]]\nasset = "disc"\nin = 10\nout = 10\n', "never be seen"),
        ('[[layer]]\nasset = "disc"\nin = -2\n', "reaches outside"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], [0, 2]]\n', "keys ascend"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["1s", 1], [20, 2]]\n', "keys ascend"),
        ('[[layer]]\nasset = "disc"\nkeys.x = { keys = [[0, 1]], loop = 0 }\n', "longer than nothing"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["splsh", 1]]\n[cues]\nsplash = 3\n', 'Did you mean "splash"'),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["beat 2", 1]]\n', "need a tempo"),
        (
            '[[layer]]\nasset = "mouth"\nkeys.swap = [[0, "opne"]]\n',
            'no drawing "opne" of "mouth". Did you mean "open"',
        ),
        ('[[layer]]\nasset = "arrow"\npivot = "tpi"\n', 'no hook "tpi"'),
        ('[[layer]]\nasset = "arrow"\n[[layer]]\nasset = "disc"\nparent = "arrow.tpi"\n', 'no hook "tpi" on "arrow"'),
        ('[[peg]]\nname = "p"\n[[layer]]\nasset = "disc"\nparent = "p"\nat = ["50%", 0]\n', "Under a parent"),
        ('[cues]\na = "b"\nb = "a+1"\n[[layer]]\nasset = "disc"\n', "form a ring"),
    ],
)
def test_what_can_not_be_bound_is_told(body: str, message: str) -> None:
    """Place, thing and cure; nothing is exposed."""
    with pytest.raises(SceneError) as caught:
        stand(body)
    assert message in str(caught.value)


def test_all_problems_are_found_at_once() -> None:
    """One bad layer does not hide the next."""
    with pytest.raises(SceneError) as caught:
        stand('[[layer]]\nasset = "nope"\n[[layer]]\nasset = "disc"\nin = 99\n[[layer]]\nasset = "nix"\n')
    assert len(caught.value.findings) == 3


def test_a_key_inside_an_exposure_warns() -> None:
    """On twos a key at frame 5 is first seen at 6: said, and nothing is stopped."""
    shown = stand('[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], [5, 2]]\n')
    assert ["first seen at frame 6" in finding.message for finding in shown.warnings] == [True]


@pytest.mark.parametrize(
    ("scene", "length"),
    [
        ('format = 1\n[[layer]]\nasset = "disc"\n', 96),
        ('format = 1\n[scene]\nrate = 12\n[[layer]]\nasset = "disc"\n', 48),
        ('format = 1\n[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], ["3s", 2]]\n', 73),
        ('format = 1\n[[layer]]\nasset = "disc"\nout = "in+2s"\nin = 12\n', 60),
        ('format = 1\n[[layer]]\nasset = "mouth"\nin = 10\nkeys.swap = [[0, "open"]]\n', 96),
        ('format = 1\n[[layer]]\nasset = "disc"\nmove = [{ do = "drop" }]\n', 96),
        ('format = 1\n[[layer]]\nasset = "disc"\nmove = [{ do = "bob", out = "in+5s" }]\n', 126),
        ('format = 1\n[[layer]]\nasset = "disc"\nmove = [{ do = "spin", out = 150 }]\n', 151),
        ('format = 1\n[camera]\nkeys.zoom = [[0, 1], [240, 2]]\n[[layer]]\nasset = "disc"\n', 241),
        ('format = 1\n[scene]\nlength = "2 beats"\n[sound]\ntempo = 60\n[[layer]]\nasset = "disc"\n', 48),
    ],
)
def test_the_length_is_the_last_key_or_span_else_four_seconds(scene: str, length: int) -> None:
    """Said, or the frame after the last key, or the longest span, or 4 s at the scene's rate."""
    assert stand("", scene).length == length


def test_beats_lie_where_the_music_has_them() -> None:
    """Beat 1 at first_beat of the file, of which frame 0 hears `offset`."""
    head = 'format = 1\n[scene]\nlength = 100\n[sound]\ntempo = 120\nfirst_beat = "1s"\noffset = "0.5s"\nbar = 3\n'
    shown = stand('[[layer]]\nasset = "disc"\nin = "beat 2"\nout = "bar 2"\n', head)
    assert shown.rig.pieces[0].span == (24, 48)
