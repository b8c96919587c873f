"""In a box of many pictures, only those that are shown are opened, and only those that are seen are decoded.

How long that takes is measured by `tests/bench/registry.py`, whose project this is, but smaller.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.registry import name_of, project

import collage
from collage.cli import run
from collage.glass import decode, plates

PICTURES, LAYERS = 300, 40
_listening: list[Counter[str]] = []


def _hear(event: str, details: tuple[object, ...]) -> None:
    """Every file that Python opens; a hook can't be taken off again, so it listens only while someone asks."""
    if event == "open" and _listening and str(details[0]).endswith(".png"):
        _listening[-1][Path(str(details[0])).as_posix().partition("/assets/")[2].removesuffix(".png")] += 1


sys.addaudithook(_hear)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's scene: every second of its layers comes on later."""
    return project(tmp_path_factory.mktemp("many"), PICTURES, LAYERS)


@pytest.fixture
def opened() -> Iterator[Counter[str]]:
    """How often each picture's file was opened."""
    _listening.append(Counter())
    yield _listening[-1]
    _listening.pop()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were decoded, in order."""
    files: list[Path] = []
    real = decode.decode
    for room in (decode, plates):
        monkeypatch.setattr(room, "decode", lambda path: (files.append(path), real(path))[1])
    return files


def layers(scene: Path) -> list[str]:
    """The assets that the scene's layers show, in order."""
    return [str(layer.asset) for layer in collage.read(scene).layer]


def test_a_scene_opens_its_own_pictures_only(many: Path, opened: Counter[str], decoded: list[Path]) -> None:
    """Each once, for its size, and none of the others; nothing is decoded."""
    with collage.open(many) as stand:
        assert opened == Counter(layers(many))
        assert len(stand.drawings) == len(opened) == LAYERS
    assert decoded == []


def test_a_frame_decodes_what_is_seen_in_it(many: Path, opened: Counter[str], decoded: list[Path]) -> None:
    """The first frame reads the pictures on the glass then, a later one those that came on since, none twice."""
    shown = layers(many)
    with collage.open(many) as stand:
        stand.comp(0)
        assert sorted(named(decoded)) == sorted(shown[::2])
        stand.comp(60)
        assert sorted(named(decoded)) == sorted(shown)
    assert set(opened) == set(shown)


def test_check_opens_what_the_scene_uses(
    many: Path, opened: Counter[str], decoded: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 300 pictures `check` decodes the scene's 40, once each, to find torn ones, and opens no other."""
    assert run(["check", str(many)]) == 0, capsys.readouterr()
    assert sorted(named(decoded)) == sorted(layers(many))
    assert set(opened) == set(layers(many))


def test_the_list_decodes_nothing(
    many: Path, opened: Counter[str], decoded: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """`assets list` has a line for each picture, which it opens once, for its size."""
    assert run(["assets", "list", "--project", str(many.parent)]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert names == sorted(name_of(number) for number in range(PICTURES))
    assert opened == Counter(names)
    assert decoded == []


def test_broken_strangers_disturb_nobody(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A torn picture that the scene doesn't use is none of its findings, but the list says that it is broken."""
    stranger = next(name_of(number) for number in range(PICTURES) if name_of(number) not in layers(many))
    file = many.parent.parent / "assets" / f"{stranger}.png"
    whole = file.read_bytes()
    file.write_bytes(whole[:20])
    try:
        assert run(["check", str(many)]) == 0, capsys.readouterr()
        assert run(["assets", "list", "--project", str(many.parent)]) == 0
        (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"{stranger} ")]
        assert line.split()[1] == "broken"
    finally:
        file.write_bytes(whole)


def named(files: list[Path]) -> list[str]:
    """The assets whose files these are."""
    return [file.as_posix().partition("/assets/")[2].removesuffix(".png") for file in files]
