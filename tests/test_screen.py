"""The full screen: one thing of the window, on the wall and in what is chosen there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from stagehands import FakeWindow, perform, press
from test_gallery import SIZE, opened, texts

from collage.player.acetate import Acetate
from collage.player.gallery import Gallery
from collage.player.keys import Action
from collage.player.screen import Screen

pytestmark = pytest.mark.usefixtures("dummy")


def leave(paths: list[Path], screen: Screen, *events: list[Any], gallery: Gallery | None = None) -> Gallery:
    """Run a gallery until its script is over."""
    import pygame

    gallery = gallery or Gallery(lambda: paths, opened, "Teatime", screen=screen)
    script = [*events]
    gallery._events = lambda: script.pop(0)  # type: ignore[method-assign]
    gallery.run(pygame.Window("wall", SIZE))
    assert not script
    return gallery


def test_the_wall_fills_the_screen_and_escape_is_a_window_again(tmp_path: Path) -> None:
    """f there and back; Esc leaves the full screen first, and then the wall."""
    glass: Any = FakeWindow([])
    screen = Screen(glass)
    f, escape = press("f", "f"), press("escape")
    leave(texts(tmp_path, "a.toml"), screen, f, f, f, escape, escape)
    assert glass.screens == ["full", "window", "full", "window"]


def test_a_scene_knows_that_the_wall_filled_the_screen(tmp_path: Path) -> None:
    """Esc in what was chosen from a wall that fills the screen is a window again, and the scene goes on."""
    glass: Any = FakeWindow([])
    screen = Screen(glass)
    screen.turn()
    done = perform([press("escape") + press("right")], tmp_path, screen=screen)
    assert glass.screens == ["full", "window"]
    assert done.head.frame(0) == 31


def test_the_wall_does_not_say_again_what_is_over(tmp_path: Path) -> None:
    """Who comes back to the wall isn't told any more what is being opened, but why it could not be."""
    glass: Any = FakeWindow([])
    paths = texts(tmp_path, "a.toml")
    gallery = leave(paths, Screen(glass), press("return"))
    assert "opening" in gallery._note
    leave(paths, Screen(glass), press("escape"), gallery=gallery)
    assert gallery._note == ""
    gallery.say("torn", amiss=True)
    leave(paths, Screen(glass), press("escape"), gallery=gallery)
    assert gallery._note == "torn"


def test_the_panel_of_keys_is_left_first(tmp_path: Path) -> None:
    """It lies over everything, so Esc takes it off before whatever is under it hears of that."""
    heard: list[Action] = []

    class Under(Acetate):
        def act(self, action: Action, at: Any, show: Any) -> bool:
            heard.append(action)
            return action is Action.LEAVE

    perform([press("/", "?"), press("escape")], tmp_path, acetates=[Under()])
    assert heard == [Action.KEYS, Action.QUIT]
    perform([press("/", "?"), press("escape") + press("escape")], tmp_path, acetates=[Under()])
    assert heard[2:] == [Action.KEYS, Action.LEAVE, Action.QUIT]
