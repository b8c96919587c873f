"""The fingerprint of a frame: other as soon as anything that shows is other, and the same whatever doesn't show."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Project
from hypothesis import example, given
from hypothesis import strategies as st
from subjects import Laid, on_stand

from collage.colours import Colour
from collage.errors import AssetError, CollageError, RunError
from collage.export import fingerprint
from collage.export.developing import develop
from collage.export.fingerprint import DIGITS, Fingerprints
from collage.export.settings import Settings
from collage.exposure import cel as cels
from collage.exposure.cel import Card, Cel, Cutout, Edge, Finish, Lettering, Matte, Pane, Print, Shadow
from collage.geometry import Affine
from collage.registry.catalogue import Drawing

RED, BLUE = (np.full((4, 6, 4), colour, np.uint8) for colour in ((200, 30, 30, 255), (20, 30, 200, 255)))
KINDS = {kind for kind in vars(cels).values() if isinstance(kind, type) and kind.__module__ == cels.__name__}
UNSEEN = {(Cel, "layer"), (Drawing, "asset"), (Drawing, "name")}
ONES = """format = 1
[scene]
size = [64, 36]
length = 24
[[layer]]
asset = "props/cup"
keys.x = [[0, 10], [12, 50], [23, 10]]
"""


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with a few files: what they hold means nothing here."""
    for name in ("cup.png", "hat.png", "font.ttf", "print.cube"):
        (tmp_path / name).write_bytes(f"of {name}".encode())
    return tmp_path


def rich(box: Path) -> Cel:
    """A cel in which each kind of thing is, each field with a value that is not empty."""
    cup = Drawing("props/cup", "cup", box / "cup.png", (60, 40))
    cut = Cutout(
        Drawing("props/hat", "tall", box / "hat.png", (30, 20)), EDGE, Print(5.0, (Colour(9, 8, 7),), 0.1, 0.2)
    )
    type_ = Lettering(
        (("GIANT", 3.0, 40.0), ("RISES", 3.0, 90.0)), str(box / "font.ttf"), 72.0, Colour(1, 2, 3), (300, 99)
    )
    finish = Finish(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, box / "print.cube", 11, 12)
    shadow, matte = Shadow((4.0, 5.0), 6.0, 0.5), Matte((Cel(cup, Affine.shift(1, 2)),), True, True)
    inner = tuple(
        Cel(each, Affine.shift(7, 8), layer="inner") for each in (cup, cut, type_, Card((5.5, 6.5), Colour(4, 5, 6)))
    )
    pane = Pane(inner, (64.0, 36.0), True, finish, True)
    more = Affine(1.0, 0.1, 0.2, 1.1, 9.0, 8.0), 0.75, Colour(250, 240, 230), "rocket", 1.5, "multiply", shadow, matte
    return Cel(pane, *more, Affine.shift(3, 4), True)


EDGE = Edge(6.0, Colour(3, 4, 5), 0.1, 0.2, 0.3, 0.4, 2)


def print_of(cel: Cel, settings: Settings = Settings(), **how: Any) -> str:  # noqa: B008
    return Fingerprints(Laid((cel,), **how), settings).of(0)


def names(kind: Any) -> tuple[str, ...]:
    """The fields of a named tuple or a dataclass; none of anything else."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else getattr(kind, "_fields", ())


def named(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names(type(value))}


def changed(value: Any, box: Path, at: str = "") -> Iterator[tuple[str, Any]]:
    """A value with one thing in it changed, however little, for each thing that there is."""
    if isinstance(value, bool):
        yield at, not value
    elif isinstance(value, int):
        yield at, value + 1
    elif isinstance(value, float):
        yield at, math.nextafter(value, math.inf)
    elif isinstance(value, Path) or (isinstance(value, str) and Path(value).is_absolute()):
        other = box / f"other-{Path(value).name}"
        other.write_bytes(Path(value).read_bytes() + b"!")
        yield at, type(value)(other)
    elif isinstance(value, str):
        yield at, value + "x"
    elif parts := named(value):
        for name, part in parts.items():
            if (type(value), name) not in UNSEEN or (type(value) is Drawing and "Cutout" in at):
                for place, other in changed(part, box, f"{at}{type(value).__name__}.{name} "):
                    yield place, with_field(value, name, other)
    else:
        for index, part in enumerate(value or ()):
            yield f"{at}without {index}", value[:index] + value[index + 1 :]
            for place, other in changed(part, box, f"{at}{index} "):
                yield place, (*value[:index], other, *value[index + 1 :])


def with_field(value: Any, name: str, other: Any) -> Any:
    return value._replace(**{name: other}) if hasattr(value, "_replace") else replace(value, **{name: other})


def filled(value: Any) -> Iterator[tuple[type, str]]:
    """Every kind of thing in a value, with each of its fields that isn't empty."""
    for name, part in named(value).items():
        if part not in (None, (), ""):
            yield type(value), name
        yield from filled(part)
    if isinstance(value, tuple) and not named(value):
        for part in value:
            yield from filled(part)


def test_the_example_holds_all_there_is(box: Path) -> None:
    """Whatever cels are made of one day, and each field that a thing gets, must be in it somewhere, or the next test
    would pass it over."""
    found = set(filled(rich(box)))
    assert {kind for kind, _ in found} >= KINDS
    assert found >= {(kind, name) for kind, _ in found for name in names(kind)}


def test_whatever_shows_counts(box: Path) -> None:
    """Each field of each thing, changed by the least there is, or left out, gives a fingerprint of its own."""
    whole = rich(box)
    prints = {"": print_of(whole), **{at: print_of(other) for at, other in changed(whole, box)}}
    assert len(prints) > 120
    alike = [at for at in prints if list(prints.values()).count(prints[at]) > 1]
    assert not alike


def test_what_may_be_left_out_counts(box: Path) -> None:
    """A field that is None is not what it was."""
    whole = rich(box)
    found = {print_of(whole._replace(**{name: None})) for name in ("shadow", "matte", "sweep")}
    pane = whole.content
    assert isinstance(pane, Pane)
    found |= {print_of(whole._replace(content=replace(pane, **{name: None}))) for name in ("size", "finish")}
    assert len(found | {print_of(whole)}) == 6


def test_settings_and_canvas_count(box: Path) -> None:
    """Each field of the settings, the size, the paper, and whether there is any."""
    one = rich(box)
    other = {"scale": 0.5, "kind": "exr", "depth": 16, "small": True}
    assert set(other) == {each.name for each in fields(Settings)}, "a new setting: say another value of it here"
    prints = [print_of(one, replace(Settings(), **{name: value})) for name, value in other.items()]
    prints += [print_of(one, size=(640, 361)), print_of(one, paper=Colour(10, 20, 31)), print_of(one, paper=None)]
    assert len({print_of(one), *prints}) == 8


def test_program_and_platform_count(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine's frame is another frame."""
    found = {print_of(rich(box))}
    monkeypatch.setattr(fingerprint, "program", lambda: "collage 9")
    found.add(print_of(rich(box)))
    for name in fingerprint.platform():
        monkeypatch.setattr(fingerprint, "platform", lambda name=name: {**real(), name: "another"})
        found.add(print_of(rich(box)))
    assert len(found) == 2 + len(real())


real = fingerprint.platform


def test_what_does_not_show_does_not_count(box: Path) -> None:
    """Names of layers, of a drawing's asset, where files lie and when they were written; how the subject is called,
    how long it is, how fast it runs."""
    whole = print_of(rich(box))
    elsewhere = Path(shutil.copytree(box, box / "elsewhere"))
    for file in elsewhere.iterdir():
        os.utime(file, (1, 1))
    assert print_of(rich(elsewhere)) == whole
    assert print_of(rich(box)._replace(layer="else")) == whole
    assert print_of(rich(box), name="b", path=Path("c.toml"), length=3, rate=25) == whole
    plain = Drawing("props/cup", "cup", box / "cup.png", (60, 40))
    renamed = replace(plain, asset="cups/red", name="red")
    assert print_of(Cel(plain)) == print_of(Cel(renamed))
    assert print_of(Cel(Cutout(plain))) != print_of(Cel(Cutout(renamed)))  # whose knife goes by the name


NUMBERS = st.floats(-3, 3).map(lambda x: round(x, 1)) | st.sampled_from(
    [0.0, -0.0, 1.0, 1, 0, True, 2**53, 2**53 + 1, 2.5e-310]
)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=2), st.booleans())
@example([(2**53, 0.0), (2**53 + 1, 0.0)], False)
def test_equal_cels_have_equal_fingerprints_and_others_others(pairs: list[tuple[float, float]], memo: bool) -> None:
    """However equal numbers are written: as whole ones, as truth, with a sign on nothing."""
    one, other = (Cel(Card((1.0, b), Colour(0, 0, 0)), Affine(e=a), blur=b, layer=f"{a}") for a, b in pairs)
    prints = Fingerprints(Laid((one,)), Settings()) if memo else None
    found = [prints.of_cels((each,)) if prints else print_of(each) for each in (one, other)]
    assert (found[0] == found[1]) == (one._replace(layer="") == other._replace(layer=""))


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
@example(["a", "bff3(sc"], ["aff3(sb", "c"])
def test_texts_keep_to_themselves(one: list[str], other: list[str]) -> None:
    """Where one line of type ends and the next begins counts, whatever is in them."""
    set_ = [
        Lettering(tuple((text, 1.0, 2.0) for text in texts), "", 9.0, Colour(0, 0, 0), (9, 9)) for texts in (one, other)
    ]
    assert (print_of(Cel(set_[0])) == print_of(Cel(set_[1]))) == (one == other)


def test_it_is_short_hex(box: Path) -> None:
    """Of `DIGITS`."""
    found = print_of(rich(box))
    assert len(found) == DIGITS
    assert set(found) <= set("0123456789abcdef")


def test_a_thing_that_nobody_thought_of_is_refused() -> None:
    """Rather than taken for something by how it happens to be printed."""
    with pytest.raises(TypeError, match="no fingerprint can be taken"):
        print_of(Cel(Card((1.0, 2.0), frozenset({"red"}))))  # type: ignore[arg-type]


def test_what_cannot_be_drawn_is_refused_at_once() -> None:
    """Mattes that are seen through two others each, over and over, or groups too deep: in the glass's words."""
    many = deep = Cel(Card((1.0, 2.0), Colour(0, 0, 0)), layer="one")
    for _ in range(40):
        many = many._replace(matte=Matte((many, many)))
    for _ in range(99):
        deep = Cel(Pane((deep,)))
    assert print_of(deep)  # which can be drawn
    for _ in range(5000):
        deep = Cel(Pane((deep,)))
    with pytest.raises(CollageError, match="more than 200000 pieces can't be drawn at once"):
        print_of(many)
    with pytest.raises(CollageError, match="within one another can't be drawn"):
        print_of(deep)


def test_a_missing_picture_is_told_by_its_file(tmp_path: Path) -> None:
    """With why."""
    with pytest.raises(AssetError, match=r"gone\.png: can't be read: no such file"):
        print_of(Cel(Drawing("gone", "gone", tmp_path / "gone.png", (1, 1))))


def test_a_picture_that_changes_meanwhile_ends_it(box: Path) -> None:
    """Whether before it was looked at or after: nobody knows what frames of it show. Saved as it was is no change."""
    cup = Drawing("props/cup", "cup", box / "cup.png", (60, 40))
    prints = Fingerprints(Laid((Cel(cup),), (cup,)), Settings())
    early = Fingerprints(Laid((Cel(cup),), (cup,)), Settings())
    before = prints.of(0)
    os.utime(cup.path, (5, 5))
    prints.unchanged()
    assert prints.of(0) == before
    cup.path.write_bytes(b"another")
    for ask in (prints.unchanged, lambda: early.of(0)):
        with pytest.raises(RunError, match=r"cup\.png: this file changed while frames were made"):
            ask()
    cup.path.unlink()
    with pytest.raises(RunError, match="changed"):
        prints.unchanged()


def scene(project: Project) -> Path:
    return project(ONES, {"props/cup": RED})


def all_prints(subject: Any) -> list[str]:
    prints = Fingerprints(subject, Settings())
    return [prints.of(frame) for frame in range(subject.length)]


def test_equal_fingerprints_are_equal_files(project: Project) -> None:
    """On twos, there and back: each frame has the file of all frames with its fingerprint, and no other's."""
    subject = on_stand(scene(project))
    prints, make = all_prints(subject), develop(subject, Settings())
    files = [make(frame).content for frame in range(subject.length)]
    assert len({*zip(prints, files, strict=True)}) == len(set(prints)) == len(set(files)) < 13


def test_the_picture_itself_counts(project: Project) -> None:
    """Another picture under the same name is another frame; the old one again is the old frame."""
    file = scene(project)
    before = all_prints(on_stand(file))
    project(ONES, {"props/cup": BLUE})
    assert not set(all_prints(on_stand(file))) & set(before)
    project(ONES.replace("[[layer]]", '# the same\n[[layer]]\nname = "mug"'), {"props/cup": RED})
    assert all_prints(on_stand(file)) == before


def test_order_and_threads_do_not_count(project: Project) -> None:
    """Backwards, or from many threads at once."""
    subject = on_stand(scene(project))
    before, prints = all_prints(subject), Fingerprints(subject, Settings())
    assert [prints.of(frame) for frame in reversed(range(24))] == before[::-1]
    crowd = Fingerprints(subject, Settings())
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(crowd.of, range(24))) == before


def test_processes_agree(project: Project) -> None:
    """Whatever seed Python hashes by."""
    file = scene(project)
    code = (
        "import sys, pathlib, subjects\n"
        "from collage.export.fingerprint import Fingerprints, Settings\n"
        "prints = Fingerprints(subjects.on_stand(pathlib.Path(sys.argv[1])), Settings())\n"
        "print([prints.of(frame) for frame in range(24)])"
    )
    seed = str(1 + (os.environ.get("PYTHONHASHSEED") == "1"))
    told = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parent, env={**os.environ, "PYTHONHASHSEED": seed})  # fmt: skip
    assert told.stdout.strip() == str(all_prints(on_stand(file)))
