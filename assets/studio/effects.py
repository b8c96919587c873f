"""Effects, as paper on a table would sound: made of noise and numbers, no recordings.

Each begins with what it is named for, so that `at` in a scene's [[effect]] is the moment it is heard; only the scissors
close 0.07 s after they open, and the pages go on for most of a second. Mono, 48 kHz.
"""

from __future__ import annotations

import numpy as np
from score_waves import RATE, Line, burst, chance, clock, ending, hiss, lay, rung, turned


def slap() -> Line:
    """A piece slapped onto the table: the sheet, the board under it, and the edges that come down after."""
    dice, t = chance("slap"), clock(0.3)
    sheet = hiss(len(t), 350, 5200, dice) * burst(t, 0, 0.0008, 0.011)
    board = 0.32 * np.sin(turned(118 * (1 + 0.3 * np.exp(-t / 0.02)))) * burst(t, 0, 0.002, 0.028)
    edges = 0.16 * hiss(len(t), 1500, 8000, dice) * crackle(len(t), 500, dice) * burst(t, 0.02, 0.006, 0.03)
    return sheet + board + edges + 0.45 * hiss(len(t), 180, 1500, dice) * burst(t, 0.006, 0.003, 0.03)


def snip() -> Line:
    """Scissors: the blades slide along each other through paper and meet."""
    dice, t = chance("snip"), clock(0.32)
    slide = 0.40 * hiss(len(t), 3200, 9500, dice) * np.clip(t / 0.066, 0, 1) ** 0.7 * (t < 0.07)
    paper = 0.55 * hiss(len(t), 900, 4200, dice) * crackle(len(t), 900, dice) * (t < 0.07)
    blades = [(2310, 0.5, 0.020), (3870, 0.4, 0.028), (6120, 0.35, 0.020), (8040, 0.2, 0.012)]
    heard = (slide + paper) * np.minimum(1, t / 0.002) + 0.30 * rung(0.32, [(5230, 0.5, 0.008)])
    lay(
        heard,
        0.9 * rung(0.24, blades) + 0.5 * hiss(11_520, 1500, 7000, dice) * burst(clock(0.24), 0, 0.0005, 0.005),
        3360,
    )
    return heard


def splash() -> Line:
    """A bathful: the hollow plunge, the crown of water, and seventy drops that fall back, each a ringing bubble (after
    M. Minnaert, On musical air-bubbles and the sounds of running water, 1933: small ones are high)."""
    dice, t = chance("splash"), clock(1.9)
    plunge = 0.6 * np.sin(turned(150 * np.exp(-t / 0.12) + 62)) * burst(t, 0, 0.004, 0.10)
    crown = hiss(len(t), 350, 5200, dice) * (burst(t, 0, 0.003, 0.07) + 0.55 * burst(t, 0.05, 0.09, 0.22))
    spray = 0.5 * hiss(len(t), 2800, 11000, dice) * crackle(len(t), 260, dice) * burst(t, 0.04, 0.15, 0.38)
    heard = plunge + 0.9 * crown + spray
    for at in np.minimum(dice.gamma(2.2, 0.26, 70), 1.6):
        size = dice.uniform(0, 1) ** 1.5
        tone, part = 3300 - 2600 * size, clock(0.09)
        bubble = np.sin(turned(tone * np.exp(part * dice.uniform(2, 7)))) * burst(part, 0, 0.002, 0.008 + 0.022 * size)
        lay(
            heard,
            np.exp(-at / 0.9) * (0.08 + 0.18 * size) * dice.uniform(0.4, 1) * bubble * ending(part),
            round((0.05 + at) * RATE),
        )
    return heard


def flutter() -> Line:
    """Pages that are let go under a thumb: quicker, then slower, then the last one settles."""
    dice, t = chance("flutter"), clock(0.95)
    heard, at = np.zeros(len(t)), 0.0
    for i in range(15):
        page = (
            hiss(len(t), 500 + 30 * i, 6800, dice)
            * burst(t, at, 0.006, 0.016)
            * (0.3 + 0.7 * crackle(len(t), 900, dice))
        )
        heard += page * (0.55 + 0.45 * np.sin(np.pi * (i + 1) / 16)) * dice.uniform(0.8, 1)
        heard += 0.09 * np.sin(turned(np.full(len(t), 170.0))) * burst(t, at, 0.004, 0.012)
        at += 0.042 + 0.0011 * (i - 6) ** 2 * (1 if i > 6 else 0.4)
    return heard


def chatter() -> Line:
    """One second of teeth: eighths at 120, enamel on enamel, each with the small rebound of a wound-up jaw."""
    dice, heard = chance("chatter"), np.zeros(RATE)
    for i in range(4):
        for late, loud in ((0, 1.0 - 0.12 * (i % 2)), (0.043, 0.28), (0.071, 0.12)):
            shift = dice.uniform(0.97, 1.03) * (1 if i % 2 else 0.94)
            modes = [
                (1480 * shift, 0.6, 0.010),
                (2350 * shift, 0.5, 0.008),
                (3720 * shift, 0.4, 0.006),
                (590, 0.3, 0.014),
            ]
            bite = rung(0.1, modes, rise=0.0003) + 0.5 * hiss(4800, 1200, 6500, dice) * burst(
                clock(0.1), 0, 0.0004, 0.003
            )
            lay(heard, loud * bite, round((i * 0.25 + late) * RATE))
    return heard


def boing() -> Line:
    """A spring with a tongue: its pitch swings about where it settles, and its mouth opens and shuts with it."""
    t = clock(1.0)
    swing = np.sin(2 * np.pi * 9.5 * t * (1 + 0.25 * t))
    phase = turned(128 * (1 + 0.5 * np.exp(-t / 0.08)) * (1 + 0.16 * swing * np.exp(-t / 0.35)))
    heard = np.zeros_like(t)
    mouth = 700 + 480 * swing
    for k in range(1, 24):
        heard += np.sin(k * phase) / k**0.75 * (0.12 + np.exp(-(((k * 128 - mouth) / 330) ** 2)))
    twang = rung(1.0, [(1870, 0.5, 0.03), (2930, 0.4, 0.02)])
    return heard * burst(t, 0, 0.003, 0.30) / 2 + 0.5 * twang


def thud() -> Line:
    """A giant sets a foot down: the ground gives, and a fairground's worth of crockery hops."""
    dice, t = chance("thud"), clock(1.5)
    foot = np.sin(turned(41 * (1 + 1.6 * np.exp(-t / 0.03)))) * burst(t, 0, 0.003, 0.22)
    ground = 0.55 * hiss(len(t), 35, 260, dice) * burst(t, 0, 0.004, 0.20)
    dust = 0.5 * hiss(len(t), 300, 2600, dice) * burst(t, 0, 0.002, 0.035)
    heard = foot + 0.35 * np.sin(turned(118 * (1 + 0.5 * np.exp(-t / 0.02)))) * burst(t, 0, 0.002, 0.07) + ground + dust
    for _ in range(16):
        tone = dice.uniform(1500, 5200)
        hop = rung(0.12, [(tone, 0.6, 0.018), (tone * 2.3, 0.3, 0.01)])
        at = 0.07 + dice.gamma(1.6, 0.13)
        lay(heard, 0.045 * np.exp(-at / 0.4) * hop, round(at * RATE))
    return heard


def crank() -> Line:
    """One second of a film camera turned by hand, two turns of eight pictures; the end fits the beginning."""
    dice, t = chance("crank"), clock(1.0)
    turn = 1 + 0.25 * np.cos(2 * np.pi * 2 * t)
    whirr = 0.05 * hiss(len(t), 500, 2600, dice) * turn
    heard = whirr * np.minimum(1, np.minimum(t, 1 - t) / 0.01)
    for i in range(16):
        modes = [(1210, 0.4, 0.010), (2620 * dice.uniform(0.98, 1.02), 0.4, 0.007), (420, 0.5, 0.012)]
        claw = rung(0.055, modes) + 0.5 * hiss(2640, 1500, 6500, dice) * burst(clock(0.055), 0, 0.0004, 0.004)
        lay(heard, (0.9 if i % 8 == 0 else 0.55) * turn[i * 3000] * claw, i * 3000)
    return heard


def crackle(count: int, each: float, dice: np.random.Generator) -> Line:
    """From 0 to about 1, in so many leaps a second that die away at once: fibres that give."""
    leaps = (dice.random(count) < each / RATE) * dice.uniform(0.2, 1, count)
    dying = np.exp(-np.arange(round(0.006 * RATE)) / (0.0015 * RATE))
    heard: Line = np.convolve(leaps, dying)[:count]
    return np.minimum(heard, 1.5)


EFFECTS = {made.__name__: made for made in (slap, snip, splash, flutter, chatter, boing, thud, crank)}
PEAK = 10 ** (-3 / 20)


def effect(name: str) -> Line:
    """One of EFFECTS, (n, 1), its peak at −3 dB, from silence to silence. KeyError for another name."""
    heard = EFFECTS[name]()
    heard = np.tanh(1.2 * heard / np.abs(heard).max()) * ending(np.arange(len(heard)) / RATE)
    heard[0] = 0
    return (heard * PEAK / np.abs(heard).max())[:, None]
