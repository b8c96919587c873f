"""`collage signout`, `return`, `signouts`, and what `check` says of pieces that someone else is re-cutting."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from commands import SCENE, no_window, project, refused  # noqa: F401 (fixtures are asked for by name)

from collage.cli import run
from collage.desk.checks import check_all
from collage.desk.recutting import recut
from collage.registry.signouts import sign_out, signed_out

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ann(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ann sits here."""
    monkeypatch.setattr("getpass.getuser", lambda: "ann")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints when all is well."""
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_taken_listed_returned(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """By the login or another name, for a while or until it is returned, listed for people and programs."""
    assert told(capsys, "signouts") == "nothing is signed out\n"
    assert told(capsys, "signout", "props/cup") == "props/cup is with ann until it is returned\n"
    (row,) = told(capsys, "signouts").splitlines()
    assert row.startswith("props/cup  ann  since 20")
    assert row.endswith(" UTC, until it is returned")
    (entry,) = json.loads(told(capsys, "signouts", "--json"))
    assert set(entry) == {"asset", "name", "since", "until", "by"}
    assert (entry["name"], entry["until"]) == ("ann", None)
    assert told(capsys, "return", "props/cup") == "props/cup is returned\n"
    assert json.loads(told(capsys, "signouts", "--json")) == []


@pytest.mark.parametrize(("written", "minutes"), [("30m", 30), ("2h", 120), ("3d", 4320)])
def test_for_so_long(project: Path, capsys: pytest.CaptureFixture[str], written: str, minutes: int) -> None:  # noqa: F811
    """Minutes, hours and days."""
    assert " UTC" in told(capsys, "signout", "props/cup", "--for", written, "--as", "Bob")
    entry = signed_out(project, datetime.now(UTC))["props/cup"]
    assert entry.until is not None
    assert entry.until - entry.since == timedelta(minutes=minutes)


def test_another_comes_too_late(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Exit 1 with who has it: it can be tried again; to return what another has is a wrong use, exit 2."""
    told(capsys, "signout", "props/cup", "--as", "Bob")
    assert '"props/cup" is with Bob since ' in refused(capsys, "signout", "props/cup", code=1)
    assert "not with ann: Bob returns it" in refused(capsys, "return", "props/cup")
    assert told(capsys, "return", "props/cup", "--as", "Bob") == "props/cup is returned\n"


@pytest.mark.parametrize("written", ["2", "h", "0h", "-1h", "1.5h", "2 hours", "9999999d", "999999d", "٣h"])
def test_no_such_time(project: Path, capsys: pytest.CaptureFixture[str], written: str) -> None:  # noqa: F811
    """What is no time, or too much of it, is refused with how it is written or how long it may be."""
    assert refused(capsys, "signout", "props/cup", f"--for={written}").rstrip().endswith(("3d", "until it is returned"))
    assert not (project / "assets/signouts.toml").exists()


def test_the_project_is_the_nearest_upward(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """From any folder inside it, or named from elsewhere; outside of one, the cure; an unknown asset, the nearest."""
    monkeypatch.chdir(project / "assets/props")
    told(capsys, "signout", "props/cup")
    monkeypatch.chdir(tmp_path)
    assert "no assets/ here or above" in refused(capsys, "signouts")
    assert "props/cup" in told(capsys, "signouts", "--project", str(project / "scenes"))
    unknown = refused(capsys, "signout", "props/cub", "--project", str(project))
    assert 'no asset "props/cub". Did you mean "props/cup"?' in unknown


def test_check_warns_of_what_someone_else_has(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """At the line that names it, with who and until when; not of what I have, nor when it is returned."""
    told(capsys, "signout", "props/cup", "--for", "2h")
    assert told(capsys, "check", "scenes/tea.toml") == ""
    told(capsys, "return", "props/cup")
    told(capsys, "signout", "props/cup", "--as", "Bob", "--for", "2h")
    assert run(["check", "scenes/tea.toml"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith('scenes/tea.toml:6:9: warning: "props/cup" is being re-cut by Bob, until 20')
    assert run(["export", "scenes/tea.toml", "-o", "out"]) == 0
    capsys.readouterr()
    told(capsys, "return", "props/cup", "--as", "Bob")
    assert told(capsys, "check", ".") == ""


def test_nested_scenes_and_films_warn_once(project: Path) -> None:  # noqa: F811
    """Where the asset is named: in the scene inside, whoever shows it, and in a `part` that changes it."""
    scenes = project / "scenes"
    part = '[[layer]]\nscene = "scenes/tea.toml"\n[layer.part.cup]\nasset = "props/cup"\n'
    (scenes / "room.toml").write_text(SCENE.partition("[[layer]]")[0] + part)
    (scenes / "all.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/room.toml"\n')
    sign_out(project, "props/cup", "Bob", now=NOW)
    for named, places in (
        (scenes / "all.film.toml", [("room.toml", 8), ("tea.toml", 6)]),
        (project, [("room.toml", 8), ("tea.toml", 6)]),
        (scenes / "tea.toml", [("tea.toml", 6)]),
    ):
        found = [finding for finding in check_all([named])[0] if "re-cut" in finding.message]
        assert [(Path(finding.path).name, finding.line) for finding in found] == places
        assert all(Path(finding.path).is_file() for finding in found)


def test_a_warning_ends_with_its_time(project: Path) -> None:  # noqa: F811
    """What has expired is nobody's."""
    sign_out(project, "props/cup", "Bob", now=NOW, lasting=timedelta(hours=1))
    tea = project / "scenes/tea.toml"
    assert len(recut(tea, project, "ann", NOW)) == 1
    assert recut(tea, project, "Bob", NOW) == []
    assert recut(tea, project, "ann", NOW + timedelta(hours=1)) == []


def test_check_tells_what_is_wrong_with_the_sheet(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Every faulty line, once, however many scenes there are; the commands stop at the first, exit 2."""
    (project / "scenes/milk.toml").write_text(SCENE)
    (project / "assets/signouts.toml").write_text("format = 1\n<<<<<<< ours\nnonsense\n")
    assert run(["check", "."]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["assets/signouts.toml:2:1:", "assets/signouts.toml:3:9:"]
    for command in (("signouts",), ("signout", "props/cup"), ("return", "props/cup")):
        assert "assets/signouts.toml:2:1: two people's sheets were merged" in refused(capsys, *command)
    (project / "assets/signouts.toml").write_bytes(b"")
    assert 'the first line is "format = 1"' in refused(capsys, "signouts")


def test_scenes_that_show_each_other_end(project: Path) -> None:  # noqa: F811
    """A ring, a scene that is missing and one that is broken are left to binding to tell of."""
    ring = SCENE + '[[layer]]\nscene = "scenes/tea.toml"\n[[layer]]\nscene = "scenes/gone.toml"\n'
    (project / "scenes/tea.toml").write_text(ring)
    sign_out(project, "props/cup", "Bob", now=NOW)
    assert [finding.line for finding in recut(project / "scenes/tea.toml", project, "ann", NOW)] == [6]
    (project / "scenes/tea.toml").write_text("nonsense")
    assert recut(project / "scenes/tea.toml", project, "ann", NOW) == []
