"""The score of the Funhouse film: thirty bars at 120, one function for what is heard in each shot.

Beats are counted through the whole score from 1; bar n begins at beat 4n - 3. See score_tune.py for the notation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from score_tune import CHORDS, TAIL, A, B, C, D, Note, bright, key_of, lifted, line, rhythm, slowed, stabs

BEATS = 120
ENAMEL = "c6:0.5 b5:0.5 a5:0.5 g5:0.5 f#5:0.5 e5:0.5 d5:0.5"
CHAIN = "c2:2 c#2:2 d2:2 eb2:2 e2:2 f2:2 f#2:2 g2:2 ab2:2 a2:2 bb2:2 b2:2"


class Breath(NamedTuple):
    """One breath of the slide whistle: from a beat on, through (beats later, key)."""

    beat: float
    points: tuple[tuple[float, float], ...]
    loud: float

    @property
    def beats(self) -> float:
        """How long it lasts."""
        return self.points[-1][0]


def bar(number: int) -> int:
    """The beat that a bar begins with."""
    return 4 * number - 3


def press() -> Iterator[Note]:
    """Bars 1-3: a march. Drums alone, then the strut in minor, then its answer, which asks for more."""
    for n, signs in ((1, "X.xxx.x.X.xx..x."), (2, "X...x.xxX.....xx"), (3, "X...x.xxX.xxoxo.")):
        yield from rhythm("snare", bar(n), signs, 0.8)
        yield from rhythm("drum", bar(n), "X.......x......." if n > 1 else "X.......X.......", 0.9)
    for at in (4, 8):
        yield from rhythm("flam", at, "X", 0.8)
    yield from rhythm("cymbal", 1, "X", 0.6)
    yield from line("tuba", 1, "c2:4 -:8 g1:2 b1:2", 0.9)
    yield from _march(2, "Cm Cm Cm Cm", "c2:3 -:5 g2:3 -:5")
    yield from _march(3, "Fm6 Fm6 G7 G7", "f2:3 -:5 g2:3 -:1 g1:2 b1:2")
    for n, text in ((2, A), (3, B)):
        yield from line("piano", bar(n), text, 0.75)
        yield from line("organ", bar(n), lifted(text, -1), 0.34, 0.7)


def skies() -> Iterator[Note]:
    """Bars 4-6: the same in major on the toy piano alone, as in a music box, over chords that are spread and left."""
    for n, text in ((4, A), (5, B), (6, D)):
        yield from line("piano", bar(n), bright(text), 0.60)
    for n, text in (
        (4, "c3:2 g3:2 e4:2 g4:2 c3:2 g3:2 d4:2 g3:2"),
        (5, "f3:2 c4:2 a4:2 c4:2 g3:2 d4:2 f4:2 b3:2"),
        (6, "a3:2 e4:2 d3:2 f#3:2 f3:2 ab3:2 c3:2 g3:2"),
    ):
        yield from line("piano", bar(n), text, 0.28)
    for at, chord, beats in ((13, "C", 2), (15, "D9", 2), (17, "F6", 2), (19, "G7", 2), (21, "Am", 1), (22, "D9", 1)):
        yield from line("organ", at, f"{CHORDS[chord]}:{4 * beats}", 0.10, 0.98)
    yield from line("organ", 23, f"{CHORDS['Db']}:4 {CHORDS['C']}:4", 0.10, 0.98)
    yield from line("tuba", bar(4), "c2:14 -:2 f2:7 -:1 g2:7 -:1 a2:7 -:1 db2:3 -:1 c2:3 -:1", 0.34)
    yield from line("cup", bar(4), "e7:2 -:6 g7:2 -:6 -:8 b6:2 -:6 -:12 c7:4", 0.26)


def rocket() -> Iterator[Note]:
    """Bars 7-10: the organ struts, the whistle climbs above it, hangs, and slides down with C; what falls, splashes at
    beat 37, and the tail says sorry."""
    for n, chords, bass, text in (
        (7, "C C C C", "c2:3 -:1 c3:2 -:2 g2:3 -:1 c3:2 -:2", bright(A)),
        (8, "F6 F6 G7 G7", "f2:3 -:1 c3:2 -:2 g2:3 -:1 b2:2 -:2", bright(B)),
        (9, "C C Am D9", "c3:3 -:1 b2:3 -:1 a2:3 -:1 f#2:2 g2:2", bright(C)),
    ):
        yield from _march(n, chords, bass)
        yield from rhythm("snare", bar(n), "X..xx.xxX..xx.xx" if n < 9 else "X.x.X.x.XxXxXxXx", 0.55)
        yield from rhythm("drum", bar(n), "X.......x.......", 0.8)
        yield from line("organ", bar(n), text, 0.42, 0.75)
    yield from line("piano", bar(9), "-:8 c6:1 b5:1 bb5:1 a5:1 ab5:1 g5:1 f#5:1 f5:1", 0.5)
    yield from _crash(37, 1.0, "c2")
    yield from line("piano", 39, TAIL, 0.75)
    yield from line("tuba", 39, "db2:2 b1:2 c2:3", 0.7, 0.6)
    yield from rhythm("woodblock", 39, "x.x.X", 0.5, 79)


def teeth() -> Iterator[Note]:
    """Bars 11-13: a bite on every beat, and the jaw in eighths between; nothing swings here."""
    for n, chords, bass, top in (
        (11, "Cm Cm Db Cm", "c2:1 -:3 c2:1 -:3 db2:1 -:3 c2:1 -:3", "c5:2 c6:2 eb5:2 c6:2 db5:2 c6:2 c5:2 g5:2"),
        (12, "Fm6 Fm6 Co G7", "f2:1 -:3 f2:1 -:3 f#2:1 -:3 g2:1 -:3", "f5:2 c6:2 ab5:2 c6:2 f#5:2 c6:2 g5:2 b5:2"),
        (13, "Ab7 G7 Co G7", "ab2:1 -:3 g2:1 -:3 f#2:1 -:3 g2:1 -:3", "ab5:2 c6:2 g5:2 b5:2 f#5:2 c6:2 g5:2 b4:2"),
    ):
        yield from stabs("organ", bar(n), chords, "X...X...X...X...", 0.34)
        yield from line("tuba", bar(n), bass, 0.85)
        for i, word in enumerate(top.split()):
            yield from line("piano", bar(n) + i / 2, word, 0.34 if i % 2 else 0.82)
        yield from rhythm("woodblock", bar(n), "X...X...X...X...", 0.8, 77)
        yield from rhythm("woodblock", bar(n), "..x...x...x...x.", 0.7, 84)
        yield from rhythm("snare", bar(n), "X...o...X...o...", 0.5)
        yield from rhythm("drum", bar(n), "X.......X.......", 0.5)


def bath() -> Iterator[Note]:
    """Bar 14: down the enamel and in, at beat 55; bubbles."""
    for at, octave, loud in ((53, 1, 0.35), (53 + 7 / 8, 0, 0.6)):
        yield from line("xylophone", at, lifted(ENAMEL, octave), loud)
    yield Note("roll", 53, 0, 1.95, 0.45)
    yield from _crash(55, 0.8, "g1")
    yield from line("drop", 55.75, "e4:1 b4:1 g4:1 d5:1 g5:1", 0.4)


def bones() -> Iterator[Note]:
    """Bars 15-17: the tune, danced on every beat by whoever has bones to do it with."""
    for n, chords, bass, text, below in (
        (15, "Cm Cm Cm Cm", "c2:3 -:5 g2:3 -:5", A, "eb5:2 g4:2 g5:2 g4:2 eb6:2 c6:2 d6:2 eb6:2"),
        (16, "Fm6 Fm6 G7 G7", "f2:3 -:5 g2:3 -:5", B, "c6:2 c5:2 ab5:2 c5:2 g5:2 f5:2 d5:2 b4:2"),
        (17, "G7 G7 Db Cm", "g2:3 -:1 b2:3 -:1 db2:3 -:1 c2:3 -:1", D, "f5:2 b4:2 d5:2 b4:2 f5:2 d5:2 eb5:4"),
    ):
        yield from line("xylophone", bar(n), lifted(text, 1), 0.85)
        yield from line("xylophone", bar(n), below, 0.42)
        yield from line("tuba", bar(n), bass, 0.72)
        yield from stabs("organ", bar(n), chords, "....x.......x..." if n < 17 else "x...x...X...X...", 0.30)
        yield from rhythm("woodblock", bar(n), "X.o.x.o.X.o.x.oo", 0.5, 89)
        yield from rhythm("drum", bar(n), "X...o...X...o...", 0.7)
        yield from rhythm("snare", bar(n), "o..ox..oo..ox..o", 0.38)


def pool() -> Iterator[Note]:
    """Bars 18-19: a roll up the ladder, a held breath, in at beat 73; the tail comes up for air."""
    yield Note("roll", 69, 0, 3.9, 0.9)
    yield from line("tuba", 69, "g1:2 -:2 ab1:2 -:2 a1:2 -:2 b1:2 -:2", 0.7)
    yield from line("piano", 69, "g4:2 -:2 ab4:2 -:2 a4:2 -:2 b4:1 b4:1 b4:1 b4:1", 0.5)
    yield from rhythm("drum", 69, "x...x...x...x...", 0.6)
    yield from _crash(73, 1.0, "c2")
    yield from line("drop", 74, "f#4:1 db5:1 a4:1", 0.4)
    yield from line("piano", 75, bright(TAIL), 0.7)
    yield from line("xylophone", 75, lifted(TAIL, 1), 0.5)
    yield from line("tuba", 75, "db2:2 b1:2 c2:3", 0.6, 0.6)
    yield from line("tuba", 76, "c2:3", 0.3)


def coaster() -> Iterator[Note]:
    """Bars 20-22: six beats of chain and ratchet up by half-tones, and at beat 83 the whole tune at twice its pace."""
    for i, word in enumerate(CHAIN.split()):
        at = 77 + i / 2
        yield from line("tuba", at, word, 0.5 + 0.03 * i, 0.6)
        yield from line("piano", at, lifted(word, 3), 0.24 + 0.03 * i)
        yield Note("ratchet", at, 0, 0.2, 0.55 + 0.02 * i)
        yield Note("ratchet", at + 0.25, 0, 0.2, 0.3)
    yield Note("roll", 81, 0, 1.95, 0.6)
    yield from _crash(83, 0.9, "c2")
    for i, (text, chords, bass) in enumerate(
        (
            (A, "Cm Cm", "c2:2 c3:2 g2:2 c3:2"),
            (B, "Fm6 G7", "f2:2 c3:2 g2:2 b2:2"),
            (D, "G7 Cm", "g2:2 b2:2 db2:2 c2:2"),
        )
    ):
        at = 83 + 2 * i
        yield from line("xylophone", at, lifted(slowed(text, 0.5), 1), 0.7)
        yield from line("piano", at, slowed(text, 0.5), 0.75)
        yield from line("tuba", at, bass, 0.75, 0.7)
        yield from stabs("organ", at, chords, "..X...X.", 0.36)
        yield from rhythm("snare", at, "XxxxXxxx", 0.55)
        yield from rhythm("drum", at, "X...X...", 0.75)


def tea() -> Iterator[Note]:
    """Bar 23: quiet. A spoon, three notes of the tune, a plop at beat 91, and nobody says anything."""
    yield from line("piano", 89, bright("c5:3 d5:1 eb5:4"), 0.42)
    yield from line("organ", 89, f"{CHORDS['C']}:7", 0.10)
    yield from line("cup", 89, "g6:4 e7:4", 0.42)
    yield Note("drop", 91, 60, 0.2, 0.75)
    yield Note("drop", 91.25, 76, 0.2, 0.35)
    yield from line("cup", 91, "c7:4", 0.30)
    yield from line("piano", 91.5, "db6:2 b5:2 c6:2", 0.34)


def giant() -> Iterator[Note]:
    """Bars 24-28: the tune again, twice as slow and three octaves down: he rises with the strut, pulls free at beat 101
    with its answer, and walks off on its long notes, at 105, 107, 109 and 111."""
    for at, text, loud in (
        (93, slowed(A, 2), 0.66),
        (101, slowed(B, 2).replace("b4:8 g4:8", ""), 0.95),
        (105, "b4:7 -:1 g4:7 -:1 db5:3 -:1 b4:3 -:1 c5:7", 1.0),
    ):
        yield from line("tuba", at, lifted(text, -3), loud, 0.96)
        yield from line("tuba", at, lifted(text, -2), loud * 0.62, 0.96)
    for at, chord, beats in (
        *((93, "Cm", 4), (97, "Cm", 2), (99, "Co", 1), (100, "Cm", 1), (101, "Fm6", 4)),
        *((105, "G7", 1), (107, "G7", 1), (109, "Db", 1), (110, "G7", 1), (111, "Cm", 1.5)),
    ):
        yield from line("organ", at, f"{CHORDS[chord]}:{4 * beats}", 0.10 + (at - 93) * 0.015, 0.95)
    for at in (105, 107, 109, 111):
        yield from rhythm("drum", at, "X", 1.0)
        yield from rhythm("cymbal", at, "X" if at == 107 else "o", 0.95)
        yield from rhythm("snare", at, "X.....oo...." if at < 111 else "X", 0.6)
    for at in range(93, 101):
        yield from rhythm("snare", at, "x..." if at % 2 else "x.oo", 0.3 + (at - 93) * 0.04)
        yield from rhythm("drum", at, "X", 0.35 + (at - 93) * 0.05)
    yield Note("roll", 99, 0, 1.95, 0.55)
    yield from _crash(101, 1.0)
    yield from rhythm("drum", 102, "x...x...x...", 0.6)
    yield from line("piano", 105, "-:4 d6:2 f6:2 -:4 f6:2 b5:2 -:4 f6:2 ab5:2", 0.42)


def credits() -> Iterator[Note]:
    """Bars 29-30: everybody, in major; the tail, and the last chord on beat 120."""
    yield from _march(29, "C C C D9", "c2:3 -:1 g2:2 -:2 c2:3 -:1 f#2:2 -:2")
    for voice, octave, loud in (("piano", 0, 0.8), ("xylophone", 1, 0.55), ("organ", -1, 0.34)):
        ending = "g5:2 f#5:2 g5:2 a5:2 b5:2 db6:2"
        yield from line(voice, bar(29), lifted(bright(A), octave), loud, 0.8)
        yield from line(voice, bar(30), lifted(ending, octave), loud, 0.8)
    yield from line("tuba", bar(30), "g2:3 -:1 f2:3 -:1 g1:2 db2:2", 0.8)
    yield from stabs("organ", bar(30), "G7 G7 Db", "x...x.....x.", 0.34)
    yield from rhythm("cymbal", bar(29), "X", 0.55)
    yield from rhythm("drum", bar(29), "X.......X.......X...X...X.x.X", 0.85)
    yield from rhythm("snare", bar(29), "X..xx.xxX..xx.xxX.xxX.xxXxXxX", 0.55)
    yield from line("piano", BEATS, "c5+e5+g5+c6:2", 0.6)
    yield from line("xylophone", BEATS, "c6+c7:2", 0.6)
    yield from line("organ", BEATS, "c4+e4+g4+c5:1", 0.36)
    yield from line("tuba", BEATS, "c2:1", 1.0)
    yield from _crash(BEATS, 0.75)


def _march(number: int, chords: str, bass: str) -> Iterator[Note]:
    """A bar of it: the tuba on one and three, the organ on two and four."""
    yield from line("tuba", bar(number), bass, 0.8)
    yield from stabs("organ", bar(number), chords, "....X.......X...", 0.34)


def _crash(beat: float, loud: float, bass: str = "") -> Iterator[Note]:
    """Something lands: plate, skin, and a low note if one is named."""
    yield Note("cymbal", beat, 0, 1, loud)
    yield Note("drum", beat, 0, 1, loud)
    yield Note("snare", beat, 0, 1, loud * 0.7)
    if bass:
        yield from line("tuba", beat, f"{bass}:5", loud)


def notes() -> list[Note]:
    """All of them, in the order of the score."""
    parts: Iterable[Iterator[Note]] = (
        *(press(), skies(), rocket(), teeth(), bath(), bones(), pool()),
        *(coaster(), tea(), giant(), credits()),
    )
    return list(chain.from_iterable(parts))


def _slide(text: str) -> tuple[tuple[float, float], ...]:
    """Points of the whistle, written `beats later/key`."""
    return tuple((float(at), key_of(key)) for at, _, key in (word.partition("/") for word in text.split()))


BREATHS = (
    Breath(25, _slide("0/g4 1/c5 1.5/c5 3/g5 3.5/g5 5/c6 5.5/c6 7.5/g6 8.8/g6 11.9/c5"), 0.5),
    Breath(53, _slide("0/g6 0.4/g6 1.95/g4"), 0.36),
    Breath(69, _slide("0/c5 3.2/g5 3.6/g5 3.95/c5"), 0.2),
    Breath(83, _slide("0/c7 0.3/c7 1.8/e5 2/e5 3/a6 3.2/a6 4.7/g4"), 0.42),
    Breath(101, _slide("0/c5 1.2/c6 2/c6 3.6/c5"), 0.22),
)
