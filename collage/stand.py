"""The animation stand: a scene, its registry and the glass, joined, so that any frame can be asked for.

Player, exporter and desk all ask here: what is seen is what is exported.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, SceneError
from collage.exposure.bench import Known
from collage.exposure.bind import bind
from collage.exposure.expose import expose
from collage.exposure.film import Reel, bind_film, project, showing
from collage.exposure.rig import Rig
from collage.exposure.score import heard
from collage.registry.catalogue import Catalogue, Drawing, find_root
from collage.registry.noting import Notes, Noting, changed
from collage.scene.model import Film, Scene
from collage.scene.reader import findings, is_film, read_film, read_source
from collage.scene.source import Source
from collage.trusted import Trusted

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.colours import Colour
    from collage.errors import Finding
    from collage.exposure.cel import Cel
    from collage.glass.comp import Glass
    from collage.sound.mix import Mix


class _How(NamedTuple):
    """How a stand was asked for: what `open` takes."""

    path: str | Path | Scene | Film
    root: str | Path | None
    threads: int
    trust: bool
    memory: int | None


class _Shared:
    """A glass, and the stands that comp with it: the last one to leave ends its threads and lets go of all it keeps."""

    def __init__(self) -> None:
        self.glass: Glass | None = None
        self.users = set[Stand]()

    def asked(self, stand: Stand, how: _How) -> Glass:
        if self.glass is None:
            from collage.glass.comp import Glass

            self.glass = Glass(how.threads, how.memory)
            self.users.add(stand)
        return self.glass

    def leave(self, stand: Stand) -> None:
        self.users.discard(stand)
        if self.glass is not None and not self.users:
            self.glass.close()
            self.glass = None


class Stand:
    """A scene or a film on the stand. Safe to share between threads; close it (or use `with`) to end its own.

    name: the file's stem, without a film's ".film".  title: what the window calls it.  size: (width, height).
    rate: frames a second, exact.
    length: frames, numbered 0 to length - 1.  paper: what lies under the glass, None for nothing.  opaque: it covers
    all, so frames need no alpha.
    warnings: findings that stop nothing.  notes: every file and folder it was made of, or looked for, as it was then.
    """

    def __init__(
        self,
        path: Path,
        scene: Scene | Film,
        rig: Rig | Reel,
        warnings: tuple[Finding, ...],
        how: _How,
        box: Noting,
        known: Known,
    ) -> None:
        self.path, self.scene, self.rig, self.warnings = path, scene, rig, warnings
        self.notes = box.notes
        self.name = self.path.stem.removesuffix(".film")
        self.title = (scene.film if isinstance(scene, Film) else scene.scene).title or self.name
        self.size: tuple[int, int] = rig.size
        self.rate: Fraction = rig.rate
        self.length: int = rig.length
        self.paper: Colour | None = rig.paper
        self.opaque: bool = rig.paper is not None and rig.paper.alpha == 255
        self._how, self._box, self._known, self._lock = how, box, known, threading.Lock()
        self._shared = _Shared()
        self._mix: Mix | None = None
        self._last: tuple[tuple[tuple[Cel, ...], float], npt.NDArray[np.uint8] | None] = (((), 0.0), None)

    def cels(self, frame: int) -> tuple[Cel, ...]:
        """The cels of one frame in painter's order. IndexError for a frame outside 0 to length - 1."""
        if not 0 <= frame < self.length:
            raise IndexError(f"{self.name} has frames 0 to {self.length - 1}, not {frame}")
        return project(self.rig, frame) if isinstance(self.rig, Reel) else expose(self.rig, frame)

    def shots(self, frame: int) -> tuple[tuple[str, int], ...]:
        """Of a film, the names of the shots that show at a frame, one or two, each with its own scene's frame."""
        return showing(self.rig, frame) if isinstance(self.rig, Reel) else ()

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """One frame as (height, width, 4) uint8, sRGB, premultiplied RGBA, contiguous; height and width are the
        size times `scale`, rounded half up, at least 1; read-only, as a frame that holds the pose of the one
        asked for before is the same array. AssetError for a picture that can't be read, IndexError for a frame outside
        the scene, ValueError for a scale that no picture can have."""
        wanted, (made, picture) = (self.cels(frame), scale), self._last
        if picture is None or made != wanted:
            picture = self.glass.comp(wanted[0], self.size, self.rig.paper, scale)
            picture.flags.writeable = False
            self._last = (wanted, picture)
        return picture

    def comp_fine(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        """The same frame as float32, 0 to 1, that was never rounded to bytes on the way: for files of 16 bits and more.
        An array of your own. Errors as of `comp`."""
        return self.glass.comp_fine(self.cels(frame), self.size, self.rig.paper, scale)

    def picture(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """The same as straight (not premultiplied) RGBA, an array of your own."""
        from collage.glass.comp import straight

        picture = self.comp(frame, scale)
        return picture.copy() if self.opaque else straight(picture)

    def load(self) -> None:
        """Read the pictures the scene can show, keeping those that its memory has room for, the file's first ones.
        Those beyond are read all the same, so that a torn one is known of before work begins. AssetError for the first
        that can't be read."""
        for drawing in self.drawings:
            self.glass.plates.load(drawing)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Every drawing the scene can show, each once, in the order of the file."""
        return self.rig.shown()

    @property
    def scenes(self) -> dict[Path, Scene]:
        """The scenes within it, those of a film's shots or of layers, by their real files, as they were read."""
        return {path: scene for path, (scene, _) in self._known.texts.items()}

    @property
    def sound(self) -> Mix | None:
        """What is heard from frame 0 to the end; None where nothing sounds. It reads no file before it is asked for
        samples. CollageError for more than ten thousand sounds."""
        from collage.sound.mix import Mix

        with self._lock:
            if self._mix is None:
                self._mix = Mix(heard(self.rig), self.length / self.rate)
            return self._mix if self._mix.voices else None

    @property
    def glass(self) -> Glass:
        """The compositor, made when first asked for: what only reads a scene needs no pixels."""
        with self._lock:
            return self._shared.asked(self, self._how)

    def again(self, notes: Notes) -> Stand:
        """The same opened anew from what is on the disk now, for a player. This one stays as it is.

        What has not changed is taken over, and pictures that have, or are new, are read before anyone sees the new
        stand; so are sounds, if this one's were asked for.
        `notes` gets whatever was looked at, also if that fails: until some of it changes, another try gives the same.
        Errors as of `open` and `load`.
        """
        newer = self._read_again(notes)
        try:
            stale = newer.glass.plates.inherit(self.glass.plates)
            for drawing in newer.drawings:
                path = drawing.path
                if path in stale or path not in self.notes or newer.notes[path] != self.notes[path]:
                    newer.glass.plates.plate(drawing)
            if self._mix and newer.sound:
                newer.sound.inherit(self._mix)
                newer.sound.load()
        except BaseException:
            newer.close()
            raise
        return newer

    def _read_again(self, notes: Notes) -> Stand:
        """The stand as its texts and its registry are now; no picture is looked into."""
        now, asked = self.notes.now(), self._how.path
        saved = changed(self.notes, now)
        texts = saved & {*self._known.texts, *([] if isinstance(asked, Scene | Film) else [Path(asked)])}
        others, box = saved - texts, self._box.still(saved - texts, now, notes)
        if box is not None:
            if not texts:
                return Stand(self.path, self.scene, self.rig, self.warnings, self._how, box, self._known)
            known = self._known.still(texts, lambda rig: True)
        elif others <= self._box.files:
            notes.update(now)
            box = newer = Noting.over(self._box.root, notes, self._box)
            known = self._known.still(texts, lambda rig: newer.alike(self._box, rig.assets))
        else:
            known = self._known.still(texts, lambda rig: False)
            notes.update((path, now[path]) for path in known.texts)  # they were read before that
            box = Noting.over(self._box.root, notes, self._box)
        whole, source, _ = _read(asked, self._how.root, notes)
        return _bound(whole, source, box, self._how, known)

    def changed(self, scene: Scene) -> Stand:
        """The same with its scene changed in memory, as by hands that move a piece; nothing is read anew but pictures
        that are new in it. Both share the glass, with all that it keeps, until both are closed. SceneError as of
        `open`; CollageError for a film."""
        if isinstance(self.scene, Film):
            raise CollageError(f"{self.name}: is a film: open the scene of a shot to change that")
        newer = _bound(scene, Source(str(self.path)), self._box, self._how, self._known.still((), lambda rig: False))
        with self._lock:
            self._shared.asked(self, self._how)
            self._shared.users.add(newer)
            newer._shared, newer._mix = self._shared, self._mix
        return newer

    def keep_paper(self, folder: Path) -> None:
        """From now on paper is taken from a drawer of made pieces, and put there, by this stand and those opened anew
        from it. For a player: it is ready sooner."""
        from collage.glass.drawer import Drawer

        self.glass.plates.drawer = Drawer(folder)

    @property
    def spare(self) -> int:
        """The bytes of its memory that the glass has no use for just now; below 0 where it takes more than it may."""
        plates = self.glass.plates
        return plates.most - plates.weight - plates.aside

    @property
    def catalogue(self) -> Catalogue:
        """The cut-outs of its project."""
        return self._box

    def keep(self, paths: Iterable[Path]) -> None:
        """Hold on to the pictures of these files: they are torn now, and could not be read again."""
        self.glass.plates.pin(paths)

    def close(self) -> None:
        """End the threads, unless a stand that shares them goes on; a frame asked for later starts over."""
        with self._lock:
            self._shared.leave(self)

    def __enter__(self) -> Stand:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open(
    path: str | Path | Scene | Film,
    *,
    root: str | Path | None = None,
    threads: int = 1,
    trust: bool = False,
    memory: int | None = None,
) -> Stand:
    """Read, check and bind a scene or a film. SceneError, AssetError as `collage.errors` draws them.

    A `Scene` or `Film` built in Python is checked alike; `root` is the folder that holds `assets/`, by default the
    current one for those, the nearest upward for a file. `threads` share the work inside one comp. `trust` lets the
    project's own `motions.py` run, which can do anything that Python can; without it a scene that asks for it is
    refused. `memory` is how many bytes of decoded pictures are kept between frames, by default a third of the
    machine's; with less, frames take longer and look the same.
    """
    notes = Notes()
    whole, source, home = _read(path, root, notes)
    how = _How(path, root, threads, trust, memory)
    return _bound(whole, source, Noting.over(home, notes, None), how, Known())


def _bound(whole: Scene | Film, source: Source, box: Noting, how: _How, known: Known) -> Stand:
    scripts = Trusted(box.root, box.notes) if how.trust else None
    rig: Rig | Reel | None
    if isinstance(whole, Film):
        rig, problems = bind_film(whole, box, scripts=scripts, known=known)
    else:
        file = None if isinstance(how.path, Scene | Film) else Path(how.path)
        rig, problems = bind(whole, box, file=file, scripts=scripts, known=known)
    told = sorted({*(source.finding(*problem) for problem in problems), *problems.elsewhere})
    if rig is None:
        raise SceneError(finding for finding in told if finding.severity == "error")
    return Stand(Path(source.path), whole, rig, tuple(told), how, box, known)


def _read(path: str | Path | Scene | Film, root: str | Path | None, notes: Notes) -> tuple[Scene | Film, Source, Path]:
    if isinstance(path, Scene | Film):
        source = Source("film" if isinstance(path, Film) else "scene")
        if found := findings(path, source):
            raise SceneError(found)
        return path, source, Path(root or ".")
    notes.take(Path(path))
    whole, source = read_film(path) if is_film(path) else read_source(path)
    return whole, source, Path(root) if root is not None else find_root(Path(path))


def frame_file(stand: Stand, frame: int, scale: float = 1.0) -> bytes:
    """One frame as the bytes of a PNG file: RGB where the paper covers all, else straight RGBA."""
    from collage.glass.comp import opaque
    from collage.glass.png import encode

    return encode(opaque(stand.comp(frame, scale)) if stand.opaque else stand.picture(frame, scale))
