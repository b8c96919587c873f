"""Whatever the glass keeps, hides or leaves out: the picture is the one of a glass that does nothing of the kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass import decode, medium, pending, plates, warp
from collage.glass.comp import Glass
from collage.glass.jobs import Job
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
SIZE = (96, 72)
PAPER = Colour(214, 200, 168)
SOLID, HOLED = (Drawing(name, name, Path(f"{name}.png"), (60, 50)) for name in ("solid", "holed"))
BACK = Drawing("back", "back", Path("back.png"), SIZE)


def pictures() -> dict[Path, Pixels]:
    rng = np.random.default_rng(3)
    holed = rng.integers(0, 256, (50, 60, 4), np.uint8)
    solid = holed.copy()
    solid[3:45, 4:57, 3] = 255
    back = rng.integers(0, 256, (SIZE[1], SIZE[0], 4), np.uint8)
    back[..., 3] = 255
    for pixels in (solid, holed):
        decode.premultiply(pixels)
    return {SOLID.path: solid, HOLED.path: holed, BACK.path: back}


@pytest.fixture(autouse=True)
def drawings() -> Iterator[None]:
    """A drawing that is solid but for its rim, one with holes, and one that fills the canvas."""
    made = pictures()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: made[content.path])
        yield


def matrix(chance: random.Random) -> Affine:
    place = Affine.shift(chance.uniform(-20, 110), chance.uniform(-20, 90))
    if chance.random() < 0.3:
        return Affine.shift(float(chance.randint(-30, 60)), float(chance.randint(-30, 40)))
    scale = chance.choice((0.3, 1.0, 2.5, 6.0))
    return place @ Affine.turning(chance.uniform(0, 360)) @ Affine.scaling(scale, scale) @ Affine.shift(-30, -25)


def cel(chance: random.Random, depth: int = 0) -> Cel:
    """Any cel at all, of each kind that there is."""
    kind = chance.random()
    content: Drawing | Card | Pane = chance.choice((SOLID, SOLID, HOLED))
    place = matrix(chance)
    if kind < 0.2 and depth < 3:
        inner = tuple(cel(chance, depth + 1) for _ in range(chance.randint(0, 4)))
        content = Pane(inner, chance.choice((None, (40.0, 30.0), tuple(map(float, SIZE)))), chance.random() < 0.2)
        place = chance.choice((place, Affine()))
    elif kind < 0.35:
        content = Card((chance.uniform(5, 300), chance.uniform(5, 300)), Colour(9, 99, 199, chance.choice((255, 90))))
    elif kind < 0.45:
        content, place = BACK, Affine()
    some = Cel(content, place, layer=chance.choice("abcdef"))
    return dressed(chance, some, depth)


def dressed(chance: random.Random, some: Cel, depth: int) -> Cel:
    if chance.random() < 0.25:
        some = some._replace(opacity=chance.choice((0.03, 0.5, 1.0)), tint=chance.choice((WHITE, Colour(255, 90, 40))))
    if chance.random() < 0.1:
        some = some._replace(blur=chance.choice((0.7, 5.0)), bokeh=chance.random() < 0.3)
    if chance.random() < 0.1:
        some = some._replace(blend=chance.choice(("plus-lighter", "multiply", "xor")))
    if chance.random() < 0.5:
        offset = chance.uniform(-5, 12), chance.uniform(-5, 12)
        some = some._replace(shadow=Shadow(offset, chance.choice((0.0, 1.1, 3.0, 14.0)), chance.choice((0.02, 0.5))))
    if chance.random() < 0.1 and depth < 3:
        seen = tuple(cel(chance, depth + 1) for _ in range(chance.randint(0, 2)))
        some = some._replace(matte=Matte(seen, chance.random() < 0.5, chance.random() < 0.5))
    if chance.random() < 0.1:
        some = some._replace(sweep=Affine.shift(6, 3) @ some.matrix @ Affine.turning(5))
    return some


def film(seed: int) -> list[list[Cel]]:
    """Frames whose lower cels mostly stay, of which some come back later."""
    chance = random.Random(seed)
    lowest = [cel(chance) for _ in range(chance.randint(0, 6))]
    frames = []
    for number in range(7):
        if chance.random() < 0.2 and lowest:
            lowest[chance.randrange(len(lowest))] = cel(chance)
        moving = [cel(chance) for _ in range(chance.randint(0, 3))]
        frames.append([*lowest, *(moving if number % 2 == 0 or chance.random() < 0.5 else frames[-1][len(lowest) :])])
    return frames


@pytest.mark.parametrize("seed", range(60))
def test_no_cache_changes_a_byte(seed: int) -> None:
    """Random scenes of everything, frame by frame, on one thread and on two: as if each were the first."""
    frames, paper = film(seed), (PAPER, None)[seed % 2]
    plain, quick, both = Glass(caches=False), Glass(), Glass(2)
    for number, cels in enumerate(frames):
        expected = plain.comp(cels, SIZE, paper)
        assert np.array_equal(quick.comp(cels, SIZE, paper), expected), number
        assert np.array_equal(both.comp(cels, SIZE, paper), expected), number
    both.close()


def test_frames_asked_for_at_once_in_any_order_are_the_same() -> None:
    """Four threads ask one glass for frames of two scenes at random, at two sizes."""
    frames = [*film(101), *film(102)]
    plain, quick, chance = Glass(caches=False), Glass(2), random.Random(5)
    wanted = [(chance.randrange(len(frames)), chance.choice((1.0, 0.5))) for _ in range(60)]
    expected = {key: plain.comp(frames[key[0]], SIZE, PAPER, key[1]) for key in set(wanted)}
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda key: quick.comp(frames[key[0]], SIZE, PAPER, key[1]), wanted))
    quick.close()
    assert all(np.array_equal(one, expected[key]) for one, key in zip(got, wanted, strict=True))


Counted = tuple[Glass, list[str]]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """A glass, and the layers whose pictures it had to make."""
    made: list[str] = []

    def counting(job: Job) -> Pixels:
        made.append(job.cel.layer)
        return warp.warp(job)

    monkeypatch.setattr(medium, "warp", counting)
    return Glass(), made


def turned(layer: str, angle: float, shadow: Shadow | None = None) -> Cel:
    place = Affine.shift(40, 30) @ Affine.turning(angle + 1) @ Affine.shift(-30, -25)
    return Cel(HOLED, place, layer=layer, shadow=shadow)


def test_nothing_that_stays_is_drawn_a_third_time(counted: Counted) -> None:
    """A piece above one that moves: drawn twice, until it is known to stay, then taken from what is kept."""
    glass, made = counted
    for frame in range(8):
        glass.comp([turned("moves", frame), turned("stays", 20, Shadow((3, 3), 2.0, 0.5))], SIZE, PAPER)
    assert made.count("moves") == 8
    assert made.count("stays") == 2


def test_a_piece_on_twos_is_drawn_once_a_pose(counted: Counted) -> None:
    """Once it has held a pose, each pose is kept from the first; so is a pane that holds."""
    glass, made = counted
    for frame in range(12):
        twos, inner = turned("twos", 200 + frame // 2), turned("inner", 90 + frame // 2)
        group = Cel(Pane((inner,)), opacity=0.5, layer="group")
        glass.comp([turned("ones", frame), twos, group], SIZE, PAPER)
    assert made.count("ones") == 12
    assert made.count("twos") == 7
    assert made.count("inner") == 7


def test_what_moves_with_every_frame_is_not_kept(counted: Counted) -> None:
    """And what is kept goes, once it is of no use: memory does not grow."""
    glass, _ = counted
    for frame in range(5):
        glass.comp([turned("ones", frame), turned("also", 90 + frame)], SIZE, PAPER)
    assert glass.plates.aside == 0
    for frame in range(5):
        glass.comp([turned("ones", frame), turned("stays", 3)], SIZE, PAPER)
    assert glass.plates.aside > 0
    for frame in range(5):
        glass.comp([turned("ones", frame)], SIZE, PAPER)
    assert glass.plates.aside == 0


def test_a_still_background_becomes_one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """After four frames the cels that lie still at the bottom are not laid again, however many there are."""
    glass, laid = Glass(), []
    lay = pending.lay
    monkeypatch.setattr(pending, "lay", lambda *args: (laid.append(1), lay(*args))[1])
    still = [Cel(BACK), *(turned("still", 9 * n, Shadow((2, 2), 2.0, 0.1)) for n in range(10))]
    for frame in range(7):
        laid.clear()
        glass.comp([*still, turned("moves", frame)], SIZE, PAPER)
        assert len(laid) == (12 if frame < 4 else 1)


def test_one_picture_takes_its_pending_shadows_along() -> None:
    """Shadows on a kept background pile up with new ones as if all were laid anew."""
    glass, plain = Glass(), Glass(caches=False)
    still = [Cel(BACK), *(turned("still", 0, Shadow((30 + n, 9), 6.0, 0.02)) for n in range(12))]
    for frame in range(6):
        cels = [*still, turned("moves", 0, Shadow((30 + frame, 9), 6.0, 0.02))]
        assert np.array_equal(glass.comp(cels, SIZE, PAPER), plain.comp(cels, SIZE, PAPER))


def test_without_room_nothing_is_kept(counted: Counted) -> None:
    """A budget too small for any picture changes nothing but the time."""
    _, made = counted
    glass, cels = Glass(memory=20_000), [turned("a", 5), turned("b", 50)]
    expected = Glass(caches=False).comp(cels, SIZE, PAPER)
    made.clear()
    for _ in range(6):
        assert np.array_equal(glass.comp(cels, SIZE, PAPER), expected)
    assert len(made) == 12
    assert glass.plates.aside == 0


def test_plates_make_room_for_what_is_kept() -> None:
    """What is kept aside counts: idle plates go when both don't fit."""
    known = plates.Plates(40_000)
    known.plate(SOLID)
    known.plate(HOLED)
    with known.needed([]):
        pass
    assert known.weight == 24_000
    known.aside = 20_000
    with known.needed([]):
        pass
    assert known.weight == 12_000
