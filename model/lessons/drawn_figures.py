"""Figures of runs as SVG for paper: curves against iterations, and what reaches each layer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from itertools import cycle
from math import ceil, floor, isnan, log10
from unicodedata import east_asian_width

from model.base import number_format
from model.base.language import tr
from model.base.layer_names import shown_layer
from model.lessons.finished_run import FinishedRun

# Okabe & Ito's, without yellow: told apart by whoever lacks a cone; dashes tell them apart on a grey printer.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 340, 200, 44, 30, 22
POINTS = 200  # of a curve
BAR, LEGEND_ROW = 18, 20
MARGIN = 14  # right of the last label
FEWEST_DECADES = -12


def curves_svg(runs: Mapping[str, FinishedRun]) -> str:
    """Test accuracy and loss of some runs against iterations, side by side, as one picture."""
    last = max(run.recipe.config.iterations for run in runs.values())
    accuracy = {key: _points(run, "test_accuracy") for key, run in runs.items()}
    loss = {key: _points(run, "loss") for key, run in runs.items()}
    highest = max((value for points in loss.values() for _, value in points if value < 1e3), default=1.0)
    legend, height = _legend(list(runs)) if len(runs) > 1 else ("", HEIGHT)
    return (
        _open(2 * WIDTH + MARGIN, height, tr("Test accuracy and loss against iterations"))
        + _plot(tr("Test accuracy"), accuracy, last, 1.0, 0, number_format.rounded_percent)
        + _plot(tr("Loss"), loss, last, max(highest * 1.05, 1e-9), WIDTH, partial(number_format.rounded, digits=2))
        + legend
        + "</svg>"
    )


def _points(run: FinishedRun, name: str) -> list[tuple[float, float]]:
    history = run.run_log.history
    x, y = history.iterations.rows[:, 0], history.curves[name].values.rows[:, 0]
    step = max(len(x) // POINTS, 1)
    return [(float(x[i]), float(y[i])) for i in range(0, len(x), step)]


def _plot(
    title: str, curves: Mapping[str, Sequence[tuple[float, float]]], last: int, high: float, left: int,
    write: Callable[[float], str],
) -> str:  # fmt: skip
    x0, y0, width, height = left + LEFT, HEIGHT - BOTTOM, WIDTH - LEFT - 12, HEIGHT - BOTTOM - TOP
    parts = [_label(x0, 14, title, "start", bold=True)]
    for share in (0.0, 0.5, 1.0):
        y = y0 - share * height
        parts += [_line(x0, y, x0 + width, y), _label(x0 - 5, y + 4, write(share * high), "end")]
        if (share * last).is_integer():
            parts.append(_label(x0 + share * width, y0 + 16, number_format.count(share * last), "middle"))
    for points, (color, dash) in zip(curves.values(), _looks(), strict=False):
        path = " ".join(
            f"{x0 + x / max(last, 1) * width:.1f},{y0 - min(max(y / high, 0), 1) * height:.1f}"
            for x, y in points
            if not isnan(y)
        )
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"{dash}/>')
    return "".join(parts)


def _looks() -> "zip[tuple[str, str]]":
    dashes = (f' stroke-dasharray="{dash}"' if dash else "" for dash in cycle(DASHES))
    return zip(cycle(COLORS), dashes, strict=False)


def _legend(names: Sequence[str]) -> tuple[str, int]:
    """Samples of the lines with their names, in rows below the plots, and how high the picture is with them."""
    parts, x, y = [], LEFT, HEIGHT + LEGEND_ROW // 2
    for name, (color, dash) in zip(names, _looks(), strict=False):
        width = 45 + sum(12 if east_asian_width(letter) in "WF" else 7 for letter in name)
        if x > LEFT and x + width > 2 * WIDTH:
            x, y = LEFT, y + LEGEND_ROW
        parts.append(f'<path d="M{x},{y}h22" stroke="{color}" stroke-width="2"{dash}/>')
        parts.append(_label(x + 27, y + 4, name, "start"))
        x += width
    return "".join(parts), y + LEGEND_ROW // 2


def layers_svg(name: str, run: FinishedRun) -> str:
    """What reaches each layer of the signal, and of the gradient, at a run's end, as bars on a log scale."""
    layers = run.record(None).all_layers
    signal = [layer.signal_std for layer in layers]
    gradient = [layer.delta_rms for layer in layers]
    positive = [log10(value) for value in (*signal, *gradient) if value > 0] or [0.0]
    low, high = max(floor(min(positive)), FEWEST_DECADES), ceil(max(positive))
    high = max(high, low + 1)
    height = TOP + BAR * len(layers) + BOTTOM
    parts = [_open(2 * WIDTH, height, tr("Signal and gradient of each layer, {run}", run=name))]
    for place, (title, values) in enumerate(
        ((tr("Signal, {run}", run=name), signal), (tr("Gradient, {run}", run=name), gradient))
    ):
        x0, width = place * WIDTH + LEFT + 20, WIDTH - LEFT - 32
        parts.append(_label(x0, 14, title, "start", bold=True))
        for row, (layer, value) in enumerate(zip(layers, values, strict=True)):
            y = TOP + row * BAR
            share = (min(max(log10(value), low), high) - low) / (high - low) if value > 0 else 0
            parts.append(_label(x0 - 5, y + BAR - 5, shown_layer(layer.name), "end"))
            parts.append(f'<rect x="{x0}" y="{y + 3}" width="{share * width:.1f}" height="{BAR - 6}" '
                         f'fill="{COLORS[place]}"/>')  # fmt: skip
        for decade, anchor in ((low, "start"), (high, "end")):
            x = x0 + (decade - low) / (high - low) * width
            parts.append(_label(x, TOP + BAR * len(layers) + 14, number_format.decade(decade), anchor))
    return "".join([*parts, "</svg>"])


def _open(width: int, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="11">'
    )


def _label(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}" stroke="#ccc"/>'
