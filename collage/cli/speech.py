"""What the command says: lines that no file name, no text of a scene and no library can break or colour."""

from __future__ import annotations

import dataclasses
import json
import shlex
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from collage.errors import Finding


def shown(text: str) -> str:
    """The text as one line: whatever can't be printed (control and direction marks, line ends) as its escape."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode() for sign in text
    )


def remark_on_the_first_time() -> None:
    """Tell that the first picture takes long, if nothing was compiled on this machine before."""
    from collage.glass import compiled, kernels

    if not compiled.ready(kernels.over_window):
        remark("making the glass ready, once on this machine: the first picture takes up to a minute")


def typed(path: Path) -> str:
    """The path as it is typed in a shell."""
    return shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))  # else it would be an option


def say(text: str) -> None:
    """A result, on standard output."""
    print(shown(text))


def remark(text: str) -> None:
    """What goes on, on standard error, where it does not mix with results."""
    if sys.stderr is not None:  # closed by whoever started us
        with suppress(OSError):
            print(shown(text), file=sys.stderr, flush=True)


def complain(text: str) -> None:
    """An error, on standard error."""
    remark(f"collage: {text}")


def list_all(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Findings as a result: a line each, or a JSON array."""
    if as_json:
        print(json.dumps([dataclasses.asdict(finding) for finding in findings], indent=2))
        return
    for finding in findings:
        say(str(finding))


def report(findings: Iterable[Finding]) -> None:
    """The first finding as ``path:line:column: message``, which editors jump to, and how many more there are."""
    errors = [finding for finding in findings if finding.severity == "error"] or list(findings)
    more = len(errors) - 1
    remark(f"{errors[0]}{f' (and {more} more: collage check lists all)' if more else ''}")
