"""The bundled film keeps its promises: a minute, in bars; one splash handed on; a box of pieces with their papers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import collage
from collage.desk.checks import check_all
from collage.desk.ledger import ledger
from collage.exposure.film import Reel
from collage.registry.catalogue import Catalogue
from collage.scene.reader import read, read_film

ROOT = Path(__file__).parent.parent
FILM = ROOT / "scenes" / "funhouse.film.toml"
SHOTS = ("press", "skies", "rocket", "teeth", "bath", "bones", "pool", "coaster", "tea", "giant", "credits")
SPLASHES = ("rocket", "bath", "pool", "tea", "giant")
BAR = 48
"""Frames: four beats at 120 a minute, 24 frames a second."""
MOST_BYTES = 40e6


@pytest.fixture(scope="module")
def film() -> Iterator[collage.Stand]:
    """The film, opened."""
    with collage.open(FILM, root=ROOT) as stand:
        yield stand


@pytest.fixture(scope="module")
def box() -> Catalogue:
    """What lies under assets/."""
    return Catalogue.open(ROOT)


def test_it_is_a_minute_of_full_pictures(film: collage.Stand) -> None:
    """1920×1080, 24 frames a second, 60 seconds; each shot begins on a bar of the score."""
    assert (film.size, film.rate, film.length) == ((1920, 1080), 24, 60 * 24)
    assert isinstance(film.rig, Reel)
    assert tuple(Path(shot.scene).stem for shot in read_film(FILM)[0].shot) == SHOTS
    starts = [strip.first for strip in film.rig.strips]
    assert [start % BAR for start in starts] == [0] * len(SHOTS)
    assert sorted(starts) == starts


def test_every_shot_counts_beats_in_the_same_score() -> None:
    """Each scene names the film's music, and comes in where its shot does: beat 37 is the same moment everywhere."""
    film = read_film(FILM)[0]
    assert film.sound
    at = 0
    with collage.open(FILM, root=ROOT) as stand:
        assert isinstance(stand.rig, Reel)
        for strip, name in zip(stand.rig.strips, SHOTS, strict=True):
            sound = read(ROOT / "scenes" / f"{name}.toml").sound
            assert sound, name
            assert (sound.file, sound.tempo) == (film.sound.file, film.sound.tempo), name
            assert float(str(sound.offset).removesuffix("s")) * 24 == strip.first, name
            at = strip.first
    assert at == 56 * 24


def test_nothing_is_found_wrong_with_it() -> None:
    """No finding, not even a warning: not in the film, its scenes, the lessons, the registry."""
    shots = {ROOT / "scenes" / f"{name}.toml" for name in SHOTS}  # the film's findings are theirs too
    assert check_all(sorted({*(ROOT / "scenes").rglob("*.toml")} - shots)) == ([], [])
    assert Catalogue.open(ROOT).findings() == ()


def test_music_and_effects_together_are_never_clipped(film: collage.Stand) -> None:
    """The whole minute as it is exported stays below full scale, and is not timid either."""
    assert film.sound is not None
    peak = max(float(np.abs(block).max()) for block in film.sound.blocks(0, film.sound.samples))
    assert 0.8 < peak < 1


def test_the_one_splash_is_handed_from_shot_to_shot(film: collage.Stand) -> None:
    """One asset, `copies = 1`; at least five shots hold it, one after the other, and its ledger is clean."""
    page = next(page for page in ledger("funhouse", film.rig).pages if page.asset == "water/splash")
    assert page.copies == 1
    holders = {Path(hold.source).stem for hold in page.holds}
    assert set(SPLASHES) <= holders
    spans = sorted((hold.first, hold.end) for hold in page.holds)
    assert all(end <= first for (_, end), (first, _) in pairwise(spans))
    assert not film.warnings


def test_the_box_is_full(box: Catalogue) -> None:
    """60 pieces with 150 drawings, three turntables of a full round, three sets to replace, ten skies."""
    drawings = {name: box.pictures(name, box.entry(name)) for name in box.names()}
    assert len(drawings) >= 60
    assert sum(map(len, drawings.values())) >= 150
    turntables = [name for name in drawings if box.entry(name).frames and len(drawings[name]) == 24]
    assert {"props/rocket", "props/saucer", "props/carousel"} <= set(turntables)
    sets = {name for name in drawings if box.entry(name).drawings and len(drawings[name]) >= 3}
    assert {"props/teeth", "props/hand", "props/eye"} <= sets
    assert sum(name.startswith("skies/") for name in drawings) >= 10


def test_every_piece_has_its_papers(box: Catalogue) -> None:
    """Pivot, hand, hours, source and licence of each."""
    for name in box.names():
        entry = box.entry(name)
        assert entry.pivot is not None, name
        assert entry.cut_by, name
        assert entry.licence == "CC0-1.0", name
        assert entry.source, name
        assert entry.hours > 0, name


def test_the_pictures_are_light() -> None:
    """All that is committed of them, in bytes."""
    pictures = [path for path in (ROOT / "assets").rglob("*.webp") if "studio" not in path.parts]
    assert sum(path.stat().st_size for path in pictures) < MOST_BYTES


@pytest.mark.parametrize(("scene", "parts"), [("skeleton", 8), ("giant", 8)])
def test_puppets_are_hinged(scene: str, parts: int) -> None:
    """Eight parts or more that hang on hooks of one another."""
    layers = read(ROOT / "scenes" / f"{scene}.toml").layer
    names = {layer.name or (layer.asset or "").rpartition("/")[2] for layer in layers}
    hung = [
        layer for layer in layers if layer.parent and "." in layer.parent and layer.parent.partition(".")[0] in names
    ]
    assert len(hung) >= parts
