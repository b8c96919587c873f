"""What runs and what it runs on: one shelf, so that tracks and cars are compiled together."""

from __future__ import annotations

import cars
import numpy as np
import rails
from march import photograph
from solids import solid


@solid
def shelf(x, y, z, pose):
    """0 a track, 1 a car."""
    return rails.track(x, y, z, pose) if pose[0] < 0.5 else cars.car(x, y, z, pose)


@solid
def colours(x, y, z, nx, ny, nz, pose):
    """As the shelf."""
    return rails.paint(x, y, z, pose) if pose[0] < 0.5 else cars.paint(x, y, z, pose)


def track(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """A piece of track."""
    return photograph(shelf, colours, rails.view_of(name), rails.pose_of(name), samples, zoom, exposure=1.15)


def car(kind: int, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """0 is tin, 1 and 2 are wood."""
    pose = (1.0, float(kind), *[0.0] * 8)
    return photograph(shelf, colours, cars.VIEW, pose, samples, zoom)


NAMES = ("tin-car", "wood-car", "mustard-car", *rails.TRACKS)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """A car or a piece of track by its name."""
    return car(NAMES.index(name), zoom, samples) if name.endswith("car") else track(name, zoom, samples)
