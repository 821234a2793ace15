"""Curves of an activation function and its derivative over a range of z."""

from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array
from model.exports.plot_table import PlotTable
from model.measurement.meter import FLAT_SHARE
from model.nn.activations import Activation

POINTS = 120
BENDS = 8.0  # within this |z| every activation does all its bending
FINE = 1e-9  # either side of 0, where slopes jump
LEVEL = 1e-6  # of the maximum: what comes so close to it is as high
TOP = 1.36  # times the greatest slope: room above it for what it is called
VALUE_TOP = 0.85


def peak(activation: Activation) -> tuple[float, float] | None:
    """Maximum of f' as (z, f'(z)); None where it is a plateau or lies at an end."""
    z = np.linspace(-BENDS, BENDS, 1601)
    _, slope = activation.value.evaluate(z)
    highest = np.flatnonzero(slope > slope.max() * (1 - LEVEL))
    at = int(slope.argmax())
    if highest[-1] - highest[0] > 2 or at in (0, len(z) - 1):
        return None
    return float(z[at]) + 0.0, float(slope[at])


@dataclass(frozen=True, eq=False)
class SlopeCurve:
    """f and f' over `z`, of shape (points,); `value_heights` is f scaled into the range of f'.

    `flat` lists the intervals of z whose slope is below 5 % of its maximum; `bottom` and `top` bound the plot.
    """

    activation: Activation
    low: float
    high: float
    z: Array
    slope: Array
    value_heights: Array
    flat: list[tuple[float, float]]
    bottom: float
    top: float


def slope_curve(activation: Activation, low: float, high: float) -> SlopeCurve:
    """Sample the curves of an activation for z from `low` to `high`."""
    bends = np.linspace(max(low, -BENDS), min(high, BENDS), POINTS)
    z = np.unique(np.concatenate((np.linspace(low, high, POINTS), bends, (-FINE, 0.0, FINE))))
    value, slope = activation.value.evaluate(z)
    greatest = activation.max_slope
    bottom = min(1.1 * float(slope.min()), 0.0)
    function = activation.value
    least = float(value.min()) if function.low is None else function.low
    most = float(value.max()) if function.high is None else function.high
    heights = bottom + (value - least) / max(most - least, FINE) * (VALUE_TOP * greatest - bottom)
    flat = np.abs(slope) < FLAT_SHARE * greatest
    turns = np.flatnonzero(np.diff(np.concatenate(((False,), flat, (False,)))))
    stretches = [(float(z[first]), float(z[last - 1])) for first, last in turns.reshape(-1, 2)]
    return SlopeCurve(activation, low, high, z, slope, heights, stretches, bottom, TOP * greatest)


def curve_table(curve: SlopeCurve) -> PlotTable:
    """The activation and its derivative at the points that are drawn."""
    value, slope = curve.activation.value.evaluate(curve.z)
    return PlotTable.of(("z", "activation", "slope"), zip(curve.z, value, slope, strict=True))
