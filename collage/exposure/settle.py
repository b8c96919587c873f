"""What never changes in a rig, found once so that no frame has to ask: which sheet a joint lies on, and whether there
are groups, locks or hidden hooks at all."""

from __future__ import annotations

from collage.exposure.rig import Discrete, Joint, Link, Piece, Rig
from collage.motion.keys import Steps
from collage.registry.hooks import MovingHook


def settle(rig: Rig) -> None:
    """Fill in what `expose` can take for granted."""
    rig.groups = any(joint.group for joint in rig.joints)
    rig.locks = any(joint.lock for joint in rig.joints)
    rig.hiding_hooks = any(_hides(link) for joint in rig.joints for link in joint.parent.values())
    for piece in rig.pieces:
        if "none" in piece.swap.values() and any(isinstance(hook, MovingHook) for hook in piece.joint.hooks.values()):
            piece.lying = _lying(piece)
    rig.slipping = rig.hiding_hooks or any(
        target is not None for piece in rig.pieces for target in piece.behind.values()
    )
    if not rig.groups:
        for joint in rig.joints:
            joint.home = _home(joint)


def _hides(link: Link | None) -> bool:
    while link is not None and link.inner is not None:
        link = link.inner
    return link is not None and isinstance(link.hook, MovingHook) and None in link.hook.points


def _lying(piece: Piece) -> Discrete[str | None]:
    """Its drawings with each "none" as the drawing before it, which a loop has from its round's end."""
    first, steps = next(iter(piece.places), None), piece.swap.steps
    if steps is None:
        return Discrete(first)
    now = first if steps.loop is None else next((name for name in steps.values[::-1] if name != "none"), first)
    names = []
    for name in steps.values:
        now = now if name == "none" else name
        names.append(now)
    return Discrete(first, Steps(steps.frames, tuple(names), steps.loop, steps.start))


def _home(joint: Joint) -> int | None:
    """The sheet that a joint always lies on; None if keys may change it."""
    carrier: Joint | None = joint
    while carrier is not None:
        if carrier.home is not None:
            return carrier.home
        if carrier.sheet.steps is not None:
            return None
        if carrier.sheet.static is not None:
            return carrier.sheet.static
        if carrier.parent.steps is not None:
            return None
        carrier = carrier.parent.static.joint if carrier.parent.static else None
    return 0
