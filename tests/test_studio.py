"""The studio makes what is committed again from its seeds: each picture to within a level, the rest byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent
SAMPLE = ("paper/star", "stall/ticket", "skies/fog", "props/scalpel")
"""Set type and scissors, tickets, a sky, and a prop that was photographed."""
TEXTS = ("look/print.cube", "sound/babble.tsv", "sound/slap.wav", "type/knife.ttf")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, made anew by the command that the README names."""
    out = tmp_path_factory.mktemp("made")
    command = [sys.executable, "-m", "assets.studio", *SAMPLE, *TEXTS[:2], "sound/slap", "type", "--out", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return out


def levels(path: Path) -> np.ndarray:
    """A picture's straight RGBA."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGBA")).astype(int)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_picture_comes_out_again(made: Path, name: str) -> None:
    """No pixel is more than a level from the committed one."""
    assert np.abs(levels(made / f"{name}.webp") - levels(ROOT / "assets" / f"{name}.webp")).max() <= 1


@pytest.mark.parametrize("name", TEXTS)
def test_tables_sounds_and_type_come_out_again(made: Path, name: str) -> None:
    """Byte for byte."""
    assert (made / name).read_bytes() == (ROOT / "assets" / name).read_bytes()


def test_the_credits_are_fresh() -> None:
    """They say what the registry says now."""
    run = subprocess.run(
        [sys.executable, "-c", "import credits, sys; sys.stdout.reconfigure(encoding='utf-8'); print(credits.text())"],
        cwd=ROOT / "assets" / "studio", capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.rstrip("\n") == (ROOT / "scenes" / "credits.toml").read_text(encoding="utf-8").rstrip("\n")
