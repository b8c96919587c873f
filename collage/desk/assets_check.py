"""What is wrong in the box of cut-outs: missing and changed pictures, twins, and pieces without a licence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from collage.desk.assets import sound
from collage.errors import AssetError, Finding
from collage.files import unread
from collage.registry.catalogue import Asset, Catalogue
from collage.registry.entries import WHERE

_BLOCK = 2**20


def findings(root: Path, *, rights: bool = False) -> list[Finding]:
    """All that is wrong, sorted; with `rights` also each piece that doesn't say what others may do with it. Nothing is
    decoded: only headers are read, and the bytes, once, of what has a checksum or a twin of its size."""
    catalogue = Catalogue.open(root)
    assets = [asset for name in catalogue.names() if (asset := sound(catalogue, name))]
    sums = {asset.name: checksum(files(asset)) for asset in assets if catalogue.entry(asset.name).sha256}
    found = {*catalogue.findings(), *_drift(catalogue, sums), *_twins(assets, sums)}
    if rights:
        found.update(unlicensed(catalogue, assets))
    return sorted(found)


def checksum(paths: Iterable[Path]) -> str:
    """SHA-256, in hex, of an asset's files one after the other, as `sha256` in the registry has it. AssetError for a
    file that can't be read."""
    total = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    total.update(block)
        except OSError as error:
            raise AssetError(f"{path}: {unread(error)}") from None
    return total.hexdigest()


def files(asset: Asset) -> list[Path]:
    """The pictures of an asset, in the order of its drawings."""
    return [drawing.path for drawing in asset.drawings.values()]


def _drift(catalogue: Catalogue, sums: Mapping[str, str]) -> Iterator[Finding]:
    for name, total in sums.items():
        if catalogue.entry(name).sha256.lower() != total:
            cure = f"take it in by collage assets replace {name} FILE, or bring the old picture back"
            what = "its picture is" if len(catalogue.asset(name).drawings) == 1 else "its pictures are"
            message = f'"{name}": {what} not the one that was added: {cure}'
            yield catalogue.registry.finding(name, "sha256", message)


def _twins(assets: Iterable[Asset], sums: Mapping[str, str]) -> Iterator[Finding]:
    """Assets of one drawing whose files are the same, byte for byte."""
    sizes: dict[tuple[int, int, int], list[Asset]] = {}
    for asset in assets:
        if len(asset.drawings) == 1:
            sizes.setdefault((*asset.size, files(asset)[0].stat().st_size), []).append(asset)
    for alike in (alike for alike in sizes.values() if len(alike) > 1):
        first: dict[str, str] = {}
        for asset in alike:
            twin = first.setdefault(sums.get(asset.name) or checksum(files(asset)), asset.name)
            if twin != asset.name:
                place = f"assets/{asset.name}{files(asset)[0].suffix}"
                cure = f"use one, then collage assets remove {asset.name}"
                yield Finding(place, 0, 0, f'"{asset.name}" is the same picture as "{twin}": {cure}', "warning")


def unlicensed(catalogue: Catalogue, assets: Iterable[Asset]) -> Iterator[Finding]:
    """A warning for each that doesn't say what others may do with it: where its entry begins; without a line for one
    that has none."""
    for asset in assets:
        if not catalogue.entry(asset.name).licence:
            silent = f'"{asset.name}" doesn\'t say what others may do with it: write'
            if asset.name in catalogue.registry.entries:
                place = catalogue.registry.finding(asset.name, "", f'{silent} licence = "CC0-1.0", or whichever it has')
                yield replace(place, severity="warning")
            else:
                cure = f'{silent} ["{asset.name}"] into {WHERE}, and licence = "CC0-1.0", or whichever it has, below'
                yield Finding(WHERE, 0, 0, cure, "warning")
