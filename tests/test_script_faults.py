"""What scripts do at their worst, and what is no fault of theirs: signals, and numbers of every kind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from commands import no_window, project, refused  # noqa: F401 (fixtures are asked for by name)
from test_scripts import moved, written

import collage
from collage.errors import CollageError, SceneError
from collage.motion.scripts import Amiss, marked, nudge

GO = "import collage\n@collage.motion\ndef go(now):\n    {}\n"
WORST = "class Worst(BaseException): pass\n"


class Exact(float):
    """A number that lies about what it is."""

    def __mul__(self, other: object) -> float:
        raise RuntimeError

    __rmul__ = __mul__


class Secretive:
    """Answers no question."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)


def leave() -> None:
    """An exit that is asked for elsewhere than in a script, as by a signal."""
    sys.exit(143)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("where", ["load", "play"])
def test_a_signal_while_a_script_runs_ends_the_program(tmp_path: Path, where: str) -> None:
    """SIGTERM is obeyed with 143, whether motions.py is just loaded or asked for a frame."""
    stop = "import os, signal, time; os.kill(os.getpid(), signal.SIGTERM); time.sleep(30)"
    script = GO.format(f"{stop}; return {{}}") if where == "play" else stop + "\n" + GO.format("return {}")
    scene = written(tmp_path, script, 'do = "motions.go"')
    command = [sys.executable, "-m", "collage", "still", str(scene), "-o", str(tmp_path / "a.png"), "--trust"]
    home = str(Path(collage.__file__).parent.parent)
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": home})
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGTERM, "", "")
    assert not (tmp_path / "a.png").exists()


def test_an_exit_from_elsewhere_passes(tmp_path: Path) -> None:
    """Only an exit that stands in the script itself is the script's fault."""
    call = "import test_script_faults; test_script_faults.leave()"
    with pytest.raises(SystemExit):
        moved(tmp_path, f"{call}; return {{}}")
    with pytest.raises(SystemExit):
        collage.open(written(tmp_path, f"{call}\n", 'do = "motions.go"'), trust=True)
    with pytest.raises(CollageError, match=r'motions\.py:4: frame 6: "cup" motions.go: SystemExit: 143'):
        moved(tmp_path, "import sys; sys.exit(143)")


@pytest.mark.parametrize("what", ["Worst('no')", "GeneratorExit('no')"])
def test_the_worst_exceptions_are_a_line(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    """At load and at play, also those that no `except Exception` catches."""
    for script, line in ((f"{WORST}raise {what}\n", 2), (WORST + GO.format(f"raise {what}"), 5)):
        written(project, script, 'do = "motions.go"')
        said = refused(capsys, "still", "scenes/tea.toml", "-o", "out.png", "--trust")
        assert f"motions.py:{line}: " in said
        assert f"{what.partition('(')[0]}: no" in said


@pytest.mark.parametrize(
    "body",
    [
        "class M(dict):\n        def items(self): raise Worst\n    return M()",
        "class N(float):\n        def __float__(self): raise Worst\n    return {'x': N(2)}",
        "class T:\n        def __repr__(self): raise Worst\n    return {'x': T()}",
        "class E(Exception):\n        def __str__(self): raise Worst\n    raise E",
    ],
)
def test_what_is_given_may_be_the_worst_too(tmp_path: Path, body: str) -> None:
    """Dictionaries, numbers and errors that raise when they are asked are the script's fault, in one line."""
    script = WORST + GO.format(body)
    stand = collage.open(written(tmp_path, script, 'do = "motions.go"'), trust=True)
    with pytest.raises(CollageError, match=r'^scenes/motions\.py:\d+: frame 6: "cup" motions\.go: (Worst|E)$'):
        stand.cels(6)


def test_what_is_given_is_told_in_one_line(tmp_path: Path) -> None:
    """However many lines a thing takes to show itself."""
    with pytest.raises(CollageError, match=r"motions\.go: its x is array\(\[\[1\., 0\.\], \[0\., 1\.\]\]\), not a"):
        moved(tmp_path, "import numpy; return {'x': numpy.eye(2)}")


def test_objects_that_answer_nothing_are_no_moves(tmp_path: Path) -> None:
    """A motions.py may hold objects that raise when they are asked for anything."""
    assert marked(Secretive()) is None
    hostile = "class S:\n    def __getattr__(self, name): raise RuntimeError(name)\nthing = S()\n"
    script = hostile + GO.format("return {'x': 5}")
    stand = collage.open(written(tmp_path, script, 'do = "motions.go"'), trust=True)
    assert stand.cels(0)[0].matrix.e == 5 - 4


@pytest.mark.parametrize("number", [np.int64(3), np.float32(3), np.uint8(3), Fraction(3), Exact(3), 3])
def test_numbers_of_every_kind_are_numbers(number: object) -> None:
    """What counts as a real number is taken as a plain float, so that nothing odd comes further."""
    given = nudge({"x": number, "scale": number, "scale_x": number})
    assert given == (3, 0, 0, 9, 3, 1)
    assert {type(part) for part in given} == {float}


@pytest.mark.parametrize("number", [np.bool_(True), 3j, "3", None, np.ones(1), np.float64("nan"), 10**400])
def test_what_is_no_number_is_refused(number: object) -> None:
    """Truths, texts, arrays, complex and unbounded numbers move nothing."""
    with pytest.raises(Amiss, match=r"^its turn is "):
        nudge({"turn": number})


@pytest.mark.parametrize("broken", ['expr.x = "1/(f-5)"', 'move = [{ do = "motions.go" }]'])
def test_a_film_names_its_own_frame_and_the_shot(tmp_path: Path, broken: str) -> None:
    """What fails within a shot is told with the film's frame, the shot, and then the scene's own words."""
    scene = written(tmp_path, GO.format("return {} if now.frame != 5 else 1 / 0"), "")
    scene.write_text(scene.read_text().replace("move = [{  }]", broken))
    film = tmp_path / "scenes/a.film.toml"
    film.write_text('format = 1\n[[shot]]\nscene = "scenes/tea.toml"\nout = 4\n[[shot]]\nscene = "scenes/tea.toml"\n')
    stand = collage.open(film, trust=True)
    stand.cels(8)
    with pytest.raises(CollageError, match=r'^film frame 9, shot tea: .*frame 5: "cup" ') as told:
        stand.cels(9)
    assert not isinstance(told.value, SceneError)
