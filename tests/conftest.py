"""What every test stands on: no screen, no sound, and small ways to make pictures and projects."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
# the same examples every time, so that a failure is there for everyone; COLLAGE_EXPLORE=1 looks at others
settings.register_profile(
    "suite",
    deadline=None,
    max_examples=40,
    derandomize=not os.environ.get("COLLAGE_EXPLORE"),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")

Project = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """A kernel is kept, so that no command has to say that this is the first time."""
    from collage.glass import kernels

    kernels.straighten(np.zeros((1, 1), np.uint32))


@pytest.fixture(autouse=True)
def no_memory(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is remembered from one test's window to the next's, nor of the person's own."""
    folder = tmp_path_factory.getbasetemp() / "state" / f"{zlib.crc32(request.node.nodeid.encode()):08x}"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    (folder / "cache").mkdir(parents=True, exist_ok=True)  # graphics drivers complain where there is none
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))


@pytest.fixture
def dummy() -> Iterator[None]:
    """SDL's display that needs no screen, and its letters, closed afterwards."""
    import pygame

    pygame.display.init()
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """``project(scene_text, {"props/dot": array})`` writes a project and gives the scene file's path."""
    from collage.glass.png import encode

    def made(text: str, assets: dict[str, np.ndarray] | None = None, registry: str = "") -> Path:
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "scenes").mkdir(exist_ok=True)
        for name, pixels in (assets or {}).items():
            file = tmp_path / "assets" / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(encode(np.ascontiguousarray(pixels)))
        if registry:
            (tmp_path / "assets" / "registry.toml").write_text(registry, encoding="utf-8")
        scene = tmp_path / "scenes" / "test.toml"
        scene.write_text(text, encoding="utf-8")
        return scene

    return made
