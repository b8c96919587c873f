"""Clean names for files that come from anywhere: ``IMG 0012 (copy).JPG`` becomes ``img-0012-copy.jpg``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 60


def clean(text: str) -> str:
    """Lower-case letters, digits, _ and -: accents are dropped, and so is what has no plain letter. May be empty."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", plain)[:LONGEST].strip("-_")


def unused(name: str, taken: Container[str]) -> str:
    """`name`, or `name-2`, `name-3`… if it is taken; a name of nothing becomes `piece-1`."""
    if name and name not in taken:
        return name
    stem, first = (name, 2) if name else ("piece", 1)
    return next(f"{stem}-{number}" for number in count(first) if f"{stem}-{number}" not in taken)
