"""The box of cut-outs laid out to look at: each with its size, its drawings, where it is used, and what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collage.desk.assets_uses import Survey, survey
from collage.errors import AssetError, CollageError, suggest
from collage.registry.catalogue import Asset, Catalogue, find_root
from collage.registry.entries import ASSET
from collage.registry.hooks import Hook, MovingHook

HEADINGS = ("asset", "size", "drawings", "uses", "copies", "rating", "licence")


@dataclass(frozen=True, slots=True)
class Row:
    """One asset of the list. size: (width, height) in pixels; None, with drawings 0, where the asset is broken."""

    asset: str
    size: tuple[int, int] | None
    drawings: int
    uses: int
    copies: int | None
    rating: float | None
    licence: str

    def cells(self) -> tuple[str, ...]:
        """As words for a table, under HEADINGS."""
        size = "broken" if self.size is None else f"{self.size[0]}×{self.size[1]}"
        rating = "" if self.rating is None else f"{self.rating:g}"
        return self.asset, size, str(self.drawings), str(self.uses), str(self.copies or ""), rating, self.licence


def home(folder: Path) -> Path:
    """The project that a folder belongs to: the nearest upward that holds `assets/`. CollageError if none does."""
    root = find_root(folder / "scene.toml")
    if not (root / "assets").is_dir():
        raise CollageError(f"{folder}: no assets/ here or above: go into a project, or name it by --project FOLDER")
    return root


def known(catalogue: Catalogue, name: str) -> str:
    """The name, if the catalogue has such an asset, sound or broken; AssetError with what was probably meant."""
    if name in catalogue.names():
        return name
    near = suggest(name, catalogue.names()) or " collage assets list shows what there is"
    raise AssetError(f'no asset "{name}".{near}')


def check_new(name: str) -> None:
    """AssetError with the reason, if no new asset can be called so."""
    if not ASSET.fullmatch(name):
        raise AssetError(f'"{name}" is no asset\'s name: lower-case letters, digits, _ and -, folders joined by /')
    if name == "format":
        raise AssetError("\"format\" is no asset's name: it is the registry's first word")
    if "assets" in name.split("/")[:-1]:
        raise AssetError(f'"{name}" is no asset\'s name: what holds a folder called assets is taken for a project')


def rows(catalogue: Catalogue, survey: Survey) -> Iterator[Row]:
    """Every asset, sorted by name."""
    uses = Counter(use.asset for use in survey.uses)
    for name in catalogue.names():
        entry, asset = catalogue.entry(name), sound(catalogue, name)
        size, drawings = (asset.size, len(asset.drawings)) if asset else (None, 0)
        yield Row(name, size, drawings, uses[name], entry.copies, entry.rating, entry.licence)


def under(rows: Iterable[Row], folder: str) -> list[Row]:
    """Those of a folder of `assets/`, or the one asset of that name; of no folder all. CollageError if a folder has
    none, with what was probably meant."""
    all_rows, start = list(rows), folder.strip("/").removeprefix("assets/")
    found = [row for row in all_rows if not start or row.asset == start or row.asset.startswith(f"{start}/")]
    if start and not found:
        folders = {row.asset.rpartition("/")[0] for row in all_rows} - {""}
        near = suggest(start, folders) or (f" There are {', '.join(sorted(folders)[:12])}" if folders else "")
        raise CollageError(f"no cut-out lies in assets/{start}.{near}")
    return found


def sound(catalogue: Catalogue, name: str) -> Asset | None:
    """The asset, None if it is broken."""
    try:
        return catalogue.asset(name)
    except AssetError:
        return None


def plain_lines(table: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table as lines: columns of their widest cell, two spaces between."""
    lines = list(table)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def unused(catalogue: Catalogue, found: Survey) -> list[str]:
    """The assets that no scene uses."""
    used = {use.asset for use in found.uses}
    return [name for name in catalogue.names() if name not in used]


def facts(root: Path, name: str) -> dict[str, Any]:
    """All that is known of an asset, in words and numbers that JSON has. AssetError for one that isn't there or is
    broken."""
    catalogue = Catalogue.open(root)
    known(catalogue, name)
    asset, entry, uses = catalogue.asset(name), catalogue.entry(name), survey(root, name).uses
    return {
        "asset": name,
        "size": list(asset.size),
        "drawings": {key: _from(root, drawing.path) for key, drawing in asset.drawings.items()},
        "pivot": list(asset.pivot or (asset.size[0] / 2, asset.size[1] / 2)),
        "hooks": {hook: _point(place) for hook, place in asset.hooks.items()},
        "copies": entry.copies,
        "cut_by": entry.cut_by,
        "hours": entry.hours or None,
        "source": entry.source,
        "licence": entry.licence,
        "rating": entry.rating,
        "uses": len(uses),
    }


def facts_lines(found: dict[str, Any]) -> Iterator[str]:
    """The same for people: what is known, a line each, drawings and hooks beneath one another."""
    for key, value in found.items():
        if isinstance(value, dict):
            lines = plain_lines((name, _words(what)) for name, what in value.items()) if value else ()
            yield from (f"{'' if place else key:10}{line}" for place, line in enumerate(lines))
        elif value not in (None, ""):
            yield f"{key:10}{_words(value)}"


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _from(root: Path, path: Path) -> str:
    return path.relative_to(root.resolve()).as_posix()


def _point(hook: Hook) -> list[float] | str:
    return "moves with the drawings" if isinstance(hook, MovingHook) else list(hook)
