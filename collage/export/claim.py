"""One exporter at a time: whoever writes NAME's frames into a folder lays down `.NAME.claim`, and takes it up again.

It says which process that is, where, and since when. One that was killed leaves its claim behind; the next sees that,
from the table of processes on the same machine, elsewhere by a claim that isn't touched any more, and takes it over.
"""

from __future__ import annotations

import json
import math
import os
import platform
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from collage.errors import CollageError, RunError
from collage.files import beside, bring, unwritten

BEAT = 3.0
"""Seconds between touches of a claim that is held."""
STALE = 30.0
"""Seconds without a touch after which a claim of another machine may have been left behind."""
TORN = 2.0
"""Seconds that a claim without a word in it is waited for: who made it may be about to write."""
_PAUSE = 0.05
_MOST_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Claim:
    """process, born: its number, and when it started as the system tells it, since numbers come again.  host: the
    machine's name.  place: which table of processes the number belongs to.  since: seconds of the epoch."""

    process: int
    born: str
    host: str
    place: str
    since: float
    what: str
    token: str


@contextmanager
def claimed(folder: Path, name: str, span: str, what: str) -> Iterator[Event]:
    """Hold the claim on NAME's frames, or, if a span "24-47" is given, on these as a part that others add to.

    The event is set if the claim is lost on the way, to one who took it for left behind. RunError, with the other's
    process and how long it has been at it, if another exports the same; or if the disk refuses.
    """
    path = folder / f".{name}{'.' if span else ''}{span}.claim"
    mine = Claim(os.getpid(), _born(os.getpid()) or "", platform.node()[:200], _place(), time.time(), what[:500],
                 secrets.token_hex(8))  # fmt: skip
    _take(path, mine)
    lost, over = Event(), Event()
    beats = Thread(target=_beat, args=(path, mine, over, lost), daemon=True, name="export claim")
    try:
        _make_way(folder, name, span)
        beats.start()
        yield lost
    finally:
        over.set()
        if beats.ident:
            beats.join()
        with suppress(OSError):
            if _read(path) == mine:
                path.unlink()


def _take(path: Path, mine: Claim) -> None:
    content = json.dumps(asdict(mine)).encode()
    while True:
        try:
            with open(path, "xb") as file:
                file.write(content)
            return
        except FileExistsError:
            _refuse_living(path)
        except OSError as error:
            raise _unclaimed(path, error) from error
        _replace(path, content)
        if _read(path) == mine:
            return


def _replace(path: Path, content: bytes) -> None:
    """Put ours in place of one left behind, and wait a moment: of several who do so, the last one has it."""
    temporary = beside(path)
    try:
        bring(temporary, content)
        os.replace(temporary, path)
    except OSError as error:
        raise _unclaimed(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    time.sleep(_PAUSE)


def _unclaimed(path: Path, error: OSError) -> RunError:
    with suppress(OSError):  # nobody is to wait for what could not be written
        if not path.stat().st_size:
            path.unlink()
    return unwritten(path, error)


def _make_way(folder: Path, name: str, span: str) -> None:
    """A part and the whole exclude each other; parts don't."""
    if span:
        _refuse_living(folder / f".{name}.claim")
        return
    parts = re.compile(rf"\.{re.escape(name)}\.\d+-\d+\.claim")
    for path in [path for path in folder.iterdir() if parts.fullmatch(path.name)]:
        _refuse_living(path)
        with suppress(OSError):
            path.unlink()


def _refuse_living(path: Path) -> None:
    """RunError if whoever made this claim still works; nothing if there is none, or one left behind."""
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_file():
        raise CollageError(f"{path}: is no file, and only a claim may be called so: remove it")
    claim = _read(path)
    while claim is None and _silent(path) < TORN:
        time.sleep(_PAUSE)
        claim = _read(path)
    if claim is not None and _lives(path, claim):
        raise RunError(
            f"{path.parent}: process {claim.process}{_elsewhere(claim)} has been exporting {_plain(claim.what)} into it"
            f" for {spell(time.time() - claim.since)}. Wait for it, stop it, or choose another folder"
        )


def _lives(path: Path, claim: Claim) -> bool:
    """By the table of processes if it is ours to read; else by whether the claim is touched while one watches."""
    if claim.place == _place() and claim.born:
        return _born(claim.process) == claim.born
    if claim.place == _place() and os.name == "posix" and not _runs(claim.process):
        return False
    before = _touched(path)
    if _silent(path) < STALE:
        return True
    time.sleep(2.5 * BEAT)  # clocks differ between machines: what moves is alive
    return _touched(path) != before


def _read(path: Path) -> Claim | None:
    """What a claim says; None if it is none, or torn."""
    try:
        with open(path, "rb") as file:
            facts = json.loads(file.read(_MOST_BYTES))
        claim = Claim(**facts)
        whole = all(type(getattr(claim, key)) is kind for key, kind in _SHAPE.items())
        return claim if whole and claim.process > 0 and math.isfinite(claim.since) else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


_SHAPE = {"process": int, "born": str, "host": str, "place": str, "since": float, "what": str, "token": str}


def _beat(path: Path, mine: Claim, over: Event, lost: Event) -> None:
    while not over.wait(BEAT):
        with suppress(OSError):  # a shared disk that is away for a moment
            if _read(path) != mine and os.path.isdir(path.parent):
                lost.set()
                return
            os.utime(path)


def _touched(path: Path) -> float:
    with suppress(OSError), open(path, "rb") as file:  # opened, so that a shared disk asks its server
        return os.fstat(file.fileno()).st_mtime
    return 0.0


def _silent(path: Path) -> float:
    """Seconds since a claim was touched."""
    return abs(time.time() - _touched(path))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # not ours to signal, so it is there
        return True
    return True


def _born(process: int) -> str | None:
    """When a process of this machine was started, in the system's own words; None if there is none such (one that
    ended and wasn't waited for yet is none), or if the system doesn't say."""
    try:
        words = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return words[19] if len(words) > 19 and words[0] not in "ZX" else None


def _place() -> str:
    """The machine as it was started last, and, where there are several on one, the table of processes."""
    found = [platform.node()]
    with suppress(OSError):
        found.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        found.append(os.readlink("/proc/self/ns/pid"))
    return " ".join(found)


def _elsewhere(claim: Claim) -> str:
    return "" if claim.place == _place() else f" on {_plain(claim.host)}"


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def spell(seconds: float) -> str:
    """A time as people say it: ``40 seconds``, ``3 minutes``, ``2 hours``."""
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    count = max(0, int(seconds))
    return f"{count} second{'' if count == 1 else 's'}"
