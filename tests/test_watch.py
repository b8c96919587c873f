"""What a stand is made of is known, file by file; what has changed since is found; what has not is not read again."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from letters import letters, picture
from PIL import ImageFont

import collage
from collage.errors import CollageError, SceneError
from collage.exposure import hearing
from collage.glass import plates
from collage.player.watch import Watch, shares
from collage.registry import noting
from collage.registry.noting import Notes, changed, stamp

HEAD = "format = 1\n[scene]\nsize = [4, 2]\nlength = 6\n"
DOT = '[[layer]]\nasset = "dot"\nat = [1, 1]\nshadow = false\n'


def sound(file: Path, seconds: float = 0.1) -> None:
    """A short silence."""
    file.parent.mkdir(exist_ok=True)
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(bytes(int(16000 * seconds)))


def save(file: Path, content: bytes) -> None:
    """By rename, so that it differs in its number on the disk however soon it comes."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_bytes(content)
    os.replace(beside, file)


def png(*rows: str) -> bytes:
    from collage.glass.png import encode

    return encode(np.ascontiguousarray(picture(*rows)))


# Stamps


def test_a_stamp_differs_after_each_kind_of_save(tmp_path: Path) -> None:
    """Longer, later, another file by that name, gone: none is the file as it was; untouched it is."""
    file, found = tmp_path / "a", []
    assert stamp(file) is None
    file.write_bytes(b"one")
    found.append(stamp(file))
    assert stamp(file) == found[0]
    file.write_bytes(b"more")
    found.append(stamp(file))
    os.utime(file, ns=(5, 5))
    found.append(stamp(file))
    save(file, b"mine")
    os.utime(file, ns=(5, 5))
    found.append(stamp(file))
    file.unlink()
    found.append(stamp(file))
    assert len(set(found)) == 5


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 2)), st.dictionaries(st.integers(0, 9), st.integers(0, 2)))
def test_changed_is_what_differs(before: dict[int, int], after: dict[int, int]) -> None:
    """Of what was looked at, all that is not as it was, and nothing else."""
    paths = {Path(str(key)): (value, 0, 0) for key, value in before.items()}
    now = {Path(str(key)): (value, 0, 0) for key, value in after.items()}
    assert changed(paths, now) == {path for path in now if path not in paths or paths[path] != now[path]}


@given(st.lists(st.sampled_from(["{}.png", "{}.toml", "{}.py", "{}", "{}.wav"])), st.integers(1, 9))
def test_shares_hold_each_file(names: list[str], turns: int) -> None:
    """A picture or a sound in one of them, as many as in any other; texts and folders in each."""
    paths = [Path(name.format(number)) for number, name in enumerate(names)]
    found = shares(paths, turns)
    for path in paths:
        assert sum(path in share for share in found) == (1 if path.suffix in (".png", ".wav") else turns)
    assert max(map(len, found)) - min(map(len, found)) <= 1


def test_a_round_of_looks_sees_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many shares there are, a picture that has changed is found within a round, and again in the next; one
    saved by rename is found at once by its folder, and so is a text."""
    monkeypatch.setattr("collage.player.watch.shares", lambda paths: shares(paths, 4))
    files = [tmp_path / f"{number}.png" for number in range(10)]
    text, notes = tmp_path / "a.toml", Notes()
    for file in (*files, text):
        file.write_text("a")
    for path in (*files, text, tmp_path):
        notes.take(path)
    watch = Watch(notes)
    assert watch.round == 4
    assert not any(watch.look() for _ in range(watch.round))
    files[7].write_text("bc")
    for _ in range(2):
        assert [found for _ in range(watch.round) if (found := watch.look())] == [{files[7]}]
    text.write_text("bc")
    assert all(text in watch.look() for _ in range(watch.round))
    save(files[3], b"bc")
    assert all(tmp_path in watch.look() for _ in range(watch.round))


def test_notes_keep_the_first_stamp(tmp_path: Path) -> None:
    """The older one tells of a save in between."""
    file, notes = tmp_path / "a", Notes()
    notes.take(file)
    file.write_text("now it is there")
    notes.take(file)
    assert notes == {file: None}


# What a stand is made of


def test_a_stand_knows_all_it_was_made_of(project: Project) -> None:
    """Its text, nested texts, the registry though there is none, pictures with the folder they are in, a font, a sound,
    and motions.py if it is trusted: each under its real path."""
    text = (
        f'{HEAD}{DOT}[[layer]]\nscene = "scenes/inner.toml"\nmove = [{{ do = "motions.go" }}]\n'
        '[[layer]]\ntext = "x"\ntype = { font = "assets/f.ttf", size = 9 }\n[sound]\nfile = "assets/hum.wav"\n'
    )
    file = project(text, {"dot": picture("RR", "GG"), "in/cup": picture("B")})
    root = file.parent.parent.resolve()
    file.with_name("inner.toml").write_text(f'{HEAD}[[layer]]\nasset = "in/cup"\n', encoding="utf-8")
    file.with_name("motions.py").write_text("import collage\n@collage.motion\ndef go(now):\n    return {}\n")
    (root / "assets/f.ttf").write_bytes(ImageFont.load_default(10).font_bytes)  # type: ignore[union-attr]
    sound(root / "assets/hum.wav")
    with collage.open(file, trust=True) as stand:
        names = {path.resolve().relative_to(root).as_posix() for path in stand.notes}
        assert names == {
            "scenes/test.toml", "scenes/inner.toml", "scenes/motions.py", "assets/registry.toml", "assets",
            "assets/dot.png", "assets/in", "assets/in/cup.png", "assets/f.ttf", "assets/hum.wav",
        }  # fmt: skip
        assert stand.notes[root / "assets" / "dot.png"] == stamp(root / "assets" / "dot.png")
    with pytest.raises(SceneError, match="--trust"):
        collage.open(file)


def test_a_film_is_made_of_its_shots_and_a_sequence_of_its_folder(project: Project) -> None:
    """Every shot's text is noted, every picture of a sequence, and the folder where another may come."""
    file = project(f'{HEAD}[[layer]]\nasset = "cup"\n', registry='format = 1\n[cup]\nframes = "turn/cup-##.png"\n')
    folder = file.parent.parent / "assets/turn"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"cup-0{number}.png").write_bytes(png("R"))
    film = file.with_name("trip.film.toml")
    film.write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n', encoding="utf-8")
    names = {path.name for path in collage.open(film).notes}
    assert names == {"trip.film.toml", "test.toml", "registry.toml", "turn", "cup-01.png", "cup-02.png"}


def test_what_fails_has_noted_what_would_mend_it(project: Project) -> None:
    """A missing picture's folder, a torn one, the text of a scene inside: a try that failed names them all."""
    file = project(f'{HEAD}{DOT}[[layer]]\nscene = "scenes/inner.toml"\n', {"dot": picture("RR", "GG")})
    inner = file.with_name("inner.toml")
    inner.write_text(HEAD, encoding="utf-8")
    stand, root = collage.open(file), file.parent.parent
    for broken, content in ((inner, b"format = "), (root / "assets/dot.png", b"\x89PNG")):
        good = broken.read_bytes()
        save(broken, content)
        notes = Notes()
        with pytest.raises(SceneError):
            stand.again(notes)
        assert broken.resolve() in notes
        save(broken, good)
    file.write_text(f'{HEAD}[[layer]]\nasset = "props/none"\n', encoding="utf-8")
    notes = Notes()
    with pytest.raises(SceneError):
        stand.again(notes)
    assert (root / "assets/props").resolve() in notes


# Opened again


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pictures decoded, in order."""
    names: list[str] = []
    pixels = plates._pixels
    monkeypatch.setattr(plates, "_pixels", lambda content: names.append(content.name) or pixels(content))
    return names


def test_only_what_was_saved_is_decoded_again(project: Project, read: list[str]) -> None:
    """Of two pictures the changed one is, before the new stand is seen; the old stand still shows the old one."""
    text = f'{HEAD}{DOT}[[layer]]\nasset = "cup"\nat = [3, 1]\nshadow = false\n'
    file = project(text, {"dot": picture("RR", "GG"), "cup": picture("BB", "BB")})
    with collage.open(file) as old:
        old.load()
        save(file.parent.parent / "assets/dot.png", png("WW", "KK"))
        with old.again(Notes()) as new:
            assert read == ["dot", "cup", "dot"]
            assert letters(new.comp(0)) == ["WWBB", "KKBB"]
            assert letters(old.comp(0)) == ["RRBB", "GGBB"]
            assert new.glass.plates.weight == old.glass.plates.weight
        assert read == ["dot", "cup", "dot"]


def test_a_picture_nobody_has_seen_yet_is_not_decoded_for_a_save(project: Project, read: list[str]) -> None:
    """Of two that were not read yet only the one that was saved is, and one that the text asks for now."""
    cup = '[[layer]]\nasset = "cup"\nat = [3, 1]\nshadow = false\n'
    file = project(f"{HEAD}{DOT}{cup}", {name: picture("RR", "GG") for name in ("dot", "cup", "pot")})
    with collage.open(file) as old:
        save(file.parent.parent / "assets/dot.png", png("WW", "KK"))
        with old.again(Notes()) as new:
            assert read == ["dot"]
            save(file, f"{HEAD}{DOT}{cup}{cup.replace('cup', 'pot')}".encode())
            with new.again(Notes()):
                assert read == ["dot", "pot"]


def test_a_text_saved_decodes_no_picture(project: Project, read: list[str]) -> None:
    """Two frames longer, with the pictures it has."""
    file = project(HEAD + DOT, {"dot": picture("RR", "GG")})
    with collage.open(file) as old:
        old.load()
        save(file, (HEAD + DOT).replace("length = 6", "length = 8").encode())
        with old.again(Notes()) as new:
            assert (old.length, new.length) == (6, 8)
            assert letters(new.comp(7))[0].startswith("RR")
    assert read == ["dot"]


def test_a_picture_as_large_as_before_binds_nothing_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other pixels leave the rig as it is; another size is another rig, and so is another picture in the folder."""
    file = project(HEAD + DOT, {"dot": picture("RR", "GG")})
    dot, old = file.parent.parent / "assets/dot.png", collage.open(file)
    save(dot, png("WW", "KK"))
    same = old.again(Notes())
    assert same.rig is old.rig
    assert not changed(same.notes, {path: stamp(path) for path in same.notes})
    save(dot, png("WWW", "KKK"))
    wider = same.again(Notes())
    assert wider.rig is not old.rig
    assert wider.drawings[0].size == (3, 2)
    dot.with_name("pot.png").write_bytes(dot.read_bytes())
    assert wider.again(Notes()).rig is not wider.rig


def test_registry_and_sounds_are_read_again_only_if_they_changed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new text reads neither; a new registry is read and moves the pivot; a new sound is heard."""
    move = 'move = [{ do = "pulse", source = "level" }]\n'
    text = f'{HEAD}{DOT}{move}[sound]\nfile = "assets/hum.wav"\n'
    file = project(text, {"dot": picture("RR", "GG")}, "format = 1\n[dot]\npivot = [1, 1]\n")
    root, heard, parsed = file.parent.parent, list[Path](), list[Path]()
    sound(root / "assets/hum.wav")
    stand = collage.open(file)
    from collage.sound import decode

    was, of = decode.read_sound, noting.Catalogue.open
    monkeypatch.setattr(decode, "read_sound", lambda path: heard.append(path) or was(path))
    monkeypatch.setattr(noting.Catalogue, "open", lambda root: parsed.append(root) or of(root))
    save(file, text.replace("length = 6", "length = 6 # as before").encode())
    stand = stand.again(Notes())
    assert (heard, parsed) == ([], [])
    save(root / "assets/registry.toml", b"format = 1\n[dot]\npivot = [0, 0]\n")
    before, stand = stand.cels(0)[0].matrix.e, stand.again(Notes())
    assert stand.cels(0)[0].matrix.e == before + 1
    assert (len(heard), len(parsed)) == (0, 1)
    sound(root / "assets/hum.wav", 0.2)
    stand.again(Notes())
    assert (len(heard), len(parsed)) == (1, 1)
    hearing._levels.cache_clear()


def test_a_torn_picture_leaves_the_old_stand_whole(project: Project) -> None:
    """The new one is not there; the old one keeps what it needs, with no room for it at all."""
    text = f'{HEAD}{DOT}[[layer]]\nasset = "cup"\nat = [3, 1]\nshadow = false\n'
    file = project(text, {"dot": picture("RR", "GG"), "cup": picture("BB", "BB")})
    dot = (file.parent.parent / "assets/dot.png").resolve()
    with collage.open(file, memory=16) as old:
        assert letters(old.comp(0)) == ["RRBB", "GGBB"]
        old.glass.plates.plate(old.drawings[0])
        save(dot, dot.read_bytes()[:45])
        with pytest.raises(CollageError, match=r"dot\.png"):
            old.again(Notes())
        old.keep([dot])
        for scale in (0.5, 1.0):
            assert old.comp(0, scale).any()
        assert letters(old.comp(0)) == ["RRBB", "GGBB"]


def test_a_stand_inherits_by_age_within_its_room(project: Project, read: list[str]) -> None:
    """With room for two it takes over the two shown last; what neither holds is not read for that."""
    names = ["a", "b", "c"]
    text = "".join(f'[[layer]]\nasset = "{name}"\nin = {i}\nout = {i + 1}\n' for i, name in enumerate(names))
    file = project(HEAD + text, {name: picture("RR", "GG") for name in names})
    with collage.open(file, memory=1000) as old:
        for frame in (1, 2, 0):
            old.comp(frame)
        newer = plates.Plates(2 * 16)
        assert newer.inherit(old.glass.plates) == frozenset()
        assert [key.name for key in newer._held if isinstance(key, Path)] == ["c.png", "a.png"]
        assert newer.weight == 32
    assert read == ["b", "c", "a"]


def test_a_pinned_plate_stays_whatever_the_room(project: Project, read: list[str]) -> None:
    """Others come and go, it is never read again."""
    held, root = plates.Plates(1), project(HEAD + DOT, {"dot": picture("R"), "cup": picture("G")}).parent.parent
    dot, cup = (plates.Drawing(name, name, root / f"assets/{name}.png", (1, 1)) for name in ("dot", "cup"))
    with held.needed([dot]):
        held.plate(dot)
        held.pin([dot.path])
    for each in (cup, dot, cup, dot):
        held.plate(each)
    assert read == ["dot", "cup", "cup"]
