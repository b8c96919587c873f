"""What the reference says in whole sentences: how to read it, time, space, and in which order things happen."""

from __future__ import annotations

from collections.abc import Mapping

TITLE = "The format's reference"
INTRO = """\
Every table, key, channel, ease, move and function of version 1, with units and defaults. It is made by `collage
schema --reference` from the program itself: edit nothing here.

A smallest scene, four seconds long: the rocket drops into the middle of the canvas.

```toml
format = 1
[[layer]]
asset = "props/rocket"
move = [{ do = "drop" }]
```
"""
SPACE = """\
- Places are canvas pixels: x goes right, y goes down, and `[0, 0]` is the canvas's upper left corner.
- Turns are degrees, clockwise. A scale of 1 shows a picture pixel for pixel; below 0 it flips.
- `"50%"` is half of the side of the canvas that a length lies along; in `pivot`, of the picture's side.
- Under a parent, places count from the parent's hook or pivot, in its pixels; percentages are refused there.
- Sheets lie on each other from the bottom up. On a sheet, higher `order` is nearer, then what stands later in the file.
- Paths start at the project's root, the nearest folder upward that holds `assets/`, and are written with `/`.
"""
TIME = """\
Frames count from 0. A span begins at its `in` and ends before its `out`. A moment is a place in time, a length a
stretch of it. Either may be a sum; sums are exact, and rounded once at the end. A cue is a moment with a name.
"""
MOMENTS: Mapping[str, str] = {
    "48": "frame 48",
    '"2s"': "two seconds from the start",
    '"beat 33"': "the 33rd beat of `[sound]`; beats and bars count from 1, and may have fractions",
    '"bar 9"': "the first beat of the ninth bar",
    '"splash"': "the cue of that name",
    '"end"': "the end of the scene",
    '"in"': 'the layer\'s own first frame; `"out"` is the end of its span',
    '"splash+12"': "twelve frames after the cue",
    '"end-1s"': "a second before the end",
    '"in+2 beats"': "two beats after the layer's first frame",
}
LENGTHS: Mapping[str, str] = {
    "12": "twelve frames",
    '"0.5s"': "half a second",
    '"1 beat"': "one beat of `[sound]`; in a move, half a second where there is no tempo",
    '"2 bars"': "two bars",
    '"1s+6"': "a second and six frames",
}
VALUES = """\
Numbers, `true` and `false` stand bare, pairs in brackets, everything else in quotes.
"""
SCENE = """\
The tables of `scenes/NAME.toml`, in the order of the file. A key that is in none of them is an error, never passed
over; only `$schema` is, at the top, by which editors find what `collage schema` prints.
"""
KEYS = """\
A channel's keys are a list of `[moment, value, ease]`; the ease may be left out. It says how the piece *arrives* at
its key from the one before, so the first key has none. Moments ascend. The first and last values hold outward. A key
may also lie in a table with `loop`: then moments count from the layer's `in` and come round.

```toml
keys.x = [[0, -300], [24, 900, "out-back"], ["2s", 2200, "hold"]]
keys.turn = { keys = [[0, 0], [12, 35], [24, 0]], loop = 24 }
```
"""
CHANNELS = """\
Channels that change smoothly glide from key to key, and are seen at exposures: on twos, at every other frame.
Channels that change at once jump at the very frame of their key; their first key holds from the start, as all first
keys do. `keys.at` stands instead of `keys.x` and `keys.y`,
`keys.scale` instead of `keys.scale_x` and `keys.scale_y`. Sheets, pegs, the camera and the lamp have fewer
channels than layers.
"""
FORMULAS = """\
A formula gives a channel's number at each exposure: `expr.y = "v + 30*sin(tau*t/2)"`. It may hold numbers,
`+ - * / // % **`, comparisons, `and`, `or`, `not`, `a if c else b`, and the names and functions below; nothing else,
and at most 1000 characters. No exponent is larger than 64. A formula that has no value at some frame stops there with
an error that names the frame.
"""
EASES = """\
An ease is how something gets from one key to the next, or through a move. The picture shows time to the right and the
way gone upwards; each dot is an exposure of one second on twos.

![the curves of all eases](reference/eases.png)

"""
MOVES = """\
A move is something a piece does by itself, on top of its keys and formulas: `move = [{ do = "bob" }]`. There may be
several, and they act in the order of the file. Layers, pegs and the camera take them. Moves that *add* add to what
there is (scale and opacity multiply); moves that *place* replace it. Each does something without any parameter, and
every number in it may be changed. The pictures show larger movements than the defaults make.
"""
SCRIPTS = """\
A project may add moves of its own, as functions of a `motions.py` beside its scenes, marked with `@collage.motion`.
They are Python and can do anything that Python can, so they run only with `--trust`; without it a scene that uses
them is refused. Of what a function gives, `x`, `y` and `turn` are added; `scale`, `scale_x`, `scale_y` and `opacity`
multiply.

```python
import math
import collage


@collage.motion
def wobble(now, by=12.0, every=1.0):
    return {"turn": by * math.sin(math.tau * now.t / every)}
```

`move = [{ do = "motions.wobble", by = 20 }]` uses it.
"""
ORDER = """\
For every layer, peg and sheet, for the camera and the lamp, at each exposure:

1. The **static field** stands: `at`, `turn`, `opacity` and so on.
2. **Keys** replace it.
3. A **formula** replaces that; its `v` is the value so far.
4. **Moves** act on the result, in the order of the file.
5. **Registration** adds the error of a hand, only on exposures on which the piece was touched.

Exposures count from the scene's frame 0: on twos, frames 0 and 1 show the pose of frame 0, frames 2 and 3 that of
frame 2. `in`, `out` and the channels that change at once act on their exact frame. A child takes its parent as it is
at the parent's own exposure. Then the pose becomes a place on the canvas: the pivot is laid at the origin, and the
piece is scaled, skewed, turned and moved to `at`, in this order, in the space of its parent. Last, the camera looks
at it.
"""
CAMERA = """\
The camera looks straight down from `height` millimetres above the table. At rest, every sheet is shown at its own
size. Lower, nearer sheets grow and slide more than far ones; a sheet fades out when the camera comes nearer to it
than 60 millimetres. `zoom` scales all sheets alike. A layer with `lock = true` stays put while the camera moves.
"""
FILMS = """\
A film, `scenes/NAME.film.toml`, plays shots of scenes one after the other as one timeline. Its `[sound]`,
`[[effect]]` and `[cues]` are written as in a scene. A shot is heard while it is seen. The music of a film takes the
place of that of its shots, never of their effects; without it, the music of one shot passes into that of the next over
their join, and scenes that lie in one piece of music by their `offset` go on in step.

```toml
format = 1
[[shot]]
scene = "scenes/bath.toml"
join = { how = "dissolve", length = 12 }
[[shot]]
scene = "scenes/street.toml"
in = "1s"
```
"""
REGISTRY = """\
Every PNG, JPEG, WebP or TIFF under `assets/` is an asset, called by its path without the ending:
`assets/water/splash.png` is `water/splash`. `assets/registry.toml` adds what a picture cannot say. Its first line is
`format = 1`; then comes a table for each asset, its name in quotes, as it has a slash. An asset without one is fine.

```toml
format = 1

["water/splash"]
copies = 1
pivot = ["50%", "100%"]
hooks.crest = [402, 35]
edge.border = 8
print.halftone = 6
cut_by = "studio"
hours = 12
source = "shoots/pool, roll 3, frame 118"
licence = "CC0-1.0"
rating = 5

["faces/jaw"]
drawings = { shut = "faces/jaw-shut.png", open = "faces/jaw-open.png" }

["props/rocket"]
frames = "props/rocket/turn-####.png"
hooks.hatch = { 1 = [350, 420], 7 = [410, 421], 13 = "hidden" }
```
"""
ENTRY = """\
A key that is not here is an error, never passed over. `edge` and `print` have the keys that they have in a
layer. Who, how long, where from and how good is kept for the people of the project; nothing is drawn by it.
"""
DRAWINGS = """\
An asset may have several drawings, all of one size. `drawings` names them one by one, `frames` finds them by the
number in their file's name: `"props/rocket/turn-####.png"` takes `turn-0001.png` as the drawing `1`, and numbers with
more digits too. An entry has one of the two. Their paths start at `assets/`, and their pictures belong to this entry
alone: they are no assets by themselves. `keys.swap`, the moves `cycle`, `blink` and `chatter` and a `repeat` that
varies `swap` choose among them. No drawing is called `none`, which lifts a piece off.
"""
HOOKS = """\
`pivot` and hooks are points of the picture, `[x, y]` from its upper left corner, in its pixels or in percent. A layer
with `parent = "jug.lip"` hangs on the hook `lip` of the layer `jug`. What hangs there lies by its own `pivot`; if that
is not written, by its asset's hook of the same name, else by the registry's `pivot`, else by its centre.

`copies = 1` makes an asset one of a kind: the ledger of a scene and of a film lets one layer hold it at any frame, all
its drawings counted as one. A layer with `photostat = true` is a declared copy and does not count.

A hook may move with the drawings: `hooks.hatch = { 1 = [350, 420], 7 = [410, 421], 13 = "hidden" }` names drawings
with their points. On drawings between two of them it lies on the straight line between their points, before the first
and after the last where that is. From a drawing where it is `"hidden"` until the next that has a point, what hangs on
it is tucked behind the piece. A hook that moves can't be a layer's pivot.
"""
