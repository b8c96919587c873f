"""How much memory "2GB" is, and how much this program thinks it may fill."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

from collage.cli import run
from collage.glass import budget


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2GB", 2_000_000_000),
        ("500MB", 500_000_000),
        (" 500 mb ", 500_000_000),
        ("1.5GiB", 3 * 2**29),
        ("64KiB", 65_536),
        ("1TB", 10**12),
        ("1B", 1),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, expected: int) -> None:
    """Decimal units and binary ones, in any case, with or without a space."""
    assert budget.written(text) == expected


def test_a_share_is_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a machine of 8 GB is 4; a third is what is taken if nobody says."""
    monkeypatch.setattr(budget, "machine", lambda: 8_000_000_000)
    assert budget.written("50%") == 4_000_000_000
    assert budget.written("100 %") == 8_000_000_000
    assert budget.default() == 2_666_666_666


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "write an amount"),
        ("2", "write an amount"),
        ("GB", "write an amount"),
        ("-2GB", "write an amount"),
        ("2 bananas", "write an amount"),
        ("2XB", "write an amount"),
        ("1e3MB", "write an amount"),
        ("٣GB", "write an amount"),
        ("9" * 400 + "GB", "write an amount"),
        ("0GB", "above 0"),
        ("0.1B", "above 0"),
        ("101%", "no more than 100%"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_cure(text: str, message: str) -> None:
    """No unit, no number, nothing at all, or more than there is."""
    with pytest.raises(ValueError, match=message):
        budget.written(text)


@given(st.text(max_size=12) | st.from_regex(r"[0-9.]{1,6} ?(%|[a-z]{0,3})", fullmatch=True))
def test_any_text_is_an_amount_or_refused_in_words(text: str) -> None:
    """Nothing else is raised, and what is read is a whole number of bytes above 0."""
    try:
        found = budget.written(text)
    except ValueError as error:
        told = str(error)  # may be raised or not, so `pytest.raises` can't ask
        assert told.startswith(("write an amount", "no memory", "there is no more"))
    else:
        assert found >= 1
        assert isinstance(found, int)


def limits(folder: Path, group: str, **files: str) -> list[int]:
    """What is found where the groups' files hold these texts, `__` for a folder and `_` for a dot."""
    (folder / "own").write_text(group, encoding="ascii")
    for name, text in files.items():
        file = folder / "root" / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="ascii")
    return sorted(budget._limits(folder / "own", folder / "root"))


def test_limits_of_a_container_and_its_group_count(tmp_path: Path) -> None:
    """Of the program's own group and of each around it; "max", nonsense and a path that climbs are no limit."""
    found = limits(
        tmp_path,
        "0::/user/film\n",
        user__film__memory_max="3000000000\n",
        user__memory_max="max\n",
        memory_max="9000000000\n",
        other__memory_max="5\n",
    )
    assert found == [3_000_000_000, 9_000_000_000]
    assert limits(tmp_path / "..", "0::/../..\n") == []
    (tmp_path / "root" / "memory.max").write_text("lots", encoding="ascii")
    assert limits(tmp_path, "4:memory:/x\n") == []


def test_the_older_kind_of_limit_counts_too(tmp_path: Path) -> None:
    """A container of cgroup version 1."""
    file = tmp_path / "root" / "memory" / "memory.limit_in_bytes"
    file.parent.mkdir(parents=True)
    file.write_text("1000000000\n", encoding="ascii")
    assert limits(tmp_path, "4:memory:/x\n") == [1_000_000_000]


def test_a_limit_makes_the_machine_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least of all limits and of the machine itself is what may be filled."""
    monkeypatch.setattr(budget, "_installed", lambda: 8_000_000_000)
    monkeypatch.setattr(budget, "_limits", lambda: iter([5_000_000_000, 10**18]))
    assert budget.machine() == 5_000_000_000
    monkeypatch.setattr(budget, "_limits", lambda: iter([10**18]))
    assert budget.machine() == 8_000_000_000


@pytest.mark.skipif(os.name == "nt", reason="Windows is asked in another way")
@pytest.mark.parametrize("answer", [ValueError("unknown"), OSError("no"), -1])
def test_a_machine_that_does_not_say_gets_two_gigabytes(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    """A system without the question, or without the answer."""

    def asked(name: str) -> int:
        if isinstance(answer, Exception):
            raise answer
        return 4096 if name == "SC_PAGE_SIZE" else -1

    monkeypatch.setattr(os, "sysconf", asked)
    monkeypatch.setattr(budget, "_limits", lambda: iter(()))
    assert budget.default() == 2_000_000_000


def test_this_machine_says_how_much_it_has() -> None:
    """Between a quarter of a gigabyte and a hundred terabytes; nothing is guessed."""
    assert 2**28 < (budget._installed() or 0) < 10**14
    assert 0 < budget.machine() <= (budget._installed() or 0)


def test_commands_take_an_amount(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With room for a byte or for plenty `still` and `export` write the same files; nonsense is refused before that."""
    text = "format = 1\n[scene]\nsize = [16, 9]\nlength = 2\n" + '[[layer]]\nasset = "dot"\nat = [8, 4]\n' * 3
    scene = str(project(text, {"dot": np.full((8, 8, 4), 255, np.uint8)}))
    for size in ("1B", "50%"):
        assert run(["still", scene, "-o", str(tmp_path / size / "one.png"), "--memory", size]) == 0
        assert run(["export", scene, "-o", str(tmp_path / size), "--memory", size]) == 0
    files = sorted(file.name for file in (tmp_path / "1B").iterdir())
    assert files == ["one.png", "test.0000.png", "test.0001.png", "test.manifest.json"]
    assert all((tmp_path / "1B" / name).read_bytes() == (tmp_path / "50%" / name).read_bytes() for name in files)
    for command in (["play", scene], ["still", scene, "-o", "no.png"], ["export", scene, "-o", str(tmp_path / "no")]):
        assert run([*command, "--memory", "much"]) == 2
        assert 'collage: --memory "much": write an amount' in capsys.readouterr().err
    assert not (tmp_path / "no").exists()


def test_a_player_is_given_its_amount(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands after --memory is what the plates of the window's stand may weigh."""
    scene = project('format = 1\n[[layer]]\ncard = "red"\nsize = [9, 9]\n')
    seen: list[int] = []
    monkeypatch.setattr("collage.player.window.play", lambda stand, **how: seen.append(stand.glass.plates.most))
    assert run(["play", str(scene), "--memory", "3MB"]) == 0
    assert seen == [3_000_000]
