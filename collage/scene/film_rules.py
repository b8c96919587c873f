"""What one field of a film can't see alone: that it has shots, how many of what, and which joins lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from collage.errors import Loc
from collage.scene.model import Film

MOST = {"shot": 1_000, "effect": 1_000}
"""A film may have so many of each."""


def problems(film: Film) -> list[tuple[Loc, str]]:
    """All findings of a film by itself, as (loc, message)."""
    return [*_too_many(film), *_without_shots(film), *_last_join(film)]


def _too_many(film: Film) -> Iterator[tuple[Loc, str]]:
    for table, most in MOST.items():
        if len(getattr(film, table)) > most:
            yield (table, most), f"more than {most} of [[{table}]]: make do with fewer"


def _without_shots(film: Film) -> Iterator[tuple[Loc, str]]:
    if not film.shot:
        yield (), 'a film without shots: write [[shot]] and under it scene = "scenes/bath.toml"'


def _last_join(film: Film) -> Iterator[tuple[Loc, str]]:
    if film.shot and film.shot[-1].join is not None:
        place = ("shot", len(film.shot) - 1, "join")
        yield place, "a join leads into the next shot, and this is the last: leave it out, or write one more [[shot]]"
