"""What the bytes of a frame depend on beside the scene: this program, and what it runs on.

The same frame is the same bytes on one platform, and at most a level apart across: how a compiler orders a sum, or
which of a library's kernels a processor is given, shows in the last bit.
"""

from __future__ import annotations

import platform as python
import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ASIDE = ("cli", "desk", "player", "export")
"""Rooms that make no pixels, but for what develops a frame."""
_DEVELOPING = "export/developing.py"
_PACKAGES = ("numpy", "numba", "llvmlite", "pillow", "isal")


@cache
def program() -> str:
    """This program: its version, and a digest of the sources that have a say in a frame's bytes."""
    from collage import __version__

    return f"collage {__version__} {sources(Path(__file__).parent.parent)}"


def sources(home: Path) -> str:
    """The digest of the sources in a folder of rooms, by their names and lines."""
    digest = sha256()
    for name, file in sorted((file.relative_to(home).as_posix(), file) for file in home.rglob("*.py")):
        if name.split("/")[0] not in _ASIDE or name == _DEVELOPING:
            content = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{len(name)} {name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def platform() -> dict[str, str]:
    """What bytes depend on: the system with its arithmetic, the processor's instructions as each library uses them,
    and the versions of what computes. The same in each process of one machine."""
    return dict(_platform())


@cache
def _platform() -> tuple[tuple[str, str], ...]:
    facts = {
        "system": python.system(),
        "libc": " ".join(python.libc_ver()).strip() or python.release(),
        "machine": python.machine(),
        **_instructions(),
        "python": f"{python.python_implementation()} {python.python_version()}",
        **{name: package(name) for name in _PACKAGES},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_decoders(),
    }
    return tuple(facts.items())


def package(name: str) -> str:
    """The version of an installed package, "" if there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _instructions() -> dict[str, str]:
    """The processor as LLVM, OpenCV and NumPy see it: each has its own switch to leave instructions unused."""
    import cv2
    import numpy as np
    from llvmlite import binding as llvm  # type: ignore[import-untyped]
    from numba.core import config

    features: str = config.CPU_FEATURES or llvm.get_host_cpu_features().flatten()  # type: ignore[attr-defined]
    simd = np.show_config("dicts")["SIMD Extensions"]
    return {
        "processor": config.CPU_NAME or llvm.get_host_cpu_name(),  # type: ignore[attr-defined]
        "llvm instructions": f"{features.count('+')} of them, {sha256(features.encode()).hexdigest()[:16]}",
        "opencv": cv2.__version__,
        "opencv instructions": cv2.getCPUFeaturesLine() if cv2.useOptimized() else "none",
        "numpy instructions": " ".join([*simd.get("baseline", ()), *simd.get("found", ())]),
    }


def _decoders() -> dict[str, str]:
    """The libraries inside Pillow, which another build of the same version may have of another age."""
    from PIL import features

    names = ("freetype2", "jpg", "libjpeg_turbo", "libtiff", "littlecms2", "webp", "zlib", "zlib_ng")
    return {f"pillow's {name}": found for name in names if (found := features.version(name))}
