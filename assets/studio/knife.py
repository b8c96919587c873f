"""Cutting out: a paper border with a faceted outer edge, or a torn edge with its white fibres."""

from __future__ import annotations

import cv2
import numpy as np
from noise import cloth, layered

BORDER = (0.965, 0.941, 0.882)


def distance_out(mask: np.ndarray) -> np.ndarray:
    """Pixels from every point to the mask, negative inside."""
    inside = (mask > 0.5).astype(np.uint8)
    out = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    return out - cv2.distanceTransform(inside, cv2.DIST_L2, 5)


def filled(mask: np.ndarray, smallest: float) -> np.ndarray:
    """Close holes a knife would not bother with."""
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for n, contour in enumerate(contours):
        if tree[0][n][3] >= 0 and cv2.contourArea(contour) < smallest:
            cv2.drawContours(mask, [contour], -1, 255, -1)
    return mask


def drawn(mask: np.ndarray, facet: float, times: int) -> np.ndarray:
    """The outline again as straight strokes of a blade, smoothed at the edge; back at normal size, 0 to 1."""
    contours, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    strokes = [cv2.approxPolyDP(c, facet * times, True) for c in contours]
    blade = np.zeros_like(mask)
    cv2.fillPoly(blade, [s for s in strokes if len(s) > 2], 255)
    size = (mask.shape[1] // times, mask.shape[0] // times)
    return cv2.resize(blade, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def cut(
    picture: np.ndarray, seed: int, border: float = 7.0, facet: float = 1.1, fillet: float = 5.0, hole: float = 500.0
) -> np.ndarray:
    """Leave a warm-white border around the printed picture, as a patient hand would."""
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    times = 3
    size = (width * times, height * times)
    mask = cv2.resize(picture[..., 3], size, interpolation=cv2.INTER_LINEAR)
    wobble = cloth(rng, height * times, width * times, 70 * times) * 0.8
    wobble += cloth(rng, height * times, width * times, 24 * times) * 0.45
    away = distance_out(mask) / times
    # outwards, then a fillet: a knife cannot turn inside a crevice
    wide = ((away < border + fillet + np.clip(wobble, -2, 2)) * 255).astype(np.uint8)
    wide = filled(wide, 60.0 * times * times)
    back = distance_out(wide.astype(np.float32) / 255) / times
    shape = ((back < -fillet) * 255).astype(np.uint8)
    shape = filled(shape, hole * times * times)
    edge = drawn(shape, facet, times)
    stock = np.array(BORDER, np.float32) * (1 + cloth(rng, height, width, 2.0)[..., None] * 0.010)
    stock = stock * (1 + cloth(rng, height, width, 60)[..., None] * 0.012)
    ink = np.clip(picture[..., 3:] * 1.0, 0, 1)
    rgb = picture[..., :3] * ink + stock * (1 - ink)
    # the cut edge of the paper catches a little light above and a little dirt below
    lip = cv2.GaussianBlur(edge, (0, 0), 0.9)
    relief = np.clip(cv2.Sobel(lip, cv2.CV_32F, 0, 1) + cv2.Sobel(lip, cv2.CV_32F, 1, 0), -1, 1)
    rgb = rgb * (1 + relief[..., None] * 0.05)
    return np.concatenate([np.clip(rgb, 0, 1), edge[..., None]], -1).astype(np.float32)


def fibres(rng: np.random.Generator, alpha: np.ndarray, core: np.ndarray, count: int) -> None:
    """Loose hairs of paper along a torn edge, drawn into alpha."""
    ys, xs = np.nonzero((core > 0.3) & (core < 0.8))
    if not len(xs):
        return
    for n in rng.integers(0, len(xs), count):
        angle, length = rng.uniform(0, 2 * np.pi), rng.uniform(3, 9)
        bend = angle + rng.normal(0, 0.5)
        a = (xs[n], ys[n])
        b = (a[0] + np.cos(angle) * length * 0.5, a[1] + np.sin(angle) * length * 0.5)
        c = (b[0] + np.cos(bend) * length * 0.5, b[1] + np.sin(bend) * length * 0.5)
        points = (np.array([a, b, c]) * 8).astype(np.int32)
        cv2.polylines(alpha, [points], False, float(rng.uniform(0.3, 0.75)), 1, cv2.LINE_AA, 3)


def torn(
    picture: np.ndarray, seed: int, depth: float = 7.0, margin: float = 9.0, grain: float = 28.0, hairs: float = 0.3
) -> np.ndarray:
    """Tear along the edge of the alpha: the printed skin comes off first and leaves a white fibrous margin."""
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    # what runs off the sheet was never torn there
    pad = 120
    away = distance_out(cv2.copyMakeBorder(picture[..., 3], pad, pad, pad, pad, cv2.BORDER_REPLICATE))
    away = away[pad:-pad, pad:-pad]
    ragged = layered(rng, height, width, grain, 5, 0.62) * depth * 0.5
    ragged += layered(rng, height, width, 90, 2) * depth * 0.5
    peel = np.clip(layered(rng, height, width, 34, 5, 0.6) * 0.55 + 1.0, 0.08, 2.6) * margin
    sheet = np.clip(0.5 - (away + depth + ragged), 0, 1)
    ink = np.clip(0.5 - (away + depth + ragged + peel) / 1.3, 0, 1)
    alpha = np.ascontiguousarray(sheet.astype(np.float32))
    length = float(np.count_nonzero((sheet > 0.02) & (sheet < 0.98)))
    hair = np.zeros_like(alpha)
    fibres(rng, hair, cv2.GaussianBlur(alpha, (0, 0), 1.0), int(length * hairs))
    alpha = np.maximum(alpha, hair)
    tuft = layered(rng, height, width, 7, 3, 0.7)
    white = np.array(BORDER, np.float32) * (0.965 + 0.03 * np.clip(tuft, -2, 2))[..., None]
    # the torn bevel falls away towards its rim
    white = white * (1 - 0.10 * np.clip((away + depth + ragged + 3) / 3, 0, 1))[..., None]
    rgb = picture[..., :3] * ink[..., None] + white * (1 - ink[..., None])
    return np.concatenate([np.clip(rgb, 0, 1), np.clip(alpha, 0, 1)[..., None]], -1).astype(np.float32)
