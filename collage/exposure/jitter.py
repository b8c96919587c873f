"""What goes wrong under a camera: sheets too near to it at rest, and pieces held on twos while it moves on ones."""

from __future__ import annotations

import math

from collage.exposure.camera import FADING
from collage.exposure.parts import Made
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import HEIGHT, OPACITY, SLOTS, Joint, Rig
from collage.scene.model import Layer

_STILL = frozenset(channel for channel, (slot, _) in SLOTS.items() if slot >= OPACITY) | {"time", "swap", "hidden"}


def check_rest(rig: Rig, problems: Problems) -> None:
    """A problem for the highest sheet that fades already while the camera rests: at rest all is as it was laid."""
    if rig.camera is None:
        return
    height, pane = rig.camera.rest[HEIGHT], max(rig.sheets, key=lambda pane: pane.z)
    if height - pane.z < FADING:
        problems.append(Problem(
            ("camera", "height"),
            f'the sheet "{pane.name}" lies {pane.z:g} mm up, and one less than {FADING:g} mm under the camera fades: '
            f"write height = {math.ceil(pane.z + FADING)} or more in [camera], or smaller gaps between the sheets",
        ))  # fmt: skip


def check_jitter(rig: Rig, made: list[Made], problems: Problems) -> None:
    """Warn of the first layer that moves on fewer exposures than the camera, and say how many more there are."""
    camera = rig.camera
    moving = {joint for one in made if _moves(one) for joint in one.joints}
    if camera is None or camera not in moving:
        return
    held = [
        one for one in made if isinstance(one.part, Layer) and one.joints and _jitters(one.joints[0], camera, moving)
    ]
    if held:
        one, more = held[0], f" (and {len(held) - 1} more)" if len(held) > 1 else ""
        problems.warn(
            f'"{one.joints[0].label}" moves {_held(one.joints[0].on)} while the camera moves {_held(camera.on)}, so it '
            f"jitters against what stands still{more}: write on = {camera.on} in it, or lock = true to keep it from "
            f"the camera, or on = {one.joints[0].on} in [camera]",
            *one.loc,
        )


def _moves(one: Made) -> bool:
    """Whether a part changes its place, size or turn: what only fades or changes its drawing can't jitter."""
    expr = {channel for channel in type(one.part.expr).model_fields if getattr(one.part.expr, channel) is not None}
    acts = bool(expr - _STILL) or bool(getattr(one.part, "move", ()))
    return acts or any(slot < OPACITY for joint in one.joints[:1] for slot, _ in joint.curves)


def _jitters(joint: Joint, camera: Joint, moving: set[Joint]) -> bool:
    carriers: list[Joint] = [joint]
    while (link := carriers[-1].parent.static) is not None and len(carriers) < 100:
        carriers.append(link.joint)
    if any(carrier.lock for carrier in carriers):
        return False
    return any(carrier in moving and carrier.on > camera.on for carrier in carriers)


def _held(on: int) -> str:
    return {1: "on ones", 2: "on twos", 3: "on threes", 4: "on fours"}.get(on, f"on {on}s")
