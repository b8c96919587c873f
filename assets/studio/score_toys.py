"""What is struck with a small hammer: toy piano, xylophone, woodblock, teacup, and the drops that answer them.

A player is `(pitch, seconds, loud, dice)`: a key in half-tones, how long it is held, 0 to 1, and the note's own
chance; it gives mono samples whose peak is about `loud`. Drums have no key, and most don't care how long they are held.
"""

from __future__ import annotations

import numpy as np
from score_waves import HIGHEST, Line, burst, chance, clock, ending, hertz, hiss, rung, turned


def piano(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """Steel rods, clamped at one end: the modes of such a bar lie at 1 : 6.27 : 17.5 (Rossing, Fletcher: The Physics of
    Musical Instruments, 2.15). Each key is a little out of tune, always by the same, as it left the works."""
    key = chance("piano", pitch)
    tone = hertz(pitch + key.uniform(-0.09, 0.09))
    fall = 0.42 * (440 / tone) ** 0.45
    modes = [
        (tone, 0.62, fall),
        (tone * (1 + key.uniform(0.002, 0.004)), 0.28, fall * 0.8),  # the rod beats against its neighbour
        (tone * 2.005, 0.20, fall * 0.45),
        (tone * 3.02, 0.07, fall * 0.3),
        (tone * 6.27, 0.46 * (0.4 + loud), 0.11),
        (tone * 17.5, 0.12, 0.025),
    ]
    heard = rung(fall * 3.2, modes)
    knock = hiss(len(heard), 900, 2600, dice) * burst(clock(len(heard) / 48_000), 0, 0.001, 0.006)
    return loud * (heard + 0.22 * knock * ending(clock(len(heard) / 48_000)))


def xylophone(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """Bars carved below so that they sound 1 : 3 : 6, hard mallets; dry as bones."""
    tone = hertz(pitch + chance("bone", pitch).uniform(-0.05, 0.05))
    fall = 0.13 * (880 / tone) ** 0.5
    modes = [
        (tone, 0.75, fall),
        (tone * 3.01, 0.42 * (0.6 + 0.6 * loud), fall * 0.4),
        (tone * 6.1, 0.26, fall * 0.2),
        (tone * 9.7, 0.14, 0.012),
    ]
    heard = rung(max(0.16, fall * 4), modes, rise=0.0004)
    t = clock(len(heard) / 48_000)
    return loud * (heard + 0.45 * hiss(len(heard), 1800, 6500, dice) * burst(t, 0, 0.0005, 0.004))


def woodblock(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A hollow box and a stick; with keys around 72 it is a jaw."""
    tone = hertz(pitch or 84) * dice.uniform(0.99, 1.01)
    heard = rung(0.12, [(tone, 0.8, 0.022), (tone * 1.51, 0.4, 0.014), (tone * 2.63, 0.2, 0.007)], rise=0.0004)
    return loud * (heard + 0.3 * hiss(len(heard), 1500, 6000, dice) * burst(clock(0.12), 0, 0.0005, 0.003))


def cup(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A spoon against a teacup: the modes of a cup that bends, about as 1 : 2.3 : 4.2 : 6.6."""
    tone = hertz(pitch)
    modes = [(tone, 0.5, 0.35), (tone * 1.006, 0.3, 0.3), (tone * 2.32, 0.3, 0.16), (tone * 4.25, 0.16, 0.07)]
    return loud * rung(1.2, [*modes, (tone * 6.63, 0.08, 0.03)])


def drop(pitch: float, seconds: float, loud: float, dice: np.random.Generator) -> Line:
    """A bubble that rises: its tone climbs as it shrinks."""
    t = clock(0.16)
    tone = hertz(pitch) * np.exp(np.minimum(t, 0.1) * 9)
    return loud * np.sin(turned(np.minimum(tone, HIGHEST))) * burst(t, 0, 0.004, 0.035) * ending(t)
