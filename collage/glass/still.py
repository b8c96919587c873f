"""What is kept from frame to frame: pictures of pieces that come back unchanged, and what lies still at the bottom.

Whatever is kept is what would be drawn again, to the byte: keeping changes how long a frame takes and nothing else.
Frames may be asked for by several threads at once; all of it stays within a share of the plates' budget.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from operator import eq

from collage.exposure.cel import Cel
from collage.glass.ground import Ground, Patch
from collage.glass.plates import Plates

SHARE = 4
"""One part in so many of the plates' budget is for what is kept here."""
LATELY = 2
"""Frames that a patch may be out of use before it is let go."""
STEADY = 4
"""Frames in a row whose lowest cels were the same before they are kept as one picture; more than a pose is held."""
BOTTOMS = 2
"""Pictures of what lies still: of a window and of an export at another size."""


class Patches:
    """Pictures of pieces by what they show and where. One is kept if it came back, or if what its layer showed before
    did: a piece that moves with every frame is never kept, so that it pays nothing."""

    def __init__(self, plates: Plates) -> None:
        self._room = plates.most // SHARE
        self._kept: dict[int, tuple[Hashable, Patch]] = {}  # by the key's hash
        self._used: dict[int, int] = {}  # the frame that used a kept one last
        self._seen: dict[int, int] = {}  # the frame that showed it last, kept or not
        self._holders: dict[str, int] = {}  # the frame that showed a layer hold
        self._frame, self._under_way, self._lock = 0, set[int](), threading.Lock()
        self.weight = 0

    def begin(self) -> int:
        """A frame's number, to be handed back at its end."""
        with self._lock:
            self._frame += 1
            self._under_way.add(self._frame)
            return self._frame

    def find(self, key: Hashable, layer: str) -> tuple[Patch | None, bool]:
        """What is kept by a key, and whether what is made instead is worth keeping."""
        number = hash(key)
        with self._lock:
            again = number in self._seen
            self._seen[number] = self._frame
            if again:
                self._holders[layer] = self._frame
            known, patch = self._kept.get(number, (None, None))
            if patch is None or known != key:
                return None, again or layer in self._holders
            self._used[number] = self._frame
            return patch, False

    def keep(self, key: Hashable, patch: Patch) -> None:
        """Keep what was made, unless there is no room for it."""
        number = hash(key)
        with self._lock:
            if number not in self._kept and self.weight + patch.weight <= self._room:
                self._kept[number], self._used[number] = (key, patch), self._frame
                self.weight += patch.weight

    def end(self, frame: int) -> None:
        """Let go of what no frame has used lately."""
        with self._lock:
            oldest = min(self._under_way) - LATELY
            self._under_way.discard(frame)
            for number in [number for number, used in self._used.items() if used < oldest]:
                self.weight -= self._kept.pop(number)[1].weight
                del self._used[number]
            self._seen = {number: last for number, last in self._seen.items() if last >= oldest}
            self._holders = {layer: last for layer, last in self._holders.items() if last >= oldest}


@dataclass(slots=True)
class _Bottom:
    """The cels of the last frame, how many of the lowest were the same lately, and the picture of the lowest."""

    last: Sequence[Cel] = ()
    same: list[int] = field(default_factory=list)
    cels: tuple[Cel, ...] = ()
    ground: Ground | None = None


class Bottoms:
    """The lowest cels as one picture, for each size and paper, once they have lain still for some frames."""

    def __init__(self, plates: Plates) -> None:
        self._room = plates.most // SHARE
        self._bottoms: OrderedDict[Hashable, _Bottom] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def weight(self) -> int:
        """The bytes that are kept."""
        with self._lock:
            return sum(one.ground.weight for one in self._bottoms.values() if one.ground)

    def find(self, place: Hashable, cels: Sequence[Cel]) -> tuple[int, Ground | None, int]:
        """How many of the lowest cels are kept as a ground, not to be changed, and that; and how many should be."""
        with self._lock:
            bottom = self._bottoms.setdefault(place, _Bottom())
            self._bottoms.move_to_end(place)
            while len(self._bottoms) > BOTTOMS:
                self._bottoms.popitem(last=False)
            bottom.same = [*bottom.same[2 - STEADY :], _alike(bottom.last, cels)]
            bottom.last = tuple(cels)
            steady = min(bottom.same) if len(bottom.same) == STEADY - 1 else 0
            if bottom.ground is None or _alike(bottom.cels, cels) < len(bottom.cels):
                bottom.ground = None
                return 0, None, steady
            kept = len(bottom.cels)
            return kept, bottom.ground, steady if steady > kept else 0

    def keep(self, place: Hashable, cels: Sequence[Cel], ground: Ground) -> None:
        """Keep a ground on which these cels lie."""
        with self._lock:
            if ground.weight <= self._room // 2 and (bottom := self._bottoms.get(place)):
                bottom.cels, bottom.ground = tuple(cels), ground


def _alike(one: Sequence[Cel], other: Sequence[Cel]) -> int:
    """How many cels two sequences begin with alike."""
    return next((n for n, same in enumerate(map(eq, one, other)) if not same), min(len(one), len(other)))
