"""What names a file in a scene: assets, scenes, sounds, tables of colours.

Each from the project's root, with ``/``, and never outside it; refused with the path that was probably meant.
"""

from __future__ import annotations

import re
from typing import Any

from collage.scene.checks import NAME_FORM, PART, matching, shown, text

ASSET = re.compile(rf"{PART}(?:/{PART})*")
FILE = re.compile(r"(?!/|[A-Za-z]+:/|[A-Za-z]:)(?!(?:.*/)?\.{1,2}(?:/|$))[^\\\x00-\x1f]+")
SCENE = re.compile(rf"{FILE.pattern}(?<!\.film)\.toml")
CUBE = re.compile(rf"{FILE.pattern}\.[cC][uU][bB][eE]")
_ENDING = re.compile(r"\.(?:png|jpe?g|webp|tiff?)$", re.I)


def asset(value: Any) -> str:
    name = text(value)
    if not ASSET.fullmatch(name) and ASSET.fullmatch(near := asset_name(name)):
        form = "assets are named by their path under assets/, without the ending, in lower-case letters"
        raise ValueError(f'{shown(name)} is no asset\'s name. Did you mean "{near}"? Write asset = "{near}": {form}')
    return matching(ASSET, f"{NAME_FORM}, folders joined by /", name)


def asset_name(path: str) -> str:
    """What a picture's path, however it is written, would be called as an asset; not always a valid name."""
    path = path.strip().replace("\\", "/").lower()
    under = path.rpartition("/assets/")[2].removeprefix("./").removeprefix("assets/")
    return _ENDING.sub("", under)


def file(value: Any, example: str = "assets/sound/waltz.ogg") -> str:
    """A path from the project's root. Whether it lies inside by its links too is looked at where it is opened."""
    path = text(value)
    if not FILE.fullmatch(path):
        cure = f'write "{near}"' if FILE.fullmatch(near := _from_root(path)) else f'write "{example}"'
        raise ValueError(f"{shown(path)} is no path from the project's root, with / and never outside it: {cure}")
    return path


def scene(value: Any) -> str:
    path = text(value)
    if path.endswith(".film.toml"):
        raise ValueError(f"{shown(path)} is a film, which only plays by itself: name one of its scenes")
    if not SCENE.fullmatch(path):
        near = _from_root(re.sub(r"(?:\.toml)?$", ".toml", path.strip(), count=1, flags=re.I))
        near = near if "/" in near else f"scenes/{near}"
        nameless = near.endswith("/.toml") or not SCENE.fullmatch(near)
        cure = 'write "scenes/inner.toml"' if nameless else f'write "{near}"'
        raise ValueError(f"{shown(path)} is no scene's path from the project's root: {cure}")
    return path


def _from_root(path: str) -> str:
    """A path as it may have been meant: with /, from the folder that people name first."""
    path = path.strip().replace("\\", "/")
    for folder in ("assets/", "scenes/"):
        path = f"{folder}{path.rpartition(f'/{folder}')[2]}" if f"/{folder}" in path else path
    return path.removeprefix("./")


def cube(value: Any) -> str:
    """A table of colours."""
    path = file(value, "assets/look/print.cube")
    if not CUBE.fullmatch(path):
        raise ValueError(
            f'{shown(path)} is no table of colours: write the path of a .cube file, "assets/look/print.cube"'
        )
    return path
