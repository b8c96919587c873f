"""Skins, brass plates and the cog that ticks. They take no key: what is given for it is passed over."""

from __future__ import annotations

import numpy as np
from score_waves import RATE, Line, burst, clock, ending, hiss, lay, rung, turned

EARLY = 0.028
"""Seconds by which the ghost of a flam comes before its stroke."""


def snare(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A small drum: two tones of the skin that sink as it slackens, and wires that rattle on after it."""
    t = clock(0.32)
    slack = 1 + 0.25 * np.exp(-t / 0.012)
    skin = np.sin(turned(196 * slack)) * np.exp(-t / 0.055) + 0.6 * np.sin(turned(331 * slack)) * np.exp(-t / 0.035)
    wires = hiss(len(t), 1400, 7600, dice) * (burst(t, 0, 0.001, 0.020) + 0.55 * loud * burst(t, 0.003, 0.004, 0.075))
    stick = hiss(len(t), 2500, 9000, dice) * burst(t, 0, 0.0004, 0.0025)
    return loud * (0.38 * skin * np.minimum(1, t / 0.0008) + 0.95 * wires + 0.40 * stick) * ending(t)


def flam(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A stroke with a ghost of one just before it: this begins EARLY before the beat."""
    heard = np.zeros(round((0.32 + EARLY) * RATE))
    lay(heard, snare(0, 0, loud * 0.35, dice), 0)
    lay(heard, snare(0, 0, loud, dice), round(EARLY * RATE))
    return heard


def roll(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """Both sticks bouncing, louder and louder until it is let go."""
    heard = np.zeros(round((seconds + 0.32) * RATE))
    at = 0.0
    while at < seconds - 0.01:
        swell = 0.22 + 0.78 * (at / seconds) ** 1.6
        lay(heard, snare(0, 0, loud * swell * dice.uniform(0.5, 0.75), dice), round(at * RATE))
        at += dice.uniform(0.036, 0.048)
    return heard


def drum(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """The big one, worn on the belly."""
    t = clock(0.6)
    skin = np.sin(turned(58 * (1 + 0.9 * np.exp(-t / 0.018)))) * np.exp(-t / 0.13)
    felt = hiss(len(t), 60, 420, dice) * burst(t, 0, 0.002, 0.030)
    beater = hiss(len(t), 900, 3000, dice) * burst(t, 0, 0.0008, 0.006)
    return loud * (0.9 * skin * np.minimum(1, t / 0.002) + 0.5 * felt + 0.14 * beater) * ending(t)


def cymbal(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A thin splash cymbal: plates have hundreds of modes, so noise does for most, with some that ring out of tune."""
    t = clock(1.7)
    wash = hiss(len(t), 3200, 13000, dice) * (0.5 * burst(t, 0, 0.002, 0.09) + 0.5 * burst(t, 0.004, 0.016, 0.42))
    modes = [(p, 1 / 26, dice.uniform(0.12, 0.6)) for p in dice.uniform(700, 9500, 26)]
    stick = hiss(len(t), 1500, 6000, dice) * burst(t, 0, 0.0005, 0.004)
    return loud * (0.8 * wash + 0.7 * rung(1.7, modes) + 0.3 * stick) * ending(t, 0.2)


def ratchet(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A pawl that falls into its cog, once."""
    modes = [(1130 * dice.uniform(0.97, 1.03), 0.5, 0.012), (2740, 0.4, 0.008), (4310, 0.3, 0.005)]
    heard = rung(0.1, modes, rise=0.0003)
    return loud * (heard + 0.35 * hiss(len(heard), 1200, 7000, dice) * burst(clock(0.1), 0, 0.0004, 0.006))
