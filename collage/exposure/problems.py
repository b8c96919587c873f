"""What binding finds wrong, gathered so that `check` can list all of it: places in the scene, not yet in its text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from collage.errors import CollageError, Finding, Loc, SceneError


class Problem(NamedTuple):
    """`loc` is the field's path in the `Scene`: ("layer", 3, "keys", "x", "keys", 1, "at")."""

    loc: Loc
    message: str
    severity: Literal["error", "warning"] = "error"


class Problems(list[Problem]):
    """A list of problems that also catches: ``with problems.at("layer", 3, "parent"): …``.

    `elsewhere` are findings in the files of nested scenes, placed in those already.
    """

    def __init__(self) -> None:
        super().__init__()
        self.elsewhere: list[Finding] = []

    @contextmanager
    def at(self, *loc: str | int) -> Iterator[None]:
        """Turn a ValueError (of times, numbers, names) or a CollageError inside into a problem at this place; what a
        nested file says of itself stays where it says it."""
        try:
            yield
        except SceneError as error:
            self.elsewhere += error.findings
        except (ValueError, CollageError) as error:
            self.append(Problem(loc, str(error)))

    def warn(self, message: str, *loc: str | int) -> None:
        self.append(Problem(loc, message, "warning"))

    @property
    def fatal(self) -> bool:
        return any(problem.severity == "error" for problem in (*self, *self.elsewhere))
