"""A change of the box that was cut short: who tells of it, and who finishes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import SCENE, no_window, project

from collage.cli import run
from collage.registry import journal, turns

__all__ = ["no_window", "project"]


def test_a_rename_that_was_cut_short(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` says that a change was cut short and how to finish it, `assets check` finishes it, and then the scene
    is whole under the new name."""
    monkeypatch.setattr(turns, "STALE", 0.0)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(journal, "_carried_out", die)
        assert run(["assets", "rename", "props/cup", "props/mug"]) == 130
    capsys.readouterr()
    assert run(["check", "scenes/tea.toml"]) == 1
    assert "finish it by collage assets check" in capsys.readouterr().out
    assert run(["assets", "check"]) == 0
    assert "finished a change of the box that was cut short" in capsys.readouterr().err
    assert (project / "scenes/tea.toml").read_text() == SCENE.replace("props/cup", "props/mug").replace(
        "[[layer]]\n", '[[layer]]\nname = "cup"\n'
    )
    assert run(["check", "scenes/tea.toml"]) == 0
