"""What the window remembers: written whole, read with suspicion, kept apart from every project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.player import state
from collage.player.state import State

KNOWN = State((900, 506), (40, -20), 0.25, True, Path("/home/me/scenes/tea.toml"), 71)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """All of it comes back, the folder is made, and nothing unfinished stays beside it."""
    file = tmp_path / "deep" / "window.json"
    state.write(KNOWN, file)
    assert state.read(file) == KNOWN
    assert [each.name for each in file.parent.iterdir()] == ["window.json"]


def test_it_lies_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default it goes where the system keeps such things."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    file = state.own_file()
    assert file is not None
    assert file.name == "window.json"
    state.write(KNOWN)
    assert file.is_file()
    assert state.read() == KNOWN


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1, 2]", b"[" * 10_000, b'{"size": [1, 2], ' + b" " * 70_000 + b"}"],
    ids=["empty", "torn", "no text", "a list", "deep", "too long"],
)
def test_a_broken_one_is_ignored(tmp_path: Path, content: bytes) -> None:
    """It is as if there were none."""
    (tmp_path / "window.json").write_bytes(content)
    assert state.read(tmp_path / "window.json") == State()


def test_a_missing_one_and_a_folder_are_ignored(tmp_path: Path) -> None:
    """So is a name that is no file's, for reading and for writing."""
    assert state.read(tmp_path / "none.json") == State()
    assert state.read(tmp_path) == State()
    state.write(KNOWN, tmp_path)
    (tmp_path / "file").write_text("")
    state.write(KNOWN, tmp_path / "file" / "window.json")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("size", [0, 400]), ("size", [400]), ("size", "400x300"), ("size", [4.5, 3]), ("size", [True, True]),
        ("place", [10**9, 0]), ("volume", "loud"), ("volume", True), ("volume", float("nan")), ("volume", 10**400),
        ("muted", 1), ("scene", 7), ("scene", "a\0b"), ("scene", ""), ("frame", -1), ("frame", 2.5), ("frame", 2**40),
    ],
)  # fmt: skip
def test_one_wrong_thing_spoils_no_other(tmp_path: Path, field: str, wrong: Any) -> None:
    """What makes no sense is as it is at first; all else is kept."""
    file = tmp_path / "window.json"
    state.write(KNOWN, file)
    file.write_text(json.dumps(json.loads(file.read_text()) | {field: wrong}))
    read = state.read(file)
    assert getattr(read, field) == getattr(State(), field)
    others = set(State.__dataclass_fields__) - {field}
    assert all(getattr(read, other) == getattr(KNOWN, other) for other in others)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_volume_is_out_of_bounds(volume: float) -> None:
    """Whatever number stands there, it is from 0 to 1."""
    found = json.loads(json.dumps({"volume": volume}))
    assert 0 <= state.understood(found).volume <= 1
