"""Every move by its name, in the order of the format's own list: what it is for, what it takes, what makes it."""

from __future__ import annotations

from collections.abc import Mapping

from collage.motion.bones import BENDS
from collage.motion.moves.aiming import aim
from collage.motion.moves.drawing import blink, chatter, cycle
from collage.motion.moves.jolting import boil, drift, pulse, shake
from collage.motion.moves.kinds import Move, Param
from collage.motion.moves.placing import crawl, path, slide
from collage.motion.moves.shooting import drop, pop, spin
from collage.motion.moves.waving import bob, breathe, orbit, squash, swing

_PHASE = Param("share", 0, "Where in its period it begins, 0 to 1.")
_OVER = Param("length", 6, "How long it takes to fade once out has come; a drawing goes at once.")
_COURSE = 'SVG path data in pixels, as "M 0 500 C 400 200 800 200 1200 500"; without it, an arc across the canvas.'
_ORIENT = Param("flag", False, "Whether the piece turns with the path, its front ahead.")
_FACING = Param("number", 0, "Degrees: where its picture's front points, 0 to the right, 90 down, -90 up.")


def _every(default: str) -> Param:
    return Param("length", default, "How long one period takes.")


MOVES: Mapping[str, Move] = {
    "slide": Move(
        "Slides to a place, or by a distance, or in from beyond the left edge.",
        {
            "to": Param("place", None, "Where it ends, [x, y]; it starts wherever the piece is, and rules over by."),
            "by": Param("place", None, "How far it goes, [x, y]; without to and by, in from a canvas's width left."),
            "ease": Param("ease", "out-cubic", "How it arrives."),
        },
        slide,
        "keeps",
        lambda rate: rate / 2,
    ),
    "path": Move(
        "Travels along a drawn path, at the speed of its ease whatever the curve.",
        {
            "d": Param("path", None, _COURSE),
            "orient": _ORIENT,
            "facing": _FACING,
            "ease": Param("ease", "in-out-sine", "How it gets from the path's start to its end."),
        },
        path,
        "keeps",
        None,
    ),
    "spin": Move(
        "Spins about its pivot, once over its whole span or on and on.",
        {
            "by": Param("number", 360, "Degrees clockwise: over the whole span, or in each every."),
            "every": Param("length", None, "How long each turn takes, on and on; then the ease does nothing."),
            "ease": Param("ease", "linear", "How it arrives."),
        },
        spin,
        "keeps",
        None,
    ),
    "swing": Move(
        "Swings about its pivot like a pendulum.",
        {"by": Param("number", 8, "Degrees to either side."), "every": _every("2s"), "phase": _PHASE, "over": _OVER},
        swing,
        "fades",
        None,
    ),
    "bob": Move(
        "Bobs up and down as on water, up first.",
        {"by": Param("number", 12, "Pixels either way."), "every": _every("2s"), "phase": _PHASE, "over": _OVER},
        bob,
        "fades",
        None,
    ),
    "orbit": Move(
        "Circles clockwise around its place, from the right of it, upright all the while.",
        {
            "radius": Param("number", 100, "Pixels from its place."),
            "every": _every("4s"),
            "phase": _PHASE,
            "over": _OVER,
        },
        orbit,
        "fades",
        None,
    ),
    "drift": Move(
        "Wanders softly about its place and never twice the same way.",
        {
            "by": Param("number", 6, "Pixels it strays, about."),
            "every": Param("length", "4s", "How long one wandering out and back takes, about."),
            "phase": _PHASE,
            "over": _OVER,
        },
        drift,
        "fades",
        None,
    ),
    "pop": Move(
        "Pops up out of nothing, a little too large, and settles.",
        {"ease": Param("ease", "out-back", "How it grows.")},
        pop,
        "keeps",
        lambda rate: 8.0,
    ),
    "drop": Move(
        "Drops into place from above and bounces.",
        {
            "height": Param("number", None, "Pixels it falls; without it, its picture's height and 200 more."),
            "ease": Param("ease", None, "How it lands; without one as card does: it bounces twice, and lands on twos."),
        },
        drop,
        "keeps",
        lambda rate: 14.0,
    ),
    "shake": Move(
        "Shakes: each exposure lies somewhere else near its place.",
        {"by": Param("number", 4, "Pixels it is off at most."), "over": _OVER},
        shake,
        "fades",
        None,
    ),
    "boil": Move(
        "Boils like a piece laid afresh by hand for each exposure, a hair off every time.",
        {"by": Param("number", 1, "Pixels it is off at most; it turns by up to 0.3 degrees for each."), "over": _OVER},
        boil,
        "fades",
        None,
    ),
    "breathe": Move(
        "Breathes: grows and shrinks a little.",
        {
            "by": Param("number", 0.02, "Share of its size it grows by, and shrinks by."),
            "every": _every("3s"),
            "phase": _PHASE,
            "over": _OVER,
        },
        breathe,
        "fades",
        None,
    ),
    "squash": Move(
        "Squashes and stretches about its pivot, as wide as it gets low.",
        {
            "by": Param("number", 0.15, "Share of its width it gains squashed, and of its height it gains stretched."),
            "every": _every("1s"),
            "phase": _PHASE,
            "over": _OVER,
        },
        squash,
        "fades",
        None,
    ),
    "blink": Move(
        "Blinks now and then: shows its second drawing, or is pressed flat; of two eyes blink the peg.",
        {
            "every": Param("length", "4s", "How often, about: once in each such time, no one knows when."),
            "hold": Param("length", 3, "How long it stays shut, at least an exposure."),
            "phase": _PHASE,
            "over": _OVER,
        },
        blink,
        "fades",
        None,
    ),
    "cycle": Move(
        "Plays its drawings in turn, from the one it shows.",
        {
            "every": Param("length", None, "How long a whole round takes; it rules over hold."),
            "hold": Param("length", None, "How long each drawing stays; without every and hold, one exposure."),
            "how": Param("choice:loop|ping-pong|once", "loop", "What comes after the last drawing."),
            "phase": _PHASE,
            "over": _OVER,
        },
        cycle,
        "fades",
        None,
    ),
    "chatter": Move(
        "Chatters like a jaw: snaps open on each beat and falls shut before half of it has gone.",
        {
            "every": Param("length", "1 beat", "How often; half a second if the scene has no tempo."),
            "by": Param("number", 12, "Degrees it opens, if it has no second drawing to open to."),
            "phase": _PHASE,
            "over": _OVER,
        },
        chatter,
        "fades",
        None,
    ),
    "crawl": Move(
        "Crawls along a drawn path step by step, leaning from side to side.",
        {
            "d": Param("path", None, _COURSE),
            "every": Param("length", "0.5s", "How long a step takes, with the rest after it."),
            "lean": Param("number", 6, "Degrees it leans in a step, by turns to the right and to the left."),
            "orient": _ORIENT,
            "facing": _FACING,
        },
        crawl,
        "keeps",
        None,
    ),
    "follow": Move(
        "Follows another layer, some frames behind.",
        {
            "layer": Param(
                "target",
                None,
                'Whom: "layer", "layer.hook", in a scene "bones/hand-r"; else the layer before it in the file.',
            ),
            "lag": Param("length", 6, "How far behind."),
            "over": _OVER,
        },
        aim,
        "fades",
        None,
    ),
    "look-at": Move(
        "Turns to face another layer wherever it goes.",
        {
            "layer": Param(
                "target",
                None,
                'At whom: "layer", "layer.hook", in a scene "bones/hand-r"; else the layer before it in the file.',
            ),
            "facing": _FACING,
            "over": _OVER,
        },
        aim,
        "fades",
        None,
    ),
    "reach": Move(
        "Reaches for something, bending the two parts it hangs from as an arm bends for its hand.",
        {
            "to": Param(
                "target",
                None,
                'For what: "layer", "layer.hook", or a place [x, y]; else the layer before it in the file.',
            ),
            "bend": Param(
                "choice:" + "|".join(BENDS), "drawn", "Which way the lower part folds against the upper one."
            ),
            "stretch": Param("number", 1, "How many times longer the two may grow together; 1 is not at all."),
            "over": _OVER,
        },
        aim,
        "fades",
        None,
    ),
    "pulse": Move(
        "Pulses with the music: swells on each beat, or with the level of the sound.",
        {
            "by": Param("number", 0.15, "Share of its size it swells by."),
            "source": Param(
                "choice:beat|level", None, "What it hears; else the level of the sound if there is one, else the beat."
            ),
            "over": _OVER,
        },
        pulse,
        "fades",
        None,
    ),
}
