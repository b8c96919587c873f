"""Rays: how they leave the camera, where they touch a prop, and what stands in their way."""

from __future__ import annotations

from math import sqrt

from solids import clamp, solid


@solid
def into_prop(m, x, y, z):
    """A direction of the camera as the prop sees it: lamp and lens stay put when the prop is turned."""
    return (
        m[0, 0] * x + m[0, 1] * y + m[0, 2] * z,
        m[1, 0] * x + m[1, 1] * y + m[1, 2] * z,
        m[2, 0] * x + m[2, 1] * y + m[2, 2] * z,
    )


@solid
def into_camera(m, x, y, z):
    """A direction of the prop as the camera sees it: the room does not turn with the prop."""
    return (
        m[0, 0] * x + m[1, 0] * y + m[2, 0] * z,
        m[0, 1] * x + m[1, 1] * y + m[2, 1] * z,
        m[0, 2] * x + m[1, 2] * y + m[2, 2] * z,
    )


@solid
def aim(m, i, j, scale, cx, cy, eye):
    """Where the ray of a pixel goes, prop space: dry and wet pictures share one lens so that hooks fit both."""
    px, py, pz = (i + 0.5 - cx) / scale, (cy - j - 0.5) / scale, -eye
    n = 1.0 / sqrt(px * px + py * py + pz * pz)
    return into_prop(m, px * n, py * n, pz * n)


@solid
def slope(scene, pose, x, y, z, e):
    """Which way the surface faces."""
    a = scene(x + e, y - e, z - e, pose)
    b = scene(x - e, y - e, z + e, pose)
    c = scene(x - e, y + e, z - e, pose)
    d = scene(x + e, y + e, z + e, pose)
    nx, ny, nz = a - b - c + d, -a - b + c + d, -a + b - c + d
    n = 1.0 / (sqrt(nx * nx + ny * ny + nz * nz) + 1e-12)
    return nx * n, ny * n, nz * n


@solid
def shade(scene, pose, x, y, z, dx, dy, dz, start, length, hard):
    """How much of a soft light gets through along a ray: 1 free, 0 blocked."""
    t, best = start, 1.0
    for _ in range(48):
        h = scene(x + dx * t, y + dy * t, z + dz * t, pose)
        best = min(best, 0.5 + 0.5 * hard * h / t)
        if best < 0.0 or t > length:
            break
        t += clamp(h, 0.015, 0.15)
    best = max(best, 0.0)
    return best * best * (3.0 - 2.0 * best)


@solid
def strike(scene, pose, ox, oy, oz, dx, dy, dz, t, far, pace, near):
    """Walk a ray until it touches the prop; far or more means it missed."""
    for _ in range(220):
        h = scene(ox + dx * t, oy + dy * t, oz + dz * t, pose)
        if h < near:
            return t
        t += h * pace
        if t > far:
            break
    return far + 1.0
