"""The credits of the film: scenes/credits.toml, made from what the registry says. python assets/studio/credits.py

Two strips of paper roll by with the name of every piece; then the splash takes its bow. Needs the program installed.
"""

from __future__ import annotations

from itertools import chain, groupby
from pathlib import Path
from textwrap import wrap

from collage.registry.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "scenes" / "credits.toml"
COLUMNS = 2
SPLASH = "water/splash"
LEADING, SIZE, WIDE = 1.65, 32, 50
"""Of the type: between lines and in pixels; and how many letters of it go on a line."""
ROLLED = 560
"""How far, in pixels: less than three lines a second, since type that passes faster flashes."""
HEAD = """\
format = 1

# The credits, rolled from the registry: made by assets/studio/credits.py, so don't edit this file, edit what it says.

[scene]
title  = "Funhouse: credits"
length = "4s"

[sound]
file   = "assets/sound/funhouse.flac"
tempo  = 120
offset = "56s"

[cues]
bow  = "beat 117"                 # the splash takes it: its last hand-over
last = "beat 120"

[[effect]]
file = "assets/sound/flutter.wav"
gain = -10

[[effect]]
file = "assets/sound/splash.wav"
at   = "bow"
gain = -8

[look]
grain    = 0.12
vignette = 0.3
flicker  = 0.05
weave    = 0.05

[[sheet]]
name = "table"

[[sheet]]
name = "strips"
gap  = 18

[[sheet]]
name = "top"
gap  = 50

[[layer]]
asset = "paper/newsprint"
turn  = 4
"""
STRIP = """
[[peg]]
name = "roll-{n}"
at   = [{x}, 0]
on   = 1                          # it rolls on ones, as a machine does
keys.y = [[0, {start}], ["end", {end}, "linear"]]

[[layer]]
name   = "strip-{n}"
card   = "#f6f0e2"
size   = [860, {height}]
sheet  = "strips"
parent = "roll-{n}"
on     = 1
turn   = {turn}

[[layer]]
parent = "strip-{n}"
shadow = false
on     = 1
type   = {{ size = {size}, leading = {leading}, align = "left" }}
text   = \"\"\"
{names}\"\"\"
"""
END = """
# ---- what it came to, pasted on while the names still roll

[[layer]]
name   = "sum"
card   = "#d9a036"
size   = [1240, 210]
sheet  = "top"
in     = "bow-1 beat"
keys.at   = [["in", [980, -240]], ["in+8", [980, 300], "out-back"]]
keys.turn = [["in", -12], ["in+8", -2.5, "out-back"]]

[[layer]]
name   = "figures"
text   = \"\"\"
{figures}\"\"\"
type   = {{ font = "assets/type/knife.ttf", size = 66, leading = 1.2 }}
parent = "sum"
in     = "bow-1 beat"
shadow = false

[[layer]]
name  = "splash"
asset = "water/splash"
sheet = "top"
in    = "bow"
at    = [960, 1010]
keys.scale = [
    ["in", [0.4, 0.1]], ["in+4", [0.92, 1.2], "out-cubic"], ["in+12", [0.95, 0.95], "in-out-sine"], ["last", 0.97],
]

# ---- who watches

[[layer]]
name  = "llama"
asset = "animals/llama"
sheet = "top"
keys.at   = [["bow-4 beats", [250, 1480]], ["bow-3 beats", [250, 1190], "out-back"]]
move  = [{{ do = "swing", by = 2, every = "2 beats" }}]

[[layer]]
name  = "teeth"
asset = "props/teeth"
sheet = "top"
keys.at   = [["bow-3 beats", [1680, 1400]], ["bow-2 beats", [1680, 1060], "out-back"]]
move  = [{{ do = "chatter", in = "bow", out = "last" }}]

[[layer]]
name   = "name-tag"
card   = "#f6f0e2"
size   = [760, 96]
sheet  = "top"
in     = "bow+10"
at     = [960, 1000]
turn   = -1.5
move   = [{{ do = "pop" }}]

[[layer]]
name   = "name"
text   = "{thanks}"
type   = {{ font = "assets/type/knife.ttf", size = 54, colour = "#b8402e" }}
parent = "name-tag"
in     = "bow+10"
shadow = false
"""


def text() -> str:
    """The whole scene, as the registry is now."""
    box = Catalogue.open(ROOT)
    entries = {name: box.entry(name) for name in sorted(box.names())}
    columns = _columns([_paragraph(room, [*names]) for room, names in groupby(entries, _room)])
    tall = max(map(len, columns))
    height = round(tall * SIZE * LEADING) + 110
    strips = (
        STRIP.format(
            n=n + 1,
            x=485 + 950 * n,
            start=(top := 150 + 130 * n + height // 2),
            end=top - ROLLED,
            height=height,
            turn=(-0.6, 0.5)[n],
            size=SIZE,
            leading=LEADING,
            names="\n".join(column),
        )
        for n, column in enumerate(columns)
    )
    drawings = sum(len(box.pictures(name, entry)) for name, entry in entries.items())
    hours = sum(entry.hours for entry in entries.values())
    figures = f"{len(entries)} pieces, {drawings} drawings,\n{hours:g} hours of cutting"
    thanks = f"one splash: {entries[SPLASH].hours:g} of them"
    return HEAD + "".join(chain(strips, [END.format(figures=figures, thanks=thanks)]))


def _room(name: str) -> str:
    return name.partition("/")[0]


def _paragraph(room: str, names: list[str]) -> list[str]:
    """A folder of the box in capitals, and then its pieces."""
    pieces = ", ".join(name.partition("/")[2] for name in names if name != SPLASH)
    return wrap(f"{room.upper()}: {pieces}", WIDE, break_on_hyphens=False) if pieces else []


def _columns(paragraphs: list[list[str]]) -> list[list[str]]:
    """Their lines on strips of about one length; a paragraph stays whole."""
    share = sum(map(len, paragraphs)) / COLUMNS
    columns: list[list[str]] = [[] for _ in range(COLUMNS)]
    gone = 0
    for paragraph in paragraphs:
        columns[min(int((gone + len(paragraph) / 2) / share), COLUMNS - 1)] += paragraph
        gone += len(paragraph)
    return columns


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
