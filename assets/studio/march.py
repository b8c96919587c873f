"""The camera: marches rays into a prop and lights it with one lamp, a dim room and the table below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, exp, radians, sin

import numpy as np
from rays import aim, into_camera, into_prop, shade, slope, strike
from solids import clamp, mix, ramp, solid


@dataclass(frozen=True)
class View:
    """Where the tripod stands. Pixels per unit, the pixel of the origin, and how the prop is turned."""

    width: int
    height: int
    scale: float
    centre: tuple[float, float]
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    reach: float = 2.4
    eye: float = 11.0

    def matrix(self) -> np.ndarray:
        """Camera space to prop space."""
        a, b, c = radians(self.yaw), radians(self.pitch), radians(self.roll)
        yaw = np.array([[cos(a), 0, sin(a)], [0, 1, 0], [-sin(a), 0, cos(a)]])
        pitch = np.array([[1, 0, 0], [0, cos(b), -sin(b)], [0, sin(b), cos(b)]])
        roll = np.array([[cos(c), -sin(c), 0], [sin(c), cos(c), 0], [0, 0, 1]])
        return yaw.T @ pitch.T @ roll.T

    def pixel(self, point: tuple[float, float, float]) -> tuple[int, int]:
        """The pixel a point of the prop falls on: how hooks are found."""
        x, y, z = self.matrix().T @ np.array(point)
        zoom = self.eye / (self.eye - z) * self.scale
        return round(self.centre[0] + x * zoom), round(self.centre[1] - y * zoom)


@solid
def lit(dx, dy, dz, blur):
    """Brightness of the studio in one direction, camera space: soft lamp, strip light, table, dim room."""
    up = ramp(-0.15 - blur, 0.25 + blur, dy)
    r, g, b = mix(0.34, 0.30, up), mix(0.27, 0.34, up), mix(0.19, 0.42, up)
    dark = 1.0 - 0.75 * exp(-(((dy - 0.02) / (0.16 + blur)) ** 2))
    r, g, b = r * dark, g * dark, b * dark
    face = dx * -0.62 + dy * 0.62 + dz * 0.48
    soft = 0.06 + blur * 0.7
    u = dx * 0.72 + dz * 0.69
    v = dy * 0.77 + dx * 0.46 - dz * 0.43
    lamp = ramp(0.42 + soft, 0.42 - soft, abs(u)) * ramp(0.34 + soft, 0.34 - soft, abs(v)) * ramp(0.0, 0.3, face)
    lamp *= 9.0 / (1.0 + 3.5 * blur)
    strip = ramp(0.11 + soft, 0.11 - soft, abs(dx - 0.86)) * ramp(0.75 + soft, 0.75 - soft, abs(dy)) * 1.3
    back = ramp(0.2, 1.0, -dz) * 0.35
    return r + lamp + strip * 0.75 + back, g + lamp * 0.94 + strip * 0.9 + back, b + lamp * 0.82 + strip + back


@solid
def openness(scene, pose, x, y, z, nx, ny, nz):
    """How open a point lies, 1 free to 0 buried: two rings, for the creases and for the whole form."""
    gap = 0.0
    weight = 1.0
    for s in range(1, 6):
        h = 0.022 * s * s
        gap += weight * max(0.0, h - scene(x + nx * h, y + ny * h, z + nz * h, pose)) / h
        weight *= 0.8
    return clamp(1.0 - gap / 2.6, 0.0, 1.0)


@solid
def fall(scene, pose, m, x, y, z, nx, ny, nz, wrap, free):
    """The light that falls on a point: the lamp with its shadow, the dim room, and warmth bled through thin stuff."""
    kx, ky, kz = into_prop(m, -0.62, 0.62, 0.48)
    facing = nx * kx + ny * ky + nz * kz
    sun = shade(scene, pose, x + nx * 0.01, y + ny * 0.01, z + nz * 0.01, kx, ky, kz, 0.02, 2.2, 9.0)
    diffuse = max((facing + wrap) / (1.0 + wrap), 0.0) * mix(1.0, sun, 1.0 - 0.35 * wrap)
    across, up, _ = into_camera(m, nx, ny, nz)
    sky, side, low = 0.5 + 0.5 * up, 0.5 + 0.5 * across, (0.5 - 0.5 * up) * free
    r = 3.0 * diffuse + (0.16 * sky + 0.08 * side) * free + 0.20 * low
    g = 2.74 * diffuse + (0.20 * sky + 0.11 * side) * free + 0.15 * low
    b = 2.28 * diffuse + (0.27 * sky + 0.18 * side) * free + 0.10 * low
    bleed = wrap * ramp(-0.5, 0.2, facing) * ramp(0.7, 0.0, facing) * 0.5
    return r + bleed, g + bleed * 0.35, b, sky


@solid
def unblocked(scene, pose, x, y, z, nx, ny, nz, rx, ry, rz, dull, free):
    """How much of the mirrored room the prop does not hide from itself; dull stuff is spared the second walk."""
    block = mix(free, 1.0, 0.25)
    if dull < 0.6:
        x, y, z = x + nx * 0.012, y + ny * 0.012, z + nz * 0.012
        block *= mix(1.0, shade(scene, pose, x, y, z, rx, ry, rz, 0.02, 1.2, 5.0), 0.75)
    return block


@solid
def appear(scene, paint, pose, m, x, y, z, dx, dy, dz, e):
    """The linear colour of a point: paint under the light that falls, the room mirrored in it, and fuzz at its rim."""
    nx, ny, nz = slope(scene, pose, x, y, z, e)
    free = openness(scene, pose, x, y, z, nx, ny, nz)
    r, g, b, dull, metal, wrap, sheen = paint(x, y, z, nx, ny, nz, pose)
    fr, fg, fb, sky = fall(scene, pose, m, x, y, z, nx, ny, nz, wrap, free)
    view = -(nx * dx + ny * dy + nz * dz)
    rx, ry, rz = dx + 2 * view * nx, dy + 2 * view * ny, dz + 2 * view * nz
    crx, cry, crz = into_camera(m, rx, ry, rz)
    mr, mg, mb = lit(crx, cry, crz, dull)
    block = unblocked(scene, pose, x, y, z, nx, ny, nz, rx, ry, rz, dull, free)
    rim = (1.0 - clamp(view, 0.0, 1.0)) ** 5
    shine = mix(0.05 + 0.6 * rim, 1.0, metal) * (1.0 - dull) ** (1.3 - metal) * block
    body = 1.0 - metal * 0.92
    fuzz = sheen * (1.0 - clamp(view, 0.0, 1.0)) ** 2.5 * (0.25 + 0.75 * sky) * free
    return (
        r * fr * body * 0.62 + shine * mr * mix(1.0, r, metal) + fuzz,
        g * fg * body * 0.62 + shine * mg * mix(1.0, g, metal) + fuzz * 0.95,
        b * fb * body * 0.62 + shine * mb * mix(1.0, b, metal) + fuzz * 0.88,
    )


@solid
def expose(scene, paint, pose, m, width, height, scale, cx, cy, reach, eye, pace):
    """Take the picture: linear colour and coverage, one sample a pixel."""
    out = np.zeros((height, width, 4), np.float32)
    near = 0.35 / scale
    ox, oy, oz = m[0, 2] * eye, m[1, 2] * eye, m[2, 2] * eye
    for j in range(height):
        for i in range(width):
            dx, dy, dz = aim(m, i, j, scale, cx, cy, eye)
            t = strike(scene, pose, ox, oy, oz, dx, dy, dz, eye - reach, eye + reach, pace, near)
            if t > eye + reach:
                continue
            x, y, z = ox + dx * t, oy + dy * t, oz + dz * t
            r, g, b = appear(scene, paint, pose, m, x, y, z, dx, dy, dz, 0.7 / scale)
            out[j, i, 0], out[j, i, 1], out[j, i, 2], out[j, i, 3] = r, g, b, 1.0
    return out


def shrink(image: np.ndarray, times: int) -> np.ndarray:
    """Average blocks of samples into one pixel."""
    h, w, c = image.shape
    return image.reshape(h // times, times, w // times, times, c).mean((1, 3))


def develop(light: np.ndarray, exposure: float = 1.0, grain: float = 0.012, seed: int = 1) -> np.ndarray:
    """Film: a soft shoulder for the highlights, a little grain; returns straight RGBA from 0 to 1."""
    alpha = light[..., 3:]
    rgb = light[..., :3] / np.maximum(alpha, 1e-4) * exposure
    rgb = rgb * (1.0 + rgb * 0.06) / (1.0 + rgb * 0.42)
    rgb = np.clip(rgb, 0, 1) ** (1 / 2.2)
    rgb = rgb + (rgb - 0.5) * 0.10 * (1 - np.abs(2 * rgb - 1))
    rng = np.random.default_rng(seed)
    rgb = rgb + rng.standard_normal(rgb.shape[:2])[..., None] * grain
    return np.concatenate([np.clip(rgb, 0, 1), alpha], -1).astype(np.float32)


def photograph(
    scene: Callable,
    paint: Callable,
    view: View,
    pose: tuple[float, ...] = (0.0,),
    samples: int = 2,
    zoom: float = 1.0,
    exposure: float = 1.0,
    pace: float = 0.85,
) -> np.ndarray:
    """A clean picture of a prop: RGBA floats at the view's size times zoom."""
    k = zoom * samples
    width, height = round(view.width * zoom) * samples, round(view.height * zoom) * samples
    light = expose(
        scene,
        paint,
        np.array(pose, np.float64),
        view.matrix(),
        width,
        height,
        view.scale * k,
        view.centre[0] * k,
        view.centre[1] * k,
        view.reach,
        view.eye,
        pace,
    )
    light[..., :3] = np.minimum(light[..., :3], 6.0)
    return develop(shrink(light, samples), exposure)
