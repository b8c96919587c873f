"""The shared box of cut-outs: names, facts, and staying inside the project."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from boxes import boxed, told
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import AssetError
from collage.registry import editing, probe
from collage.registry.catalogue import Catalogue, find_root, inside
from collage.registry.entries import read_registry

Box = Callable[..., Catalogue]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """``box({"props/pot.png": (30, 20)}, registry="…")`` opens a project with these pictures."""
    return partial(boxed, tmp_path)


def test_a_picture_is_an_asset_by_its_path(box: Box) -> None:
    """A picture needs no entry: its path without the ending is its name, whichever of the endings it has."""
    endings = ("png", "jpg", "jpeg", "webp", "tif", "tiff")
    catalogue = box({f"props/p{i}.{ending}": (30 + i, 20) for i, ending in enumerate(endings)})
    for i in range(len(endings)):
        asset = catalogue.asset(f"props/p{i}")
        assert (asset.size, asset.pivot, asset.copies, dict(asset.hooks)) == ((30 + i, 20), None, None, {})
        assert list(asset.drawings) == [f"p{i}"]
    assert catalogue.names() == tuple(f"props/p{i}" for i in range(len(endings)))


def test_facts_are_in_the_pictures_pixels(box: Box) -> None:
    """Pivot and hooks come as pixels, percentages taken of the picture."""
    catalogue = box(
        {"water/splash.png": (400, 200)},
        '["water/splash"]\npivot = ["50%", "100%"]\ncopies = 1\nhooks.crest = [402, "25%"]\ncut_by = "studio"\n'
        'hours = 112\nsource = "roll 3"\nlicence = "CC0-1.0"\nrating = 5\nsha256 = "00"\n',
    )
    asset = catalogue.asset("water/splash")
    assert (asset.pivot, dict(asset.hooks), asset.copies) == ((200, 200), {"crest": (402, 50)}, 1)
    assert (catalogue.entry("water/splash").cut_by, catalogue.entry("water/splash").hours) == ("studio", 112)
    assert catalogue.findings() == ()


def test_drawings_keep_their_order_and_are_nobody_elses(box: Box) -> None:
    """Named drawings keep the file's order; their pictures are no assets of their own."""
    pictures = {"teeth/shut.png": (10, 10), "teeth/open.png": (10, 10), "teeth/gum.png": (3, 3)}
    catalogue = box(pictures, '["props/teeth"]\ndrawings = { shut = "teeth/shut.png", open = "teeth/open.png" }\n')
    assert list(catalogue.asset("props/teeth").drawings) == ["shut", "open"]
    assert catalogue.names() == ("props/teeth", "teeth/gum")
    assert '"teeth/shut" is a drawing of "props/teeth"' in told(catalogue, "teeth/shut")


def test_frames_are_numbered(box: Box) -> None:
    """Frames are named by their number without zeros, in the order of numbers, four digits or more."""
    files = ["turn-0010", "turn-0002", "turn-10000", "turn-0000", "turn-003", "turn-0001b", "return-0001"]
    catalogue = box({f"rocket/{file}.png": (5, 6) for file in files}, '["rocket"]\nframes = "rocket/turn-####.png"\n')
    drawings = catalogue.asset("rocket").drawings
    assert list(drawings) == ["0", "2", "10", "10000"]
    assert drawings["10"].path.name == "turn-0010.png"
    assert catalogue.names() == ("rocket", "rocket/return-0001", "rocket/turn-0001b", "rocket/turn-003")


def test_two_sequences_share_no_picture(box: Box) -> None:
    """Of sequences whose patterns overlap, in whatever order, the first in the file owns what both could take."""
    pictures = {f"d/x-{number}.png": (4, 4) for number in (5, 10, 20)}
    wide, narrow = '["wide"]\nframes = "d/x-##.png"\n', '["narrow"]\nframes = "d/x-1#.png"\n'
    catalogue = box(pictures, wide + narrow)
    assert list(catalogue.asset("wide").drawings) == ["10", "20"]
    assert 'belongs to "wide" already' in told(catalogue, "narrow")
    catalogue = box(pictures, narrow + wide)
    assert list(catalogue.asset("narrow").drawings) == ["0"]
    assert 'belongs to "narrow" already' in told(catalogue, "wide")
    assert catalogue.names() == ("d/x-5", "narrow", "wide")


@pytest.mark.parametrize(
    ("registry", "words"),
    [('["a"]\ndrawings = { x = "d/one.png", y = "d/two.png" }', 
      r'd/two.png: .*all of one size, but "x" is 4×4 and "y" is 5×4'),
     ('["a"]\ndrawings = { x = "d/none.png" }', r"none.png: there is no such file"),
     ('["a"]\ndrawings = { x = "d/one.gif" }', r'registry.toml:3:1: "d/one.gif" is no picture'),
     ('["a"]\ndrawings = { x = "../one.png" }', r'registry.toml:3:1: "../one.png" is no picture'),
     ('["a"]\ndrawings = { x = "/etc/one.png" }', r'registry.toml:3:1: "/etc/one.png" is no picture'),
     ('["a"]\ndrawings = { none = "d/one.png" }', r'registry.toml:3:1: drawings: "none" is taken'),
     ('["a"]\ndrawings = {}', r"registry.toml:3:1: drawings: at least one"),
     ('["b"]\ndrawings = { x = "d/one.png" }\n["a"]\ndrawings = { x = "d/one.png" }', r"one.png.* belongs to"),
     ('["a"]\nframes = "d/turn.png"', r"registry.toml:3:1: frames: .*one run of #"),
     ('["a"]\nframes = "d/#-#.png"', r"registry.toml:3:1: frames: .*one run of #"),
     ('["a"]\nframes = "d/###################.png"', r"registry.toml:3:1: frames: .*at most 18"),
     ('["a"]\nframes = "d/##.png"', r"registry.toml:3:1: no picture matches"),
     ('["a"]\nframes = "d/two-#.png"\ndrawings = { x = "d/one.png" }', r"registry.toml:3:1: .*keep one"),
     ('["d/one"]\n\n  copeis = 1', r'registry.toml:4:3: no key "copeis" .* Did you mean "copies"\?'),
     ('["d/one"]\ncopies = 0', r"registry.toml:3:1: copies: a whole number from 1"),
     ('["d/one"]\ncopies = true', r"registry.toml:3:1: copies: a whole number"),
     ('["d/one"]\npivot = [1, 2, 3]', r"registry.toml:3:1: pivot: a point"),
     ('["d/one"]\npivot = [nan, 2]', r"registry.toml:3:1: pivot: a number"),
     ('["d/one"]\npivot = ["50", 2]', r'registry.toml:3:1: pivot: can\'t read "50"'),
     ('["d/one"]\nhooks.Crest = [1, 2]', r'registry.toml:3:1: hooks: "Crest" is no name'),
     ('["d/one"]\nhooks.crest = { 1 = "hiden" }', r'registry.toml:3:1: hooks: hook "crest" .* "1" has none'),
     ('["d/one"]\nhooks.crest = { 1 = [1, 2] }', r'registry.toml:3:1: hook "crest": no drawing "1"'),
     ('["d/one".hooks]\ncrest = 5', r"registry.toml:2:1: hooks: a point"),
     ('["d/one"]\nedge.border = 600', r"registry.toml:3:1: edge.border: 600 is outside 0 to 200"),
     ('["d/one"]\nprint = { halftone = 1 }', r"registry.toml:3:1: print.halftone: 1 is outside 2 to 64"),
     ('["d/one"]\nrating = "high"', r"registry.toml:3:1: rating: a number"),
     ('["d/one"]\nlicence = 5', r"registry.toml:3:1: licence: a text")],
)  # fmt: skip
def test_wrong_entries_are_named_where_used(box: Box, registry: str, words: str) -> None:
    """A faulty entry is told with place, thing and cure when it is used and by `findings`; the others stay usable."""
    catalogue = box({"d/one.png": (4, 4), "d/two.png": (5, 4), "d/two-1.png": (4, 4), "fine.png": (2, 2)}, registry)
    name = "a" if '["a"]' in registry else "d/one"
    message = told(catalogue, name)
    assert re.search(words, message)
    assert message in [str(finding) for finding in catalogue.findings()]
    assert catalogue.asset("fine").size == (2, 2)


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b'["a"]\n', r'the first line is "format = 1"'),
     (b"format = 2\n", r'1:1: the first line is "format = 1"'),
     (b"format = true\n", r'1:1: the first line is "format = 1"'),
     (b"[format]\n", r'can\'t be called "format"'),
     (b'format = 1\n["a"\n', r'2:5: a heading is not closed: write \["kind/name"\]'),
     (b'format = 1\n["a"]\n["a"]\n', r"3:\d+: "),
     (b"format = 1\n# caf\xe9\n", r"not UTF-8"),
     (b"format = 1\nx = " + b"[" * 5000, r"nested too deeply"),
     (b"format = 1\nx = " + b"{a=" * 5000, r"nested too deeply"),
     (b"format = 1\n" + b"a." * 5000 + b"a = 1", r"nested too deeply"),
     (b"format = 1\n" + b'"a".' * 5000 + b"a = 1", r"nested too deeply"),
     (b"format = 1\nx = " + b"9" * 5000, r"registry.toml"),
     (b"#" * (16 * 2**20 + 1), r"too large: at most 16 MiB")],
    ids=lambda value: str(value[:24]),
)  # fmt: skip
def test_a_file_that_is_no_registry(box: Box, tmp_path: Path, raw: bytes, words: str) -> None:
    """A registry that can't be read as a whole is told once, at its place, whatever is asked for."""
    box({"fine.png": (2, 2)})
    (tmp_path / "assets" / "registry.toml").write_bytes(raw)
    catalogue = Catalogue.open(tmp_path)
    assert re.search(words, told(catalogue, "fine"))
    assert [str(finding) for finding in catalogue.findings()] == [told(catalogue, "fine")]


def test_a_huge_registry_is_not_read_whole(box: Box, tmp_path: Path) -> None:
    """A registry of eight gigabytes is refused after its first 16 MiB."""
    box({"a.png": (1, 1)})
    with (tmp_path / "assets" / "registry.toml").open("wb") as file:
        file.truncate(2**33)
    assert "too large: at most 16 MiB" in told(Catalogue.open(tmp_path), "a")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", None)])
def test_a_registry_that_is_no_file(box: Box, tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A folder or a pipe in its place is told, not waited for, and not taken for a box without a registry."""
    box({"a.png": (1, 1)})
    make(tmp_path / "assets" / "registry.toml")
    words = "can't be read: it is no file: remove it"
    assert words in told(Catalogue.open(tmp_path), "a")
    with pytest.raises(AssetError, match=words):
        editing.load(tmp_path)


def test_each_of_many_faults_is_told_at_its_line() -> None:
    """Thousands of faulty entries each know their own line."""
    raw = b"format = 1\n" + b"".join(b'["a%d"]\ncopies = 0\n' % i for i in range(3_000))
    faults = read_registry(raw).faults
    assert [faults[f"a{i}"][0].line for i in range(3_000)] == list(range(3, 6_003, 2))


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_the_registry(text: str) -> None:
    """Any text is a registry or has findings; nothing else happens."""
    registry = read_registry(b"format = 1\n" + text.encode("utf-8", "replace"))
    assert all(finding.line >= 1 and "\n" not in finding.message for f in registry.faults.values() for finding in f)


def test_unknown_names_get_the_nearest(box: Box) -> None:
    """An asset that isn't there is met with what was meant, or where to put it."""
    catalogue = box(
        {
            "props/teapot.png": (1, 1),
            "props/Cup.PNG": (1, 1),
            "a/x.png": (1, 1),
            "a/x.jpg": (1, 1),
            "format.png": (1, 1),
        }
    )
    assert told(catalogue, "props/teapott") == 'no asset "props/teapott". Did you mean "props/teapot"?'
    assert told(catalogue, "assets/props/teapot") == 'no asset "assets/props/teapot". Did you mean "props/teapot"?'
    assert told(catalogue, "zebra") == 'no asset "zebra". Put a picture at assets/zebra.png'
    assert "There is assets/props/Cup.PNG: rename it" in told(catalogue, "props/cup")
    assert 'Did you mean "props/teapot"' in told(catalogue, "Props/Teapot")
    assert '"a/x" is two pictures, x.jpg and x.png: keep one' in told(catalogue, "a/x")
    assert 'can\'t be called "format"' in told(catalogue, "format")
    for name in ("", "../x", "a//x", "/a/x", "a/x.png", "a\\x", "a/x/"):
        assert "is no asset's name" in told(catalogue, name)


def test_findings_list_what_nobody_used(box: Box) -> None:
    """`findings` names twins, capitals, an asset called format, broken pictures and entries without a picture."""
    catalogue = box(
        {"a/x.png": (1, 1), "a/x.jpg": (1, 1), "b/Y.png": (1, 1), "format.png": (1, 1)}, '["lost"]\nhours = 1\n'
    )
    (catalogue.root / "assets" / "torn.png").write_bytes(b"\x89PNG\r\n")
    listed = [str(finding) for finding in catalogue.findings()]
    for words in (
        "is two pictures",
        "assets/b/Y.png: a picture's path is lower-case",
        "can't be called",
        "torn.png: ",
        'no asset "lost"',
    ):
        assert sum(words in line for line in listed) == 1
    assert len(listed) == 5
    assert next(line for line in listed if "lost" in line).startswith("assets/registry.toml:2:1: ")


def test_nothing_is_touched_before_it_is_asked_for(box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening walks nothing and opens no picture; an asset opens its own pictures only, and those once."""
    probed: list[str] = []
    size = probe.size
    monkeypatch.setattr(probe, "size", lambda path: (probed.append(path.name), size(path))[1])
    box({"a.png": (1, 1), "b.png": (1, 1)})
    monkeypatch.setattr(os, "walk", lambda *_: pytest.fail("walked"))
    catalogue = Catalogue.open(tmp_path)
    assert probed == []
    assert catalogue.asset("b") is catalogue.asset("b")
    assert probed == ["b.png"]


def test_scripts_and_hidden_files_are_no_assets(box: Box) -> None:
    """What has no picture's ending, or hides behind a dot, is no asset."""
    catalogue = box({"a.png": (1, 1)})
    for name in ("studio/rocket.py", "._a.png", ".cache/b.png", "notes.txt"):
        (catalogue.root / "assets" / name).parent.mkdir(exist_ok=True)
        (catalogue.root / "assets" / name).write_bytes(b"x")
    assert catalogue.names() == ("a",)
    assert catalogue.findings() == ()


def test_a_project_without_assets_is_empty(tmp_path: Path) -> None:
    """A missing registry, or folder, is nothing to complain about."""
    catalogue = Catalogue.open(tmp_path)
    assert (catalogue.names(), catalogue.findings()) == ((), ())
    assert "Put a picture at assets/a.png" in told(catalogue, "a")


@pytest.mark.parametrize(
    ("scene", "root"),
    [("p/scenes/deep/a.toml", "p"), ("p/a.toml", "p"), ("q/scenes/a.toml", "q"), ("q/a.toml", "q"),
     ("q/scenes/x/a.toml", "q/scenes/x")],
)  # fmt: skip
def test_the_root_of_a_project(tmp_path: Path, scene: str, root: str) -> None:
    """The nearest folder upward with `assets/`; without one, what `scenes/` lies in, else the scene's folder."""
    (tmp_path / "p" / "assets").mkdir(parents=True)
    assert find_root(tmp_path / scene) == tmp_path / root


def test_names_can_not_command_the_terminal(box: Box) -> None:
    """Line breaks and control characters of keys, names and files reach no message."""
    catalogue = box({"a\n\x1b[2J.png": (1, 1)}, '["a\\n\\u001b[2J"]\nx = 1\n["b"]\n"\\u001b]0;x\\u0007\\n" = 1\n')
    listed = [str(finding) for finding in catalogue.findings()]
    assert len(listed) == 3
    for name in ("a\n\x1b[2J", "b"):
        listed.append(told(catalogue, name))
    with pytest.raises(AssetError) as refusal:
        inside(catalogue.root, "../\x1b[2J\n")
    assert all(line.isprintable() for line in [*listed, str(refusal.value)])
