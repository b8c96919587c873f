"""Signed distance solids: the clay, tin and wood every prop is put together from.

All functions take plain floats so that Numba can melt a whole prop into one machine loop.
"""

from __future__ import annotations

from math import atan2, cos, exp, floor, pi, sin, sqrt

from numba import njit

solid = njit(fastmath=True, error_model="numpy")


@solid
def clamp(v, low, high):
    """Keep v between low and high."""
    return low if v < low else (high if v > high else v)


@solid
def mix(a, b, t):
    """Walk from a to b."""
    return a + (b - a) * t


@solid
def ramp(low, high, v):
    """Smooth step from 0 at low to 1 at high (high may be the smaller one)."""
    t = clamp((v - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


@solid
def weld(a, b, k):
    """Union of two solids with a fillet of size k, as a thumb would smear it."""
    h = max(k - abs(a - b), 0.0) / k
    return min(a, b) - h * h * k * 0.25


@solid
def carve(a, b, k):
    """Take solid b out of solid a, the rim rounded by k."""
    h = max(k - abs(a + b), 0.0) / k
    return max(a, -b) + h * h * k * 0.25


@solid
def turn(a, b, angle):
    """Rotate the pair (a, b)."""
    c, s = cos(angle), sin(angle)
    return a * c - b * s, a * s + b * c


@solid
def ball(x, y, z, r):
    """Sphere."""
    return sqrt(x * x + y * y + z * z) - r


@solid
def egg(x, y, z, a, b, c):
    """Ellipsoid (a bound of the distance, good enough to march)."""
    k0 = sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2)
    k1 = sqrt((x / (a * a)) ** 2 + (y / (b * b)) ** 2 + (z / (c * c)) ** 2)
    if k1 < 1e-6:
        return -min(a, min(b, c))
    return k0 * (k0 - 1.0) / k1


@solid
def block(x, y, z, a, b, c, r):
    """Box of half sizes a, b, c with edges rounded by r."""
    qx, qy, qz = abs(x) - a + r, abs(y) - b + r, abs(z) - c + r
    out = sqrt(max(qx, 0.0) ** 2 + max(qy, 0.0) ** 2 + max(qz, 0.0) ** 2)
    return out + min(max(qx, max(qy, qz)), 0.0) - r


@solid
def slab(x, y, a, b, r):
    """Flat rounded rectangle."""
    qx, qy = abs(x) - a + r, abs(y) - b + r
    return sqrt(max(qx, 0.0) ** 2 + max(qy, 0.0) ** 2) + min(max(qx, qy), 0.0) - r


@solid
def hoop(x, y, z, ring, r):
    """Torus lying flat (its axis is y)."""
    q = sqrt(x * x + z * z) - ring
    return sqrt(q * q + y * y) - r


@solid
def limb(x, y, z, ax, ay, az, bx, by, bz, ra, rb):
    """Capsule from a to b whose radius goes from ra to rb."""
    px, py, pz = x - ax, y - ay, z - az
    dx, dy, dz = bx - ax, by - ay, bz - az
    h = clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0.0, 1.0)
    qx, qy, qz = px - dx * h, py - dy * h, pz - dz * h
    return sqrt(qx * qx + qy * qy + qz * qz) - mix(ra, rb, h)


@solid
def rod(x, y, z, r, half):
    """Cylinder along y with slightly broken edges."""
    return slab(sqrt(x * x + z * z), y, r, half, min(r, half) * 0.3)


@solid
def outline(x, y, xs, ys):
    """Signed distance to a closed polygon."""
    n = len(xs)
    best = (x - xs[0]) ** 2 + (y - ys[0]) ** 2
    sign = 1.0
    j = n - 1
    for i in range(n):
        ex, ey = xs[j] - xs[i], ys[j] - ys[i]
        wx, wy = x - xs[i], y - ys[i]
        h = clamp((wx * ex + wy * ey) / (ex * ex + ey * ey), 0.0, 1.0)
        bx, by = wx - ex * h, wy - ey * h
        best = min(best, bx * bx + by * by)
        a, b, c = y >= ys[i], y < ys[j], ex * wy > ey * wx
        if (a and b and c) or not (a or b or c):
            sign = -sign
        j = i
    return sign * sqrt(best)


@solid
def plate(d2, w, half, r):
    """Give a flat distance d2 a thickness along w, edges rounded by r."""
    qx, qy = d2 + r, abs(w) - half + r
    return sqrt(max(qx, 0.0) ** 2 + max(qy, 0.0) ** 2) + min(max(qx, qy), 0.0) - r


@solid
def around(angle, count):
    """Fold an angle into one of count equal slices: (angle inside the slice, number of the slice)."""
    step = 2.0 * pi / count
    n = floor(angle / step + 0.5)
    return angle - n * step, n


@solid
def groove(v, width):
    """A bell of height 1 at v = 0: the section of a seam."""
    return exp(-(v * v) / (width * width))


@solid
def star(x, y, points, radius, depth):
    """Rough distance to a flat star."""
    fold, _ = around(atan2(x, y), points)
    r = sqrt(x * x + y * y)
    return r * cos(fold) + abs(r * sin(fold)) * depth - radius
