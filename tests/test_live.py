"""What is saved while it plays is made ready beside the window: the last of it, once it can be read, never twice."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Project
from letters import letters, picture
from test_watch import DOT, HEAD, png, save, sound

import collage
from collage.glass.png import encode
from collage.player import live
from collage.player.live import Amiss, Live, Made
from collage.registry.noting import Notes
from collage.stand import Stand

MOVES = "import collage\n@collage.motion\ndef go(now):\n    return {{'x': {}}}\n"


def hear(watching: Live, wanted: Callable[[Any], bool]) -> Any:
    """The first news of a kind; all before it is thrown away."""
    for _ in range(2000):
        for news in watching.news():
            if wanted(news):
                return news
        time.sleep(0.005)
    raise AssertionError("never heard of it")


def made(watching: Live) -> Stand:
    return hear(watching, lambda news: isinstance(news, Made)).stand  # type: ignore[no-any-return]


def amiss(watching: Live) -> Amiss:
    return hear(watching, lambda news: isinstance(news, Amiss))  # type: ignore[no-any-return]


def noise(side: int = 60) -> bytes:
    """A picture that can be torn in its middle."""
    return encode(np.random.default_rng(2).integers(0, 256, (side, side, 4), np.uint8))


@pytest.fixture
def dot(project: Project) -> Path:
    """The one picture of a scene; that is `scenes/test.toml` beside its folder."""
    project(HEAD + DOT, {"dot": picture("RR", "GG")})
    return project(HEAD + DOT).parent.parent / "assets/dot.png"


@pytest.fixture
def scene(dot: Path) -> Path:
    return dot.parent.parent / "scenes/test.toml"


def test_a_picture_saved_is_there_in_a_new_stand(dot: Path, scene: Path) -> None:
    """By rename or in place, time and again; first comes the stand that is shown already."""
    with collage.open(scene) as stand, Live(stand) as watching:
        assert made(watching) is stand
        save(dot, png("WW", "KK"))
        assert letters(made(watching).comp(0))[0].startswith("WW")
        dot.write_bytes(png("BBB", "BBB", "BBB"))
        assert made(watching).drawings[0].size == (3, 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scenes/test.toml", lambda old: old + b"# and more\n"),
        ("scenes/inner.toml", lambda old: old + b"# and more\n"),
        ("assets/registry.toml", lambda old: b"format = 1\n"),
        ("assets/f.ttf", lambda old: old + b"\0"),
        ("assets/hum.wav", lambda old: old[:-2]),
        ("scenes/motions.py", lambda old: MOVES.format(2).encode()),
    ],
)
def test_all_that_it_is_made_of_is_watched(name: str, content: Callable[[bytes], bytes], project: Project) -> None:
    """Texts, nested texts, a registry that was not there, fonts, sounds and, if trusted, scripts."""
    from PIL import ImageFont

    file = project(
        f'{HEAD}{DOT}[[layer]]\nscene = "scenes/inner.toml"\nmove = [{{ do = "motions.go" }}]\n'
        '[[layer]]\ntext = "x"\ntype = { font = "assets/f.ttf", size = 9 }\n[sound]\nfile = "assets/hum.wav"\n',
        {"dot": picture("RR", "GG")},
    )
    root = file.parent.parent
    file.with_name("inner.toml").write_text(HEAD, encoding="utf-8")
    file.with_name("motions.py").write_text(MOVES.format(1), encoding="utf-8")
    (root / "assets/f.ttf").write_bytes(ImageFont.load_default(10).font_bytes)  # type: ignore[union-attr]
    sound(root / "assets/hum.wav")
    with collage.open(file, trust=True) as stand, Live(stand) as watching:
        made(watching)
        old = (root / name).read_bytes() if (root / name).exists() else b""
        save(root / name, content(old))
        new = made(watching)
        assert new is not stand
        assert len(new.cels(0)) == len(stand.cels(0))


def test_a_torn_picture_is_told_once_and_its_repair_shown(project: Project) -> None:
    """The last good one stays, which is said quietly; whole again, it is there."""
    file = project(HEAD + DOT, {"dot": picture("RR", "GG")})
    torn = file.parent.parent / "assets/dot.png"
    with collage.open(file) as stand, Live(stand) as watching:
        made(watching)
        save(torn, noise()[:4000])
        told = amiss(watching)
        assert told.quiet
        assert told.line.startswith("half saved? The last good one stays: ")
        assert "dot.png" in told.line
        for _ in range(3):
            time.sleep(live.LOOK)
            assert not list(watching.news())
        save(torn, noise())
        assert made(watching).drawings[0].size == (60, 60)


def test_a_broken_text_is_told_with_its_place_and_mended(scene: Path) -> None:
    """File, line and column, how many more there are, and not quietly; mended, it is there."""
    good = scene.read_bytes()
    with collage.open(scene) as stand, Live(stand) as watching:
        made(watching)
        save(scene, good.replace(b"dot", b"dit").replace(b"[4, 2]", b"[4]"))
        told = amiss(watching)
        assert not told.quiet
        assert "test.toml:3:8: " in told.line
        assert told.where is not None
        assert (told.where.line, told.where.column) == (3, 8)
        assert told.where.text.endswith("[4]")
        save(scene, good.replace(b"[4, 2]", b"[8, 2]"))
        assert made(watching).size == (8, 2)


def test_what_mends_itself_at_once_is_not_told(scene: Path) -> None:
    """A file that is not there for a moment while it is saved is no fault."""
    good = scene.read_bytes()
    with collage.open(scene) as stand, Live(stand) as watching:
        made(watching)
        scene.unlink()
        time.sleep(1.5 * live.LOOK)
        save(scene, good)
        assert isinstance(hear(watching, lambda news: True), Made)


def test_a_picture_that_was_missing_comes(dot: Path, scene: Path) -> None:
    """A text asks for one that isn't there, which is told; put there, it is shown."""
    with collage.open(scene) as stand, Live(stand) as watching:
        made(watching)
        save(scene, scene.read_bytes().replace(b'"dot"', b'"new/dot"'))
        assert 'no asset "new/dot"' in amiss(watching).line
        (dot.parent / "new").mkdir()
        save(dot.parent / "new/dot.png", png("B"))
        assert made(watching).drawings[0].name == "dot"


def test_no_save_is_lost(dot: Path, scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved while a stand is being opened, before and after it is read, is in the next one."""
    rows = iter([("BB", "BB"), ("WW", "WW")])
    again, left = Stand.again, list[tuple[str, str]](rows)

    def slow(self: Stand, notes: Notes) -> Stand:
        if len(left) == 2:
            save(dot, png(*left.pop(0)))
        newer = again(self, notes)
        if left:
            save(dot, png(*left.pop(0)))
        return newer

    monkeypatch.setattr(Stand, "again", slow)
    with collage.open(scene) as stand, Live(stand) as watching:
        made(watching)
        save(dot, png("KK", "KK"))
        seen = [letters(made(watching).comp(0))[0][:2] for _ in range(2)]
    assert seen == ["BB", "WW"]


def test_many_saves_end_with_the_last(dot: Path, scene: Path) -> None:
    """Fifty in a row, in place and by rename, whatever of them is caught on the way."""
    with collage.open(scene) as stand, Live(stand) as watching:
        for number in range(50):
            shade = np.full((2, 2, 4), (number, 0, 0, 255), np.uint8)
            (save if number % 2 else Path.write_bytes)(dot, encode(shade))
            time.sleep(0.006)
        hear(watching, lambda news: isinstance(news, Made) and news.stand.comp(0)[0, 0, 0] == 49)


def test_it_ends_with_the_window(scene: Path, dot: Path) -> None:
    """Its thread is gone, and what nobody took is closed; the stand that it was given is not."""
    before, closed = threading.active_count(), list[Stand]()
    stand = collage.open(scene, threads=2)
    stand.comp(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stand, "close", lambda self: closed.append(self))
        with Live(stand) as watching:
            save(dot, png("WW", "KK"))
            for _ in range(1000):
                if watching._news.qsize() == 2:
                    break
                time.sleep(0.005)
    assert len(closed) == 1
    assert closed[0] is not stand
    for each in (stand, closed[0]):
        each.close()
    assert threading.active_count() == before


def test_a_fault_of_the_program_is_not_swallowed(scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no file is to blame for comes out where the window asks for news."""
    monkeypatch.setattr(Stand, "again", lambda self, notes: 1 // 0)
    with collage.open(scene) as stand, Live(stand) as watching:
        os.utime(scene)
        with pytest.raises(ZeroDivisionError):
            hear(watching, lambda news: False)


def test_a_script_is_not_looked_at_without_trust(project: Project) -> None:
    """A motions.py beside the scene is neither run nor watched."""
    file = project(HEAD + DOT, {"dot": picture("RR", "GG")})
    script = file.with_name("motions.py")
    script.write_text("1 // 0\n", encoding="utf-8")
    with collage.open(file) as stand:
        assert script.resolve() not in stand.notes
