"""Numbers over time: eases, keys, formulas, paths, moves. Called, it marks a function of `motions.py` as a move.

``@collage.motion`` and this package share a name, and Python puts the package there as soon as any of it is imported;
so the package itself is the decorator. What it does: `collage.motion.scripts.motion`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


class _Decorator(ModuleType):
    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        from collage.motion.scripts import motion

        return motion(function)


sys.modules[__name__].__class__ = _Decorator
