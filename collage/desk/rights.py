"""Which pieces of a scene or a film don't say what others may do with them: a warning for each."""

from __future__ import annotations

from pathlib import Path

from collage.desk.assets import sound
from collage.desk.assets_check import unlicensed
from collage.desk.naming import named
from collage.errors import Finding
from collage.registry.catalogue import Catalogue


def unlicensed_in(path: Path, root: Path) -> list[Finding]:
    """Of a scene or a film and the scenes inside it: at the piece's entry in the registry, or where the piece is first
    named if it has none. What is missing or broken is passed over, and so are files that can't be read: binding tells
    of those."""
    catalogue, found = Catalogue.open(root), dict[str, list[Finding]]()
    for name, source, loc in named(path, root):
        if name not in found:
            asset = sound(catalogue, name)
            about = unlicensed(catalogue, [asset] if asset else [])
            found[name] = [each if each.line else source.finding(loc, each.message, "warning") for each in about]
    return [finding for each in found.values() for finding in each]
