"""Hands in the window: what is grabbed, carried and put down, dealt, undone, written, and asked about."""

from __future__ import annotations

from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Project
from gestures import ctrl, down, drag, to, wheel
from stagehands import perform, press

import collage
from collage.player.hands import Hands
from collage.player.held import RISE

pytestmark = pytest.mark.usefixtures("dummy")

SCENE = """format = 1
[scene]
size = [320, 180]
length = 48
paper = "#102030"

[[sheet]]
name = "table"
[[sheet]]
name = "stage"

# the red one, which carries the green one
[[layer]]
name  = "red"
card  = "#ff0000"
size  = [40, 40]
sheet = "stage"
at    = [100, 90]    # here

[[layer]]
name   = "green"
card   = "#00ff00"
size   = [10, 10]
parent = "red"
at     = [0, -30]

[[layer]]
name = "blue"
card = "#0000ff"
size = [40, 40]
keys.x = [[0, 200], [47, 247]]

[[layer]]
name = "lost"
card = "#ffff00"
size = [20, 20]
at = [300, 20]
move = [{ do = "slide", to = [290, 160] }]
"""


def handled(path: Path, *script: list[Any], **facts: Any) -> SimpleNamespace:
    """A show of a scene that is paused and given hands, then the script; `sounds` are those that were played."""
    sounds: list[str] = []
    hands = Hands(sounds.append, still=True, chance=Random(4))
    stand = collage.open(path)
    begin = [press("space", " "), press("home") + press("g", "g")]
    script = (*begin, *script, press("q", "q"))  # perform presses another
    done = perform(script, path.parent, stand=stand, acetates=[hands], start=0, end=48, **facts)  # type: ignore[arg-type]
    picture = done.stand.picture(done.head.frame(0))
    done.stand.close()
    return SimpleNamespace(**vars(done), picture=picture, hands=hands, sounds=sounds, path=path)


def colour(done: SimpleNamespace, x: int, y: int) -> tuple[int, ...]:
    """A pixel of the stand that was shown last."""
    return tuple(int(part) for part in done.picture[y, x, :3])


PAPER, RED, GREEN, BLUE, YELLOW = (16, 32, 48), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def test_a_piece_is_dragged_elsewhere_with_all_that_hangs_on_it(project: Project) -> None:
    """Red is put down 60 pixels to the right, green goes along, nobody else moves; it says so with two sounds."""
    done = handled(project(SCENE), drag((100, 95), (120, 100), (160, 115)))
    assert colour(done, 160, 110) == RED
    assert colour(done, 160, 80) == GREEN
    assert colour(done, 90, 85) == PAPER
    assert colour(done, 200, 90) == BLUE
    assert done.sounds == ["lift", "slap"]


def test_the_file_has_it_only_after_ctrl_s(project: Project) -> None:
    """Only the number that was moved is another, and the comment beside it stays."""
    path = project(SCENE)
    handled(path, drag((100, 90), (90, 100)))
    assert path.read_text(encoding="utf-8") == SCENE
    handled(path, drag((100, 90), (90, 100)), ctrl("s"))
    assert path.read_text(encoding="utf-8") == SCENE.replace("at    = [100, 90]", "at    = [90, 100]")


def test_a_piece_with_keys_keeps_its_way(project: Project) -> None:
    """Taken at frame 0, blue is moved at all frames alike."""
    path = project(SCENE)
    handled(path, drag((200, 90), (190, 90)), ctrl("s"))
    assert path.read_text(encoding="utf-8") == SCENE.replace("[[0, 200], [47, 247]]", "[[0, 190], [47, 237]]")


def test_the_wheel_spins_what_is_held_and_shift_scales_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up is clockwise, three degrees a notch; with Shift a twentieth larger."""
    import pygame

    path = project(SCENE)
    handled(path, drag((100, 90), (100, 90), between=(wheel(15),)), ctrl("s"))
    assert "turn  = 45\n" in path.read_text(encoding="utf-8")
    monkeypatch.setattr(pygame.key, "get_mods", lambda: pygame.KMOD_LSHIFT)
    handled(path, drag((100, 90), (100, 90), between=(wheel(1),)), ctrl("s"))
    text = path.read_text(encoding="utf-8")
    assert "turn  = 45\nscale = 1.05\n" in text
    assert text.replace("turn  = 45\nscale = 1.05\n", "") == SCENE


def test_a_child_under_a_turned_parent_lands_where_it_is_let_go(project: Project) -> None:
    """What is pulled on the canvas is written in the parent's own pixels, whatever it is turned and scaled by."""
    path = project(SCENE.replace("# here", "\nturn = 90\nscale = [2, -2]"))
    seen = handled(path, drag((40, 90), (60, 150)), ctrl("s"))
    assert colour(seen, 60, 150) == GREEN
    assert "at     = [30, -20]" in path.read_text(encoding="utf-8")


def test_what_is_held_lies_over_everything_with_a_larger_shadow(project: Project) -> None:
    """In the hand red covers blue, which lies above it on a sheet below, its old place is paper, its shadow far off."""
    stand = collage.open(project(SCENE))

    class Waiting(Hands):
        def take(self, event: Any, at: Any, show: Any) -> bool:
            taken = super().take(event, at, show)
            if self.held:
                self.held.wait()
            return taken

    hands = Waiting(still=True)
    script = [press("space", " "), press("home") + press("g", "g"), [down(100, 90), to(205, 90)], press("escape")]
    done: Any = perform(script, Path(), stand=stand, acetates=[hands], start=0, end=48)  # type: ignore[arg-type]
    views = done.window.seen
    held = next(view for view in views if tuple(view[90, 205]) == RED)
    assert tuple(held[90, 95]) == PAPER
    assert held[107, 230].sum() < sum(PAPER)
    assert tuple(views[-1][90, 100]) == RED  # Esc put it back
    assert done.stand is stand
    stand.close()


@pytest.mark.parametrize("still", [True, False])
def test_with_reduced_motion_a_piece_is_in_the_hand_at_once(project: Project, still: bool) -> None:
    """It does not rise into it: what is seen of it doesn't change with time, as it does else."""
    heights: list[Any] = []

    class Seeing(Hands):
        def take(self, event: Any, at: Any, show: Any) -> bool:
            taken = super().take(event, at, show)
            if self.held:
                self.held.wait()
                heights.extend(self.seen(at._replace(now=at.now + later)) for later in (0, RISE))
            return taken

    script = [press("space", " "), press("home") + press("g", "g"), [down(100, 90)], press("escape")]
    with collage.open(project(SCENE)) as stand:
        acetates = [Seeing(still=still)]
        perform(script, Path(), stand=stand, acetates=acetates, start=0, end=48)  # type: ignore[arg-type]
    assert (heights[0] == heights[1]) is still


def test_undo_and_redo_go_through_what_was_done(project: Project) -> None:
    """Ctrl+Z brings both pieces back one by one; Ctrl+Y moves one again."""
    two = drag((100, 90), (100, 140)) + drag((200, 90), (200, 40))
    done = handled(project(SCENE), two, ctrl("z"), ctrl("z"), ctrl("y"), ctrl("s"))
    assert (colour(done, 95, 145), colour(done, 200, 90)) == (RED, BLUE)
    assert done.path.read_text(encoding="utf-8") == SCENE.replace("[100, 90]", "[100, 140]")


def test_what_a_move_puts_in_its_place_goes_back_there(project: Project) -> None:
    """A slide to a point takes no notice of at: nothing is changed, and the reason is said."""
    path = project(SCENE)
    done = handled(path, press("end"), drag((290, 160), (250, 160)), ctrl("s"))
    assert colour(done, 290, 158) == YELLOW
    assert path.read_text(encoding="utf-8") == SCENE
    assert done.hands._draft.unsaved == 0


def test_d_deals_a_cut_out(project: Project) -> None:
    """A layer is put at the scene's end, on its uppermost sheet, under a name of its own; undone, it is gone."""
    red = np.full((30, 20, 4), 255, np.uint8)
    path = project(SCENE, {"props/red": red})
    handled(path, press("d", "d"), ctrl("s"))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(SCENE)
    assert 'name = "red-2"\nasset = "props/red"\nsheet = "stage"\n' in text[len(SCENE) :]
    assert handled(path, press("d", "d"), ctrl("z"), ctrl("s")).sounds == ["flick"]
    assert path.read_text(encoding="utf-8") == text


def test_one_of_a_kind_is_not_dealt_twice(project: Project) -> None:
    """The only cut-out there is is one of a kind and lies there already: the box is empty, which is said."""
    picture = {"props/moon": np.full((30, 20, 4), 255, np.uint8)}
    path = project(SCENE, picture, 'format = 1\n["props/moon"]\ncopies = 1\n')
    handled(path, press("d", "d") + press("d", "d"), ctrl("s"))
    assert path.read_text(encoding="utf-8").count("props/moon") == 1


def test_q_asks_once_while_something_is_not_written(project: Project) -> None:
    """The first q only says so, the second leaves; a move in between makes it ask again."""
    path = project(SCENE)
    moved = drag((100, 90), (100, 120))
    assert handled(path, moved, press("q", "q"), press("right")).head.frame(0) == 1
    assert handled(path, moved, press("q", "q") + press("q", "q"), press("right")).head.frame(0) == 0
    assert handled(path, moved, ctrl("s") + press("q", "q"), press("right")).head.frame(0) == 0


def test_a_file_that_was_saved_meanwhile_is_not_written_over(project: Project) -> None:
    """Ctrl+S then writes nothing: whoever saved it keeps what was saved."""
    path = project(SCENE)

    class Saving(Hands):
        def act(self, action: Any, at: Any, show: Any) -> bool:
            if action.name == "SAVE":
                path.write_text(SCENE + "# mine\n", encoding="utf-8")
            return super().act(action, at, show)

    stand = collage.open(path)
    script = [press("space", " "), press("home") + press("g", "g"), drag((100, 90), (100, 120)), ctrl("s")]
    script.append(press("q", "q"))
    done: Any = perform(script, Path(), stand=stand, acetates=[Saving(still=True)], start=0, end=48)  # type: ignore[arg-type]
    done.stand.close()
    assert path.read_text(encoding="utf-8") == SCENE + "# mine\n"


def test_a_save_that_is_broken_loses_no_move(project: Project) -> None:
    """What somebody saves is broken before it was followed: nothing is said here, as the window says it; once it is
    mended the move is there, and can be undone."""
    path = project(SCENE)
    said: list[str] = []

    class Saving(Hands):
        def act(self, action: Any, at: Any, show: Any) -> bool:
            if action.name != "CHECKS":
                return super().act(action, at, show)
            path.write_text(next(texts), encoding="utf-8")
            show.say = said.append
            show.turn_to(at.stand.changed(collage.read(good)))
            return True

    texts, good = iter(["format = 1\n[[layr]]\n", SCENE]), path.with_name("good.toml")
    good.write_text(SCENE, encoding="utf-8")
    script = [press("space", " "), press("home") + press("g", "g"), drag((100, 90), (100, 120)), press("t", "t")]
    script += [press("right"), press("t", "t"), press("right"), ctrl("s"), press("q", "q")]
    stand = collage.open(path)
    done: Any = perform(script, Path(), stand=stand, acetates=[Saving(still=True)], start=0, end=48)  # type: ignore[arg-type]
    done.stand.close()
    assert path.read_text(encoding="utf-8") == SCENE.replace("[100, 90]", "[100, 120]")
    assert said == [f"1 move written to {path}"]


def test_escape_leaves_the_full_screen_before_it_asks(project: Project) -> None:
    """With something not written Esc first brings the window back, then asks, and then leaves."""
    moved = drag((100, 90), (100, 120))
    window_again = [press("g", "g"), press("f", "f") + press("escape") + press("right")]
    done = handled(project(SCENE), moved, *window_again, press("escape"), press("right"))
    assert done.window.screens == ["full", "window"]
    assert done.head.frame(0) == 2
    done = handled(project(SCENE), moved, *window_again, press("escape"), press("escape"), press("right"))
    assert done.head.frame(0) == 1


def test_what_is_not_written_is_shown_over_what_somebody_else_saves(project: Project) -> None:
    """Blue is made white in an editor while red is moved but not written: both are seen, then both are in the file."""
    path = project(SCENE)
    theirs = SCENE.replace("#0000ff", "#ffffff")

    class Saving(Hands):
        def act(self, action: Any, at: Any, show: Any) -> bool:
            if action.name != "CHECKS":
                return super().act(action, at, show)
            path.write_text(theirs, encoding="utf-8")
            show.turn_to(collage.open(path))
            return True

    script = [press("space", " "), press("home") + press("g", "g"), drag((100, 90), (100, 120)), press("t", "t")]
    script += [press("right"), ctrl("s"), press("q", "q")]
    stand = collage.open(path)
    done: Any = perform(script, Path(), stand=stand, acetates=[Saving(still=True)], start=0, end=48)  # type: ignore[arg-type]
    picture = done.stand.picture(0)
    done.stand.close()
    assert tuple(picture[115, 95, :3]) == RED
    assert tuple(picture[90, 200, :3]) == (255, 255, 255)
    assert path.read_text(encoding="utf-8") == theirs.replace("[100, 90]", "[100, 120]")


def test_a_film_keeps_its_pieces(project: Project) -> None:
    """Nothing is taken or dealt in a film: nothing is asked when it is left."""
    film = project(SCENE).with_name("all.film.toml")
    film.write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n', encoding="utf-8")
    done = handled(film, drag((100, 90), (100, 120)) + press("d", "d"))
    assert done.sounds == []
    assert colour(done, 100, 85) == RED


def test_repeats_keep_their_pieces(project: Project) -> None:
    """A copy of a repeat stays where it is, and nothing is held."""
    path = project(SCENE + '[[layer]]\ncard = "#ffffff"\nsize = [20, 20]\nrepeat = { grid = [2, 1] }\n')
    done = handled(path, drag((75, 92), (75, 20)))
    assert done.sounds == []
    assert colour(done, 75, 92) == (255, 255, 255)
