"""Functions compiled by Numba, kept on disk between runs where that works, compiled anew where it does not.

A cache is never worth a failure: Numba refuses to start where no folder can be written, and stops at a damaged or
unwritable file of its cache. Here all of that means one thing: a second or two spent compiling.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.runtime import rtsys  # type: ignore[attr-defined]

F = TypeVar("F", bound=Callable[..., Any])


_IMPORTS = re.compile(rb"^\s*from\s+(collage[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)", re.MULTILINE)
_NAMES = re.compile(rb"\w+")
Stamp = tuple[tuple[str, int, int], ...]


@cache
def stamp(source: Path) -> Stamp:
    """When a file, and each that it needs of this program, was changed, and its bytes: a kernel may hold code of any
    of them, and Numba itself would only look at the kernel's own."""
    waiting, needed = [source], dict[Path, os.stat_result]()
    while waiting:
        file = waiting.pop()
        if file not in needed:
            needed[file] = file.stat()
            waiting.extend(_imported(file))
    return tuple(sorted((str(file), status.st_mtime_ns, status.st_size) for file, status in needed.items()))


@cache
def _imported(source: Path) -> frozenset[Path]:
    """The files of this program that one imports, wherever in its text."""
    above, found = Path(__file__).parents[2], set[Path]()
    for module, names in _IMPORTS.findall(source.read_bytes()):
        place = above.joinpath(*module.decode().split("."))
        found |= {place.with_suffix(".py"), *(place / f"{name.decode()}.py" for name in _NAMES.findall(names))}
    return frozenset(file for file in found if file.is_file())


class _Kept(FunctionCache):
    """Numba's cache of one function, which forgets what it can't read and passes over what it can't write."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]
        name = self._impl.filename_base
        current = stamp(Path(function.__code__.co_filename).resolve())
        self._cache_file = IndexDataCacheFile(self._cache_path, name, current)  # type: ignore[no-untyped-call]

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            # a kernel that was kept needs the runtime alone; the public way loads all of Numba, a third of a second
            rtsys.initialize(target_context)
            with self._guard_against_spurious_io_errors():
                return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        except Exception:  # a torn file can raise anything when it is unpickled
            with suppress(Exception):
                self.flush()  # type: ignore[no-untyped-call]
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(Exception):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


def ready(one: Any) -> bool:
    """Whether this kernel was compiled before and is kept; if not, the first picture takes up to a minute."""
    with suppress(Exception):
        return bool(one._cache._cache_file._load_index())
    return False


def kernel(function: F) -> F:
    """The function compiled when first called, free of Python's global lock."""
    compiled: Any = njit(nogil=True)(function)
    with suppress(RuntimeError):  # nowhere to keep it
        compiled._cache = _Kept(function)
    return cast(F, compiled)
