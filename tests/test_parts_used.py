"""Every part of the format is used somewhere in what comes with the program: so that it can be seen, and is kept."""

from __future__ import annotations

from pathlib import Path

from parts_used import there_are, used

from collage.scene.reader import parse

ROOT = Path(__file__).parent.parent


def test_no_part_of_the_format_is_unused() -> None:
    """Lists what no bundled scene, film or entry of the registry uses."""
    texts = [path for path in sorted((ROOT / "scenes").rglob("*.toml")) if path.suffix == ".toml"]
    assert sorted(there_are() - used(ROOT, texts)) == []


def test_a_part_is_used_only_where_it_stands(tmp_path: Path) -> None:
    """What a text does not say does not count, defaults neither."""
    text = tmp_path / "scene.toml"
    text.write_text('format = 1\n[[layer]]\ncard = "#fff"\nsize = [9, 9]\nblend = "screen"\nmove = [{ do = "bob" }]\n')
    assert parse(text.read_text()).layer
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "registry.toml").write_text('format = 1\n["a"]\nhours = 3\n')
    found = used(tmp_path, [text])
    assert found == {
        "Scene.format", "Scene.layer", "Layer.card", "Layer.size", "Layer.blend", "blend screen", "Layer.move",
        "move bob", "any move.do", "registry.hours",
    }  # fmt: skip
    assert found <= there_are()
