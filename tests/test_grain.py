"""The paper's noise: within bounds, smooth where it should be, the same for whoever asks."""

from __future__ import annotations

import numpy as np

from collage.glass.grain import dice, lumps, ragged, seed
from collage.motion.chance import Chance

START = np.uint64(7)


def test_dice_are_even_and_unrelated() -> None:
    """Lots of neighbours are spread evenly from -1 to 1 and know nothing of each other."""
    lots = np.array([[dice(START, x, y) for x in range(-40, 40)] for y in range(-40, 40)])
    assert lots.min() >= -1
    assert lots.max() < 1
    assert np.histogram(lots, 8, (-1, 1))[0].min() > 650
    for near in (np.roll(lots, 1, 0), np.roll(lots, 1, 1)):
        assert abs(np.corrcoef(lots.ravel(), near.ravel())[0, 1]) < 0.05


def test_lumps_are_smooth_and_bounded() -> None:
    """A hundredth of a cell further noise has hardly changed, a few cells further it is another."""
    line = np.array([lumps(START, 0.05 * n - 40, 3.3, 5.0) for n in range(2000)])
    assert np.abs(line).max() <= 1
    assert 0.2 < line.std() < 0.7
    assert np.abs(np.diff(line)).max() < 0.05


def test_ragged_has_detail_that_lumps_lack() -> None:
    """Octaves add what is finer than a cell, and keep the spread."""
    smooth, rough = (np.array([ragged(START, 0.5 * n, 1.0, 20.0, o, 0.6) for n in range(1500)]) for o in (1, 4))
    assert np.abs(np.diff(rough)).mean() > 2 * np.abs(np.diff(smooth)).mean()
    assert 0.6 < rough.std() / smooth.std() < 1.5


def test_a_purpose_has_its_own_seed() -> None:
    """Seeds come from the chance and the purpose, nothing else."""
    assert seed(Chance("a"), "tear") == seed(Chance("a"), "tear") != seed(Chance("a"), "hand")
    assert seed(Chance("b"), "tear") != seed(Chance("a"), "tear")
