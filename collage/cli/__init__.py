"""The command line, and the one edge where errors become a line on stderr and an exit code.

0 fine; 1 findings of `check`, or a run that failed and can be tried again; 2 the input or the usage is wrong;
130 interrupted, 143 told to stop. A traceback is shown only after ``--debug``.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile
from typing import NoReturn

from collage.errors import CollageError, SceneError

INTERRUPTED = 130


def main() -> NoReturn:
    """The `collage` command: run what the arguments say and leave with its exit code."""
    for name in ("SIGTERM", "SIGHUP"):  # told to stop, it tidies up as after Ctrl+C
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))
    try:
        code = run(sys.argv[1:])
    except SystemExit as told:
        code = told.code if isinstance(told.code, int) else 1
    if any(thread.daemon for thread in threading.enumerate()):
        _drop_the_rest(code)
    sys.exit(code)


def _drop_the_rest(code: int) -> NoReturn:
    """Leave at once, without what is still under way in threads that nobody waits for: one amid compiled code when
    Python takes itself apart aborts the program."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Do what `arguments` say and return the exit code; no error passes, unless they start with ``--debug``."""
    if "--debug" in takewhile(lambda word: word.startswith("-"), arguments):
        return _obey(arguments)
    try:
        return _obey(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _deaf()
    except Exception as error:
        return _tell(error)


def _obey(arguments: Sequence[str]) -> int:
    import typer

    from collage.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(list(arguments) or ["--help"], prog_name="collage", standalone_mode=False)
    except typer.Abort:  # what some versions make of Ctrl+C
        raise KeyboardInterrupt from None
    print(end="", flush=True)
    return code or 0


def _deaf() -> int:
    """Whoever read our output has left: say nothing, not even when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _tell(error: Exception) -> int:
    from collage.cli.speech import complain, report

    if isinstance(error, SceneError):
        report(error.findings)
        return error.code
    line, code = _in_words(error)
    complain(line)
    return code


def _in_words(error: Exception) -> tuple[str, int]:
    """One line and an exit code for whatever went wrong."""
    if isinstance(error, CollageError):
        return str(error), error.code
    if hasattr(error, "format_message"):  # how every usage error of the argument parser speaks
        return f"{_ended(error.format_message())} {_help(error)} shows how it is used", 2
    if isinstance(error, MemoryError) or "Insufficient memory" in str(error):  # OpenCV has an error of its own
        return "the memory does not suffice. Try fewer --workers or a smaller --scale", 1
    if isinstance(error, OSError):
        return f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}", 1
    return f"a fault of this program: {type(error).__name__}: {error}. collage --debug … shows where", 1


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


def _help(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'collage'} --help"
