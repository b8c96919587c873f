"""What is blown: the tuba, the barrel organ's pipes, and the slide whistle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from score_waves import BEAT, RATE, Line, burst, clock, ending, hertz, hiss, turned


def tuba(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """Harmonics up to 3 kHz. As in all brass the upper ones come later and only when it is blown hard, the lip finds
    its pitch from below, and there is breath in it."""
    tone = hertz(pitch) * 2 ** (dice.normal(0, 4) / 1200)
    t = clock(seconds + 0.14)
    blown = _held(t, seconds, rise=0.028, fall=0.05) * (0.82 + 0.18 * np.exp(-t / 0.12))
    shake = 0.004 * np.sin(2 * np.pi * 4.7 * t + dice.uniform(0, 6)) * np.clip((t - 0.35) / 0.4, 0, 1)
    phase = turned(tone * (1 - 0.035 * np.exp(-t / 0.018) + shake))
    heard = np.zeros_like(t)
    for k in range(1, int(min(30, 3000 / tone)) + 1):
        body = (0.35 + min(k, 3) * 0.22) / (1 + (k * tone / 520) ** 2.1)
        heard += body * blown ** (1 + 0.22 * k * (1.3 - loud)) * np.sin(k * phase + 0.7 * k)
    heard /= np.abs(heard).max()
    breath = hiss(len(t), 250, 1800, dice) * (0.025 * blown + 0.10 * burst(t, 0, 0.004, 0.018))
    return loud * (heard + breath) * ending(t)


def organ(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """Two ranks of wooden pipes, one a hair sharp, a chiff as they speak, and bellows that never quite keep up."""
    t = clock(seconds + 0.09)
    blown = _held(t, seconds, rise=0.009, fall=0.03)
    tremble = 1 + 0.09 * np.sin(2 * np.pi * 6.1 * t + dice.uniform(0, 6))
    heard = np.zeros_like(t)
    for cents, share in ((-3, 0.55), (9, 0.45)):
        phase = turned(hertz(pitch + cents / 100) * (1 + 0.002 * (tremble - 1) / 0.09))
        for k, amount in enumerate((1, 0.42, 0.30, 0.10, 0.09, 0.03), 1):
            heard += share * amount * np.sin(k * phase + dice.uniform(0, 6))
    chiff = hiss(len(t), hertz(pitch) * 2, hertz(pitch) * 6, dice) * burst(t, 0, 0.004, 0.012)
    return loud * (0.62 * heard * tremble * blown + 0.12 * chiff) * ending(t)


def _held(t: Line, seconds: float, rise: float, fall: float) -> Line:
    """Blown from 0 on and let go at `seconds`."""
    return (1 - np.exp(-t / rise * 1.6)) * np.exp(-np.maximum(0, t - seconds) / fall * 2)


def whistle(points: Sequence[tuple[float, float]], loud: float, dice: np.random.Generator) -> Line:
    """A slide whistle in one breath through (beat, key) points, the first at 0: the piston starts and stops softly, the
    tone is almost a sine, and the breath is noise around it and above it."""
    beats, keys = np.array(points).T
    t = clock(beats[-1] * BEAT / RATE + 0.08)
    at = np.minimum(t * RATE / BEAT, beats[-1])
    leg = np.clip(np.searchsorted(beats, at, "right") - 1, 0, len(beats) - 2)
    along = (at - beats[leg]) / (beats[leg + 1] - beats[leg])
    key = keys[leg] + (keys[leg + 1] - keys[leg]) * along * along * (3 - 2 * along)
    still = keys[leg] == keys[leg + 1]
    key = key + 0.35 * still * np.sin(2 * np.pi * 6.5 * t) + 0.06 * np.sin(2 * np.pi * 5.1 * t)
    phase = turned(440 * 2 ** ((key - 69) / 12))
    blown = np.minimum(1, t / 0.03) * np.minimum(1, (t[-1] - t) / 0.06)
    tone = np.sin(phase) + 0.10 * np.sin(2 * phase) + 0.05 * np.sin(3 * phase)
    near = hiss(len(t), 20, 160, dice) * np.sin(phase)
    return loud * blown * (0.8 * tone + 0.22 * near + 0.035 * hiss(len(t), 2500, 9000, dice))
