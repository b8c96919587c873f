"""Real photographs: a scene of pictures that a camera took, beside the synthetic ones that the other tests use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

import collage
from collage import Layer, Peg, Scene

data = pytest.importorskip("skimage.data", reason="scikit-image, whose wheel carries the photographs, is missing")
PHOTOS = {"astronaut": "astronaut", "cat": "chelsea", "coffee": "coffee", "rocket": "rocket"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose photographs are an oval cut-out, a JPEG, a TIFF and a picture lying on its side by EXIF."""
    assets = tmp_path / "assets"
    assets.mkdir()
    photos = {name: Image.fromarray(getattr(data, source)()) for name, source in PHOTOS.items()}
    astronaut = photos["astronaut"].convert("RGBA")
    y, x = np.mgrid[0:512, 0:512] - 255.5
    oval = np.clip((1 - np.hypot(x / 180, y / 250)) * 180 + 0.5, 0, 1) * 255
    astronaut.putalpha(Image.fromarray(np.rint(oval).astype(np.uint8)))
    astronaut.save(assets / "astronaut.png")
    photos["cat"].save(assets / "cat.jpg", quality=92)
    photos["coffee"].save(assets / "coffee.tif")
    exif = Image.Exif()
    exif[0x0112] = 6
    photos["rocket"].rotate(90, expand=True).save(assets / "rocket.webp", lossless=True, exif=exif)
    return tmp_path


def scene() -> Scene:
    return Scene(
        scene={"size": (1280, 720), "length": 24},
        peg=[Peg(name="tray", at=(640, 360), keys={"turn": [[0, -5], [23, 5]]})],
        layer=[
            Layer(asset="coffee", at=(300, 200)),
            Layer(asset="cat", parent="tray", scale=1.25),
            Layer(asset="rocket", at=(960, 300), pivot=(320, 213.5)),
            Layer(asset="astronaut", at=(900, 500), keys={"scale": [[0, 0.5], [23, 1.4, "out-back"]]}),
        ],
    )


def mean(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return pixels[..., :3].astype(np.float64).mean(axis=(0, 1))


def test_photographs_lie_where_they_were_put_and_look_like_themselves(root: Path) -> None:
    """Unturned photographs on whole pixels are the camera's pixels; the one on its side was set upright."""
    with collage.open(scene(), root=root) as stand:
        picture = stand.picture(0)
    coffee, rocket = data.coffee(), data.rocket()
    assert np.array_equal(picture[10:150, 10:150, :3], coffee[10:150, 10:150])  # its corner lies at (0, 0)
    x, y = 960 - 320, 300 - 213
    near = np.abs(picture[y + 10 : y + 60, x + 300 : x + 600, :3].astype(int) - rocket[9:59, 300:600])
    assert near.mean() < 6  # half a pixel lower, so filtered


def test_a_cut_out_shows_no_fringe_of_what_was_cut_away(root: Path) -> None:
    """On white and on black paper every pixel is one colour at one alpha: no fringe answers to the paper otherwise."""
    on = {}
    for paper in ("#ffffff", "#000000", "none"):
        alone = Scene(
            scene={"size": (512, 512), "paper": paper},
            lamp={"strength": 0},
            layer=[Layer(asset="astronaut", scale=0.37)],
        )
        with collage.open(alone, root=root) as stand:
            on[paper] = stand.comp(0).astype(int)
    clear = 255 - on["none"][..., 3:]
    assert (on["#ffffff"][:150, :, :3] == 255).all()
    assert np.abs(on["#ffffff"][..., :3] - on["none"][..., :3] - clear).max() == 0
    assert np.abs(on["#000000"][..., :3] - on["none"][..., :3]).max() == 0
    assert (on["none"][..., :3] <= on["none"][..., 3:]).all()
    assert (clear[170:350, 170:350] > 0).sum() > 20


def test_a_shrunk_photograph_keeps_its_mean(root: Path) -> None:
    """A fifth as large, the cat is as bright and as ginger as before, to a level."""
    small = Scene(scene={"size": (90, 60)}, layer=[Layer(asset="cat", scale=0.2)])
    with collage.open(small, root=root) as stand:
        picture = stand.picture(0)[2:-2, 2:-2]
    with Image.open(root / "assets" / "cat.jpg") as image:
        whole = np.asarray(image)
    assert np.abs(mean(picture) - mean(whole[10:-10, 10:-10])).max() < 1


def test_the_scene_moves_and_every_frame_is_the_same_again(root: Path) -> None:
    """Built in Python, written as text, read back: the same pictures to the bit."""
    text = collage.write(scene())
    file = root / "scenes" / "photos.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with collage.open(scene(), root=root) as built, collage.open(file, threads=2) as written:
        first, last = built.picture(0), built.picture(23)
        assert np.array_equal(first, written.picture(0))
        assert np.array_equal(last, written.picture(23))
        assert (np.abs(first.astype(int) - last) > 8).mean() > 0.2
