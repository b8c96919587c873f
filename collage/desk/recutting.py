"""Which pieces of a scene or a film someone else is re-cutting: a warning at each line that names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from collage.desk.naming import named
from collage.errors import Finding
from collage.registry.sheet import SignOut
from collage.registry.signouts import findings, signed_out, until_when


def recut(path: Path, root: Path, name: str, now: datetime) -> list[Finding]:
    """Of a scene or a film and the scenes inside it, as `name` sees them; what is wrong with the sheet instead, if
    anything is. Files that can't be read are passed over: binding tells of those."""
    if wrong := findings(root):
        return list(wrong)
    taken = {asset: entry for asset, entry in signed_out(root, now).items() if entry.name != name}
    return list(_warnings(path, root, taken)) if taken else []


def _warnings(path: Path, root: Path, taken: Mapping[str, SignOut]) -> Iterator[Finding]:
    for asset, source, loc in named(path, root):
        if entry := taken.get(asset):
            has = f'"{asset}" is being re-cut by {entry.name}, {until_when(entry)}'
            yield source.finding(loc, f"{has}: it may change. Ask them, or check again then", "warning")
