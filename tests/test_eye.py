"""Flashes where an export goes on from an earlier one: what is new is judged among its neighbours, and no more."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from marked import Marked

from collage.export.eye import Eye
from collage.export.flashes import Thumb, Watch, thumb
from collage.export.making import Settled
from collage.export.manifest import Shot


class Noting(Watch):
    """A watch that notes what it is shown."""

    def __init__(self) -> None:
        super().__init__(Fraction(24))
        self.seen: list[tuple[int, int]] = []

    def see(self, frame: int, thumb: Thumb) -> None:
        super().see(frame, thumb)
        self.seen.append((frame, int(thumb.pixels[0, 0, 0])))


def shown(hows: dict[int, str], poses: list[int], *, made: bool = True) -> tuple[list[tuple[int, int]], list[int]]:
    """What the watch saw of these frames, and which of them were drawn for it."""
    stand, watch = Marked(len(poses), size=(600, 400)), Noting()
    stand.pose = poses.__getitem__
    eye = Eye(watch, stand, stand.size)
    for frame, how in hows.items():
        picture = thumb(stand._painted(frame, 1.0)) if how == "fresh" and made else None
        shot = Shot(frame, f"tea.{frame:04}.png", f"{poses[frame]}", "", 0)
        eye.see(Settled(frame, how, shot, picture))  # type: ignore[arg-type]
    return watch.seen, stand.asked


def test_what_is_made_is_seen_as_it_is() -> None:
    """Once a pose; nothing is drawn for it."""
    poses = [0, 0, 5, 5, 5, 0]
    assert shown(dict.fromkeys(range(6), "fresh"), poses) == ([(0, 0), (2, 5), (5, 0)], [])


def test_what_was_there_is_not_judged_again() -> None:
    """Where nothing is new."""
    assert shown(dict.fromkeys(range(100), "resumed"), list(range(100))) == ([], [])


def test_neighbours_of_what_is_new_are_drawn() -> None:
    """Those of the second before and after it, and the one that shows when that second begins."""
    poses = [frame // 2 for frame in range(100)]
    hows = {frame: "fresh" if frame in (50, 51) else "resumed" for frame in range(100)}
    seen, drawn = shown(hows, poses)
    assert seen == [(frame, frame // 2) for frame in range(26, 75, 2)]
    assert drawn == [frame for frame in range(26, 75, 2) if frame != 50]


def test_a_copy_of_a_pose_that_comes_back_is_drawn() -> None:
    """It was not made just now."""
    assert shown({0: "fresh", 1: "fresh", 2: "held"}, [4, 5, 4])[0] == [(0, 4), (1, 5), (2, 4)]
    assert shown({0: "fresh", 1: "fresh", 2: "held"}, [4, 5, 4])[1] == [2]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["fresh", "held", "resumed"])), max_size=80))
def test_a_new_frame_never_goes_unseen(frames: list[tuple[int, str]]) -> None:
    """Whatever lies around it: whatever the watch takes to be shown at a new frame is what is shown."""
    poses = [pose for pose, _ in frames]
    hows = {frame: how for frame, (_, how) in enumerate(frames)}
    seen, _ = shown(hows, poses)
    assert [frame for frame, _ in seen] == sorted({frame for frame, _ in seen})
    for frame, how in hows.items():
        if how != "resumed":
            assert [pose for at, pose in seen if at <= frame][-1] == poses[frame]


def test_drawn_small_it_has_the_shape_of_the_others() -> None:
    """Whatever the size; else the watch would not take it."""
    for size in ((1920, 1080), (1921, 1083), (333, 1999), (64, 36), (2, 1)):
        stand, watch = Marked(2, size=size), Noting()
        eye = Eye(watch, stand, size)
        made = thumb(np.zeros((size[1], size[0], 4), np.uint8))
        eye.see(Settled(0, "fresh", Shot(0, "a", "a", "", 0), made))
        eye.see(Settled(1, "resumed", Shot(1, "b", "b", "", 0), None))
        assert len(watch.seen) == 2
