"""A stand opened anew for a save: what has not changed is taken over, and all is as on a fresh one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.exposure import cutting
from collage.registry.noting import Notes, changed

SCENE = 'format = 1\n[scene]\nsize = [16, 9]\nlength = {length}\n[[layer]]\nasset = "{asset}"\nat = [{x}, 4]\n'
NESTED = '[[layer]]\nscene = "scenes/inner.toml"\nat = [8, 4]\n'
FILM = 'format = 1\n[[shot]]\nscene = "scenes/one.toml"\n[[shot]]\nscene = "scenes/two.toml"\nout = {out}\n'
REGISTRY = "format = 1\n[dot]\npivot = [{pivot}, 1]\n[cup]\ncopies = {copies}\n"
SAVES = {
    "scenes/trip.film.toml": lambda value: FILM.format(out=2 + value),
    "scenes/one.toml": lambda value: SCENE.format(length=6, asset="dot", x=value) + NESTED,
    "scenes/two.toml": lambda value: SCENE.format(length=8, asset=("cup", "pot")[value % 2], x=2),
    "scenes/inner.toml": lambda value: SCENE.format(length=6 + value, asset="pot", x=1),
    "assets/registry.toml": lambda value: REGISTRY.format(pivot=value % 3, copies=1 + value),
    "assets/dot.png": lambda value: picture(2 + value % 2, value),
    "assets/pot.png": lambda value: picture(3, value),
}


def picture(side: int, shade: int) -> bytes:
    from collage.glass.png import encode

    return encode(np.full((side, side, 4), (20 * shade, 90, 30, 255), np.uint8))


@pytest.fixture
def film(project: Project) -> Path:
    """Two shots, one of them with a scene within."""
    scene = project("format = 1", {"cup": np.full((3, 3, 4), 255, np.uint8)})
    for name in SAVES:
        save(scene.parent.parent, name, 1)
    return scene.with_name("trip.film.toml")


def save(root: Path, name: str, value: int) -> None:
    """By rename: it differs in its number on the disk however soon it comes."""
    content = SAVES[name](value)
    beside = root / f"{name}.tmp"
    beside.write_bytes(content if isinstance(content, bytes) else content.encode())
    beside.replace(root / name)


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the scenes that films bind."""
    names, was = list[str](), cutting.bind_with
    monkeypatch.setattr(
        cutting, "bind_with", lambda library, scene, path: names.append(path.stem) or was(library, scene, path)
    )
    return names


@given(st.lists(st.lists(st.tuples(st.sampled_from(sorted(SAVES)), st.integers(0, 5)), max_size=3), max_size=6))
def test_any_saves_give_what_a_fresh_stand_gives(film: Path, rounds: list[list[tuple[str, int]]]) -> None:
    """Frame by frame the same cels and pictures, the same warnings, and nothing that is looked at is left out."""
    stand = collage.open(film)
    for saves in rounds:
        for name, value in saves:
            save(film.parent.parent, name, value)
        stand, former = stand.again(Notes()), stand
        with collage.open(film) as fresh:
            assert (stand.length, stand.warnings, stand.drawings) == (fresh.length, fresh.warnings, fresh.drawings)
            for frame in range(fresh.length):
                assert stand.cels(frame) == fresh.cels(frame)
            assert np.array_equal(stand.comp(2), fresh.comp(2))
            assert fresh.notes.keys() <= stand.notes.keys()
            assert not changed(stand.notes, fresh.notes)
        former.close()
    stand.close()


@pytest.mark.parametrize(
    ("name", "value", "anew"),
    [
        ("scenes/trip.film.toml", 2, []),
        ("scenes/one.toml", 2, ["one"]),
        ("scenes/inner.toml", 2, ["one"]),
        ("scenes/two.toml", 3, ["two"]),
        ("assets/dot.png", 3, []),
        ("assets/dot.png", 2, ["one"]),
        ("assets/registry.toml", 2, ["one"]),
        ("assets/registry.toml", 1, []),
    ],
)
def test_a_film_binds_only_the_scenes_that_a_save_changes(
    film: Path, bound: list[str], name: str, value: int, anew: list[str]
) -> None:
    """A text binds those that show it, a registry those whose cut-outs it says something else of, and a picture of
    another size those it lies in; one as large as before binds none."""
    with collage.open(film) as stand:
        bound.clear()
        save(film.parent.parent, name, value)
        with stand.again(Notes()):
            assert bound == anew


@pytest.mark.parametrize("mend", [lambda root: save(root, "scenes/one.toml", 1), lambda root: None])
def test_what_could_not_be_read_is_bound_once_it_can(film: Path, mend: Callable[[Path], None]) -> None:
    """A text that names a cut-out which is not there, and then either says otherwise or gets it."""
    root = film.parent.parent
    with collage.open(film) as stand:
        (root / "scenes/one.toml").write_text(SCENE.format(length=6, asset="new", x=2))
        with pytest.raises(collage.CollageError, match="new"):
            stand.again(Notes())
        (root / "assets/new.png").write_bytes(picture(2, 3))
        mend(root)
        with stand.again(Notes()) as newer, collage.open(film) as fresh:
            assert newer.cels(2) == fresh.cels(2)
            assert not changed(newer.notes, fresh.notes)
