"""The text of a scene with all that was moved by hand, and the way back: what is not written yet, undo and redo.

Each step is a change of the text, so that what is shown is what will be written, and so that steps can be taken again
over a text that somebody else has saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from collage.errors import CollageError
from collage.scene import edits
from collage.scene.edits import Edited
from collage.scene.model import Scene
from collage.scene.reader import parse


class Step(NamedTuple):
    """What was done, in words, and how: from one text to the next. CollageError where it can't be done."""

    words: str
    change: Callable[[str], Edited]


class Draft:
    """A scene's file, opened. AssetError or SceneError for one that can't be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = self._saved = edits.load(path)
        self.scene = parse(self.text, str(path))
        self._done: list[tuple[Step, str]] = []  # each with the text before it
        self._undone: list[tuple[Step, str]] = []  # each with the text after it
        self._written = 0  # so many steps are in the file

    @property
    def unsaved(self) -> int:
        """How many steps away the file is."""
        if self.text == self._saved:
            return 0
        return max(1, abs(len(self._done) - self._written))

    def take(self, step: Step) -> Scene:
        """Do something. SceneError or CollageError, and nothing has happened, where that can't be done."""
        after = step.change(self.text)
        if after.text != self.text:
            self._done.append((step, self.text))
            self._undone.clear()
            self.text, self.scene = after
        return self.scene

    def forget(self) -> None:
        """Take the last step back for good: it came to nothing."""
        self.undo()
        self._undone.clear()

    def undo(self) -> str:
        """Take the last step back: its words, "" if there is none."""
        return self._turn(self._done, self._undone)

    def redo(self) -> str:
        """Do again what was undone last: its words, "" if there is nothing."""
        return self._turn(self._undone, self._done)

    def _turn(self, here: list[tuple[Step, str]], there: list[tuple[Step, str]]) -> str:
        if not here:
            return ""
        step, text = here.pop()
        there.append((step, self.text))
        self.text, self.scene = text, parse(text, str(self.path))
        return step.words

    def write(self) -> None:
        """Save it all. CollageError if somebody else has saved the file meanwhile, RunError if it can't be written."""
        edits.write_over(self.path, self._saved, self.text)
        self._saved, self._written = self.text, len(self._done)

    def follow(self) -> list[str]:
        """Take over what somebody else has saved, and do over it what is not written yet: the words of the steps
        that could not be done there. Errors as of the beginning."""
        now = edits.load(self.path)
        if now == self._saved:
            return []
        waiting = [step for step, _ in self._done[self._written :]]
        self.text, self.scene, self._saved, self._written = now, parse(now, str(self.path)), now, 0
        self._done, self._undone = [], []
        lost = []
        for step in waiting:
            try:
                self.take(step)
            except CollageError:
                lost.append(step.words)
        return lost
