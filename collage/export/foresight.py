"""What an export would do, without doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collage.export.fingerprint import Fingerprints
from collage.export.making import How, proven
from collage.export.notebook import known

if TYPE_CHECKING:
    from collage.export.plan import Plan
    from collage.export.settings import Settings
    from collage.export.subject import Subject


def foresee(subject: Subject, plan: Plan, settings: Settings, *, anew: bool = False) -> dict[How, int]:
    """How many frames of a plan would be made, copied and kept; none kept if all are to be made `anew`. Nothing is
    drawn or written. CollageError for a manifest that is none of ours, AssetError for a file that can't be read."""
    prints, there = Fingerprints(subject, settings), {} if anew else known(plan.folder, plan.name).shots
    hows: dict[How, int] = {"fresh": 0, "held": 0, "resumed": 0}
    met = set[str]()
    for frame in plan.numbers:
        fingerprint, shot = prints.of(frame), there.get(frame)
        same = shot is not None and (shot.fingerprint, shot.file) == (fingerprint, plan.file(frame))
        if same and shot and proven(plan, shot) is not None:
            hows["resumed"] += 1
        else:
            hows["held" if fingerprint in met else "fresh"] += 1
        met.add(fingerprint)
    return hows
