"""Sound files made for a test, and projects that let them be heard."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
TEXT = 'format = 1\n[scene]\nsize = [8, 4]\nlength = "2s"\n'


def save(path: Path, samples: npt.ArrayLike, rate: int = 48_000, bits: int = 16) -> Floats:
    """Writes a WAV of (n,) or (n, channels) numbers from -1 to 1, and gives what stands in it; 32 bits are floats."""
    levels = np.asarray(samples, np.float64)
    levels = levels.reshape(len(levels), -1)
    most = 2 ** (bits - 1)
    if bits == 32:
        heard = levels.astype("<f4")
        body = heard.tobytes()
    else:
        whole = np.clip(np.rint(levels * most), -most, most - 1).astype("<i4")
        heard = (whole / most).astype(np.float32)
        body = whole.reshape(-1, 1).view(np.uint8)[:, : bits // 8].tobytes()
    block = levels.shape[1] * bits // 8
    form = struct.pack("<HHIIHH", 3 if bits == 32 else 1, levels.shape[1], rate, rate * block, block, bits)
    chunks = b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(body)) + body
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return heard


def noise(seconds: float, rate: int = 48_000, channels: int = 2, seed: int = 0) -> npt.NDArray[np.float64]:
    """(n, channels) that never repeats, and three of which together stay within full scale."""
    return np.random.default_rng(seed).uniform(-0.3, 0.3, (int(seconds * rate), channels))


def chunks(path: Path) -> dict[bytes, bytes]:
    """What stands in a WAV, chunk by chunk; the lengths that are told have to add up."""
    content = path.read_bytes()
    assert content[:4] == b"RIFF"
    assert content[8:12] == b"WAVE"
    assert struct.unpack("<I", content[4:8])[0] == len(content) - 8
    found, place = dict[bytes, bytes](), 12
    while place < len(content):
        length = struct.unpack("<I", content[place + 4 : place + 8])[0]
        found[content[place : place + 4]] = content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
    assert place == len(content)
    return found


def form(path: Path) -> tuple[Any, ...]:
    """Of a WAV: 1 for integers or 3 for floats, channels, samples a second, bits."""
    code, channels, rate, _, _, bits = struct.unpack("<HHIIHH", chunks(path)[b"fmt "][:16])
    return code, channels, rate, bits
