"""The picture of the last time is shown at once, only if it is of the same frame of the same files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from collage.player import kept
from collage.player.kept import Kept, glimpse

SIZE = (64, 36)


def stand(folder: Path, name: str = "tea", stamp: int = 1) -> Any:
    """What there is to know of one."""
    path = folder / f"{name}.toml"
    return SimpleNamespace(path=path, size=SIZE, title="Tea", notes={path: (stamp, stamp, stamp)})


def surface(value: int = 0, size: tuple[int, int] = SIZE) -> Any:
    import pygame

    made = pygame.Surface(size)
    made.fill((value, 20, 30))
    return made


def keep(folder: Path, of: Any, value: int = 200, frame: int = 3) -> None:
    """As a window does that shows it."""
    one, nothing = Kept(of, frame, folder), SimpleNamespace()
    assert one.seen(nothing) is not None  # type: ignore[arg-type]
    one.draw(surface(value), nothing)  # type: ignore[arg-type]
    assert one.seen(nothing) is None  # type: ignore[arg-type]
    one.close()


def test_it_is_there_the_next_time(tmp_path: Path) -> None:
    """The very pixels; before there is any, the window is left as it is."""
    import pygame

    window = surface()
    assert not Kept(stand(tmp_path), 3, tmp_path).show(window)
    assert window.get_at((5, 5))[:3] == (0, 20, 30)
    keep(tmp_path, stand(tmp_path))
    assert Kept(stand(tmp_path), 3, tmp_path).show(window)
    assert np.array_equal(pygame.surfarray.array3d(window), pygame.surfarray.array3d(surface(200)))


@pytest.mark.parametrize("other", ["frame", "saved", "scene", "window", "version"])
def test_it_is_of_that_frame_alone(tmp_path: Path, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another frame, a file saved since, another scene, window or version of this program: nothing is shown."""
    keep(tmp_path, stand(tmp_path))
    if other == "version":
        monkeypatch.setattr(kept, "__version__", "99")
    changed = stand(tmp_path, name="pot" if other == "scene" else "tea", stamp=2 if other == "saved" else 1)
    window = surface(size=(32, 36)) if other == "window" else surface()
    assert not Kept(changed, 4 if other == "frame" else 3, tmp_path).show(window)


def test_what_is_torn_is_passed_over(tmp_path: Path) -> None:
    """Cut to any length."""
    keep(tmp_path, stand(tmp_path))
    [file] = (tmp_path / "first").glob("*.rgb")
    content = file.read_bytes()
    for left in (0, 10, 41, len(content) - 1):
        file.write_bytes(content[:left])
        assert not Kept(stand(tmp_path), 3, tmp_path).show(surface())


def test_only_the_last_ones_are_kept(tmp_path: Path) -> None:
    """One for each scene, and no more than so many."""
    for n in range(kept.MOST + 3):
        keep(tmp_path, stand(tmp_path, f"scene-{n}"))
        keep(tmp_path, stand(tmp_path, f"scene-{n}"), frame=4)
    assert len(list((tmp_path / "first").iterdir())) == 2 * kept.MOST
    assert Kept(stand(tmp_path, f"scene-{n}"), 4, tmp_path).show(surface())


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    """In silence."""
    (tmp_path / "first").write_text("")
    keep(tmp_path, stand(tmp_path))
    assert not Kept(stand(tmp_path), 3, tmp_path).show(surface())


def opened(folder: Path, name: str = "tea") -> Any:
    """One whose files are there."""
    from collage.registry.noting import stamp

    path = folder / f"{name}.toml"
    path.write_text("format = 1")
    missing = folder / "none.png"
    return SimpleNamespace(path=path, size=SIZE, title="Tea", notes={path: stamp(path), missing: None})


def test_it_is_seen_before_anything_is_read(tmp_path: Path) -> None:
    """Size, title and frame are known from what was kept, and the pixels are the very ones."""
    import pygame

    keep(tmp_path, opened(tmp_path))
    seen = glimpse(tmp_path / "tea.toml", tmp_path)
    assert seen
    assert (seen.size, seen.title, seen.frame) == (SIZE, "Tea", 3)
    window = surface()
    assert seen.show(window)
    assert np.array_equal(pygame.surfarray.array3d(window), pygame.surfarray.array3d(surface(200)))
    assert not seen.show(surface(size=(32, 36)))


@pytest.mark.parametrize("change", ["saved", "come", "gone", "broken", "lied", "version"])
def test_nothing_is_seen_of_what_has_changed(tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file saved since, one that was missing, one that is missing, a note that is no note or says another thing."""
    keep(tmp_path, opened(tmp_path))
    (note,) = (tmp_path / "first").glob("*.json")
    match change:
        case "saved":
            (tmp_path / "tea.toml").write_text("format = 1\n# saved")
        case "come":
            (tmp_path / "none.png").write_bytes(b"here")
        case "gone":
            (tmp_path / "tea.toml").unlink()
        case "broken":
            note.write_text('{"read": [[1]], "frame": {}}')
        case "lied":
            note.write_text(note.read_text().replace('"frame": 3', '"frame": 4'))
        case "version":
            monkeypatch.setattr(kept, "__version__", "99")
    seen, window = glimpse(tmp_path / "tea.toml", tmp_path), surface()
    assert seen is None or not seen.show(window)
    assert window.get_at((5, 5))[:3] == (0, 20, 30)
