"""What binding a scene stands on: the box of cut-outs, the other scenes, scripts, and what is known of this scene."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from collage.errors import AssetError, CollageError, Finding, SceneError
from collage.exposure.acts import Beats
from collage.exposure.contents import label
from collage.exposure.problems import Problems
from collage.exposure.rig import Rig
from collage.exposure.tracks import Setting
from collage.motion.chance import Chance
from collage.motion.scripts import Script
from collage.registry.catalogue import Catalogue
from collage.scene.model import Layer, Peg, Scene, Sheet
from collage.scene.reader import read_source
from collage.scene.source import Source
from collage.timing import Clock

MOST_PIECES = 20_000
"""Layers with their copies, those inside nested scenes counted once for each time they show."""
TOO_MANY = f"more than {MOST_PIECES} layers with their copies and nested scenes: make do with fewer"
MOST_WORK = 100_000
"""Moves, and formulas by their length, of all those pieces, and keys by tens: what takes some ten seconds to bind."""
Level = Callable[[float], float]
"""The sound's level, 0 to 1, at a frame of the scene."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A film's scene as it was bound: `told` is what is wrong with it without stopping it, `pieces` and `work` are what
    it took of the library's, `texts` the files of it and of all scenes within."""

    rig: Rig
    clock: Clock
    told: tuple[Finding, ...]
    pieces: int
    work: float
    texts: frozenset[Path]


@dataclass(frozen=True, slots=True)
class Known:
    """What binding has read and made, which stays true as long as the files stay as they are. One thread fills it."""

    texts: dict[Path, tuple[Scene, Source]] = field(default_factory=dict)
    scenes: dict[Path, Bound] = field(default_factory=dict)

    def still(self, changed: Collection[Path], alike: Callable[[Rig], bool]) -> Known:
        """What is left of it once some texts have changed; `alike` says whether all else that a scene was bound of is
        as it was."""
        texts = {path: read for path, read in self.texts.items() if path not in changed}
        scenes = {path: one for path, one in self.scenes.items() if one.texts.isdisjoint(changed) and alike(one.rig)}
        return Known(texts, scenes)


@dataclass(slots=True)
class Library:
    """What all scenes of one binding share. `scripts` gives the functions of `motions.py` in a folder; without it,
    nothing was trusted. `left` is how many more pieces there may be, `work` how much more to bind of them."""

    catalogue: Catalogue
    scripts: Callable[[Path], Mapping[str, Script]] | None = None
    left: int = MOST_PIECES
    work: float = MOST_WORK
    known: Known = field(default_factory=Known)
    asked: set[Path] = field(default_factory=set)
    """The files of the scenes that were asked for, until somebody empties it."""
    sizes: dict[Path, int] = field(default_factory=dict)
    """How many pieces each scene makes, as far as that was asked."""

    def read(self, written: str) -> tuple[Path, Scene, Source]:
        """A scene by its path from the project's root, which its findings go by as well. SceneError, AssetError as the
        reader gives them."""
        real = self.catalogue.inside(written)
        self.asked.add(real)
        if real not in self.known.texts:
            if not real.is_file():
                raise AssetError(f'no scene at "{written}": paths start at the project\'s root')
            try:
                scene, source = read_source(real)
            except SceneError as error:
                raise SceneError(replace(finding, path=written) for finding in error.findings) from None
            self.known.texts[real] = scene, Source(written, source.text)
        return (real, *self.known.texts[real])

    def take(self, part: Layer | Peg | Sheet, pieces: int = 0) -> None:
        """Count the pieces that a part makes, and what there is to bind of it; CollageError where it is too much."""
        formulas = sum(1 + len(text) / 16 for _, text in part.expr if text)
        keys = sum(len(track.keys) for _, track in part.keys if track)
        self.work -= max(pieces, 1) * (len(getattr(part, "move", ())) + formulas) + keys / 10
        self.left -= pieces
        if self.work < 0:
            raise CollageError(
                f"more than {MOST_WORK} moves, formulas and keys up to here, those of copies and nested scenes counted "
                "each time: make do with fewer"
            )
        if self.left < 0:
            raise CollageError(TOO_MANY)


@dataclass(frozen=True, slots=True)
class Bench:
    """What binding a part needs of the whole. `names` is the path of names that chance starts from, `above` are the
    files of the scenes around this one and its own."""

    scene: Scene
    clock: Clock
    length: int
    library: Library
    problems: Problems
    names: tuple[str | int, ...]
    above: tuple[Path, ...]
    level: Level | None = None
    labels: Mapping[tuple[str, int], str] = field(default_factory=dict)
    heights: Mapping[str, float] = field(default_factory=dict)
    """Millimetres from the table to each sheet, by name."""

    def called(self, table: str, index: int) -> str:
        """What a part is called on the path of chance."""
        return self.labels.get((table, index), table)

    def setting(self, on: int | None, under: bool, clock: Clock | None = None, start: int = 0) -> Setting:
        scene = self.scene.scene
        return Setting(clock or self.clock, start, scene.size, on or scene.on, under, self.heights)

    def chance(self, *path: str | int) -> Chance:
        return Chance(*self.names, *path)

    @property
    def within(self) -> str:
        """Which scene messages at play are about, where it is not the outermost: ' in "inner.toml"'."""
        return f' in "{self.above[-1].name}"' if len(self.names) > 1 else ""

    @property
    def beat(self) -> Fraction | None:
        """Frames a beat lasts, None without a tempo."""
        tempo = self.clock.tempo
        return None if tempo is None else Fraction(60) / tempo * self.clock.rate

    @property
    def beats(self) -> Beats:
        rate, beat = float(self.clock.rate), self.beat
        if beat is None:
            return Beats(rate)
        return Beats(rate, float(1 / beat), float(1 - self.clock.origin * self.clock.rate / beat))


def called(scene: Scene) -> dict[tuple[str, int], str]:
    """A name for each part that another part put before it does not change: its own; twins, which can't be referred
    to, are counted. `scene` holds no `like`."""
    names: dict[tuple[str, int], str] = {}
    count: dict[str, int] = {}
    for table in ("layer", "peg", "sheet"):
        for index, part in enumerate(getattr(scene, table)):
            name = f"{table} {label(part) if isinstance(part, Layer) else part.name}"
            count[name] = count.get(name, 0) + 1
            names[table, index] = name if count[name] == 1 else f"{name} {count[name]}"
    return names
