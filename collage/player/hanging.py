"""The wall as it is seen: a `Sight` says all of it, a `Hanging` draws it and keeps what it has drawn."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from collage.geometry import Size
from collage.player import overlay, wall_paper
from collage.player.darkroom import Print
from collage.player.mistake import mistake
from collage.player.wall import Wall

if TYPE_CHECKING:
    from pygame import Surface

T = TypeVar("T")
AT_HEAD = 22, 10
"""Where the headline lies."""
BLANK = 16, 9
"""The shape of a print that is not made yet."""


class Hung(NamedTuple):
    """One print in the window: which place on the wall, whose it is, and which of its poses is seen."""

    place: int
    path: Path
    pose: int


class Sight(NamedTuple):
    """All that decides what the wall shows. `chosen` is a path; `round` is the darkroom's; `more` stands under the
    headline. `amiss`: the note tells of a fault."""

    wall: Wall
    scroll: int
    hung: tuple[Hung, ...]
    chosen: Path
    round: int
    headline: str
    more: str
    note: str
    amiss: bool


class Hanging:
    """`page` gives the newsprint that the prints hang on, if there is any."""

    def __init__(self, page: Callable[[], Surface | None]) -> None:
        self._page = page
        self._kept: dict[Hashable, tuple[object, object]] = {}

    def draw(self, surface: Surface, sight: Sight, prints: Mapping[Path, Print]) -> None:
        """The chosen one last, over its neighbours; what has left the window is forgotten."""
        wall, there = sight.wall, {each.path for each in sight.hung}
        self._kept = {key: kept for key, kept in self._kept.items() if not isinstance(key, tuple) or key[0] in there}
        surface.blit(self._once("ground", wall.room, lambda: wall_paper.ground(wall.room, self._page())), (0, 0))
        for each in sorted(sight.hung, key=lambda each: each.path == sight.chosen):
            piece = self._piece(each, prints.get(each.path), wall.box, chosen=each.path == sight.chosen)
            x, y = wall.centre(each.place, sight.scroll)
            surface.blit(piece, (x - piece.get_width() // 2, y - piece.get_height() // 2))
        about = sight.headline, sight.more, wall.room
        headline = self._once("headline", about, lambda: wall_paper.headline(*about))
        surface.blit(headline, (AT_HEAD[0], AT_HEAD[1] - sight.scroll))
        if sight.note:
            told = sight.note, sight.amiss, wall.room
            overlay.lay_low(surface, surface.get_height(), self._once("note", told, lambda: _slip(*told)))

    def _piece(self, hung: Hung, made: Print | None, box: Size, *, chosen: bool) -> Surface:
        """A print as it hangs, or a torn sheet."""
        import pygame

        path, name = hung.path, str(hung.path)
        if made is not None and made.fault:
            told = made.title, made.fault, box
            return self._once(
                (path, chosen, "torn"),
                told,
                lambda: wall_paper.hung(wall_paper.torn(name, *told, chosen=chosen), name, chosen=chosen),
            )
        pose = made.poses[hung.pose] if made and hung.pose < len(made.poses) else None
        picture = BLANK if pose is None else (pose.shape[1], pose.shape[0])
        card = (made.title, made.film) if made else (path.stem, False), picture, box
        mount = self._once(
            (path, chosen, "mount"), card, lambda: wall_paper.mount(name, *card[0], picture, box, chosen=chosen)
        )

        def hang() -> Surface:
            seen = None if pose is None else pygame.image.frombuffer(pose.data, picture, "RGB")
            return wall_paper.hung(wall_paper.mounted(mount, seen), name, chosen=chosen)

        return self._once((path, chosen, hung.pose), (card, _Same(pose)), hang)

    def _once(self, key: Hashable, depends: object, draw: Callable[[], T]) -> T:
        """What was drawn last for a key, drawn anew when what it depends on has changed."""
        if key not in self._kept or self._kept[key][0] != depends:
            self._kept[key] = depends, draw()
        return cast(T, self._kept[key][1])


def _slip(words: str, amiss: bool, room: Size) -> Surface:
    return mistake(words, None, room) if amiss else overlay.note(words, room)


class _Same:
    """Equal only to the very same thing."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)
