"""Which sort of sound file this is, told by its bytes, and what they say of its end, which FFmpeg passes over.

FFmpeg hears a WAV or an Ogg file that was torn off as a shorter one, and guesses the length of a file that doesn't
tell it. So each kind is asked first, from a few bytes, whether it ends as it should and whether it counts its samples.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import BinaryIO, Literal, NamedTuple

End = Literal["torn", "counted", "unknown"]
"""The end is missing; it is there, and FFmpeg tells the length from a count; nothing is written of it."""

_HEAD = 12
_UNKNOWN = 0xFFFFFFFF
"""What a program writes for a WAV's length when it can't go back to correct it."""
_LONGEST_PAGE = 27 + 255 + 255 * 255
_MOST_CHUNKS = 1000


class Kind(NamedTuple):
    """`name` is what FFmpeg calls it; `begins` knows its first 12 bytes; `end` reads a file open at any place.

    `slack`: how many samples the count may be above what is heard. Lossy codecs count whole blocks, and the first
    and last of them are cut to the sound's length.
    """

    name: str
    begins: Callable[[bytes], bool]
    end: Callable[[BinaryIO], End]
    slack: int


def kind_of(file: BinaryIO) -> Kind | None:
    """The kind that the first bytes tell, whatever the name says, or None."""
    file.seek(0)
    head = file.read(_HEAD)
    return next((kind for kind in KINDS if kind.begins(head)), None) if len(head) == _HEAD else None


def _wav_end(file: BinaryIO) -> End:
    """Chunks of a name, a length and so many bytes, padded to an even number: is all of `data` there?"""
    place, size = _HEAD, file.seek(0, os.SEEK_END)
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        head = file.read(8)
        length = int.from_bytes(head[4:], "little")
        if len(head) < 8 or head[:4] == b"data":
            return "torn" if len(head) < 8 or (place + 8 + length > size and length != _UNKNOWN) else "unknown"
        place += 8 + length + length % 2
    return "torn"


def _flac_end(file: BinaryIO) -> End:
    """STREAMINFO comes first and has the number of samples in 36 bits, 0 for unknown (RFC 9639, 8.2)."""
    file.seek(21)
    return "counted" if int.from_bytes(file.read(5), "big") & (2**36 - 1) else "unknown"


def _ogg_end(file: BinaryIO) -> End:
    """The last page is marked as such (bit 4) and has all the segments that its table lists (RFC 3533, 6)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_PAGE))
    tail = file.read(_LONGEST_PAGE)
    page = tail[tail.rfind(b"OggS") :]
    if len(page) < 27 or not page[5] & 4:
        return "torn"
    segments = page[27 : 27 + page[26]]
    return "counted" if len(segments) == page[26] and len(page) >= 27 + page[26] + sum(segments) else "torn"


def _mp3_end(file: BinaryIO) -> End:
    """Most programs put their count of frames into the first one, marked Xing or Info; before it may lie an ID3 tag.

    The tag's length is in four times seven bits (ID3v2.4.0, 3.1).
    """
    file.seek(0)
    head = file.read(10)
    size = sum((byte & 127) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
    file.seek(10 + size if head[:3] == b"ID3" else 0)
    frame = file.read(256)
    return "counted" if b"Xing" in frame or b"Info" in frame else "unknown"


KINDS = (
    Kind("wav", lambda head: head[:4] == b"RIFF" and head[8:] == b"WAVE", _wav_end, 0),
    Kind("flac", lambda head: head[:4] == b"fLaC", _flac_end, 0),
    Kind("ogg", lambda head: head[:4] == b"OggS", _ogg_end, 4096),
    Kind("mp3", lambda head: head[:3] == b"ID3" or (head[0] == 255 and head[1] & 0xE6 == 0xE2), _mp3_end, 2 * 1152),
    Kind("mov", lambda head: head[4:8] == b"ftyp", lambda file: "counted", 4096),
)
