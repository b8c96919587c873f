"""The README is true: its examples run, and its commands, options and keys are those of the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from conftest import Project

import collage
from collage.player.keys import TABLE
from collage.scene.reader import parse

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind: str, under: str) -> str:
    """The first block of a kind under a heading."""
    found = re.search(rf"```{kind}\n(.*?)```", README[README.index(f"\n## {under}\n") :], re.DOTALL)
    assert found, f"no {kind} example under {under} in README.md"
    return found[1]


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the shape it promises, and a scene that reads back."""
    exec(compile(block("python", "In Python"), "README.md", "exec"), {})
    first, _, scene = capsys.readouterr().out.partition("\n")
    assert first == "(360, 640, 4) uint8"
    assert tomllib.loads(scene)["layer"][1]["text"] == "HELLO"


def test_the_scene_to_paste_plays(tmp_path: Path) -> None:
    """Its first and last frame show something on the bundled assets, and nothing is found wrong with it."""
    file = tmp_path / "night.toml"
    file.write_text(block("toml", "A whole small scene"), encoding="utf-8")
    with collage.open(file, root=ROOT) as stand:
        assert stand.warnings == ()
        assert stand.length == 72
        assert len(stand.cels(71)) == 3
        assert stand.picture(71, 0.25).shape == (270, 480, 4)


def test_the_lines_about_motion_move_a_layer() -> None:
    """Put into a layer, they are sound and it goes where they say."""
    text = "format = 1\n[[layer]]\n" + 'card = "red"\nsize = [10, 10]\n' + block("toml", "Motion")
    with collage.open(parse(text), root=ROOT) as stand:
        assert stand.warnings == ()
        assert stand.cels(0)[0].matrix.e == pytest.approx(-305)
        assert stand.cels(48)[0].matrix.at((5, 5)) == pytest.approx((900, 540))


def test_the_film_plays(project: Project) -> None:
    """Of two scenes that lie where it says: both are seen, and one opens over the other."""
    scene = 'format = 1\n[scene]\nlength = "3s"\n[[layer]]\ncard = "red"\nsize = [10, 10]\n'
    file = project(scene).with_name("trip.film.toml")
    for name in ("hello", "night"):
        file.with_name(f"{name}.toml").write_text(scene, encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", README[README.index("A **film** is") :], re.DOTALL)
    file.write_text(blocks[0], encoding="utf-8")
    with collage.open(file) as stand:
        assert stand.length == 48 + 72 - 24
        assert [len(stand.shots(frame)) for frame in (23, 24, 47, 48)] == [1, 2, 2, 1]


def test_the_motion_script_moves_a_layer(project: Project) -> None:
    """With trust it does as it says, a little at first and more at the end; without it, it is not even read."""
    file = project('format = 1\n[[layer]]\ncard = "red"\nsize = [9, 9]\nmove = [{ do = "motions.wobble" }]\n')
    file.with_name("motions.py").write_text(block("python", "Motion"), encoding="utf-8")
    with pytest.raises(collage.CollageError, match="--trust"):
        collage.open(file)
    with collage.open(file, trust=True) as stand:
        turns = [abs(stand.cels(frame)[0].matrix.b) for frame in (0, 6, 78)]
    assert turns[0] == 0
    assert 0 < turns[1] < turns[2]


def test_every_file_it_points_to_is_there() -> None:
    """Its links lead to files of the project."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_command_and_option_named_exists() -> None:
    """The table of commands is the program's own list, and each option is one of that command."""
    import typer.main

    from collage.cli.commands import app

    rows = re.findall(r"^\| `collage (\w+)(.*)\|$", README, re.MULTILINE)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert sorted(name for name, _ in rows) == sorted(commands)
    for name, row in rows:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)) <= options


def test_every_key_of_the_window_is_listed() -> None:
    """The keys stand in the README as the window's own table has them."""
    for row in TABLE:
        caps = " ".join(f"`{cap}`" for cap in row.shown)
        assert f"| {caps} | {row.line} |" in README


def test_the_map_names_every_room() -> None:
    """Each folder of the package stands in the map."""
    for room in sorted(path.name for path in (ROOT / "collage").iterdir() if (path / "__init__.py").exists()):
        assert f"{room}/" in README


def test_the_public_names_are_documented() -> None:
    """Every public name stands in the README."""
    for name in collage.__all__:
        assert re.search(rf"\b{name}\b", README), name
