"""The tune, and the small notation that the score is written in.

A line is words `key:length` with the length in sixteenths: `c5:3 -:1 eb4+g4:2` is a note, a rest, two keys at once; a
length may be broken (`c5:1.5`). A rhythm is sixteen signs a bar: `X` loud, `x` plain, `o` soft, `.` nothing.

The tune has four bars of its own, A to D, and everything in the film is made of them: a strut up to a sour raised
fourth and back, its answer down to the leading note, a slide down by half-tones, and the tail, which falls through
the tritone onto a flat second (`db b c`) like someone who misses the last step and bows. Minor as it stands;
`bright` makes it major, where the raised fourth is Lydian and sounds of dreams; `slowed` by two it is the giant's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

A = "c5:3 d5:1 eb5:2 c5:2 g5:4 f#5:2 g5:2"
B = "ab5:3 g5:1 f5:2 d5:2 b4:4 g4:4"
C = "c5:3 d5:1 eb5:2 c5:2 c6:2 b5:2 bb5:2 a5:2"
D = "ab5:2 g5:2 f#5:2 g5:2 db5:2 b4:2 c5:4"
TAIL = "db5:2 b4:2 c5:4"

CHORDS = {
    "Cm": "g3+c4+eb4",
    "C": "g3+c4+e4",
    "Fm6": "ab3+c4+d4",
    "F6": "a3+c4+d4",
    "D9": "f#3+c4+e4",
    "G7": "g3+b3+f4",
    "Ab7": "ab3+c4+f#4",
    "Db": "ab3+db4+f4",
    "Co": "f#3+c4+eb4",
    "Am": "a3+c4+e4",
}
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_BENT = {"": 0, "#": 1, "b": -1}
LOUD = {"X": 1.0, "x": 0.62, "o": 0.34}


class Note(NamedTuple):
    """One thing that one player does: at a beat, counted from 1, for so many beats. `key` is 0 for drums."""

    voice: str
    beat: float
    key: float
    beats: float
    loud: float


def key_of(name: str) -> int:
    """`c4` is 60, the middle of a piano; `f#` and `bb` as one writes them."""
    return 12 * int(name[-1]) + 12 + _STEPS[name[0]] + _BENT[name[1:-1]]


def line(voice: str, beat: float, text: str, loud: float = 0.7, tongue: float = 0.9) -> Iterator[Note]:
    """The notes of a line that begins at a beat; `tongue` is how much of its length each is held."""
    for word in text.split():
        keys, _, length = word.partition(":")
        beats = float(length) / 4
        for key in keys.split("+"):
            if key != "-":
                yield Note(voice, beat, key_of(key), beats * tongue, loud)
        beat += beats


def rhythm(voice: str, beat: float, signs: str, loud: float = 1.0, key: float = 0) -> Iterator[Note]:
    """The strokes of a drum from a beat on; blanks between the signs are only to be read."""
    for i, sign in enumerate(signs.replace(" ", "")):
        if sign != ".":
            yield Note(voice, beat + i / 4, key, 0.25, loud * LOUD[sign])


def stabs(voice: str, beat: float, chords: str, signs: str, loud: float = 0.5) -> Iterator[Note]:
    """Short chords, one named for each beat, struck where the rhythm says."""
    names = chords.split()
    for note in rhythm(voice, beat, signs, loud):
        chord = CHORDS[names[int(note.beat - beat)]]
        yield from line(voice, note.beat, f"{chord}:1.4", note.loud)


def bright(text: str) -> str:
    """In major."""
    return text.replace("eb", "e").replace("ab", "a")


def slowed(text: str, times: float) -> str:
    """Every length so many times as long; below 1 it runs."""
    words = (word.split(":") for word in text.split())
    return " ".join(f"{keys}:{float(length) * times:g}" for keys, length in words)


def lifted(text: str, octaves: int) -> str:
    """The same line so many octaves up, or down below 0."""
    words = (word.split(":") for word in text.split())
    return " ".join("+".join(_raised(k, octaves) for k in keys.split("+")) + f":{n}" for keys, n in words)


def _raised(key: str, octaves: int) -> str:
    return key if key == "-" else f"{key[:-1]}{int(key[-1]) + octaves}"
