"""How many bytes of pixels may be kept: what a person writes as "2GB" or "50%", and what this machine has."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_WRITTEN = re.compile(r"(?P<number>[0-9]{1,15}(\.[0-9]{1,9})?)\s*(?P<unit>%|[a-z]{1,3})", re.IGNORECASE)
_UNITS = {"b": 1} | {
    f"{letter}{ending}": base**power
    for ending, base in (("b", 1000), ("ib", 1024))
    for power, letter in enumerate("kmgt", 1)
}
_UNKNOWN = 6_000_000_000
"""Bytes that a machine is taken to have if it doesn't say: a third of them is 2 GB."""


def default() -> int:
    """The bytes that are kept if nobody says: a third of the machine's, since others run on it too."""
    return machine() // 3


def written(text: str) -> int:
    """The bytes that ``2GB``, ``500MB``, ``1.5GiB`` or ``50%`` (of the machine's) mean; ValueError with the cure."""
    match = _WRITTEN.fullmatch(text.strip())
    unit = match["unit"].lower() if match else ""
    if not match or unit not in {*_UNITS, "%"}:
        raise ValueError("write an amount of memory as 2GB, 500MB or 50%")
    whole = machine() / 100 if unit == "%" else _UNITS[unit]
    number = float(match["number"])
    if unit == "%" and number > 100:
        raise ValueError("there is no more than 100% of the machine's memory")
    if number * whole < 1:
        raise ValueError("no memory at all keeps nothing: write an amount above 0, as 500MB")
    return int(number * whole)


def machine() -> int:
    """The bytes this program may fill: the machine's memory, or less where it runs within a limit."""
    return min([_installed() or _UNKNOWN, sys.maxsize, *_limits()])


def _installed() -> int | None:
    """The bytes of memory in the machine, None where the system doesn't say."""
    if sys.platform == "win32":
        import ctypes

        status = (ctypes.c_ulonglong * 8)(64)  # MEMORYSTATUSEX: two halves, its own length first, then seven wholes
        return int(status[1]) if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)) else None
    try:
        found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None
    return found if found > 0 else None


def _limits(own: Path = Path("/proc/self/cgroup"), root: Path = Path("/sys/fs/cgroup")) -> Iterator[int]:
    """The limits that Linux sets a container or a service: of its group and all around it (version 2), or of the
    whole container (version 1). Nothing where there are none; "max" stands for none."""
    lines = _text(own).splitlines()
    groups = [Path(line.removeprefix("0::/")) for line in lines if line.startswith("0::/") and ".." not in line]
    files = {root / parent / "memory.max" for group in groups for parent in (group, *group.parents)}
    for file in sorted({*files, root / "memory.max", root / "memory" / "memory.limit_in_bytes"}):
        found = _text(file).strip()
        if found.isascii() and found.isdigit() and int(found) > 0:
            yield int(found)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
