"""The wheel: it carries the bundled scenes with their pictures, and plays them where nothing else is."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import numpy as np
import pytest

import collage
from collage.export.fingerprint import Fingerprints
from collage.export.settings import Settings
from collage.glass.png import encode
from collage.stand import frame_file

ROOT = Path(__file__).resolve().parent.parent
TREE = ("pyproject.toml", "README.md", "LICENSE", "collage", "scenes", "assets")
STAND_IN = (
    'format = 1\n[scene]\nlength = 48\n[[layer]]\ncard = "#c8553d"\nsize = [300, 200]\nkeys.turn = [[0, 0], [47, 90]]\n'
)
PLAIN = 'format = 1\n[scene]\nsize = [8, 8]\n[lamp]\nstrength = 0\n[[layer]]\nasset = "plain/dot"\n'
"""Few kernels are compiled for it, while `hello` needs most of them."""
WHERE = "from collage.desk.scenes import bundled; print(bundled({!r}))"
PRINTS = """
import collage; from collage.desk.scenes import bundled
from collage.export.fingerprint import Fingerprints; from collage.export.settings import Settings
stand = collage.open(bundled("hello")); prints = Fingerprints(stand, Settings())
print(*(prints.of(frame) for frame in range(stand.length)))
"""
BUILDER = importlib.util.find_spec("hatchling")


def done(*command: str | Path, where: Path, modules: Path | None = None) -> str:
    """What a command prints; its complaints if it fails. Only `modules`, if given, is looked through for more."""
    return ran(*command, where=where, modules=modules).stdout


def ran(*command: str | Path, where: Path, modules: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env |= {"PYTHONPATH": str(modules)} if modules else {}
    run = subprocess.run([*map(str, command)], cwd=where, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the wheel is built from, so that building leaves nothing behind; it always has a `hello`, and a
    `plain` scene of one picture."""
    copy = tmp_path_factory.mktemp("tree")
    for part in TREE:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, copy)
    (hello := copy / "scenes" / "hello.toml").parent.mkdir(exist_ok=True)
    if not hello.exists():
        hello.write_text(STAND_IN)
    (copy / "scenes/plain.toml").write_text(PLAIN)
    (copy / "assets/plain").mkdir(parents=True)
    (copy / "assets/plain/dot.png").write_bytes(encode(np.full((3, 5, 4), (200, 85, 61, 255), np.uint8)))
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tree, by the builder that is here if there is one."""
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-build-isolation"] if BUILDER else []
    done(sys.executable, "-m", "pip", "wheel", "--no-deps", *here, "-w", folder, tree, where=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a new environment that holds the wheel, and borrows only the libraries of this one."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    done(sys.executable, "-m", "venv", "--without-pip", home, where=home.parent)
    binaries = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = binaries / "python"
    install = ("--python", python, "install", "--no-deps", "--no-index", wheel)
    done(sys.executable, "-m", "pip", *install, where=home.parent)
    site = done(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", where=home.parent).strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return binaries


def test_the_wheel_carries_what_scenes_need(tree: Path, wheel: Path) -> None:
    """Every scene and picture of the checkout is in it, the scripts that made them are not."""
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = [file.relative_to(tree) for part in ("scenes", "assets") for file in (tree / part).rglob("*")]
    for file in files:
        document = file.parts[0] + file.suffix in ("scenes.png", "scenes.gif")  # of the README or of the reference
        if (tree / file).is_file() and "studio" not in file.parts and not document:
            assert f"collage/bundled/{file.as_posix()}" in packed
    assert not [name for name in packed if "scenes/" in name and name.endswith((".png", ".gif"))]
    assert not [name for name in packed if "studio" in name or name.startswith(("tests/", "scenes/", "assets/"))]


def test_the_wheel_plays_its_own_scene_from_an_empty_folder(tree: Path, fresh: Path, tmp_path: Path) -> None:
    """Installed where there is no checkout, it finds `hello`, and has for each frame what the checkout makes it of."""
    scene = Path(done(fresh / "python", "-c", WHERE.format("hello"), where=tmp_path).strip())
    assert scene.parts[-4:] == ("collage", "bundled", "scenes", "hello.toml")
    with collage.open(tree / "scenes" / "hello.toml") as stand:
        prints = Fingerprints(stand, Settings())
        expected = [prints.of(frame) for frame in range(stand.length)]
    assert done(fresh / "python", "-c", PRINTS, where=tmp_path).split() == expected


def test_the_wheel_draws_what_the_checkout_draws(tree: Path, fresh: Path, tmp_path: Path) -> None:
    """To the byte; before its first picture, and no other, the command says that this takes long."""
    scene = done(fresh / "python", "-c", WHERE.format("plain"), where=tmp_path).strip()
    still = (fresh / "collage", "still", scene, "-o", "installed.png")
    told = [ran(*still, where=tmp_path).stderr for _ in range(2)]
    assert "once on this machine" in told[0]
    assert told[1] == ""
    with collage.open(tree / "scenes" / "plain.toml") as stand:
        assert (tmp_path / "installed.png").read_bytes() == frame_file(stand, 0, 1)


def test_a_checkout_plays_its_own_scene(tree: Path, tmp_path: Path) -> None:
    """Where there is no bundle, the scene is the checkout's file, so that editing it shows."""
    found = done(sys.executable, "-c", WHERE.format("hello"), where=tmp_path, modules=tree).strip()
    assert Path(found) == tree.resolve() / "scenes" / "hello.toml"


@pytest.mark.skipif(not BUILDER, reason="the builder is not installed here")
def test_an_editable_install_copies_nothing(tree: Path, tmp_path: Path) -> None:
    """Its wheel holds no scene, no picture and no module: only where the checkout lies."""
    build = "import sys, hatchling.build as b; b.build_editable(sys.argv[1])"
    done(sys.executable, "-c", build, tmp_path, where=tree)
    packed = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert [name for name in packed if ".dist-info/" not in name] == ["_collage.pth"]
