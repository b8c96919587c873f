"""What the reference says of the glass: lamp, focus, blends, mattes, paper and film."""

from __future__ import annotations

from collections.abc import Mapping

from collage.desk.reference_tables import grid
from collage.scene.values import BLENDS

ORDER = """\
What is done to a piece goes in this order: it is printed and cut, moved to its place, blurred, tinted and seen through
its matte. Then its shadow is laid by what is left of it, and the piece on that by its blend. What the whole picture is
shot on comes last.
"""
FOCUS = """\
With an `aperture` above 0, only what lies at `focus` is sharp. A sheet `z` millimetres above the table is blurred by a
disc, of so many pixels across:

`zoom · aperture · R · |z − zf| / ((h − z) · (h − zf))`

There `zf` is the height of what is in focus, `h` that of the camera now and `R` that of the camera at rest. With
`bokeh = true` the disc itself is seen, around lights above all; else the blur is a soft one of the same width.

`shutter` is how long the shutter stays open: `180` is half of an exposure. Each piece is blurred along the way that it
goes in that time. One that is handed on, changes its sheet or is not there at the next exposure stays sharp.
"""
LAMP = """\
Each piece casts a shadow directly under itself, away from the lamp. It comes from the air under the piece's sheet: its
`gap` in millimetres, of which what exceeds 60 counts a third, and 6 millimetres more. On a canvas 1920 pixels wide, and
in proportion on others,

- it falls `air · tan(lean)` pixels away,
- it is blurred by a Gaussian with a sigma of `1 + spread · air / 2` pixels,
- and it is `strength / (1 + air / 250)` dark where the piece is solid.

So pieces with more air under them cast longer, softer, fainter shadows. A group casts one shadow as a whole, a `repeat`
one for each copy. A nested scene casts one, and its own lamp shines inside it. What covers the canvas at rest casts
none, unless it says `shadow = true`; with `shadow = false` no other piece does, with `strength = 0` nothing at all.
"""
BLEND = """\
`blend` says how a piece's colours mix with what lies beneath. Inside a group or a nested scene they mix with what lies
beneath them in there, never with what is outside.
"""
BLEND_LINES: Mapping[str, str] = {
    "normal": "covers what lies beneath",
    "multiply": "darkens like two slides on one another: white changes nothing",
    "screen": "lightens like two projectors on one wall: black changes nothing",
    "overlay": "multiplies where it is dark beneath, screens where it is light",
    "darken": "the darker of both, in red, green and blue each",
    "lighten": "the lighter of both, in red, green and blue each",
    "color-dodge": "lightens what lies beneath until it burns out",
    "color-burn": "darkens what lies beneath until it is black",
    "hard-light": "multiplies where the piece is dark, screens where it is light",
    "soft-light": "the same, gently",
    "difference": "how far both are apart: white inverts what lies beneath",
    "exclusion": "the same with less contrast",
    "hue": "the piece's hue, with the saturation and the lightness beneath",
    "saturation": "the piece's saturation, with the hue and the lightness beneath",
    "color": "the piece's hue and saturation, with the lightness beneath",
    "luminosity": "the piece's lightness, with the hue and the saturation beneath",
    "atop": "covers only where something lies beneath",
    "xor": "is seen only where nothing lies beneath, and takes away what does",
    "plus-lighter": "adds its light to what lies beneath",
}
MATTE = """\
`matte = { layer = "window" }` shows a layer only inside another, as far as that is solid. With `side = "outside"` it is
seen only where the other is not; with `by = "luminance"` the other's brightness counts, over black. The other layer is
not drawn itself. It has its own place, sheet, keys and moves, and goes on holding its asset in the ledger. Copies of a
`repeat` can be a matte if they hang on a group and that is named.
"""
PAPER = """\
A cut-out is printed first and then cut. `print` says how it was printed and `edge` how it was cut; both may stand in a
layer and in the registry's entry. Each key that the layer writes overrides the entry's, and what neither writes is as
in the tables of [`layer.edge`](#layeredge) and [`layer.print`](#layerprint). Where neither writes any, the piece is its
picture alone. Texts, cards, groups and nested scenes are neither printed nor cut.

```toml
edge = { border = 8, torn = 0.3, boil = 3 }
print = { halftone = 6, inks = ["#5c9ca0", "#b8402e"] }
```

With `boil = 3` three knives cut the piece in turn, one at each of its exposures: the edge breathes, the picture does
not. `wear` grows by a quarter of itself each time that something one of a kind is handed on.
"""
LOOK = """\
`[look]` is the film that the finished picture is shot on. Grain, flicker, weave, dust and scratches come by chance,
from the scene's `seed`, and change at each exposure. A nested scene is shot on its own film, or on none.
"""


def blends() -> str:
    """Every blend with what it does."""
    return grid(("blend", "what it does"), ((f'`"{name}"`', BLEND_LINES[name]) for name in BLENDS))
