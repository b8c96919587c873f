"""Dealing: a cut-out from the project's box, laid somewhere on the uppermost sheet as a hand would throw it."""

from __future__ import annotations

from random import Random

from collage.errors import AssetError, CollageError
from collage.registry.catalogue import Asset, Catalogue
from collage.scene.likeness import own_name
from collage.scene.model import Layer, Scene

SHARE = 0.45
"""Of the canvas's shorter side: what a card is scaled down to, at most."""
TILT = 14
"""Degrees either way."""
TRIES = 24


def deal(catalogue: Catalogue, scene: Scene, chance: Random) -> Layer:
    """A layer that shows a cut-out by chance, under a name of its own. One of a kind that is on the table already stays
    in the box. CollageError for a box without a picture."""
    names = catalogue.names()
    used = {layer.asset for layer in scene.layer}
    for name in chance.sample(names, min(TRIES, len(names))):
        try:
            asset = catalogue.asset(name)
        except AssetError:
            continue
        if asset.copies is None or name not in used:
            return _thrown(asset, scene, chance)
    raise CollageError("nothing in the box to deal: put a picture under assets/")


def _thrown(asset: Asset, scene: Scene, chance: Random) -> Layer:
    across, down = scene.scene.size
    scale = min(1.0, max(0.01, round(SHARE * min(across, down) / max(asset.size), 2)))
    return Layer(
        name=_free(asset.name.rpartition("/")[2], scene),
        asset=asset.name,
        sheet=scene.sheet[-1].name if scene.sheet else None,
        at=(round(across * chance.uniform(0.2, 0.8)), round(down * chance.uniform(0.2, 0.8))),
        scale=scale,
        turn=chance.randint(-TILT, TILT),
    )


def _free(name: str, scene: Scene) -> str | None:
    """A name that nobody bears, None where the asset's own is."""
    taken = {own_name(layer) for layer in scene.layer} | {peg.name for peg in scene.peg}
    if name not in taken:
        return None
    return next(f"{name}-{number}" for number in range(2, len(taken) + 3) if f"{name}-{number}" not in taken)
