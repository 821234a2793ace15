"""What the views show of each layer, as sentences for a screen reader, which stay short with any number of layers."""

from collections.abc import Iterable, Sequence
from math import isnan

import numpy as np

from gui.views.gradient_scale import GradientScale
from gui.views.share_words import flat_text
from model.base import number_format
from model.base.language import tr
from model.base.layer_names import shown_layer
from model.base.sentences import in_parts
from model.measurement.histograms import Histogram
from model.measurement.records import LayerRecord
from model.nn.activations import Activation

MOST = 8  # layers that a sentence names


def few(count: int, most: int = MOST) -> list[int]:
    """Indices of at most so many of `count` things, the first and the last among them, evenly apart."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, most))}) if count else []


def named(name: str, figure: str) -> str:
    """A figure behind the name of what it is of."""
    return tr("{name} {figure}", name=name, figure=figure)


def each(names: Sequence[str], values: Iterable[float]) -> str:
    """Layers by name with their figures: "Layer 1 0.0023; Layer 2 0.0071"; of many only some, NaN left out."""
    found = list(values)
    there = (place for place in few(len(found)) if not isnan(found[place]))
    return in_parts(named(shown_layer(names[place]), number_format.significant(found[place])) for place in there)


def plot_name(quantity: str, layer: str) -> str:
    """What a layer's plot is called."""
    return tr("{quantity}, {layer}", quantity=quantity, layer=shown_layer(layer))


def activations_said(now: LayerRecord, activation: Activation) -> str:
    """Mean, spread and the shares of units that are flat or dead."""
    figures = {
        "mean": number_format.significant(now.activation_mean),
        "spread": number_format.significant(now.activation_std),
        "flat": flat_text(activation.flat_word, number_format.percent(now.saturated)),
    }
    if not activation.exact_zeros:
        return tr("Mean {mean}, standard deviation {spread}, {flat}.", **figures)
    dead = number_format.percent(now.dead)
    return tr("Mean {mean}, standard deviation {spread}, {flat}, dead {dead}.", dead=dead, **figures)


def gradient_said(symbol: str, rms: float, shown: Histogram, scale: GradientScale) -> str:
    """RMS, and the shares that are 0 or too small for the axis."""
    figures = {
        "symbol": symbol,
        "rms": number_format.significant(rms),
        "zeros": number_format.percent(shown.zeros),
        "below": number_format.percent(shown.below),
        "lowest": number_format.decade(scale.low),
    }
    if not scale.beyond:
        return tr("RMS of {symbol} {rms}; {zeros} are exactly 0.", **figures)
    return tr("RMS of {symbol} {rms}; {zeros} are exactly 0, {below} below {lowest}.", **figures)


def slope_said(now: LayerRecord, activation: Activation) -> str:
    """The mean slope beside the largest there is."""
    return tr(
        "Mean slope {mean}, which is {share} of the largest, {largest}; {flat}.",
        mean=number_format.significant(now.mean_slope),
        share=number_format.percent(now.mean_slope / activation.max_slope),
        largest=number_format.significant(activation.max_slope),
        flat=flat_text(activation.flat_word, number_format.percent(now.saturated)),
    )


def weights_said(now: LayerRecord, ratio: str) -> str:
    """RMS of the weights, and of the last update over it."""
    rms = number_format.significant(now.weight_rms)
    return tr("RMS of the weights {rms}, of an update over that {ratio}.", rms=rms, ratio=ratio)


def pictures_said(shown: int, units: int, reach: float) -> str:
    """How many units have pictures, and how far their colours go."""
    return tr(
        "Pictures of {shown} of {units} units; the colours go from {low} to {high}.",
        shown=number_format.count(shown),
        units=number_format.count(units),
        low=number_format.significant(-reach, 2),
        high=number_format.significant(reach, 2),
    )


def image_said(iterations: Sequence[int], ends: tuple[str, str], zeros: float) -> str:
    """Between which values most lie at the end of an image over time."""
    figures = {
        "first": number_format.count(iterations[0]),
        "last": number_format.count(iterations[-1]),
        "low": ends[0],
        "high": ends[1],
    }
    if not zeros:
        return tr("Iterations {first} to {last}; at the end most values lie from {low} to {high}.", **figures)
    return tr(
        "Iterations {first} to {last}; at the end most values lie from {low} to {high}, and {zeros} are exactly 0.",
        zeros=number_format.percent(zeros),
        **figures,
    )


def lines_said(symbol: str, iteration: float, names: Sequence[str], values: Iterable[float]) -> str:
    """The ends of the lines of all layers."""
    at, ends = number_format.count(iteration), each(names, values)
    return tr("{symbol} at iteration {iteration}: {layers}.", symbol=symbol, iteration=at, layers=ends)


def over_time(quantity: str) -> str:
    """What a plot of a quantity against iterations is called."""
    return tr("{quantity} over time", quantity=quantity)
