"""`collage xsheet`: what it prints, where it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import no_window, project, refused  # noqa: F401 (fixtures are asked for by name)

from collage.cli import run
from collage.timing import Span


def test_the_command_prints_or_writes(
    project: Path,  # noqa: F811
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """To standard output by itself, to a file with -o, the same bytes; each form by its option."""
    for options in ([], ["--poses"], ["--csv"], ["--csv", "--poses"], ["--xdts"]):
        assert run(["xsheet", "scenes/tea.toml", "--frames", "2-5", *options]) == 0
        out, err = capfdbinary.readouterr()
        assert run(["xsheet", "scenes/tea.toml", "--frames", "2-5", *options, "-o", "deep/sheet"]) == 0
        assert (project / "deep/sheet").read_bytes() == out
        assert capfdbinary.readouterr() == (b"frames 2 to 5 of tea in deep/sheet\n", err)
        assert b"cup" in out


def helped(capsys: pytest.CaptureFixture[str]) -> str:
    """The help of the command."""
    assert run(["xsheet", "--help"]) == 0
    return capsys.readouterr().out


def test_a_sheet_nobody_can_read_is_refused(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More than 100,000 frames are refused before any is worked out; so many of a longer scene are not."""
    scene = project / "scenes/tea.toml"
    scene.write_text(scene.read_text().replace("length = 12", "length = 100001"))
    asked: list[Span] = []
    monkeypatch.setattr("collage.exposure.xsheet.x_sheet", lambda scene, rig, frames, **_: asked.append(frames))
    monkeypatch.setattr("collage.desk.xsheet.csv_lines", lambda *_, **__: ())
    assert "choose them by --frames A-B" in refused(capsys, "xsheet", "scenes/tea.toml", "--csv")
    assert asked == []
    assert run(["xsheet", "scenes/tea.toml", "--csv", "--frames", "1-"]) == 0
    assert asked == [Span(1, 100_001)]


def test_what_makes_no_sheet_is_refused(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Forms that contradict each other, a film, frames that are not there, a formula without a value: one line each."""
    assert "leave --csv out" in refused(capsys, "xsheet", "scenes/tea.toml", "--xdts", "--csv")
    assert "A scene or a film" not in helped(capsys)
    assert "leave --poses out" in refused(capsys, "xsheet", "scenes/tea.toml", "--xdts", "--poses")
    assert "outside tea" in refused(capsys, "xsheet", "scenes/tea.toml", "--frames", "5-99")
    (project / "scenes/tea.film.toml").write_text("format = 1\n[[shot]]\nscene = 'scenes/tea.toml'\n")
    assert "Name the scene of one of its shots" in refused(capsys, "xsheet", "scenes/tea.film.toml")
    with (project / "scenes/tea.toml").open("a") as file:
        file.write('expr.x = "1/(f-4)"\n')
    assert 'frame 4: "cup" expr.x' in refused(capsys, "xsheet", "scenes/tea.toml", "--csv")
