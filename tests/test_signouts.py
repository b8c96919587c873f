"""The sign-out sheet: who may take what, when it ends, what the text looks like, and what is refused in words."""

from __future__ import annotations

import getpass
import os
import platform
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.errors import AssetError, CollageError, RunError
from collage.registry import sheet as text
from collage.registry.probe import Fault
from collage.registry.sheet import SignOut, line_of, read_sheet, write_sheet
from collage.registry.signouts import findings, give_back, login, sign_out, signed_out

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPLASH = '"water/splash" = { name = "Ann", since = 2026-11-22T02:00:00Z }'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of three pictures."""
    for name in ("water/splash", "water/drop", "props/cup"):
        file = tmp_path / f"assets/{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGBA", (4, 4)).save(file)
    return tmp_path


def sheet(root: Path) -> Path:
    return root / "assets/signouts.toml"


def test_an_asset_is_with_one_person(root: Path) -> None:
    """Another is refused with who has it, since when and until when, and may try again (exit 1); nothing changes."""
    sign_out(root, "water/splash", "Ann", now=NOW, lasting=2 * HOUR)
    before = sheet(root).read_bytes()
    told = r'"water/splash" is with Ann since 2026-11-22 02:00 UTC, until 2026-11-22 04:00 UTC: .*try again'
    with pytest.raises(RunError, match=told) as refused:
        sign_out(root, "water/splash", "Bob", now=NOW + HOUR)
    assert refused.value.code == 1
    assert sheet(root).read_bytes() == before
    assert sign_out(root, "water/drop", "Bob", now=NOW).name == "Bob"


def test_it_ends_at_its_time(root: Path) -> None:
    """At the very second of its end it is free, in the list and for others; without an end it never is."""
    end = NOW + 2 * HOUR
    sign_out(root, "water/splash", "Ann", now=NOW, lasting=2 * HOUR)
    sign_out(root, "props/cup", "Ann", now=NOW)
    assert list(signed_out(root, end - timedelta(seconds=1))) == ["props/cup", "water/splash"]
    assert list(signed_out(root, end)) == ["props/cup"]
    assert sign_out(root, "water/splash", "Bob", now=end).since == end
    with pytest.raises(RunError, match="until it is returned"):
        sign_out(root, "props/cup", "Bob", now=NOW + timedelta(days=9999))


def test_the_same_person_renews(root: Path) -> None:
    """Since when stays, until when is counted from now, also back to no end; after the end it is a new one."""
    sign_out(root, "props/cup", "Ann", now=NOW, lasting=2 * HOUR)
    later = sign_out(root, "props/cup", "Ann", now=NOW + HOUR, lasting=2 * HOUR)
    assert (later.since, later.until) == (NOW, NOW + 3 * HOUR)
    assert sign_out(root, "props/cup", "Ann", now=NOW + HOUR).until is None
    sign_out(root, "props/cup", "Ann", now=NOW + HOUR, lasting=HOUR)
    assert sign_out(root, "props/cup", "Ann", now=NOW + 5 * HOUR).since == NOW + 5 * HOUR


def test_only_who_has_it_returns_it(root: Path) -> None:
    """Another is told who does, until it has expired; what nobody has can't be returned, a near name is suggested."""
    sign_out(root, "water/splash", "Ann", now=NOW, lasting=HOUR)
    with pytest.raises(CollageError, match=r"is with Ann .*, not with Bob: Ann returns it"):
        give_back(root, "water/splash", "Bob", now=NOW)
    with pytest.raises(CollageError, match=r'is not signed out\. Did you mean "water/splash"'):
        give_back(root, "water/spash", "Ann", now=NOW)
    give_back(root, "water/splash", "Bob", now=NOW + HOUR)
    assert "splash" not in sheet(root).read_text()
    sign_out(root, "water/splash", "Ann", now=NOW)
    give_back(root, "water/splash", "Ann", now=NOW)
    assert signed_out(root, NOW) == {}


def test_an_asset_that_is_gone_can_be_returned(root: Path) -> None:
    """Its picture may have been renamed meanwhile."""
    sign_out(root, "props/cup", "Ann", now=NOW)
    (root / "assets/props/cup.png").unlink()
    give_back(root, "props/cup", "Ann", now=NOW)
    assert signed_out(root, NOW) == {}


def test_only_what_is_there_is_signed_out(root: Path) -> None:
    """An unknown asset gets a suggestion and leaves no file; a broken picture is there: that is what one re-cuts."""
    with pytest.raises(AssetError, match='Did you mean "water/splash"'):
        sign_out(root, "water/spalsh", "Ann", now=NOW)
    with pytest.raises(AssetError, match="no asset's name"):
        sign_out(root, "../x", "Ann", now=NOW)
    assert not sheet(root).exists()
    (root / "assets/props/cup.png").write_bytes(b"torn")
    assert sign_out(root, "props/cup", "Ann", now=NOW).asset == "props/cup"


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x1b[0m", "\u202eann", "x" * 61, "\ud800"])
def test_a_name_is_one_that_can_be_shown(root: Path, name: str) -> None:
    """Empty, long and unprintable ones are refused before anything is written."""
    with pytest.raises(CollageError, match="is no name"):
        sign_out(root, "props/cup", name, now=NOW)
    assert not sheet(root).exists()


@pytest.mark.parametrize("lasting", [timedelta(0), -HOUR, timedelta(days=366), timedelta.max])
def test_a_time_is_one_that_makes_sense(root: Path, lasting: timedelta) -> None:
    """Nothing, the past, and more than a year are refused."""
    with pytest.raises(CollageError, match="365 days"):
        sign_out(root, "props/cup", "Ann", now=NOW, lasting=lasting)


def test_the_sheet_is_a_sorted_line_for_each_asset(root: Path) -> None:
    """As people and merges read it: the format, then one line of TOML each, which is TOML as a whole as well."""
    sign_out(root, "water/splash", "Ann", now=NOW, lasting=HOUR)
    sign_out(root, "props/cup", "Bob", now=NOW)
    first, cup, splash = sheet(root).read_text().splitlines()
    assert first.startswith("format = 1")
    assert cup.startswith('"props/cup" = { name = "Bob", since = 2026-11-22T02:00:00Z, by = "')
    assert '"water/splash" = { name = "Ann", since = 2026-11-22T02:00:00Z, until = 2026-11-22T03:00:00Z, ' in splash
    assert f"process {os.getpid()}" in splash
    assert tomllib.loads(sheet(root).read_text())["water/splash"]["until"] == NOW + HOUR


def test_a_change_leaves_all_other_lines_as_they_are(root: Path) -> None:
    """Comments stay with the line below them, other people's spacing stays, line ends and a mark of order are read."""
    cup = '"props/cup"={name="Bob",since=2026-11-22T03:00:00+01:00} # till Monday'
    sheet(root).write_bytes(
        f"\ufeff# ours\nformat = 1\n# wet\n{SPLASH}\n\n# dry\n{cup}\n# end\n".replace("\n", "\r\n").encode()
    )
    assert signed_out(root, NOW)["props/cup"].since == NOW
    sign_out(root, "water/drop", "Cy", now=NOW)
    lines = sheet(root).read_text().splitlines()
    assert lines[:4] == ["# ours", "format = 1", "", "# dry"]
    assert lines[4] == cup
    assert lines[5].startswith('"water/drop"')
    assert lines[6:] == ["# wet", SPLASH, "# end"]


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),
    st.none() | st.integers(1, 10**7),
)
def test_what_is_written_reads_back(name: str, since: datetime, seconds: int | None) -> None:
    """Any name that is one, at any time, comes back from its line to the second."""
    try:
        name = text.person(name)
    except CollageError:
        return
    since = since.replace(microsecond=0)
    entry = SignOut("a/b", name, since, seconds and since + timedelta(seconds=seconds), 'x "y" \\, process 3')
    read, wrong = read_sheet(f"format = 1\n{line_of(entry)}\n".encode())
    assert wrong == ()
    assert read.rows["a/b"].entry == entry


HOSTILE = {
    "nonsense": "write",
    "<<<<<<< ours": "merged",
    '["water/splash"]': "each asset has one line",
    '"water/splash" = "Ann"': "each asset has one line",
    '"../etc" = { name = "Ann", since = 2026-11-22T02:00:00Z }': "no asset's name",
    "format = 1": "no asset's name",
    '"a" = { since = 2026-11-22T02:00:00Z }': "name: ",
    '"a" = { name = "A\\u001b[0m", since = 2026-11-22T02:00:00Z }': "name: .* is no name",
    '"a" = { name = "Ann" }': "since: a moment in UTC",
    '"a" = { name = "Ann", since = 2026-11-22T02:00:00 }': "since: a moment in UTC",
    '"a" = { name = "Ann", since = 2026-11-22 }': "since: a moment in UTC",
    '"a" = { name = "Ann", since = "now" }': "since: a moment in UTC",
    '"a" = { name = "Ann", since = 0001-01-01T00:00:00+14:00 }': "since: a moment in UTC",
    '"a" = { name = "Ann", since = 2026-11-22T02:00:00Z, until = true }': "until: a moment in UTC",
    '"a" = { name = "Ann", since = 2026-11-22T02:00:00Z, untill = 1 }': 'Did you mean "until"',
    '"a" = { name = "Ann", since = 2026-11-22T02:00:00Z, by = 3 }': "by: ",
    '"a" = { x' + ".x" * 400 + " = 1 }": "no key",
    "a = " + "[" * 900: 'write "water/splash" = ',
    "a = 1" + "0" * 900: "each asset has one line",
    "a = " + "1" * 2000: "more than 1000 letters",
    "# \x1b[2J": "write",
    'a = """': "write",
    "x\ry = 1": "write",
    SPLASH: r"stands twice \(first on line 2\)",
}


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:20])
def test_hostile_lines_are_refused_in_words(root: Path, line: str) -> None:
    """Each by its own line and in one line; the sheet is not written over, and `findings` lists it."""
    content = f"format = 1\n{SPLASH}\n{line}\n".encode()
    sheet(root).write_bytes(content)
    with pytest.raises(Fault, match=r"^assets/signouts\.toml:3:\d+: [^\n]+$") as refused:
        sign_out(root, "props/cup", "Bob", now=NOW)
    assert re.search(HOSTILE[line], str(refused.value))
    assert str(refused.value).isprintable()
    assert findings(root) == (refused.value.finding,)
    assert sheet(root).read_bytes() == content


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda words: f"format = 1\n{words}".encode(errors="replace"))
)
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    """Whatever stands there is a sheet that is written as it was read, or has findings with words."""
    read, wrong = read_sheet(raw)
    if not wrong:
        assert read_sheet(write_sheet(read)) == (read, ())
    assert all(str(finding).isprintable() and finding.message for finding in wrong)


def test_a_sheet_is_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings end at a hundred; what is too large is neither read nor written."""
    assert len(read_sheet(b"format = 1\n" + b"x\n" * 5000)[1]) == text.MOST_TOLD
    monkeypatch.setattr(text, "MOST_BYTES", 200)
    sign_out(root, "props/cup", "Ann", now=NOW)
    with pytest.raises(CollageError, match="grow beyond"):
        sign_out(root, "water/splash", "Ann", now=NOW)
    sheet(root).write_bytes(b"#" * 201)
    with pytest.raises(Fault, match="no sheet needs that"):
        signed_out(root, NOW)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
def test_what_is_no_file_is_not_waited_for(root: Path) -> None:
    """A pipe, a folder or a link out of the project instead of the sheet or of its lock is refused."""
    lock = root / "assets/.collage-change.lock"
    for place in (sheet(root), lock):
        os.mkfifo(place)
        with pytest.raises(CollageError, match="is no file"):
            sign_out(root, "props/cup", "Ann", now=NOW)
        place.unlink()
    sheet(root).mkdir()
    with pytest.raises(Fault, match="is no file"):
        signed_out(root, NOW)
    sheet(root).rmdir()
    sheet(root).symlink_to(root.parent / "elsewhere")
    with pytest.raises(Fault, match="leaves the project"):
        sign_out(root, "props/cup", "Ann", now=NOW)
    assert not (root.parent / "elsewhere").exists()


def test_names_in_two_spellings_are_one(root: Path) -> None:
    """A letter with its accent apart, as some systems write it, is the same person."""
    sign_out(root, "props/cup", "Zoe\u0301", now=NOW)
    assert sign_out(root, "props/cup", "Zoé", now=NOW).name == "Zoé"


def test_someone_always_sits_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login; without one, or with one that is no name, the machine; else someone."""
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    assert login() == "ann"
    monkeypatch.setattr(platform, "node", lambda: "studio-2")
    monkeypatch.setattr(getpass, "getuser", lambda: "a\nb")
    assert login() == "studio-2"
    monkeypatch.setattr(platform, "node", lambda: "")
    assert login() == "someone"
