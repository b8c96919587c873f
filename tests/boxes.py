"""Projects of plain pictures to open, and what asking for a piece of them is refused with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from collage.errors import AssetError
from collage.registry.catalogue import Catalogue


def boxed(root: Path, pictures: dict[str, tuple[int, int]], registry: str = "") -> Catalogue:
    """A project at `root` with pictures of these sizes, black all over, and a registry under its first line."""
    (root / "assets").mkdir(exist_ok=True)
    for name, size in pictures.items():
        path = root / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size).save(path)
    if registry:
        (root / "assets" / "registry.toml").write_text(f"format = 1\n{registry}", encoding="utf-8")
    return Catalogue.open(root)


def told(catalogue: Catalogue, name: str) -> str:
    """What asking for an asset is refused with."""
    with pytest.raises(AssetError) as refusal:
        catalogue.asset(name)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)
