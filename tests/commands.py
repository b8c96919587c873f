"""What tests of the command share: a small project to stand in, and what a refusal looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from collage.cli import run

SCENE = """format = 1
[scene]
size = [64, 36]
length = 12
[[layer]]
asset = "props/cup"
"""


@pytest.fixture(autouse=True)
def no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here may come as far as a window."""

    def shown(*_: object, **__: object) -> None:
        raise AssertionError("a window was opened")

    monkeypatch.setattr("collage.player.window.play", shown)
    monkeypatch.setattr("collage.player.window.browse", shown)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one scene and one picture, where the shell stands."""
    home = tmp_path / "home"
    (home / "assets" / "props").mkdir(parents=True)
    (home / "scenes").mkdir()
    Image.new("RGBA", (8, 8), (200, 30, 30, 255)).save(home / "assets/props/cup.png")
    (home / "scenes/tea.toml").write_text(SCENE)
    monkeypatch.chdir(home)
    return home


def tree(folder: Path) -> list[str]:
    """Everything below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line on stderr with which the command refuses."""
    assert run(arguments) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err
