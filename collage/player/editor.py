"""Opening a line in the editor that a person has chosen: $VISUAL, $EDITOR, else `code` where it is.

The program is started as it is, never by a shell, beside the window and without a terminal. One that needs a terminal
is not started: it is said how to.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

VARIABLES = ("VISUAL", "EDITOR")
FALLBACK = "code"
NONE = 'no editor is chosen: write VISUAL="code -g", or another with a window, into your shell\'s settings'

_PLUS = (
    "vi vim nvim view gvim mvim nvim-qt emacs emacsclient nano pico micro kak joe ne mg jed mcedit gedit xed pluma "
    "geany gnome-text-editor mousepad bbedit leafpad l3afpad featherpad nedit"
)
_WAYS: tuple[tuple[str, Callable[[str, int], list[str]]], ...] = (
    ("code code-insiders codium vscodium code-oss cursor windsurf", lambda file, line: ["-g", f"{file}:{line}"]),
    ("subl sublime_text zed zeditor hx helix lapce pulsar", lambda file, line: [f"{file}:{line}"]),
    ("kate kwrite mate", lambda file, line: ["-l", str(line), file]),
    ("idea pycharm webstorm clion", lambda file, line: ["--line", str(line), file]),
    (_PLUS, lambda file, line: [f"+{line}", file]),
)
"""How editors are told a line; one that isn't known is told the file alone."""
_IN_TERMINAL = "vi vim nvim view nano pico micro kak joe ne mg jed mcedit hx helix ed"
_TO_TERMINAL = frozenset({"-nw", "-t", "-tty", "--tty", "--no-window-system"})
"""What makes an Emacs one of a terminal."""
_TO_WINDOW = frozenset({"-g"})
"""What gives a Vim a window of its own."""


def open_at(
    file: Path,
    line: int,
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    start: Callable[[Sequence[str]], None] | None = None,
) -> str:
    """Open a file at a line, from 1 on. What there is to tell: which editor was started, or why none was."""
    chosen = _chosen(environ, which)
    if isinstance(chosen, str):
        return chosen
    said, words = chosen
    asked = [*words, *_place(words, str(file.absolute()), line)]
    if in_terminal(words):
        return f"{_name(words)} needs a terminal; there: {shlex.join(asked)}"
    program = which(words[0])
    if program is None:
        return f'no program "{words[0]}" here, which {said} asks for'
    try:
        (start or _start)([program, *asked[1:]])
    except OSError as error:
        return f"{_name(words)} can't be started: {error.strerror or error}"
    return f"{file.name}:{line} in {_name(words)}"


def in_terminal(words: Sequence[str]) -> bool:
    """Whether an editor, as it is asked for, can't be without a terminal."""
    name, options = _name(words), {*words[1:]}
    if name in ("emacs", "emacsclient"):
        return not options.isdisjoint(_TO_TERMINAL)
    return name in _IN_TERMINAL.split() and not (name in ("vi", "vim", "view") and not options.isdisjoint(_TO_WINDOW))


def _chosen(environ: Mapping[str, str], which: Callable[[str], str | None]) -> tuple[str, list[str]] | str:
    """The variable and its words, or why there are none."""
    for variable in VARIABLES:
        try:
            words = shlex.split(environ.get(variable, ""))
        except ValueError:
            return f"{variable} has a quote that never ends: {environ[variable]}"
        if words:
            return f"${variable}", words
    return ("", [FALLBACK]) if which(FALLBACK) else NONE


def _place(words: Sequence[str], file: str, line: int) -> list[str]:
    """The arguments that name a line, as each editor wants them."""
    way = next((way for names, way in _WAYS if _name(words) in names.split()), None)
    asked = [file] if way is None else way(file, line)
    return asked[1:] if asked[0] in words else asked


def _name(words: Sequence[str]) -> str:
    return Path(words[0].replace("\\", "/")).name.lower().removesuffix(".exe").removesuffix(".cmd")


def _start(words: Sequence[str]) -> None:
    """On its own: it outlives the window, and Ctrl+C in our terminal is not for it."""
    nothing = subprocess.DEVNULL
    running = subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    threading.Thread(target=running.wait, name="editor", daemon=True).start()  # else it would stay as a zombie
