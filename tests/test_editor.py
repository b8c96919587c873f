"""The editor that a person has chosen is opened at a line, never by a shell."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from collage.player import editor

FILE = Path("/a b/bath.toml")


def opened(environ: dict[str, str], here: Sequence[str] = ()) -> tuple[str, list[list[str]]]:
    """What is told, and what was started, where only these programs are."""
    started: list[list[str]] = []
    which = {name: f"/bin/{name.rpartition('/')[2]}" for name in here}.get
    said = editor.open_at(FILE, 14, environ, which, lambda words: started.append(list(words)))
    return said, started


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("code -g", ["-g", "/a b/bath.toml:14"]),
        ("codium --wait", ["--wait", "-g", "/a b/bath.toml:14"]),
        ("subl", ["/a b/bath.toml:14"]),
        ("gedit", ["+14", "/a b/bath.toml"]),
        ("kate", ["-l", "14", "/a b/bath.toml"]),
        ("pycharm", ["--line", "14", "/a b/bath.toml"]),
        ("emacsclient -n", ["-n", "+14", "/a b/bath.toml"]),
        ("gvim", ["+14", "/a b/bath.toml"]),
        ("vim -g", ["-g", "+14", "/a b/bath.toml"]),
        ("scribble", ["/a b/bath.toml"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(written: str, asked: list[str]) -> None:
    """Also one with options; one that isn't known is told the file alone."""
    name = written.split()[0]
    said, started = opened({"VISUAL": written}, [name])
    assert started == [[f"/bin/{name}", *asked]]
    assert said == f"bath.toml:14 in {name}"


def test_visual_comes_before_editor_and_code_after_both() -> None:
    """And without any of them it is said how to choose one."""
    here = ["gedit", "kate", "code"]
    assert opened({"VISUAL": "gedit", "EDITOR": "kate"}, here)[1][0][0] == "/bin/gedit"
    assert opened({"VISUAL": " ", "EDITOR": "kate"}, here)[1][0][0] == "/bin/kate"
    assert opened({}, here)[1] == [["/bin/code", "-g", "/a b/bath.toml:14"]]
    assert opened({}) == (editor.NONE, [])


@pytest.mark.parametrize("written", ["vim", "/usr/bin/nano", "emacs -nw", "emacsclient -t", "hx"])
def test_an_editor_of_a_terminal_is_not_started(written: str) -> None:
    """What to type in a terminal is said instead."""
    said, started = opened({"EDITOR": written}, [written.split()[0]])
    assert not started
    assert "terminal" in said
    assert f"{written} " in said
    assert "'/a b/bath.toml" in said


def test_what_cannot_be_started_is_said() -> None:
    """A program that isn't here, a quote that never ends, a file that is no program."""
    assert opened({"VISUAL": "gone -w"}) == ('no program "gone" here, which $VISUAL asks for', [])
    assert opened({"EDITOR": "'gedit"}, ["gedit"])[0].startswith("EDITOR has a quote that never ends")

    def refuse(words: Sequence[str]) -> None:
        raise PermissionError(13, "Permission denied")

    said = editor.open_at(FILE, 1, {"VISUAL": "gedit"}, lambda name: name, refuse)
    assert said == "gedit can't be started: Permission denied"


def test_no_shell_reads_what_is_asked(tmp_path: Path) -> None:
    """A file whose name would be a command to a shell arrives as that name, in a process of its own session."""
    program, told = tmp_path / "scribble", tmp_path / "told"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"open({str(told) + '.part'!r}, 'w').write(repr((sys.argv[1:], os.getsid(0) == os.getpid())))\n"
        f"os.rename({str(told) + '.part'!r}, {str(told)!r})\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    file = tmp_path / "$(touch x);`touch y`.toml"
    editor.open_at(file, 3, {"VISUAL": str(program)})
    for _ in range(400):
        if told.exists():
            break
        time.sleep(0.05)
    assert told.read_text(encoding="utf-8") == repr(([str(file)], True))
    assert not (tmp_path / "x").exists()
