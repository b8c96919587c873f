"""The camera: where a point on a sheet comes to lie in the picture, and how sharp."""

from __future__ import annotations

from typing import NamedTuple

from collage.geometry import cos_sin

AT_REST_MM = 500.0
GONE, FADING = 20.0, 60.0
"""Millimetres from the lens to a sheet: from here on it is gone, from here on it fades."""
Matrix = tuple[float, float, float, float, float, float]
"""An `Affine` as a plain tuple."""


class Lens(NamedTuple):
    """What the camera does to one sheet: a matrix from the glass to the picture (None leaves it), how much of the
    sheet is still there, 0 to 1, and the sigma in pixels by which it is out of focus."""

    matrix: Matrix | None = None
    there: float = 1.0
    sigma: float = 0.0


PLAIN = Lens()


def lens(
    centre: tuple[float, float], rest: float, at: tuple[float, float], zoom: float, turn: float, height: float, z: float
) -> Lens:
    """With R the height at rest and h now, C the canvas's centre, z the sheet's height, all in millimetres and pixels:

    screen = C + zoom · Rot(−turn) · [(R − z)/(h − z) · (p − C) − R/(h − z) · (at − C)].

    Nearer sheets grow and slide more. A sheet fades from 60 to 20 mm under the lens.
    """
    if at == centre and zoom == 1 and turn == 0 and height == rest and height - z >= FADING:
        return PLAIN
    room = height - z
    if room <= GONE or zoom <= 0:  # an ease that overshoots may zoom to nothing, but never turns the picture over
        return Lens(None, 0.0)
    grown, slid = zoom * (rest - z) / room, zoom * rest / room
    cos, sin = cos_sin(turn)
    a, b, c, d = grown * cos, -grown * sin, grown * sin, grown * cos
    x, y = slid * (at[0] - centre[0]), slid * (at[1] - centre[1])
    e = centre[0] - a * centre[0] - c * centre[1] - (cos * x + sin * y)
    f = centre[1] - b * centre[0] - d * centre[1] - (-sin * x + cos * y)
    return Lens((a, b, c, d, e, f), min((room - GONE) / (FADING - GONE), 1.0))


def defocus(rest: float, zoom: float, height: float, aperture: float, focus: float, z: float) -> float:
    """The sigma of a Gaussian as wide as the disc that a point at z becomes while the lens is focused on `focus`:

    diameter = zoom · aperture · R · |z − zf| / ((h − z)(h − zf)), and a disc of diameter c has the variance of a
    Gaussian of c/4. What would be focused nearer than a sheet can be seen counts as just there.
    """
    room, ahead = height - z, max(height - focus, GONE)
    if aperture <= 0 or zoom <= 0 or room <= GONE:
        return 0.0
    return zoom * aperture * rest * abs(ahead - room) / (room * ahead) / 4
