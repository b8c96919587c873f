"""Changes of the box that are killed at any moment, or made by two at once: the old or the new, and nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench.kills import STEPS, State, context, die_at, kills, lay, look, project, settled, states
from PIL import Image

from collage.desk.assets_edit import add
from collage.registry import journal, turns
from collage.registry.catalogue import Catalogue
from collage.registry.entries import read_registry

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CHANGES = {"rename": 0, "replace": 1, "add": 2, "remove": 6}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """One that changes the box without end, ended 25 times: the registry is the old or the new one to the byte, every
    asset has its picture, and once finished all files are of one state; the next change leaves nothing behind."""
    assert sum(kills(tmp_path / "box", 25, seed=4).values()) == 25


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> list[State]:
    """The states that the changes lead through."""
    return states(project(tmp_path_factory.mktemp("known") / "box"))


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever left a lock is known to be dead."""
    monkeypatch.setattr(turns, "STALE", 0.0)


def died(root: Path, at: int, moment: int) -> bool:
    """Whether a change was ended before it touched a file for the `moment`-th time; if not, it came to its end."""
    one = context().Process(target=die_at, args=(root, at, moment))
    one.start()
    one.join(60)
    assert one.exitcode in (0, 9)
    return one.exitcode == 9


@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_each_step(tmp_path: Path, known: list[State], change: str) -> None:
    """Up to one step all is as before, from it on all is done, and what is cut short in between is found and finished;
    after the change that follows nothing is left behind."""
    at = CHANGES[change]
    ends, cut, dead = [], 0, True
    while dead:
        root = lay(tmp_path / str(len(ends)), known[at])
        dead = died(root, at, len(ends))
        cut += look(root, known)
        now = settled(root, known)
        ends.append((now - at) % len(STEPS))
        STEPS[now](root)
        assert list(root.rglob(".*")) == []
    assert ends == sorted(ends)
    assert set(ends) == {0, 1}
    assert cut >= 2


def adding(root: Path, name: str) -> None:
    """Adds twenty pictures, one by one."""
    for number in range(20):
        picture = root / f"{name}-{number}.png"
        Image.new("RGB", (4, 4)).save(picture)
        add(root, [picture], "pots", who=name, now=NOW)


def test_two_that_add_at_once_lose_nothing(tmp_path: Path) -> None:
    """Twenty pictures each from two processes: forty entries, each with its picture."""
    (tmp_path / "assets").mkdir()
    workers = [context().Process(target=adding, args=(tmp_path, name)) for name in ("ann", "bob")]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert [one.exitcode for one in workers] == [0, 0]
    names = sorted(f"pots/{name}-{number}" for name in ("ann", "bob") for number in range(20))
    registry = read_registry((tmp_path / "assets/registry.toml").read_bytes())
    assert sorted(registry.entries) == names
    catalogue = Catalogue.open(tmp_path)
    assert list(catalogue.names()) == names
    assert all(catalogue.asset(name).size == (4, 4) for name in names)
    assert journal.unfinished(tmp_path) is None
    assert list(tmp_path.rglob(".*")) == []
