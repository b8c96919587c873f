"""Make the sounds of the studio: python assets/studio/record.py [NAME...] [--out DIR]

The score of the film and the effects of its scenes, all synthesised here from one seed: our own work, CC0-1.0, nothing
recorded and nothing borrowed. A NAME is `funhouse` or one of the effects. The same bytes come out each time.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import wave
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from effects import EFFECTS, effect
from score_room import played
from score_waves import RATE, Line

SOUNDS = Path(__file__).resolve().parent.parent / "sound"
NAMES = ("funhouse", *EFFECTS)


def levels(heard: Line) -> np.ndarray:
    """(n, channels) int16."""
    return np.rint(heard * 32767).astype("<i2")


def flac(samples: np.ndarray) -> bytes:
    """A FLAC file of (n, 2) int16, which says nothing of when or by what it was written."""
    out = io.BytesIO()
    with av.open(out, "w", format="flac", options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream("flac", rate=RATE, layout="stereo", options={"compression_level": "12"})
        stream.codec_context.format = "s16"
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE, 0
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def wav(samples: np.ndarray) -> bytes:
    """A WAV file of (n, 1) int16."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((samples.shape[1], 2, RATE, len(samples), "NONE", ""))
        file.writeframes(samples.tobytes())
    return out.getvalue()


def make(name: str, out: Path) -> None:
    """One sound to its file."""
    start = time.perf_counter()
    score = name == "funhouse"
    content = flac(levels(played())) if score else wav(levels(effect(name)))
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.{'flac' if score else 'wav'}").write_bytes(content)
    print(f"{name:10s} {len(content) / 1000:8.1f} kB {time.perf_counter() - start:6.1f} s", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all when left out")
    parser.add_argument("--out", type=Path, default=SOUNDS, help="where to write (default: assets/sound/)")
    args = parser.parse_args()
    unknown = sorted(set(args.names) - set(NAMES))
    if unknown:
        sys.exit(f"no sound of that name: {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    for name in args.names or NAMES:
        make(name, args.out)


if __name__ == "__main__":
    main()
