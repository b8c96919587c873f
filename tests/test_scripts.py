"""`motions.py`: a project's own moves run with trust and never without it, and whatever they do wrong is one line."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest
from commands import project, refused  # noqa: F401 (a fixture)

import collage
from collage.cli import run
from collage.errors import CollageError, SceneError
from collage.exposure.cel import Pane
from collage.motion.moves.kinds import Nudge
from collage.motion.scripts import marked, nudge

SCENE = (
    "format = 1\n[scene]\nsize = [64, 36]\nlength = 24\n{}"
    '[[layer]]\nname = "cup"\ncard = "#fff"\nsize = [8, 8]\non = 1\nat = [0, 0]\n'
)
MARK = "from pathlib import Path\nPath({!r}).write_text('ran')\n"
WOBBLE = """
import math
import collage

@collage.motion
def wobble(now, by=12.0, every=1.0, flip=False, word="a", way=(1, 0)):
    '''Turns to and fro.'''
    return {"turn": by * math.sin(math.tau * now.t / every)}
"""


def written(root: Path, script: str | bytes | None, move: str, more: str = "") -> Path:
    """A project with a scene that asks for a move, and its motions.py."""
    for folder in ("assets", "scenes"):
        (root / folder).mkdir(exist_ok=True)
    if script is not None:
        (root / "scenes/motions.py").write_bytes(script if isinstance(script, bytes) else script.encode())
    scene = root / "scenes/tea.toml"
    scene.write_text(SCENE.format(more) + f"move = [{{ {move} }}]\n")
    return scene


def moved(root: Path, body: str, frame: int = 6, move: str = 'do = "motions.go"', more: str = "") -> tuple[float, ...]:
    """The matrix of a card moved by a function `go`, of which `body` is the body."""
    script = f"import collage\n@collage.motion\ndef go(now, by=2.0):\n    {body}\n"
    with collage.open(written(root, script, move, more), trust=True) as stand:
        return stand.cels(frame)[0].matrix


def test_the_example_of_the_documentation_runs(tmp_path: Path) -> None:
    """A marked function moves the piece, with its defaults and with what the scene gives it."""
    for move, frame, turned in (("", 6, 12), (", by = 20", 6, 20), (', every = 2, by = 8, word = "b"', 12, 8)):
        scene = written(tmp_path, WOBBLE, 'do = "motions.wobble"' + move)
        a, b, *_ = collage.open(scene, trust=True).cels(frame)[0].matrix
        assert math.degrees(math.atan2(b, a)) == pytest.approx(turned)


def test_motion_is_the_decorator_and_the_package() -> None:
    """`collage.motion` marks functions whatever part of the package of that name was imported before."""
    from collage.motion import easing

    assert easing.__name__ == "collage.motion.easing"

    @collage.motion
    def hop(now: object, by: float = 3) -> dict[str, float]:
        return {}

    script = marked(hop)
    assert script is not None
    assert (script.name, script.defaults) == ("hop", {"by": 3})
    assert marked(len) is None


def test_without_trust_nothing_runs(tmp_path: Path) -> None:
    """A motions.py that writes a file when imported writes none: the scene is refused, and says what to do."""
    ran = tmp_path / "ran"
    scene = written(tmp_path, MARK.format(str(ran)) + WOBBLE, 'do = "motions.wobble"')
    with pytest.raises(SceneError, match=r'tea\.toml:\d+:\d+: "motions\.wobble" runs Python code .* then add --trust'):
        collage.open(scene)
    assert not ran.exists()
    collage.open(scene, trust=True)
    assert ran.read_text() == "ran"


def test_trust_alone_runs_nothing_that_no_scene_asks_for(tmp_path: Path) -> None:
    """A scene without scripted moves never touches the motions.py beside it."""
    scene = written(tmp_path, MARK.format(str(tmp_path / "ran")), 'do = "bob"')
    collage.open(scene, trust=True).cels(3)
    assert not (tmp_path / "ran").exists()


def test_the_commands_run_nothing_without_trust(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`check` and `still` refuse; nothing has run; with --trust both do as ever."""
    ran = project / "ran"
    written(project, MARK.format(str(ran)) + WOBBLE, 'do = "motions.wobble"')
    assert run(["check", "scenes/tea.toml"]) == 1
    assert "then add --trust" in capsys.readouterr().out
    assert "then add --trust" in refused(capsys, "still", "scenes/tea.toml", "-o", "out.png")
    assert not ran.exists()
    assert not (project / "out.png").exists()
    assert run(["still", "scenes/tea.toml", "-o", "out.png", "--trust"]) == 0
    assert run(["check", "scenes/tea.toml", "--trust"]) == 0
    assert ran.exists()


def test_a_nested_scene_has_the_motions_beside_it(tmp_path: Path) -> None:
    """Each scene's moves come from its own folder; those of an inner one are trusted no sooner."""
    ran = tmp_path / "ran"
    outer = written(tmp_path, "import collage\n@collage.motion\ndef go(now): return {'x': 1}\n", 'do = "motions.go"')
    (tmp_path / "scenes/in").mkdir()
    (tmp_path / "scenes/in/motions.py").write_text(
        MARK.format(str(ran)) + "import collage\n@collage.motion\ndef go(now): return {'x': 100}\n"
    )
    (tmp_path / "scenes/in/inner.toml").write_text(SCENE.format("") + 'move = [{ do = "motions.go" }]\n')
    text = SCENE.format("") + '[[layer]]\nscene = "scenes/in/inner.toml"\n'
    outer.write_text(text)
    with pytest.raises(SceneError, match=r"in/inner\.toml:\d+:\d+: .* then add --trust"):
        collage.open(outer)
    assert not ran.exists()
    outer.write_text(text.replace("at = [0, 0]\n", 'at = [0, 0]\nmove = [{ do = "motions.go" }]\n'))
    card, inner = collage.open(outer, trust=True).cels(0)
    assert isinstance(inner.content, Pane)
    assert (card.matrix.e, inner.content.cels[-1].matrix.e) == (-4 + 1, -4 + 100)


def test_all_channels_add_or_multiply(tmp_path: Path) -> None:
    """x, y, turn are added to the pose so far; scale, scale_x, scale_y, opacity multiply."""
    body = "return {'x': 5, 'y': -3, 'scale': 2, 'scale_x': 3.0, 'opacity': 0.5}"
    assert moved(tmp_path, body) == (6, 0, 0, 2, 5 - 24, -3 - 8)
    assert nudge({"scale": 2, "scale_y": 4, "opacity": 0.5, "turn": 1}) == Nudge(0, 0, 1, 2, 8, 0.5)
    assert nudge({}) == Nudge()


def test_what_now_tells(tmp_path: Path) -> None:
    """Seconds and frames since the move's in, the share of its span, the exposure, the copy, the canvas, chance."""
    sound = "[sound]\ntempo = 60\n"
    for word, expected in (
        ("t", 4 / 24), ("frame", 4), ("share", 0.5), ("number", 6), ("i", 0), ("beat", 1.25),
        ("width", 64), ("height", 36),
    ):  # fmt: skip
        move = 'do = "motions.go", in = 2, out = 10'
        assert moved(tmp_path, f"return {{'x': now.{word}}}", 6, move, sound)[4] == pytest.approx(expected - 4)
    one, other = (
        moved(tmp_path, f"return {{'x': {text}}}")[4] for text in ("now.chance.at(1)", "now.chance.noise(1.3)")
    )
    assert -4 < one < -3
    assert one != other


def test_it_keeps_to_its_span(tmp_path: Path) -> None:
    """Before its in a script is not asked, after its out its end stays."""
    xs = [
        moved(tmp_path, "return {'x': now.frame}", f, 'do = "motions.go", in = 4, out = 8')[4] + 4
        for f in (3, 6, 8, 20)
    ]
    assert xs == [0, 2, 4, 4]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ('do = "motions.wobbel"', 'no move "wobbel" in motions.py. Did you mean "wobble"?'),
        ('do = "motions.math"', 'no move "math" in motions.py. Mark one with @collage.motion'),
        ('do = "motions.wobble", evry = 2', 'motions.wobble takes no "evry". Did you mean "every"?'),
        ('do = "motions.wobble", zzz = 2', 'motions.wobble takes no "zzz". It takes by, every, flip, word, way'),
        ('do = "motions.wobble", by = "far"', "by is a number, as its default 12.0 says, not 'far'"),
        ('do = "motions.wobble", flip = 1', "flip is true or false"),
        ('do = "motions.wobble", way = 3', "way is a pair of numbers"),
    ],
)
def test_what_a_move_asks_for_in_vain(tmp_path: Path, move: str, said: str) -> None:
    """Unknown moves and parameters, and values of another kind, are said when the scene is opened, at the move."""
    with pytest.raises(SceneError) as told:
        collage.open(written(tmp_path, WOBBLE, move), trust=True)
    assert said in str(told.value)
    assert str(told.value).startswith(str(tmp_path / "scenes/tea.toml") + ":11:")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1 / 0", ":4: frame 6: \"cup\" motions.go: ZeroDivisionError: division by zero"),
        ("raise ValueError('a\\n\\nb')", ":4: frame 6: \"cup\" motions.go: ValueError: a b"),
        ("raise SystemExit(0)", ":4: frame 6: \"cup\" motions.go: SystemExit: 0"),
        ("import sys; sys.exit('bye')", ":4: frame 6: \"cup\" motions.go: SystemExit: bye"),
        ("return go(now)", ":4: frame 6: \"cup\" motions.go: RecursionError"),
        ("return {'x': 'y'}['z']", ":4: frame 6: \"cup\" motions.go: KeyError: 'z'"),
        ("class E(Exception): __str__ = lambda self: 1/0\n    raise E", ":5: frame 6: \"cup\" motions.go: E"),
        ("pass", ":2: frame 6: \"cup\" motions.go: it gave NoneType, not a dictionary"),
        ("return [1, 2]", ":2: frame 6: \"cup\" motions.go: it gave list"),
        ("return {'z': 1}", ":2: frame 6: \"cup\" motions.go: it gave 'z': the channels are x, y, turn"),
        ("return {'x': '1'}", ":2: frame 6: \"cup\" motions.go: its x is '1', not a number"),
        ("return {'x': True}", ":2: frame 6: \"cup\" motions.go: its x is True, not a number"),
        ("return {'x': float('nan')}", ":2: frame 6: \"cup\" motions.go: its x is no number"),
        ("return {'x': 10**400}", ":2: frame 6: \"cup\" motions.go: its x is beyond all bounds"),
        ("return {'scale': 1e300, 'x': 1}", ":2: frame 6: \"cup\" motions.go: its scale is beyond all bounds"),
    ],
)  # fmt: skip
def test_what_goes_wrong_at_play(tmp_path: Path, body: str, said: str) -> None:
    """One line: motions.py with the line, the frame, the layer, the move, and what happened."""
    with pytest.raises(CollageError) as told:
        moved(tmp_path, body)
    assert str(told.value).startswith("scenes/motions.py" + said)
    assert "\n" not in str(told.value)


def test_still_tells_what_a_script_does_wrong(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command ends with 2 and the line, even if the script wants to leave."""
    written(project, "import collage, sys\n@collage.motion\ndef go(now): sys.exit(0)\n", 'do = "motions.go"')
    line = refused(capsys, "still", "scenes/tea.toml", "--frame", "5", "-o", "out.png", "--trust")
    assert 'scenes/motions.py:3: frame 5: "cup" motions.go: SystemExit: 0' in line


def test_ctrl_c_passes(tmp_path: Path) -> None:
    """Who interrupts while a script runs interrupts the program."""
    with pytest.raises(KeyboardInterrupt):
        moved(tmp_path, "raise KeyboardInterrupt")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import collage\ndef go(now:\n", "scenes/motions.py:2: SyntaxError"),
        ("x = 1\n\nraise RuntimeError('no')\n", "scenes/motions.py:3: RuntimeError: no"),
        ("import sys\nsys.exit()\n", "scenes/motions.py:2: SystemExit"),
        ("import nowhere_to_be_found\n", "scenes/motions.py:1: ModuleNotFoundError"),
        (b"x = 1\ny = \"\xff\"\n", "scenes/motions.py:2: SyntaxError"),
        (b"x = 1\0\n", "scenes/motions.py:"),
        ("#" * 2**20 + "\nimport collage\n", "scenes/motions.py: more than 1024 kB"),
        ("import collage\n@collage.motion\ndef go(): 0\n", "scenes/motions.py:2: TypeError: go takes the moment first"),
        ("import collage\n@collage.motion\ndef go(now, by): 0\n", "motions.py:2: TypeError: go: by needs a default"),
        ("import collage\n@collage.motion\ndef go(now, by=[1]): pass\n", "TypeError: go: by needs a default"),
        ("import collage\n@collage.motion\ndef go(now, out=3): pass\n", "TypeError: go: out is taken"),
        ("import collage\ncollage.motion(len)\n", "scenes/motions.py:2: "),
    ],
)  # fmt: skip
def test_a_file_that_can_not_be_run(tmp_path: Path, script: str | bytes, said: str) -> None:
    """Said with the file and its line, once, at the move that asked; it is never run a second time."""
    with pytest.raises(SceneError) as told:
        collage.open(written(tmp_path, script, 'do = "motions.go" }, { do = "motions.go"'), trust=True)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_runs_once(tmp_path: Path) -> None:
    """However many moves ask, and though it fails, motions.py runs a single time."""
    count = tmp_path / "count"
    script = f"open({str(count)!r}, 'a').write('x')\n"
    for tail in ("import collage\n@collage.motion\ndef go(now): return {}\n", "raise RuntimeError\n"):
        count.write_text("")
        scene = written(tmp_path, script + tail, 'do = "motions.go" }, { do = "motions.go"')
        try:
            collage.open(scene, trust=True).cels(5)
        except SceneError:
            assert "raise" in tail
        assert count.read_text() == "x"


def test_its_own_futures_and_file(tmp_path: Path) -> None:
    """The file is compiled by its own rules, not by ours, and knows where it lies."""
    body = "return {'x': 1.0 if go.__annotations__ == {'by': float} and __file__.endswith('motions.py') else 2.0}"
    script = f"import collage\n@collage.motion\ndef go(now, by: float = 2.0):\n    {body}\n"
    assert collage.open(written(tmp_path, script, 'do = "motions.go"'), trust=True).cels(0)[0].matrix.e == 1 - 4


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    """A motions.py that is a link to a file elsewhere never runs, trusted or not."""
    inside, ran = tmp_path / "project", tmp_path / "ran"
    inside.mkdir()
    (tmp_path / "elsewhere.py").write_text(MARK.format(str(ran)) + WOBBLE)
    scene = written(inside, None, 'do = "motions.wobble"')
    (inside / "scenes/motions.py").symlink_to(tmp_path / "elsewhere.py")
    with pytest.raises(SceneError, match="motions"):
        collage.open(scene, trust=True)
    assert not ran.exists()


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    """Without a motions.py, or with a folder of that name, there is no such move."""
    scene = written(tmp_path, None, 'do = "motions.go"')
    with pytest.raises(SceneError, match=r'no move "go" in motions\.py'):
        collage.open(scene, trust=True)
    (tmp_path / "scenes/motions.py").mkdir()
    with pytest.raises(SceneError, match=r'no move "go" in motions\.py'):
        collage.open(scene, trust=True)


def test_a_scene_made_in_python_finds_its_motions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scene without a file takes the motions.py of its root's scenes/, also by a relative root."""
    from collage.scene.reader import parse

    scene = parse(written(tmp_path, WOBBLE, 'do = "motions.wobble"').read_text())
    monkeypatch.chdir(tmp_path)
    for root in (tmp_path, ".", None):
        assert collage.open(scene, root=root, trust=True).cels(6)[0].matrix.b > 0.2
