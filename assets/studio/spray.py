"""Where the water of the splash went: the rim of the crown, the jets it threw and the spray between them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

SLICES = 256
ANGLE = np.arange(SLICES) * 2 * np.pi / SLICES


@dataclass
class Thrown:
    """Beads in the order they flew off, and the ball around each group, which lets a ray pass far water by."""

    beads: list[list[float]] = field(default_factory=list)
    groups: list[list[float]] = field(default_factory=list)

    def group(self, first: int) -> None:
        """Put a ball around the beads since first."""
        part = np.array(self.beads[first:])
        middle = (part[:, :3].min(0) + part[:, :3].max(0)) / 2
        radius = (np.linalg.norm(part[:, :3] - middle, axis=1) + part[:, 3]).max()
        self.groups.append([*middle, radius, first, len(self.beads)])


def uneven(rng: np.random.Generator) -> np.ndarray:
    """Heights of the rim before any jet: no crown of water is level."""
    rim = np.full(SLICES, 0.70)
    for k in range(1, 7):
        rim += rng.normal(0, 0.10 / k**0.6) * np.cos(k * ANGLE + rng.uniform(0, 6.28))
    return rim


def jet(rng: np.random.Generator, a: float, rim: np.ndarray, thrown: Thrown) -> None:
    """One jet: it pulls the rim up where it leaves, thins to a neck, and past that is a string of beads."""
    strength = rng.gamma(3.2, 0.20) + 0.25
    spread = np.abs((ANGLE - a + np.pi) % (2 * np.pi) - np.pi)
    rim += 0.13 * min(strength, 1.2) * np.exp(-((spread / 0.055) ** 2))
    height = rim[int(a / (2 * np.pi) * SLICES) % SLICES]
    r0 = 0.55 + 0.36 * height**1.5
    speed, rise = rng.uniform(0.28, 0.62), rng.uniform(0.90, 1.50)
    count, length = int(8 + strength * 10), 0.80 * strength
    side, twist = rng.normal(0, 0.10), 0.0
    broken = rng.uniform(0.45, 0.85)
    for n in range(count):
        s = n / (count - 1)
        t = s * length
        neck = 0.030 * (1 - 0.72 * min(s / broken, 1)) * (0.75 + 0.5 * strength)
        if s > broken:
            if rng.random() < 0.25:
                continue
            neck = rng.uniform(0.012, 0.045)
            twist += rng.normal(0, 0.02)
        r = r0 + speed * t
        y = height - 0.05 + rise * t - 0.42 * t * t
        b = a + side * t + twist * 0.3
        thrown.beads.append([r * np.cos(b), y, r * np.sin(b), max(neck, 0.010), 1.0 if s <= broken else 0.0])


def puff(rng: np.random.Generator, thrown: Thrown) -> None:
    """A few loose drops that hang together in the air."""
    a = rng.uniform(0, 2 * np.pi)
    r, y = rng.uniform(0.5, 1.55), rng.uniform(0.25, 1.75)
    y = min(y, 2.15 - r * 0.75)
    for _ in range(rng.integers(4, 9)):
        size = min(0.011 + rng.exponential(0.009), 0.045)
        p = np.array([r * np.cos(a), y, r * np.sin(a)]) + rng.normal(0, 0.13, 3)
        thrown.beads.append([*p, size, 0.0])


def spray(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rim heights round the crown, beads, and their groups; one generator feeds all, so the order of steps counts."""
    rng = np.random.default_rng(seed)
    rim, thrown = uneven(rng), Thrown()
    jets = np.sort(np.arange(30) + rng.normal(0, 0.28, 30)) * 2 * np.pi / 30
    for a in jets:
        first = len(thrown.beads)
        jet(rng, a, rim, thrown)
        thrown.group(first)
    for _ in range(34):
        first = len(thrown.beads)
        puff(rng, thrown)
        thrown.group(first)
    return rim, np.array(thrown.beads), np.array(thrown.groups)
