"""No path leaves the project: as it is written, by a link, or by a link on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from boxes import boxed, told
from PIL import Image

from collage.desk.assets_rename import rename
from collage.errors import AssetError
from collage.registry.catalogue import Catalogue, inside

Box = Callable[..., Catalogue]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """As in the tests of the catalogue."""
    return partial(boxed, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/etc/passwd",
        "../x",
        "assets/../../x",
        "assets/..",
        "C:/x",
        "c:x",
        "assets\\x.png",
        "..\\x",
        "assets/\0x",
        "//host/x",
    ],
)
def test_paths_stay_inside(tmp_path: Path, text: str) -> None:
    """Absolute, climbing, backslashed and drive-lettered paths are refused in words."""
    with pytest.raises(AssetError, match=r"(paths are|is no path|goes up)"):
        inside(tmp_path, text)


def test_links_stay_inside(box: Box, tmp_path: Path) -> None:
    """A symlink within the project is followed to its real file; one that leaves it, or goes round, is refused."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    Image.new("RGB", (1, 1)).save(outside / "x.png")
    catalogue = box({"real.png": (7, 7)})
    assets = tmp_path / "assets"
    for link, target in (
        ("leak.png", outside / "x.png"),
        ("hole", outside),
        ("good.png", assets / "real.png"),
        ("loop.png", "loop.png"),
    ):
        (assets / link).symlink_to(target)
    assert catalogue.asset("good").drawings["good"].path == (assets / "real.png").resolve()
    assert "is a link that leaves the project" in told(catalogue, "leak")
    assert "is a link that leaves the project" in told(catalogue, "hole/x")
    assert "circle of links" in told(catalogue, "loop")
    with pytest.raises(AssetError, match="leaves the project"):
        catalogue.inside("assets/hole/x.png")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "assets").symlink_to(outside)
    assert Catalogue.open(tmp_path / "other").names() == ()
    assert "leaves the project" in told(Catalogue.open(tmp_path / "other"), "x")


def test_pictures_are_known_by_their_real_files(box: Box, tmp_path: Path) -> None:
    """A folder that links to another one inside the project, or a file in it, leads to the same real file as the name
    that isn't linked, so that it is decoded once."""
    catalogue = box({"real/cup.png": (7, 7)})
    (tmp_path / "assets" / "alias").symlink_to(tmp_path / "assets" / "real")
    (tmp_path / "assets" / "real" / "mug.png").symlink_to("cup.png")
    files = {
        catalogue.asset(name).drawings[name[-3:]].path for name in ("real/cup", "alias/cup", "real/mug", "alias/mug")
    }
    assert files == {(tmp_path / "assets" / "real" / "cup.png").resolve()}


def test_drawings_of_linked_folders_stay_inside(box: Box, tmp_path: Path) -> None:
    """A drawing or a sequence whose folder, at any depth, leaves the project is refused and not opened."""
    outside = tmp_path.parent / f"{tmp_path.name}-beyond"
    (outside / "deep").mkdir(parents=True)
    Image.new("RGB", (1, 1)).save(outside / "deep" / "x-1.png")
    catalogue = box(
        {"a.png": (1, 1)}, '["d"]\ndrawings = { x = "hole/deep/x-1.png" }\n["f"]\nframes = "hole/deep/x-#.png"\n'
    )
    (tmp_path / "assets" / "hole").symlink_to(outside)
    for name in ("d", "f", "hole/deep/x-1"):
        assert re.search("leaves the project|is a drawing of", told(catalogue, name))
    assert catalogue.names() == ("a", "d", "f")
    assert sum("leaves the project" in finding.message for finding in catalogue.findings()) == 2


def test_a_linked_registry_is_not_read(box: Box, tmp_path: Path) -> None:
    """A registry that is a link out of the project is told, and its text shown to nobody."""
    secret = tmp_path.parent / f"{tmp_path.name}-secret"
    secret.write_text("hunter2 = [")
    box({"a.png": (1, 1)})
    (tmp_path / "assets" / "registry.toml").symlink_to(secret)
    message = told(Catalogue.open(tmp_path), "a")
    assert "leaves the project" in message
    assert "hunter2" not in message


def test_a_scene_under_two_names_is_rewritten_once(box: Box, tmp_path: Path) -> None:
    """A link to a scene stays a link when an asset is renamed, and counts as no scene of its own."""
    box({"cup.png": (7, 7)})
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    (scenes / "tea.toml").write_text('format = 1\n[[layer]]\nasset = "cup"\n')
    for link in ("also.toml", "too.toml"):
        (scenes / link).symlink_to("tea.toml")
    assert rename(tmp_path, "cup", "mug", who="Ada", now=datetime(2026, 11, 22, tzinfo=UTC)) == (1, 1)
    assert (scenes / "also.toml").is_symlink()
    assert 'asset = "mug"' in (scenes / "tea.toml").read_text()
