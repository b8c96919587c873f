"""A window that plays while somebody saves again and again stays as large as it was. The bench does so for an hour."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from screens import MISSING, Playing, screen
from soaking import project, soak

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}"),
    pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc tells"),
]


def test_saves_leave_nothing_behind(tmp_path: Path) -> None:
    """Texts, pictures and registries, some broken, some gone: no file stays open, no thread lives on, memory stays."""
    scene = project(tmp_path)
    with screen() as display:
        playing = Playing(display, tmp_path, str(scene))
        samples = list(soak(playing, scene, 36, 0.45))
        playing.press("q")
        code, said = playing.left()
    assert code == 0, said
    assert "Traceback" not in said
    early, late = samples[12:18], samples[-6:]
    assert min(each.handles for each in late) <= min(each.handles for each in early)
    assert min(each.threads for each in late) <= min(each.threads for each in early)
    assert min(each.memory for each in late) < 1.25 * min(each.memory for each in early)
