"""Bad input, whatever it is: one line that names place, thing and cure, exit 2, and nothing written."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from commands import SCENE, no_window, project, refused, tree  # noqa: F401 (fixtures are asked for by name)
from PIL import Image

from collage.cli import run


def png_header(width: int, height: int) -> bytes:
    """The first bytes of a PNG file that claims to be of this size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\0\0\1\0IDAT"
        + bytes(256)
    )


def written(*replace: str) -> object:
    """A scene with some of its text replaced."""

    def write(home: Path) -> None:
        (home / "scenes/tea.toml").write_text(SCENE.replace(*replace) if replace[0] else replace[1])

    return write


def drawn(content: bytes) -> object:
    """A picture of other bytes."""
    return lambda home: (home / "assets/props/cup.png").write_bytes(content)


def torn(home: Path) -> None:
    """A picture whose end is missing."""
    Image.effect_noise((200, 200), 50).save(home / "assets/props/cup.png")
    content = (home / "assets/props/cup.png").read_bytes()
    (home / "assets/props/cup.png").write_bytes(content[: len(content) // 2])


def linked(home: Path) -> None:
    """A picture that is a link out of the project."""
    (home / "assets/props/cup.png").rename(home.parent / "secret.png")
    (home / "assets/props/cup.png").symlink_to(home.parent / "secret.png")


BAD = {
    "missing file": (lambda home: (home / "scenes/tea.toml").unlink(), r"scenes/tea.toml: .*no such file"),
    "not toml": (written("", "format = 1\n[scene\n"), r"scenes/tea.toml:2:\d+: "),
    "not text": (lambda home: (home / "scenes/tea.toml").write_bytes(b"\xff\xfe\x00"), r"scenes/tea.toml:1: .*UTF-8"),
    "unknown key": (written("asset =", "aset ="), r'tea.toml:6:1: .*aset.*Did you mean "asset"\?'),
    "unknown asset": (written("props/cup", "props/cupp"), r'tea.toml:6:\d+: no asset "props/cupp".*"props/cup"'),
    "own ancestor": (
        written("[[layer]]", '[[peg]]\nname = "a"\nparent = "b"\n[[peg]]\nname = "b"\nparent = "a"\n[[layer]]'),
        r'tea.toml:(7|10):\d+: .*"?a"?',
    ),
    "nan": (written("[[layer]]", "[[layer]]\nturn = nan"), r"tea.toml:6:\d+: .*finite"),
    "infinite": (written("[[layer]]", "[[layer]]\nat = [inf, 0]"), r"tea.toml:6:\d+: .*finite"),
    "span outside": (written("[[layer]]", "[[layer]]\nin = 50\nout = 60"), r"tea.toml:[67]:\d+: .*(50|60|11|12)"),
    "no size": (written("[64, 36]", "[0, 36]"), r"tea.toml:3:\d+: .*0"),
    "too large": (written("[64, 36]", "[16385, 36]"), r"tea.toml:3:\d+: .*16384"),
    "too many pixels": (written("[64, 36]", "[16000, 16000]"), r"tea.toml:3:\d+: .*million pixels"),
    "leaves by dots": (written("props/cup", "../secret"), r"tea.toml:6:\d+: .*\.\./secret"),
    "leaves by root": (written("props/cup", "/etc/hostname"), r"tea.toml:6:\d+: .*/etc/hostname"),
    "leaves by link": (linked, r"cup.* leaves the project"),
    "torn picture": (torn, r"assets/props/cup.png: .*broken"),
    "text as picture": (drawn(b"hello there"), r"assets/props/cup.png: .*no PNG"),
    "empty picture": (drawn(b""), r"assets/props/cup.png: .*empty"),
    "vast picture": (drawn(png_header(30_000, 30_000)), r"assets/props/cup.png: .*too large.*million"),
}
OPENS = "play", "torn picture"
"""The one thing that a player learns only once its window is there: it reads a picture when it is first seen."""


@pytest.mark.parametrize(
    ("command", "kind"),
    [(command, kind) for command in ("play", "export", "still") for kind in BAD if (command, kind) != OPENS],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    """Each names place, thing and cure on one line, exits 2 and writes nothing."""
    spoil, words = BAD[kind]
    spoil(project)
    before = tree(project)
    where = {"play": [], "export": ["-o", "out"], "still": ["-o", "out.png"]}[command]
    line = refused(capsys, command, "scenes/tea.toml", *where)
    assert re.search(words, line), line
    assert tree(project) == before


def test_a_torn_picture_ends_the_player_in_one_line(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its window closes again, and the line and the exit code are those of the other commands."""
    monkeypatch.undo()
    monkeypatch.chdir(project)
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(project.parent / name))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    torn(project)
    assert re.search(BAD["torn picture"][1], refused(capsys, "play", "scenes/tea.toml"))


@pytest.mark.parametrize("kind", BAD)
def test_check_finds_what_stops_the_others(project: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """Whatever play and export refuse, check reports: as a finding, or as a path that can't be read."""
    spoil, words = BAD[kind]
    spoil(project)
    code = run(["check", "scenes/tea.toml"])
    out, err = capsys.readouterr()
    assert code == (2 if kind in ("missing file", "not text") else 1)
    assert re.search(words, err if code == 2 else out), out + err
