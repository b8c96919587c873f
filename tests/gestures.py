"""What a hand does with a mouse and a keyboard, as events of pygame."""

from __future__ import annotations

from typing import Any


def mouse(kind: str, **facts: Any) -> Any:
    """An event of the mouse."""
    import pygame

    return pygame.event.Event(getattr(pygame, kind), **facts)


def down(x: int, y: int) -> Any:
    """The left button pressed."""
    return mouse("MOUSEBUTTONDOWN", button=1, pos=(x, y))


def to(x: int, y: int) -> Any:
    """The mouse moved."""
    return mouse("MOUSEMOTION", pos=(x, y), rel=(0, 0), buttons=(1, 0, 0))


def up(x: int, y: int) -> Any:
    """The left button let go."""
    return mouse("MOUSEBUTTONUP", button=1, pos=(x, y))


def wheel(notches: int) -> Any:
    """The wheel turned."""
    return mouse("MOUSEWHEEL", x=0, y=notches, precise_x=0.0, precise_y=float(notches))


def drag(*points: tuple[int, int], between: tuple[Any, ...] = ()) -> list[Any]:
    """A piece taken at the first point and put down at the last."""
    return [down(*points[0]), *between, *(to(*point) for point in points[1:]), up(*points[-1])]


def ctrl(name: str) -> list[Any]:
    """A key pressed with Ctrl."""
    import pygame

    return [pygame.event.Event(pygame.KEYDOWN, key=pygame.key.key_code(name), mod=pygame.KMOD_LCTRL, unicode=""),
            pygame.event.Event(pygame.KEYUP, key=pygame.key.key_code(name), mod=0)]  # fmt: skip
