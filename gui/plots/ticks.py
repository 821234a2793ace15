"""Which ticks axes have: every so many of pyqtgraph's (accuracy, loss), or our own round ones in narrow plots."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, pairwise
from math import ceil, floor, log10

from PySide6.QtGui import QFontMetricsF

from gui.style.theme import font
from model.base import number_format

Tick = tuple[float, str]
AIR_PIXELS = 5  # between two labels
LABEL_ROOM = 34  # pixels along the axis that a label of pyqtgraph's ticks needs
WHOLE = (1, 2, 3, 5)
ROUND = (1, 2, 5)
NEAR_STEPS = 1e-6  # of a step: rounding shall lose no tick


def thinned(values: Sequence[float], pixels: float) -> Sequence[float]:
    """Every one, second, fourth ... of these values, so that their labels fit an axis of so many pixels."""
    while len(values) > max(pixels / LABEL_ROOM, 2):
        values = values[::2]
    return values


def round_ticks(low: float, high: float, pixels: float) -> list[Tick]:
    """Ticks at multiples of 1, 2 or 5 powers of ten from `low` to `high`; `pixels` per unit of the axis."""
    power = floor(log10(max(high - low, 1e-300))) - 1
    steps = (digit * 10.0**exponent for exponent in count(power) for digit in ROUND)
    return _fitting(low, high, pixels, steps, plain)


def count_ticks(low: float, high: float, pixels: float) -> list[Tick]:
    """Ticks at whole numbers alone, as iterations are; `pixels` per unit of the axis."""
    steps = (float(digit * 10**exponent) for exponent in count() for digit in ROUND)
    return _fitting(low, high, pixels, steps, lambda value, _: number_format.count(value))


def decade_ticks(low: float, high: float, pixels: float) -> list[Tick]:
    """Ticks at whole decades 10ⁿ on a log10 axis; `pixels` per decade."""
    steps = (float(digit * 10**exponent) for exponent in count() for digit in WHOLE)
    return _fitting(low, high, pixels, steps, lambda value, _: number_format.decade(round(value)))


def _fitting(
    low: float, high: float, pixels: float, steps: Iterator[float], write: Callable[[float, float], str]
) -> list[Tick]:
    metrics = QFontMetricsF(font(11))

    def room(ticks: list[Tick]) -> float:
        widths = [metrics.horizontalAdvance(text) for _, text in ticks]
        return AIR_PIXELS + max(((left + right) / 2 for left, right in pairwise(widths)), default=0.0)

    for step in steps if low < high else ():
        if step * pixels < metrics.horizontalAdvance("0") + AIR_PIXELS:
            continue
        places = range(ceil(low / step - NEAR_STEPS), floor(high / step + NEAR_STEPS) + 1)
        ticks = [(place * step, write(place * step, step)) for place in places]
        if len(ticks) < 2:  # then rather both ends, which are as round as there was room for
            ends = [(end, write(end, 10.0 ** floor(log10(step) - 2))) for end in (low, high)]
            return ends if room(ends) <= (high - low) * pixels else ticks
        if room(ticks) <= step * pixels:
            return ticks
    return []


def plain(value: float, step: float) -> str:
    """Label of a tick with as many digits as tell it from one a step away."""
    if not round(value / step):
        return "0"
    last = floor(log10(step) + NEAR_STEPS)  # the power of ten of the last digit that tells ticks apart
    if not -4 <= last < 5:
        return number_format.significant(value, max(floor(log10(abs(value)) + NEAR_STEPS) - last + 1, 1))
    return number_format.count(value) if last >= 0 else f"{value:.{-last}f}"
