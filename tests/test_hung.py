"""What a folder holds to be hung on the wall."""

from __future__ import annotations

import shutil
from pathlib import Path

from collage.desk.scenes import hung, only_one, with_bundled


def test_a_project_shows_its_films_then_its_scenes(tmp_path: Path) -> None:
    """A folder of loose scenes shows those, no other texts beside them; the bundled film comes last, once."""
    (tmp_path / "scenes").mkdir()
    for name in ("b.toml", "a.toml", "a.film.toml"):
        (tmp_path / "scenes" / name).write_text("format = 1\n")
    assert [path.name for path in hung(tmp_path)] == ["a.film.toml", "a.toml", "b.toml"]
    assert only_one(tmp_path) == tmp_path / "scenes" / "a.film.toml"
    shutil.rmtree(tmp_path / "scenes")
    (tmp_path / "tea.toml").write_text("format = 1\n[scene]\nsize = [4, oops\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'tea'\n")
    assert hung(tmp_path) == [tmp_path / "tea.toml"]
    film = with_bundled([])[0]
    assert with_bundled([film, tmp_path / "tea.toml"]) == [film, tmp_path / "tea.toml"]
    assert with_bundled([tmp_path / "tea.toml"]) == [tmp_path / "tea.toml", film]
