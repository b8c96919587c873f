"""Every golden scene still looks as it was approved, and the comparison can tell when one does not."""

from __future__ import annotations

from pathlib import Path

import goldens
import numpy as np
import pytest

import collage
from collage.glass.png import encode


@pytest.mark.parametrize("scene", goldens.scenes(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden(scene: Path) -> None:
    """The frame equals the picture beside its scene."""
    with collage.open(scene, root=goldens.FOLDER) as stand:
        goldens.compare(stand.picture(goldens.frame_of(scene)), scene.with_suffix(".png"))


def test_there_are_goldens_and_each_picture_has_its_scene() -> None:
    """No reference lies about that nothing compares."""
    pictures = {path.with_suffix(".toml") for path in goldens.FOLDER.glob("*/*.png") if path.parent.name != "assets"}
    assert pictures == set(goldens.scenes())
    assert len(pictures) >= 12


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "area" / "claim.png"
    path.parent.mkdir()
    path.write_bytes(encode(np.full((8, 8, 4), 100, np.uint8)))
    return path


def test_one_level_passes_and_two_fail(reference: Path, tmp_path: Path) -> None:
    """A single channel of a single pixel two levels off is enough, and the three pictures are written."""
    near, far = np.full((8, 8, 4), 101, np.uint8), np.full((8, 8, 4), 100, np.uint8)
    far[3, 4, 1] = 102
    goldens.compare(near, reference, tmp_path)
    with pytest.raises(goldens.Differs, match="1 pixels differ, by up to 2 levels"):
        goldens.compare(far, reference, tmp_path)
    assert (tmp_path / "area-claim.png").exists()


def test_another_size_fails(reference: Path, tmp_path: Path) -> None:
    """Nothing is ever resized to fit."""
    with pytest.raises(goldens.Differs, match="were approved"):
        goldens.compare(np.full((8, 16, 4), 100, np.uint8), reference, tmp_path)


def test_a_missing_reference_fails(tmp_path: Path) -> None:
    """A golden without a picture is no golden."""
    with pytest.raises(goldens.Differs, match="missing"):
        goldens.compare(np.zeros((2, 2, 4), np.uint8), tmp_path / "none.png", tmp_path)


def test_a_run_that_writes_fails(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """References are never approved by the run that makes them."""
    monkeypatch.setenv("COLLAGE_WRITE_GOLDENS", "1")
    with pytest.raises(goldens.Differs, match="was written"):
        goldens.compare(np.zeros((2, 2, 4), np.uint8), reference, tmp_path)
