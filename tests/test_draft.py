"""A scene's text with what was done to it: the way back and forth, writing, and somebody else's save in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from collage.errors import CollageError, SceneError
from collage.player.draft import Draft, Step
from collage.scene.edits import Who, nudged
from collage.scene.nudges import Nudge

SCENE = """format = 1
[[layer]]
asset = "a"
at = [0, 0]
[[layer]]
asset = "b"   # mine
at = [0, 0]
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Of a scene of two layers."""
    path = tmp_path / "s.toml"
    path.write_text(SCENE, encoding="utf-8")
    return Draft(path)


def pull(number: int, x: float) -> Step:
    """A layer moved to the right."""
    name = "ab"[number]
    return Step(name, lambda text: nudged(text, Who(number, name), Nudge((x, 0))))


def places(draft: Draft) -> list[object]:
    """How far right the layers lie."""
    return [layer.at and layer.at[0] for layer in draft.scene.layer]


def test_undo_goes_all_the_way_and_redo_comes_back(draft: Draft) -> None:
    """Step by step, each with its words; another step forgets what was undone."""
    for number, x in ((0, 1), (1, 2), (0, 4)):
        draft.take(pull(number, x))
    assert (places(draft), draft.unsaved) == ([5, 2], 3)
    assert [draft.undo() for _ in range(4)] == ["a", "b", "a", ""]
    assert (draft.text, draft.unsaved) == (SCENE, 0)
    assert [draft.redo(), draft.redo()] == ["a", "b"]
    draft.take(pull(1, 10))
    assert (draft.redo(), places(draft)) == ("", [1, 12])


def test_what_is_written_can_still_be_undone(draft: Draft) -> None:
    """The file has it, undo goes back beyond that, and says that the file is another again."""
    draft.take(pull(0, 3))
    draft.write()
    assert draft.path.read_text(encoding="utf-8") == draft.text == SCENE.replace("at = [0, 0]", "at = [3, 0]", 1)
    assert draft.unsaved == 0
    draft.undo()
    assert (draft.unsaved, places(draft)) == (1, [0, 0])
    draft.write()
    assert draft.path.read_text(encoding="utf-8") == SCENE


def test_a_step_that_cannot_be_done_leaves_all_as_it_was(draft: Draft) -> None:
    """A layer that is not there can't be moved: the text and the way back are the same."""
    draft.take(pull(0, 3))
    with pytest.raises(CollageError, match="not there any more"):
        draft.take(Step("c", lambda text: nudged(text, Who(0, "c"), Nudge((1, 0)))))
    assert (places(draft), draft.unsaved) == ([3, 0], 1)


def test_what_is_not_written_is_done_over_what_somebody_else_saved(draft: Draft) -> None:
    """Both changes are there, also where the layer has another number now; what is written once isn't done twice."""
    draft.take(pull(0, 3))
    draft.write()
    draft.take(pull(1, 7))
    theirs = draft.path.read_text(encoding="utf-8").replace("[[layer]]", '[[layer]]\nasset = "new"\n[[layer]]', 1)
    draft.path.write_text(theirs, encoding="utf-8")
    assert draft.follow() == []
    assert places(draft) == [None, 3, 7]
    assert draft.text == theirs.replace("# mine\nat = [0, 0]", "# mine\nat = [7, 0]")
    assert draft.unsaved == 1
    draft.write()
    assert draft.path.read_text(encoding="utf-8") == draft.text


def test_what_cannot_be_done_there_is_told(draft: Draft) -> None:
    """Their save took the layer out: the step is lost and named, the others are done."""
    draft.take(pull(0, 3))
    draft.take(pull(1, 7))
    draft.path.write_text(SCENE.partition('[[layer]]\nasset = "b"')[0], encoding="utf-8")
    assert draft.follow() == ["b"]
    assert places(draft) == [3]


def test_our_own_save_is_nothing_to_follow(draft: Draft) -> None:
    """The way back stays as it is."""
    draft.take(pull(0, 3))
    draft.write()
    assert draft.follow() == []
    assert draft.undo() == "a"


def test_a_scene_with_faults_is_no_draft(tmp_path: Path) -> None:
    """What can't be read can't be moved in: the finding has its place."""
    path = tmp_path / "s.toml"
    path.write_text("format = 1\n[[layer]]\nasset = 3\n", encoding="utf-8")
    with pytest.raises(SceneError, match=r"s\.toml:3:"):
        Draft(path)
