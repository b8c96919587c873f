"""Where prints hang on a wall, and which is next to which. Pure arithmetic on pixels."""

from __future__ import annotations

from typing import NamedTuple

from collage.geometry import Size

WIDTHS = 480, 400, 340, 290, 240
"""A print's picture is so wide: the largest at which all are seen at once, else the smallest."""
TALL = 0.6
"""A picture is as high as this share of its width, at most."""
AROUND, BELOW = 50, 84
"""What a print takes beside and below its picture: its border, its title, the wall between."""
HEAD = 112
"""The height of the headline's row."""


class Wall(NamedTuple):
    """A `number` of prints, one at least, in a room. `wide` is a picture's width."""

    room: Size
    number: int
    wide: int
    columns: int

    @classmethod
    def over(cls, room: Size, number: int) -> Wall:
        """The prints as large as they can be seen all at once."""
        walls = [cls(room, number, wide, max(1, min(number, room[0] // (wide + AROUND)))) for wide in WIDTHS]
        return next((wall for wall in walls if wall._fits), walls[-1])

    @property
    def box(self) -> Size:
        """Within which a picture lies."""
        return self.wide, round(self.wide * TALL)

    @property
    def cell(self) -> Size:
        return self.wide + AROUND, self.box[1] + BELOW

    @property
    def farthest(self) -> int:
        """How far it can be scrolled."""
        return max(0, HEAD + self._rows * self.cell[1] - self.room[1])

    def centre(self, place: int, scroll: int) -> tuple[int, int]:
        """The middle of a print in the window."""
        width, height = self.cell
        row, column = divmod(place, self.columns)
        return self._left + column * width + width // 2, HEAD + row * height + height // 2 - scroll

    def at(self, pixel: tuple[int, int], scroll: int) -> int | None:
        """The print under a pixel of the window."""
        width, height = self.cell
        x, y = pixel[0] - self._left, pixel[1] - HEAD + scroll
        place = y // height * self.columns + x // width
        if not (0 <= x < self.columns * width and y >= 0 and place < self.number):
            return None
        return place if AROUND // 4 <= x % width < width - AROUND // 4 else None

    def seen(self, scroll: int) -> range:
        """The prints of which something may be in the window."""
        height = self.cell[1]
        first, last = (scroll - HEAD) // height - 1, (scroll + self.room[1] - HEAD) // height + 1
        return range(max(0, first * self.columns), min(self.number, (last + 1) * self.columns))

    def stepped(self, place: int, across: int, down: int) -> int:
        """From a print to another, so many further as one reads, and so many rows down: there is always one."""
        if not down:
            return min(max(place + across, 0), self.number - 1)
        row, column = divmod(place, self.columns)
        row = min(max(row + down, 0), self._rows - 1)
        return min(row * self.columns + column, self.number - 1)

    def scrolled(self, place: int, scroll: int) -> int:
        """As little further as shows all of a print."""
        top = place // self.columns * self.cell[1]
        return self.within(min(max(scroll, HEAD + top + self.cell[1] - self.room[1]), top))

    def within(self, scroll: int) -> int:
        """The nearest place it can be scrolled to."""
        return min(max(scroll, 0), self.farthest)

    @property
    def _left(self) -> int:
        return (self.room[0] - self.columns * self.cell[0]) // 2

    @property
    def _rows(self) -> int:
        return -(-self.number // self.columns)

    @property
    def _fits(self) -> bool:
        return not self.farthest and self.columns * self.cell[0] <= self.room[0]
