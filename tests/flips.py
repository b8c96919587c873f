"""Subjects of films: pictures that are there already, as a stand would hand them over; and films taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


@dataclass
class Flip:
    """A flip book: frame f shows pictures[f // on], premultiplied RGBA. made: which frames were drawn."""

    pictures: Sequence[Pixels]
    rate: Fraction = Fraction(24)
    on: int = 1
    opaque: bool = True
    name: str = "flip"
    path: Path = Path("scenes/flip.toml")
    paper: None = None
    drawings: tuple[()] = ()
    made: list[int] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        return self.pictures[0].shape[1], self.pictures[0].shape[0]

    @property
    def length(self) -> int:
        return len(self.pictures) * self.on

    def cels(self, frame: int) -> Any:
        return (frame // self.on,)

    def comp(self, frame: int, scale: float = 1.0) -> Pixels:
        self.made.append(frame)
        return self.pictures[frame // self.on]

    def comp_fine(self, frame: int, scale: float = 1.0) -> Any:
        raise NotImplementedError

    def load(self) -> None:
        """They are."""


@dataclass
class Tune:
    """A mix of samples that are there already: (n, channels) float32."""

    heard: npt.NDArray[np.float32]
    rate: int = 48_000

    @property
    def samples(self) -> int:
        return len(self.heard)

    @property
    def channels(self) -> int:
        return self.heard.shape[1]

    def block(self, first: int, count: int) -> npt.NDArray[np.float32]:
        out = np.zeros((count, self.channels), np.float32)
        inside = self.heard[max(first, 0) : max(first + count, 0)]
        out[max(-first, 0) :][: len(inside)] = inside
        return out


def photographs(count: int, size: tuple[int, int] = (192, 108)) -> list[Pixels]:
    """An astronaut, whom a camera passes: each two pixels on."""
    from skimage import data

    width, height = size
    photo = data.astronaut()
    return [opaque(photo[20 + shift : 20 + shift + height, 120 + 2 * shift :][:, :width]) for shift in range(count)]


def cut_out(count: int, size: tuple[int, int] = (160, 120)) -> list[Pixels]:
    """An oval of the same with a soft edge, which moves over nothing, premultiplied."""
    width, height = size
    y, x = np.mgrid[:height, :width]
    alpha = np.clip((0.8 - np.hypot((x / width - 0.5) * 2, (y / height - 0.5) * 2)) * 40, 0, 1)
    photo = photographs(1, size)[0] * alpha[..., None]
    return [np.roll(np.rint(photo).astype(np.uint8), 3 * shift, axis=1) for shift in range(count)]


def opaque(rgb: npt.NDArray[np.uint8]) -> Pixels:
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def luma(picture: Pixels) -> Floats:
    """Y of BT.709, 16 to 235 in 8 bits, in plain float64."""
    return 16 + 219 * (picture[..., :3] / 255) @ np.array([0.2126, 0.7152, 0.0722])


def differences(picture: Pixels) -> tuple[Floats, Floats]:
    """Cb and Cr of BT.709, 16 to 240 in 8 bits, in plain float64, at each pixel."""
    rgb = picture[..., :3] / 255
    y = rgb @ np.array([0.2126, 0.7152, 0.0722])
    return 128 + 224 * (rgb[..., 2] - y) / 1.8556, 128 + 224 * (rgb[..., 0] - y) / 1.5748


def subsampled(plane: Floats) -> Floats:
    """Brought to 4:2:0: level with the left one of each two columns, and between the two rows."""
    plane = np.pad(plane, ((0, plane.shape[0] % 2), (1, 1 + plane.shape[1] % 2)), mode="edge")
    across = (plane[:, :-2:2] + 2 * plane[:, 1:-1:2] + plane[:, 2::2]) / 4
    return (across[::2] + across[1::2]) / 2


def psnr(got: Any, wanted: Any, top: float = 255) -> float:
    error = np.mean(np.square(np.asarray(got, np.float64) - wanted))
    return float(10 * np.log10(top**2 / max(error, 1e-12)))


def planes(frame: av.VideoFrame) -> list[Floats]:
    """The planes of a decoded frame, in its own levels."""
    kind: Any = np.uint8 if frame.format.components[0].bits == 8 else np.uint16
    out = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, kind).reshape(-1, plane.line_size // np.dtype(kind).itemsize)  # type: ignore[call-overload]
        out.append(rows[: plane.height, : plane.width].astype(np.float64))
    return out


def pictures_of(file: Path, decoder: str = "") -> list[av.VideoFrame]:
    """A film's frames, by FFmpeg; `decoder` is one that it would not take of itself."""
    with av.open(str(file)) as film:
        stream = film.streams.video[0]
        if not decoder:
            return list(film.decode(stream))
        context: Any = av.CodecContext.create(decoder, "r")
        return [frame for packet in film.demux(stream) for frame in context.decode(packet)]


def sound_of(file: Path) -> npt.NDArray[np.float64]:
    """(n, channels) of a film's sound, where row 0 is what is heard as the first frame comes."""
    with av.open(str(file)) as film:
        stream = film.streams.audio[0]
        frames = list(film.decode(stream))
        begin = round(frames[0].pts * frames[0].time_base * stream.rate)
        rows = []
        for frame in frames:
            samples = frame.to_ndarray()
            samples = samples if frame.format.is_planar else samples.reshape(-1, frame.layout.nb_channels).T
            scale = {"s32": 2.0**31, "s16": 2.0**15}.get(frame.format.name.removesuffix("p"), 1.0)
            rows.append(samples.T.astype(np.float64) / scale)
    heard = np.concatenate(rows)
    return np.concatenate([np.zeros((begin, heard.shape[1])), heard]) if begin >= 0 else heard[-begin:]


def images_of(file: Path) -> tuple[list[Pixels], list[float]]:
    """The frames of an animated picture as straight RGBA, and how long each is shown, in milliseconds; by Pillow."""
    frames, times = [], []
    with Image.open(file) as film:
        for number in range(getattr(film, "n_frames", 1)):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGBA")))
            times.append(film.info["duration"])
    return frames, times
