"""Aims as written to acts: whom a joint follows, looks at or reaches for, found by name or, unsaid, nearby."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from collage.exposure.aims import Arm, Target, following, looking, reaching
from collage.exposure.bench import Bench
from collage.exposure.links import link
from collage.exposure.moving import Aim
from collage.exposure.rig import Joint, Link, Piece
from collage.motion.bones import BENDS
from collage.timing import round_half_up

Aims = list[tuple[Aim, Target]]


def aim_all(bench: Bench, aims: list[Aim], named: Mapping[str, Joint], pieces: tuple[Piece, ...]) -> Aims:
    """Give every joint that aims its act, in its place among the joint's moves. The aims with their targets.

    Arms come last, those that carry others first: an arm has to know all else that turns its bones.
    """
    found: Aims = []
    others: dict[Joint, list[Aim]] = {}
    for aim in aims:
        if aim.do != "reach":
            others.setdefault(aim.joint, []).append(aim)
    for aim in sorted(aims, key=lambda aim: (aim.do == "reach" and len(_ancestry(aim.joint)), aim.place)):
        target: Target | None = None
        word = "to" if aim.do == "reach" else "layer"
        with bench.problems.at(*aim.loc, word):
            target = _target(bench, aim.values[word], aim.joint, named, pieces)
        if target is None:
            continue
        found.append((aim, target))
        with bench.problems.at(*aim.loc):
            _act(aim, target, others)
            if aim.do == "reach":
                _warn_short(bench, aim)
    return found


def _act(aim: Aim, target: Target, others: Mapping[Joint, list[Aim]]) -> None:
    joint, values = aim.joint, aim.values
    joint.restless = True
    before, after = joint.acts[: aim.place], joint.acts[aim.place + 1 :]
    if aim.do == "follow":
        act = following(joint, target, round_half_up(Fraction(values["lag"])), aim.stretch)
    elif aim.do == "look-at":
        act = looking(joint, target, values["facing"], aim.stretch)
    else:
        lower, upper = _bones(joint)
        _check_free(aim, others.get(lower, ()), "take it away")
        earlier = [other for other in others.get(joint, ()) if other.place < aim.place]
        _check_free(aim, earlier, "write it after reach")
        acts = (upper.acts, lower.acts, before)
        arm = Arm(upper, lower, joint, acts, target, BENDS[values["bend"]], values["stretch"], aim.stretch)
        first, second, act = reaching(arm)
        upper.acts, lower.acts = (*upper.acts, first), (*lower.acts, second)
        upper.restless = lower.restless = True
    joint.acts = (*before, act, *after)


def _warn_short(bench: Bench, aim: Aim) -> None:
    """A bone that hangs by the very point that carries the next has no length to reach with."""
    hand = aim.joint
    for carried, bone in zip((hand, _bones(hand)[0]), _bones(hand), strict=True):
        link, own = carried.parent.static, bone.parent.static
        hook = bone.pivot if link is None or link.hook is None else link.hook
        pivot = bone.pivot if bone.pinned or own is None else bone.hooks.get(own.hook_name, bone.pivot)
        if hook == pivot and carried.rest[:2] == (0.0, 0.0) and not carried.curves:
            bench.problems.warn(
                f'"{bone.label}" can\'t reach: "{carried.label}" hangs on the very point it turns about, so it has '
                "no length. Write another pivot in it, or another hook in what it carries", *aim.loc,
            )  # fmt: skip
            return


def _check_free(reach: Aim, others: Iterable[Aim], cure: str) -> None:
    """ValueError if something in the arm aims by itself before the arm is bent: it would wait for what waits for it."""
    for other in others:
        raise ValueError(
            f'"{other.joint.label}" can\'t {other.do} before "{reach.joint.label}" has reached, which bends it: {cure}'
        )


def _bones(hand: Joint) -> tuple[Joint, Joint]:
    """The two parts that carry a hand. ValueError if there are none, or if they change."""
    lower = _carrier(hand)
    upper = _carrier(lower) if lower else None
    if lower is None or upper is None:
        raise ValueError(
            f'"{hand.label}" reaches by the two parts that carry it, like a hand by its arm: hang it on a lower part '
            "that hangs on an upper one, by parent and not by keys.parent"
        )
    return lower, upper


def _carrier(joint: Joint) -> Joint | None:
    static = joint.parent.static
    return None if joint.parent.steps or static is None or static.inner else static.joint


def _target(bench: Bench, written: Any, joint: Joint, named: Mapping[str, Joint], pieces: tuple[Piece, ...]) -> Target:
    if written is None:
        return _nearby(bench, joint, pieces)
    if isinstance(written, str):
        return link(written, named, pieces)
    setting = bench.setting(None, under=False)
    return setting.pixels(written[0], 0), setting.pixels(written[1], 1)


def _nearby(bench: Bench, joint: Joint, pieces: tuple[Piece, ...]) -> Target:
    """The layer before it in the file that it neither hangs on nor carries, else the canvas's centre."""
    mine = _ancestry(joint)
    for piece in reversed(pieces[: joint.index]):
        other = piece.joint
        if other.label != joint.label and other not in mine and joint not in _ancestry(other) and not other.delay:
            return Link(other.label, other)
    width, height = bench.scene.scene.size
    return width / 2, height / 2


def _ancestry(joint: Joint) -> set[Joint]:
    """The joint and all that may ever carry it, directly or not."""
    found, waiting = {joint}, [joint]
    while waiting:
        for carrier in waiting.pop().parent.values():
            if carrier is not None and carrier.joint not in found:
                found.add(carrier.joint)
                waiting.append(carrier.joint)
    return found
