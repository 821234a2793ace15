"""Downsampling of lines for drawing, and placement of labels without overlap."""

from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array

COLUMNS = 150  # of points that are drawn; each is the lowest and the highest value in it


@dataclass(frozen=True)
class Lines:
    """Lines over common x: `x` of shape (points,), `y` of shape (points, layers); NaN marks gaps."""

    x: Array
    y: Array


def columns(lines: Lines, low: float, high: float) -> Lines:
    """Downsample the part between iterations `low` and `high` to at most COLUMNS extremes, plus its last point."""
    first = max(int(np.searchsorted(lines.x, low)) - 1, 0)
    last = min(int(np.searchsorted(lines.x, high, side="right")) + 1, len(lines.x))
    x, y = lines.x[first:last], lines.y[first:last]
    if len(x) <= 2 * COLUMNS:
        return Lines(x, y)
    column = np.floor((x - low) * (COLUMNS / (high - low)))
    starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    ends = np.stack((np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)), axis=1)
    return Lines(
        np.append(np.repeat(x[starts], 2), x[-1]), np.concatenate((ends.reshape(-1, y.shape[1]), y[-1:]), axis=0)
    )


def apart(wanted: Array, gap: float, low: float, high: float) -> Array:
    """Move label positions at least `gap` apart within low..high, in order and with the least squared shift.

    Pool-adjacent-violators: neighbours that would overlap move as one block to their mean.
    """
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    blocks: list[tuple[float, int]] = []  # mean and size of what moves as one
    for value in wanted[order] - steps:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    means = np.repeat([mean for mean, _ in blocks], [size for _, size in blocks])
    placed = np.empty(len(wanted))
    placed[order] = np.clip(means, low, max(high - gap * (len(wanted) - 1), low)) + steps
    return placed
