"""Threads that make frames: comp, encoding and writing all release the interpreter's lock, so they share the cores
and one set of pixels.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from threading import Event
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""What each thread may be ahead of whoever takes the results: keeps it busy, and memory small."""


class Stopped(KeyboardInterrupt):
    """Asked to stop, and what was in hand is finished."""


def in_order(
    work: Callable[[T], R], items: Iterable[T], workers: int, stop: Event | None = None
) -> Generator[R, None, None]:
    """work(item) of each, by so many threads, in the order of the items.

    The first failure is raised once what is in hand is done, and nothing more begins. So it is when `stop` is set:
    the results of what had begun still come, then Stopped is raised. Close it, or run it to its end, to end its
    threads.
    """
    waiting = iter(items)
    pool = ThreadPoolExecutor(workers, thread_name_prefix="export")
    flying: deque[Future[R]] = deque()
    try:
        while True:
            if not (stop and stop.is_set()):
                flying.extend(pool.submit(work, item) for item in islice(waiting, AHEAD * workers - len(flying)))
            elif flying:
                flying = deque(future for future in flying if not future.cancel())
            if not flying:
                break
            yield flying.popleft().result()
        if stop and stop.is_set():
            raise Stopped
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def usable_processors() -> int:
    """How many processors this program may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
