"""Frames made by a Dask cluster on this machine, as they would be made here, whoever dies on the way."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from collage import stand
from collage.cli import run
from collage.errors import CollageError, RunError
from collage.export import fingerprint, spread
from collage.export.developing import develop
from collage.export.frames import export
from collage.export.settings import Settings
from collage.export.spread_room import Failed, Room, receive
from collage.exposure.cel import Cel
from collage.timing import Span

Project = Callable[..., Path]

SCENE = """\
format = 1
[scene]
size = [96, 54]
length = 24
on = 1
[look]
grain = 0.2
lut = "assets/warm.cube"
[[layer]]
asset = "props/red"
at = [20, 20]
keys.x = [[0, 10], [23, 80, "linear"]]
[[layer]]
asset = "props/twin"
at = [70, 30]
shadow = false
[[layer]]
asset = "props/green"
edge = { border = 2 }
[[layer]]
text = "oh"
at = [48, 40]
type = { size = 12 }
"""
PLAIN = Settings()
CUBE = "LUT_3D_SIZE 2\n" + "".join(f"{r} {g * 0.9} {b * 0.8}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers in processes of their own, each with one thread, and nannies that start others when they die."""
    import dask
    from distributed import LocalCluster

    home = str(tmp_path_factory.mktemp("workers"))
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "3s"}),  # so long a scheduler calls one that is dead
        LocalCluster(2, threads_per_worker=1, dashboard_address=":0", local_directory=home, silence_logs=50) as ours,
    ):
        yield ours


@pytest.fixture
def ready(project: Project) -> Iterator[stand.Stand]:
    """A scene that shows pictures, two of them the same file twice, type, and a table of colours, on the stand."""
    red, green = (np.full((12, 16, 4), colour, np.uint8) for colour in ((200, 30, 30, 255), (30, 160, 30, 255)))
    green[:4] = 0
    scene = project(SCENE, {"props/red": red, "props/twin": red, "props/green": green})
    (scene.parents[1] / "assets" / "warm.cube").write_text(CUBE)
    with stand.open(scene) as it:
        yield it


class Odd:
    """A stand, but for some frames, whose cels it is given."""

    def __init__(self, whole: stand.Stand, odd: dict[int, Any]) -> None:
        self._whole, self._odd = whole, odd

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def cels(self, frame: int) -> Any:
        """As the stand's."""
        return self._odd.get(frame) or self._whole.cels(frame)


class Deadly:
    """What ends the process that unpickles it, as a worker without memory ends."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


@contextmanager
def spreading(cluster: Any, subject: Any, settings: Settings = PLAIN, **more: Any) -> Iterator[Any]:
    """What makes a frame on the cluster; nothing is remarked."""
    told: list[str] = []
    with spread.make(cluster.scheduler_address, subject, settings, remark=told.append, **more) as (make, _):
        yield make
    assert not told


def all_of(make: Callable[[int], Any], frames: range) -> dict[int, Any]:
    """What comes of each frame, made by four threads: its bytes, or its error."""

    def one(frame: int) -> Any:
        try:
            return make(frame).content
        except CollageError as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        return dict(zip(frames, pool.map(one, frames), strict=True))


def here(subject: Any, frames: range, settings: Settings = PLAIN) -> dict[int, bytes]:
    """The bytes of each frame as this process makes them."""
    frame = develop(subject, settings)
    return {number: frame(number).content for number in frames}


def rooms(cluster: Any) -> list[Path]:
    """The folders of exports that the workers keep, with what is in them."""
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        homes = client.run(lambda dask_worker: dask_worker.local_directory)
    return [path for home in homes.values() for path in Path(home).glob("collage-*")]


def processes(cluster: Any) -> list[int]:
    """The workers' numbers."""
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_the_frames_of_a_cluster_are_those_of_this_machine_to_the_byte(cluster: Any, ready: stand.Stand) -> None:
    """Pictures, paper edges, type, grain and a table of colours: workers that never saw the project make its frames."""
    with spreading(cluster, ready) as make:
        assert all_of(make, range(12)) == here(ready, range(12))


def test_settings_reach_the_workers(cluster: Any, ready: stand.Stand) -> None:
    """Size and packing are those that were asked for."""
    settings = Settings(scale=0.5, small=True)
    with spreading(cluster, ready, settings) as make:
        assert all_of(make, range(3)) == here(ready, range(3), settings)


def test_each_worker_gets_each_picture_once(cluster: Any, ready: stand.Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many frames it makes and layers show it; two files of one content are one."""
    sent: Counter[str] = Counter()
    content = spread._Cluster._content

    def counted(self: Any, name: str) -> bytes:
        sent[name] += 1
        return content(self, name)

    monkeypatch.setattr(spread._Cluster, "_content", counted)
    with spreading(cluster, ready) as make:
        all_of(make, range(24))
    assert len(sent) == 3  # red (and its twin), green, the table
    assert max(sent.values()) <= 2


def test_no_worker_keeps_anything_after_the_export(cluster: Any, ready: stand.Stand) -> None:
    """While it runs there are rooms with files, afterwards there are none."""
    with spreading(cluster, ready) as make:
        all_of(make, range(4))
        assert any(list(room.iterdir()) for room in rooms(cluster))
    assert rooms(cluster) == []


def test_a_killed_workers_frames_are_made_by_others(cluster: Any, ready: stand.Stand) -> None:
    """SIGKILL in the middle: all frames come, with the bytes they have here, also from the worker that replaces it."""
    victim = processes(cluster)[0]
    with spreading(cluster, ready) as make:

        def murderous(frame: int) -> Any:
            if frame == 8:
                os.kill(victim, signal.SIGKILL)
            return make(frame)

        made = all_of(murderous, range(24))
    assert made == here(ready, range(24))


def test_a_frame_that_kills_its_workers_is_named_and_the_others_come(cluster: Any, ready: stand.Stand) -> None:
    """Those that stood beside it on a dying worker are not blamed."""
    allowed, cluster.scheduler.allowed_failures = cluster.scheduler.allowed_failures, 0
    try:
        with spreading(cluster, Odd(ready, {3: (Deadly(),)})) as make:
            made = all_of(make, range(8))
    finally:
        cluster.scheduler.allowed_failures = allowed
    error = made.pop(3)
    assert isinstance(error, RunError)
    assert "test: frame 3: 2 workers died" in str(error)
    assert made == {frame: content for frame, content in here(ready, range(8)).items() if frame != 3}


def test_a_frame_that_fails_three_times_is_named_and_the_others_come(cluster: Any, ready: stand.Stand) -> None:
    """With what went wrong, as an error that may be tried again."""
    with spreading(cluster, Odd(ready, {2: (Cel("nothing"),)})) as make:  # type: ignore[arg-type]
        made = all_of(make, range(5))
    error = made.pop(2)
    assert isinstance(error, RunError)
    assert "test: frame 2: failed 3 times, last on tcp://" in str(error)
    assert all(isinstance(content, bytes) for content in made.values())


def test_a_worker_with_a_full_disk_is_named(
    cluster: Any, ready: stand.Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it can't take in it says, and no frame waits for it for ever."""
    room = Room()
    room.folder = tmp_path / "gone"
    worker = SimpleNamespace(plugins={"room": room}, address="tcp://w:1", local_directory="/scratch")
    full = asyncio.run(receive("room", "a.png", b"picture", worker))  # type: ignore[arg-type]
    assert full == Failed("tcp://w:1", "/scratch: no such file or directory", 1)
    monkeypatch.setattr(spread._Cluster, "_supply", lambda self, worker, files: full)
    with (
        spreading(cluster, ready) as make,
        pytest.raises(RunError, match="frame 0: failed 3 times, last on tcp://w:1: /s"),
    ):
        make(0)


def test_a_torn_picture_is_named_by_its_place_here(cluster: Any, ready: stand.Stand) -> None:
    """Not by where a worker keeps it; and no second try is made."""
    torn = next(drawing.path for drawing in ready.drawings if drawing.asset == "props/green")
    torn.write_bytes(torn.read_bytes()[:60])
    with spreading(cluster, ready) as make, pytest.raises(CollageError) as caught:
        make(0)
    assert caught.value.code == 2
    assert str(caught.value).startswith(f"{torn}: ")


def test_a_picture_that_changes_on_the_way_is_told_of(ready: stand.Stand) -> None:
    """No worker is sent another picture under the name of the first."""
    cluster = spread._Cluster(None, "", ready, PLAIN, print, Event())
    picture = ready.drawings[0].path
    name = cluster._name(picture)
    assert cluster._content(name) == picture.read_bytes()
    picture.write_bytes(picture.read_bytes() + b"more")
    with pytest.raises(RunError, match="changed while frames were made"):
        cluster._content(name)


def test_a_worker_that_differs_is_remarked_on_once(
    cluster: Any, ready: stand.Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both workers have another NumPy than this process says it has: one line tells of it."""
    ours = {**fingerprint.platform(), "numpy": "0.9"}
    monkeypatch.setattr(fingerprint, "platform", lambda: ours)
    told: list[str] = []
    with spread.make(cluster.scheduler_address, ready, PLAIN, remark=told.append) as (make, workers):
        make(0)
    assert workers >= 2
    assert len(told) == 1
    assert told[0].endswith("here 0.9")


def test_a_worker_with_another_program_makes_no_frame(
    cluster: Any, ready: stand.Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would make other pictures under the same fingerprint."""
    monkeypatch.setattr(fingerprint, "program", lambda: "collage 0.0.1")
    with pytest.raises(CollageError, match="install the same there"), spreading(cluster, ready):
        pass


def test_an_export_by_a_cluster_leaves_what_one_by_this_machine_leaves(
    cluster: Any, ready: stand.Stand, tmp_path: Path
) -> None:
    """Frames and manifest, to the byte, with a worker killed on the way."""
    victim = processes(cluster)[-1]
    with spreading(cluster, ready) as make:

        def murderous(frame: int) -> Any:
            if frame == 10:
                os.kill(victim, signal.SIGKILL)
            return make(frame)

        export(ready, tmp_path / "there", frames=Span(0, 24), make=murderous, workers=4, keep_going=True)
    export(ready, tmp_path / "here", frames=Span(0, 24))
    there, here = ({path.name: path.read_bytes() for path in (tmp_path / at).iterdir()} for at in ("there", "here"))
    assert there == here
    assert len(here) == 25


def test_the_command_exports_by_a_cluster(
    cluster: Any, ready: stand.Stand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--dask` with the scheduler's address."""
    words = ["export", str(ready.path), "-o", str(tmp_path / "out"), "--frames", "2-5", "--dask"]
    assert run([*words, cluster.scheduler_address]) == 0
    assert capsys.readouterr().out.startswith("4 frames of 96×54")
    found = {int(path.suffixes[0][1:]): path.read_bytes() for path in (tmp_path / "out").glob("*.png")}
    assert found == here(ready, range(2, 6))
