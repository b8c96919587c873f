"""Where there is no cluster, or nobody left in it: what is said, and that it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest

from collage import Layer, Scene, stand
from collage.errors import CollageError, RunError
from collage.export import spread
from collage.export.line import Stopped
from collage.export.settings import Settings

PLAIN = Settings()


@pytest.fixture
def ready() -> Iterator[stand.Stand]:
    """A card, on the stand."""
    scene = Scene(scene={"size": (96, 54), "length": 24}, layer=[Layer(card="#5c9ca0", size=(20, 20))])
    with stand.open(scene) as it:
        yield it


@pytest.mark.parametrize("address", ["", "here", "tcp://", "http://host:80", "tcp://host:port", "inproc://1/2"])
def test_what_is_no_address_is_refused(address: str, ready: stand.Stand) -> None:
    """With the form of one."""
    with (
        pytest.raises(CollageError, match="tcp://HOST:8786") as caught,
        spread.make(address, ready, PLAIN, remark=print),
    ):
        pass
    assert caught.value.code == 2


def test_no_scheduler_is_an_error_that_can_be_tried_again(ready: stand.Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to start."""
    monkeypatch.setattr(spread, "_CONNECTING", 0.2)
    with (
        pytest.raises(RunError, match="dask scheduler"),
        spread.make("tcp://127.0.0.1:9", ready, PLAIN, remark=print),
    ):
        pass


def test_without_dask_the_extra_is_named(ready: stand.Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is done."""
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with (
        pytest.raises(CollageError, match=r"collage\[farm\]"),
        spread.make("tcp://127.0.0.1:9", ready, PLAIN, remark=print),
    ):
        pass


class Never:
    """A future whose result does not come."""

    cancelled = False

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        """It never is."""

    def cancel(self) -> None:
        """Note it."""
        self.cancelled = True


class Deserted:
    """A client whose cluster has no worker left."""

    status = "running"

    def nthreads(self) -> dict[str, int]:
        """None."""
        return {}


def test_told_to_stop_it_waits_for_no_frame(ready: stand.Stand) -> None:
    """What a worker still makes is given up."""
    stop, future = Event(), Never()
    stop.set()
    with pytest.raises(Stopped):
        spread._Cluster(Deserted(), "tcp://a:1", ready, PLAIN, print, stop)._awaited(future)
    assert future.cancelled


def test_when_all_workers_are_gone_it_waits_for_others_only_so_long(
    ready: stand.Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it says how to start some."""
    monkeypatch.setattr(spread, "PATIENCE", 0.02)
    monkeypatch.setattr(spread, "_TICK", 0.01)
    with pytest.raises(RunError, match="dask worker tcp://a:1"):
        spread._Cluster(Deserted(), "tcp://a:1", ready, PLAIN, print, Event())._awaited(Never())
