"""The README is true: its examples run, and its commands, options and keys are those of the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import collage
from collage.player.keys import TABLE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    assert found, f"no {kind} example in README.md"
    return found[1]


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the shape it promises, and a scene that reads back."""
    exec(compile(block("python"), "README.md", "exec"), {})
    first, _, scene = capsys.readouterr().out.partition("\n")
    assert first == "(360, 640, 4) uint8"
    assert tomllib.loads(scene)["layer"][1]["text"] == "HELLO"


def test_the_scene_to_paste_plays(tmp_path: Path) -> None:
    """Its first and last frame show something on the bundled assets, and nothing is found wrong with it."""
    file = tmp_path / "night.toml"
    file.write_text(block("toml"), encoding="utf-8")
    with collage.open(file, root=ROOT) as stand:
        assert stand.warnings == ()
        assert stand.length == 72
        assert len(stand.cels(71)) == 3
        assert stand.picture(71, 0.25).shape == (270, 480, 4)


def test_every_command_and_option_named_exists() -> None:
    """The table of commands is the program's own list, and each option is one of that command."""
    import typer.main

    from collage.cli.commands import app

    rows = re.findall(r"^\| `collage (\w+)(.*)\|$", README, re.MULTILINE)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert sorted(name for name, _ in rows) == sorted(commands)
    for name, row in rows:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z]+", row)) <= options


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
