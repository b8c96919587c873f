"""Being told to stop: by real signals, in programs of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from collage.export.stopping import stopping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
HOME = Path(__file__).parent.parent
PATIENT = """
import sys, time
from collage.export.stopping import stopping
with stopping() as stop:
    stop.parting = "to go on: é"
    print("ready", flush=True)
    stop.asked.wait()
    print("asked", flush=True)
    time.sleep({busy})
print("done", stop.code, flush=True)
sys.exit(stop.code)
"""


def started(busy: float) -> subprocess.Popen[str]:
    """A program that is busy for so long once it is told to stop."""
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT.format(busy=busy)], cwd=HOME, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_in_hand_is_finished(number: signal.Signals) -> None:
    """The first signal only asks; the exit code is the shell's for it."""
    process = started(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (out, err) == (f"asked\ndone {128 + number}\n", "")
    assert process.returncode == 128 + number


def test_the_second_leaves_at_once() -> None:
    """Whatever is in hand, with the line it was given."""
    process = started(60)
    assert process.stdout
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "asked\n"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (out, err) == ("", "to go on: é\n")
    assert process.returncode == 130


def test_what_takes_too_long_is_left() -> None:
    """So that all is over within two seconds of the first signal."""
    process = started(60)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (out, err) == ("asked\n", "to go on: é\n")
    assert process.returncode == 143


def test_the_handlers_from_before_come_back() -> None:
    """However it is left; what was ignored stays ignored meanwhile, as in a job in the background."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    try:
        with suppress(ZeroDivisionError), stopping() as stop:
            assert signal.getsignal(signal.SIGINT) is not handlers[0]
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(0.05)
            assert not stop.asked.is_set()
            raise ZeroDivisionError
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == handlers
    finally:
        signal.signal(signal.SIGHUP, before)


def test_in_another_thread_it_changes_nothing() -> None:
    """Only the main one hears of signals."""
    found: list[bool] = []
    handler = signal.getsignal(signal.SIGINT)

    def inside() -> None:
        with stopping() as stop:
            found.append(stop.asked.is_set() or signal.getsignal(signal.SIGINT) is not handler)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    assert found == [False]
