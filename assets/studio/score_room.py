"""From notes to a finished stereo sound: where each player sits, the room, the tape, and how loud it all is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import score_drums as drums
import score_toys as toys
import score_winds as winds
from score import BEATS, BREATHS, Breath, notes
from score_tune import Note
from score_waves import BEAT, RATE, Line, chance, lay

LONG = BEATS * BEAT
"""Samples of the whole score: a minute."""


class Seat(NamedTuple):
    """pan: −1 left to 1 right.  wet: how much of it the room answers."""

    play: Callable[..., Line]
    gain: float
    pan: float
    wet: float


SEATS = {
    "piano": Seat(toys.piano, 0.34, -0.28, 0.30),
    "xylophone": Seat(toys.xylophone, 0.46, 0.34, 0.24),
    "woodblock": Seat(toys.woodblock, 0.80, 0.22, 0.20),
    "cup": Seat(toys.cup, 0.50, 0.45, 0.45),
    "drop": Seat(toys.drop, 0.62, -0.10, 0.40),
    "tuba": Seat(winds.tuba, 0.62, 0.08, 0.16),
    "organ": Seat(winds.organ, 0.44, -0.50, 0.26),
    "whistle": Seat(winds.whistle, 0.34, 0.15, 0.30),
    "snare": Seat(drums.snare, 0.85, 0.18, 0.18),
    "flam": Seat(drums.flam, 0.85, 0.18, 0.18),
    "roll": Seat(drums.roll, 0.85, 0.18, 0.18),
    "drum": Seat(drums.drum, 0.72, -0.05, 0.10),
    "cymbal": Seat(drums.cymbal, 1.15, -0.35, 0.25),
    "ratchet": Seat(drums.ratchet, 0.95, 0.30, 0.20),
}
SWING = {1: 0.03, 2: 0.03, 3: 0.03, 4: 0.06, 5: 0.06, 6: 0.06, 7: 0.03, 8: 0.03, 9: 0.03, 10: 0.05, 15: 0.08,
         16: 0.08, 17: 0.08, 23: 0.06, 29: 0.05, 30: 0.05}  # fmt: skip
"""How many beats late the second eighth of a beat comes, by bar. Whole beats are never late: pictures fall on them."""
BEFORE, AFTER = round(1.5 * RATE), round(0.5 * RATE)
"""Samples around a stretch that its sound still depends on: the room's answer, and the tape's view of what comes."""
RINGS = round(2.5 * RATE)
"""Samples that anything still rings after it is let go, at most."""
LEVEL, DRIVE, PEAK = 0.9, 0.8, 10 ** (-1 / 20)
"""What the tape is sent, for −16 LUFS in all; how far it bends; and what nothing goes above, −1 dB."""
FADE = (59.60, 59.98)
"""Seconds between which the last chord goes."""


def start(note: Note) -> int:
    """The sample a note begins at. Whole beats are exact; between them the players swing, and are a little human."""
    part = note.beat % 1
    early = drums.EARLY * RATE if note.voice == "flam" else 0
    if part == 0:
        return round((note.beat - 1) * BEAT - early)
    late = SWING.get(int(note.beat + 3) // 4, 0) * (part == 0.5)
    human = chance("time", note).normal(0, 0.008) if note.voice not in ("woodblock", "ratchet") else 0
    return round((note.beat - 1 + late + human) * BEAT - early)


def sounded(note: Note | Breath) -> Line:
    """What its player makes of it, never twice quite as loud."""
    dice = chance(note)
    if isinstance(note, Breath):
        return winds.whistle(note.points, note.loud, dice)
    loud = min(1, note.loud * dice.uniform(0.9, 1.05))
    return SEATS[note.voice].play(note.key, note.beats * BEAT / RATE, loud, dice)


def stems(first: int, last: int, only: str = "") -> tuple[Line, Line]:
    """(n, 2) what sits on the stage and what is sent to the room, from a sample to another; one voice, or all."""
    dry, wet = np.zeros((last - first, 2)), np.zeros((last - first, 2))
    cues: list[tuple[str, int, Note | Breath]] = [(note.voice, start(note), note) for note in notes()]
    cues += [("whistle", round((breath.beat - 1) * BEAT), breath) for breath in BREATHS]
    for voice, at, thing in cues:
        if (not only or voice == only) and first - RINGS - thing.beats * BEAT < at < last:
            seat = SEATS[voice]
            angle = (seat.pan + 1) * np.pi / 4
            sound = (seat.gain * sounded(thing))[:, None] * [np.cos(angle), np.sin(angle)]
            lay(dry, sound, at - first)
            lay(wet, seat.wet * sound, at - first)
    return dry, wet


@lru_cache(maxsize=1)
def room() -> Line:
    """(n, 2) what a small wooden hall answers to a clap: a few walls, then a murmur whose heights die first."""
    dice = chance("room")
    t = np.arange(round(1.1 * RATE)) / RATE
    answer = np.zeros((len(t), 2))
    for side in (0, 1):
        for low, high, fall, share in ((180, 1500, 0.20, 0.55), (1500, 5000, 0.13, 0.35), (5000, 12000, 0.06, 0.18)):
            noise = np.fft.irfft(_band(len(t), low, high) * np.fft.rfft(dice.standard_normal(len(t))), len(t))
            answer[:, side] += share * noise / noise.std() * np.exp(-t / fall) * np.clip((t - 0.012) / 0.03, 0, 1)
        for wall in (0.0113, 0.0171, 0.0239, 0.0313, 0.0437):
            answer[round((wall + dice.uniform(-0.002, 0.002)) * RATE), side] += 9 * dice.choice((-1, 1)) * 0.02 / wall
    answer *= np.minimum(1, (t[-1] - t) / 0.1)[:, None]
    return answer / np.sqrt((answer**2).sum(0))


def _band(count: int, low: float, high: float) -> Line:
    pitches = np.fft.rfftfreq(count, 1 / RATE)
    return 1 / (1 + (low / np.maximum(pitches, 1)) ** 4) / (1 + (pitches / high) ** 4)


def answered(wet: Line) -> Line:
    """What the room gives back of what is sent to it."""
    count = 1 << (len(wet) + len(room())).bit_length()
    spectrum = np.fft.rfft(wet, count, axis=0) * np.fft.rfft(room(), count, axis=0)
    return np.fft.irfft(spectrum, count, axis=0)[: len(wet)]


def taped(mix: Line) -> Line:
    """Pressed together a little, rounded by the tape, and held below the peak without a corner."""
    power = (mix**2).mean(1)
    for width in (0.06, 0.12):
        power = _averaged(power, round(width * RATE))
    loudness = np.sqrt(np.maximum(power, 1e-12))
    glue = (1 + (loudness / 0.12) ** 2) ** -0.12
    warm = np.tanh(mix * glue[:, None] * LEVEL * DRIVE) / DRIVE
    highest = np.abs(warm).max(1)
    width = round(0.004 * RATE)
    held = _averaged(_lowest(np.minimum(1, PEAK / np.maximum(highest, 1e-9)), width), width)
    return warm * np.minimum(held, PEAK / np.maximum(highest, PEAK))[:, None]


def _averaged(line: Line, width: int) -> Line:
    """The mean of so many samples around each (an even number and itself)."""
    half = width // 2
    sums = np.cumsum(np.pad(line, (half + 1, half), "edge"))
    return (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)


def _lowest(line: Line, width: int) -> Line:
    """The least of so many samples around each, by windows that double."""
    half, span = width // 2, 1
    low = np.pad(line, half, "edge")
    while span < 2 * half + 1:
        step = min(span, 2 * half + 1 - span)
        low = np.minimum(low[:-step], low[step:])
        span += step
    return low


def played(first: int = 0, last: int = LONG) -> Line:
    """(n, 2) the finished score between two samples, whatever lies before: a stretch is the same as cut from all."""
    dry, wet = stems(first - BEFORE, last + AFTER)
    heard = taped(dry + answered(wet))[BEFORE : BEFORE + last - first]
    seconds = np.arange(first, last) / RATE
    return heard * np.clip((FADE[1] - seconds) / (FADE[1] - FADE[0]), 0, 1)[:, None] ** 1.5


def loudness(heard: Line) -> float:
    """Integrated loudness in LUFS of (n, 1 or 2) samples at 48 kHz, with both gates (ITU-R BS.1770-5, annex 1)."""
    spectrum = np.fft.rfft(heard, axis=0) * _weighting(len(heard))[:, None]
    power = (np.fft.irfft(spectrum, len(heard), axis=0) ** 2).sum(1)
    sums = np.concatenate([[0], np.cumsum(power)])
    begins = np.arange(0, len(power) - 19_200 + 1, 4_800)
    blocks = (sums[begins + 19_200] - sums[begins]) / 19_200
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    blocks = blocks[blocks > blocks.mean() / 10]
    return float(-0.691 + 10 * np.log10(blocks.mean()))


def _weighting(count: int) -> np.ndarray:
    """The head's shelf and the high pass of the same annex, as what they do to each pitch."""
    back = np.exp(-2j * np.pi * np.fft.rfftfreq(count))
    shelf = (1.53512485958697 - 2.69169618940638 * back + 1.19839281085285 * back**2) / (
        1 - 1.69065929318241 * back + 0.73248077421585 * back**2
    )
    return shelf * (1 - 2 * back + back**2) / (1 - 1.99004745483398 * back + 0.99007225036621 * back**2)
