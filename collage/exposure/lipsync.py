"""Drawings by time from a file, as programs that listen to a voice write them: a line for each mouth.

The form is the "tsv" that Rhubarb Lip Sync exports: seconds, a tab, the name of a mouth shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path

from collage.errors import AssetError, Loc, suggest
from collage.exposure.problems import Problems
from collage.exposure.rig import Discrete
from collage.exposure.tracks import Setting
from collage.files import read_start
from collage.motion.keys import Steps
from collage.registry.catalogue import Catalogue
from collage.scene.model import Layer
from collage.timing import round_half_up

MOST_BYTES = 2**20
"""Some hours of talk."""
_LINE = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)[ \t]+(\S{1,80})")


def spoken(
    catalogue: Catalogue,
    layer: Layer,
    known: Collection[str],
    first: str | None,
    setting: Setting,
    loc: Loc,
    problems: Problems,
) -> Discrete[str | None] | None:
    """The drawings that a layer's `keys.swap.file` names, counted from its in; the first holds before as
    well. None without a file. `known` are the asset's drawings. Every fault is a problem at the file's place."""
    track = layer.keys.swap
    if track is None or track.file is None:
        return None
    found: dict[int, str | None] = {}
    with problems.at(*loc, "keys", "swap", "file"):
        path = catalogue.inside(track.file)
        for seconds, mouth in mouths(path, track.file, known):
            found[setting.start + round_half_up(seconds * setting.clock.rate)] = mouth
    return Discrete(first, Steps(tuple(found), tuple(found.values())) if found else None)


def mouths(path: Path, name: str, known: Collection[str]) -> list[tuple[Fraction, str]]:
    """Seconds and drawings of a file, in order; of two in one frame the later one counts. Capital letters are as small
    ones. AssetError with the line for whatever is no such file, and for drawings that are not `known`."""
    try:
        text = read_start(path, MOST_BYTES + 1).decode()
    except (OSError, UnicodeDecodeError):
        raise AssetError(f'no file of drawings by time at "{name}": paths start at the project\'s root') from None
    if len(text) > MOST_BYTES:
        raise AssetError(f"{name}: longer than {MOST_BYTES // 1024} kB, no line that anybody speaks: cut it up")
    found = list[tuple[Fraction, str]]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            found.append(_mouth(line, f"{name}:{number}", {*known, "none"}))
            if len(found) > 1 and found[-1][0] < found[-2][0]:
                raise AssetError(f"{name}:{number}: earlier than the line before it: sort them by time")
    if not found:
        raise AssetError(f'{name}: nothing is in it: write lines as "0.25", a tab, "open"')
    return found


def _mouth(line: str, place: str, known: Collection[str]) -> tuple[Fraction, str]:
    match = _LINE.fullmatch(line.strip())
    if not match:
        raise AssetError(f'{place}: no seconds and drawing: write "0.25", a tab, "open"')
    mouth = match[2].lower()
    if mouth not in known:
        raise AssetError(f'{place}: no drawing "{mouth[:40]}" of this asset.{suggest(mouth, known)}')
    return Fraction(match[1]), mouth
