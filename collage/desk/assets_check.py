"""What is wrong in the box of cut-outs: missing and changed pictures, twins, and pieces without a licence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from collage.desk.assets import sound
from collage.errors import AssetError, Finding
from collage.registry.catalogue import Asset, Catalogue, inside
from collage.registry.entries import MOST_BYTES, WHERE, Registry, read_registry

_BLOCK = 2**20


def findings(root: Path, *, rights: bool = False) -> list[Finding]:
    """All that is wrong, sorted; with `rights` also each piece that doesn't say what others may do with it. Nothing is
    decoded: only headers are read, and the bytes of what has a checksum or a twin of its size."""
    catalogue, registry = Catalogue.open(root), _registry(root)
    assets = [asset for name in catalogue.names() if (asset := sound(catalogue, name))]
    found = {*catalogue.findings(), *_drift(catalogue, registry, assets), *_twins(assets)}
    if rights:
        found.update(_unlicensed(catalogue, registry, assets))
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
            raise AssetError(f"{path}: can't be read ({error.strerror}): check its permissions") from None
    return total.hexdigest()


def files(asset: Asset) -> list[Path]:
    """The pictures of an asset, in the order of its drawings."""
    return [drawing.path for drawing in asset.drawings.values()]


def _registry(root: Path) -> Registry:
    try:
        path = inside(root, WHERE)
        with path.open("rb") as file:
            return read_registry(file.read(MOST_BYTES + 1))
    except (OSError, AssetError):  # the catalogue has said so
        return Registry()


def _drift(catalogue: Catalogue, registry: Registry, assets: Iterable[Asset]) -> Iterator[Finding]:
    for asset in assets:
        written = catalogue.entry(asset.name).sha256
        if written and written.lower() != checksum(files(asset)):
            cure = f"take it in by collage assets replace {asset.name} FILE, or bring the old picture back"
            what = "its picture is" if len(asset.drawings) == 1 else "its pictures are"
            yield registry.finding(asset.name, "sha256", f'"{asset.name}": {what} not the one that was added: {cure}')


def _twins(assets: Iterable[Asset]) -> Iterator[Finding]:
    """Assets of one drawing whose files are the same, byte for byte."""
    sizes: dict[tuple[int, int, int], list[Asset]] = {}
    for asset in assets:
        if len(asset.drawings) == 1:
            sizes.setdefault((*asset.size, files(asset)[0].stat().st_size), []).append(asset)
    for alike in (alike for alike in sizes.values() if len(alike) > 1):
        first: dict[str, str] = {}
        for asset in alike:
            twin = first.setdefault(checksum(files(asset)), asset.name)
            if twin != asset.name:
                place = f"assets/{asset.name}{files(asset)[0].suffix}"
                cure = f"use one, then collage assets remove {asset.name}"
                yield Finding(place, 0, 0, f'"{asset.name}" is the same picture as "{twin}": {cure}', "warning")


def _unlicensed(catalogue: Catalogue, registry: Registry, assets: Iterable[Asset]) -> Iterator[Finding]:
    for asset in assets:
        if not catalogue.entry(asset.name).licence:
            message = f'"{asset.name}" doesn\'t say what others may do with it: write licence = "CC0-1.0", or whichever'
            known = (asset.name, "") in registry.places
            yield registry.finding(asset.name, "", message) if known else Finding(WHERE, 0, 0, message)
