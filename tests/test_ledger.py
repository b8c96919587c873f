"""The ledger: who holds what there are only so many of, through nested scenes and films, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import picture

import collage
from collage.desk.checks import check
from collage.errors import SceneError
from collage.exposure import holding
from collage.exposure.film import Reel, film_holds
from collage.exposure.holding import Hold, holds
from collage.exposure.ledger import breaches, whole
from collage.exposure.rig import Nested, Rig
from collage.exposure.stage import Stage

HEAD = "format = 1\n[scene]\nsize = [20, 20]\nlength = {}\n"
ONLY = '[[layer]]\nname = "{}"\nasset = "only"\n'
SHOW = '[[layer]]\nname = "{0}"\nscene = "scenes/{0}.toml"\n'
Files = Callable[..., Path]


@pytest.fixture
def files(project: Project) -> Files:
    """``files(main=text, bath=text)`` writes scenes beside an asset of `copies`, one by default, and gives `main`."""

    def written(copies: int = 1, **texts: str) -> Path:
        main = project("format = 1\n", {"only": picture("R")}, f"format = 1\n[only]\ncopies = {copies}\n")
        for name, text in texts.items():
            main.with_name(f"{name}.toml").write_text(text, encoding="utf-8")
        return main.with_name("main.toml")

    return written


def spans(file: Path) -> list[tuple[str, int, int]]:
    """Who holds from when to when."""
    rig = collage.open(file).rig
    assert isinstance(rig, Rig)
    return [(hold.holder, hold.first, hold.end) for hold in holds(rig)]


def told(file: Path) -> list[str]:
    """What is wrong with a scene or a film, as editors read it."""
    return [str(finding) for finding in check(file)]


def brute(rig: Rig, frame: int) -> list[str]:
    """Who holds at one frame, asked of that frame alone."""
    stage, found = Stage(rig, frame), []
    for piece in rig.pieces:
        host = stage.host(piece.joint)
        if piece.gone(frame) or (host is not None and rig.pieces[host.index].gone(frame)):
            continue
        if isinstance(piece.content, Nested):
            inner = stage.nested(piece.joint)
            found += [f"{piece.label}/{name}" for name in brute(inner.rig, inner.frame)]
        elif piece.asset is not None:
            found.append(piece.label)
    return found


CLOCKS = st.one_of(
    st.builds(
        "time = {{ start = {}, speed = {}, loop = {} }}\n".format,
        st.integers(0, 23), st.sampled_from(["1", "-1", "0", "0.3", "2.5", "-1.7"]),
        st.sampled_from(["false", "true", "5", "9"]),
    ),
    st.sampled_from([
        "keys.time = [[4, 0], [20, 23, 'linear'], [30, 8]]\n", 'expr.time = "abs(20 - f)"\n',
        "keys.time = { keys = [[0, 0], [6, 20]], loop = 7 }\n",
    ]),
)  # fmt: skip
HIDING = st.sampled_from([
    "", "keys.hidden = [[0, false], [11, true], [17, false]]\n", 'expr.hidden = "f % 7 < 2"\n',
    "keys.hidden = { keys = [[0, false], [3, true]], loop = 5 }\n", "in = 5\nout = 30\n",
])  # fmt: skip


@settings(max_examples=60)
@given(CLOCKS, HIDING, HIDING, st.integers(1, 3))
def test_holds_are_what_each_frame_shows(
    tmp_path_factory: pytest.TempPathFactory, clock: str, outer: str, inner: str, on: int
) -> None:
    """Whatever a nested clock does and whoever hides, the spans say for every frame what that frame says alone."""
    home = tmp_path_factory.mktemp("home")
    (home / "scenes").mkdir()
    (home / "assets").mkdir()
    from collage.glass.png import encode

    (home / "assets/only.png").write_bytes(encode(picture("R")))
    (home / "assets/registry.toml").write_text("format = 1\n[only]\ncopies = 9\n")
    short = inner.replace("out = 30", "out = 16")
    (home / "scenes/bath.toml").write_text(HEAD.format(24) + ONLY.format("a") + short)
    group = '[[layer]]\nname = "g"\ngroup = true\n' + outer + ONLY.format("b") + 'parent = "g"\n'
    text = HEAD.format(40) + SHOW.format("bath") + f"on = {on}\n" + clock + outer + group
    (home / "scenes/main.toml").write_text(text)
    rig = collage.open(home / "scenes/main.toml").rig
    assert isinstance(rig, Rig)
    found = holds(rig)
    for frame in range(rig.length):
        now = sorted(hold.holder for hold in found if hold.first <= frame < hold.end)
        assert now == sorted(brute(rig, frame))


def test_a_breach_across_nested_scenes_is_said_outside(files: Files) -> None:
    """At the layer that wants it, with both paths and files, the frames, and where it is free for as long."""
    bath = HEAD.format(24) + ONLY.format("splash") + "out = 12\n"
    main = HEAD.format(48) + SHOW.format("bath") + "out = 24\n" + ONLY.format("mine") + "in = 6\nout = 20\n"
    assert told(files(main=main, bath=bath)) == [
        f'{files(main=main)}:11:9: "only" is one of a kind: "bath/splash" (scenes/bath.toml) has it in frames 0 to 11, '
        '"mine" (scenes/main.toml) wants it in 6 to 19; it is free for as long in 12 to 25, or write photostat = true '
        "for a deliberate copy"
    ]
    assert spans(files(main=main.replace("in = 6", "in = 12"))) == [("bath/splash", 0, 12), ("mine", 12, 20)]


def test_a_breach_inside_a_nested_scene_is_said_once_there(files: Files) -> None:
    """In its own file, though two layers show it."""
    bath = HEAD.format(24) + ONLY.format("a") + ONLY.format("b")
    main = HEAD.format(48) + SHOW.format("bath") + SHOW.format("bath").replace('"bath"', '"again"', 1)
    found = told(files(main=main, bath=bath))
    assert len(found) == 1
    assert "bath.toml:10:9: " in found[0]


def test_two_nested_scenes_may_not_both_hold(files: Files) -> None:
    """One scene shown twice at once holds twice, its copies too, but for a photostat; two copies make it right."""
    bath = HEAD.format(24) + ONLY.format("splash")
    main = HEAD.format(48) + SHOW.format("bath") + "repeat = { count = 2 }\n"
    assert '"bath.0/splash" has it in frames 0 to 47, "bath.1/splash" wants it' in told(files(main=main, bath=bath))[0]
    assert told(files(copies=2, main=main, bath=bath)) == []
    assert told(files(main=main, bath=bath + "photostat = true\n")) == []


def test_the_nearest_free_span() -> None:
    """Whole where any gap is long enough, else the nearest gap; none where it is always out."""

    def hold(first: int, end: int, who: int) -> Hold:
        return Hold("only", first, end, str(who), ("layer", who, "asset"), "", None, "table", (who,))

    def free(*holds: Hold, copies: int = 1) -> object:
        return breaches(holds, copies, 100)[0].free

    assert free(hold(0, 50, 0), hold(40, 60, 1)) == (50, 70)
    assert free(hold(20, 90, 0), hold(80, 100, 1)) == (0, 20)
    assert free(hold(20, 90, 0), hold(60, 90, 1)) == (90, 100)
    assert free(hold(0, 100, 0), hold(60, 90, 1)) is None
    assert free(hold(0, 100, 0), hold(0, 60, 1), hold(50, 70, 2), copies=2) == (60, 80)
    assert breaches([hold(0, 100, 0), hold(0, 60, 1)], 2, 100) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12), st.integers(1, 3))
def test_a_breach_is_found_where_too_many_hold(parts: list[tuple[int, int]], copies: int) -> None:
    """If and only if at some frame more hold than there are, whatever their order."""
    made = [Hold("a", at, at + long, "", (), "", None, "", (who,)) for who, (at, long) in enumerate(parts)]
    most = max((sum(hold.first <= frame < hold.end for hold in made) for frame in range(45)), default=0)
    assert bool(breaches(made, copies, 50)) == (most > copies)


def test_handing_on_inside_a_scene_is_one_hold(files: Files) -> None:
    """Each carrier and each sheet is a line of its own, and together they are one hold that nobody breaks into."""
    main = HEAD.format(24) + '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n[[peg]]\nname = "a"\n[[peg]]\n'
    main += 'name = "b"\n' + ONLY.format("s") + 'keys.parent = [[0, "a"], [10, "b"]]\nkeys.sheet = [[0, "low"], '
    rig = collage.open(files(main=main + '[12, "high"]]\n')).rig
    assert isinstance(rig, Rig)
    found = holds(rig)
    assert [(hold.first, hold.end, hold.carrier, hold.sheet) for hold in found] == [
        (0, 10, "a", "low"), (10, 12, "b", "low"), (12, 24, "b", "high"),
    ]  # fmt: skip
    assert [(hold.first, hold.end) for hold in whole(found)] == [(0, 24)]


def test_still_stretches_cost_no_steps(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten million frames of a scene that runs, rests on its keys or holds its end are followed in a few steps; keys
    that move all the while are refused with a cure."""
    monkeypatch.setattr(holding, "MOST_STEPS", 500)
    bath = HEAD.format(1000) + ONLY.format("a") + "in = 10\nout = 900\n"
    main = HEAD.format(10_000_000) + SHOW.format("bath") + "{}" + ONLY.format("b") + "in = 5000000\n"
    assert spans(files(main=main.format(""), bath=bath))[0] == ("bath/a", 10, 900)
    keyed = "keys.time = [[3000, 0], [3600, 1000, 'linear']]\n"
    assert [holder for holder, _, _ in spans(files(main=main.format(keyed), bath=bath))] == ["bath/a", "b"]
    endless = "keys.time = [[0, 0], [9000000, 1000]]\n"
    assert 'can\'t follow "bath"' in told(files(main=main.format(endless), bath=bath))[0]


JOINED = """format = 1
[[shot]]
scene = "scenes/one.toml"
join = {{ how = "dissolve", length = {} }}
[[shot]]
scene = "scenes/two.toml"
"""


def film(files: Files, text: str, one: str = "", two: str = "") -> Path:
    """A film of two scenes of 24 frames that both hold."""
    file = files(one=HEAD.format(24) + ONLY.format("a") + one, two=HEAD.format(24) + ONLY.format("b") + two)
    file = file.with_name("main.film.toml")
    file.write_text(text, encoding="utf-8")
    return file


def test_shots_that_are_joined_may_not_both_hold(files: Files) -> None:
    """The breach names both shots and the film's frames; a cut, and a hold that ends before the join, are fine."""
    found = told(film(files, JOINED.format(6)))
    assert len(found) == 1
    assert 'main.film.toml:6:9: "only" is one of a kind: "shot 1, one: a" (scenes/one.toml) has it in film' in found[0]
    assert 'frames 0 to 23, "shot 2, two: b" (scenes/two.toml) wants it in 18 to 41; it is free next' in found[0]
    with pytest.raises(SceneError, match="wants it in 18 to 41"):
        collage.open(film(files, JOINED.format(6)))
    assert told(film(files, JOINED.format(6).replace("dissolve", "cut"))) == []
    assert told(film(files, JOINED.format(6), one="out = 18\n")) == []


def test_a_film_counts_its_own_frames(files: Files) -> None:
    """Through in, joins and cuts; a shot under another that cut in holds only while it is seen."""
    reel = collage.open(film(files, JOINED.format(6), one="out = 18\n")).rig
    assert isinstance(reel, Reel)
    assert [(hold.holder, hold.first, hold.end) for hold in film_holds(reel)] == [("one: a", 0, 18), ("two: b", 18, 42)]
    under = 'format = 1\n[[shot]]\nscene = "scenes/one.toml"\nin = 4\n[[shot]]\nscene = "scenes/two.toml"\n'
    under += "at = 8\nout = 6\n"
    reel = collage.open(film(files, under)).rig
    assert isinstance(reel, Reel)
    assert [(hold.holder, hold.first, hold.end) for hold in film_holds(reel)] == [
        ("one: a", 0, 8), ("two: b", 8, 14), ("one: a", 14, 20),
    ]  # fmt: skip
