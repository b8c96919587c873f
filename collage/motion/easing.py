"""Eases: how a piece arrives (being written). Interface:"""

from __future__ import annotations

from collections.abc import Callable

Ease = Callable[[float], float]


def parse_ease(text: str) -> Ease:
    """The function of an ease; ValueError with a suggestion."""
    return lambda t: t
