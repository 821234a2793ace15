"""Words and numbers of one weight's path: its two rows of factors, and the terms of the sum that arrives."""

from dataclasses import dataclass

import numpy as np

from gui.plots.factor_row import Factor
from model.base.number_format import significant
from model.measurement.weight_path import AROUND, WeightPath
from model.nn.layers import Activate
from model.nn.loss import OutputSlope

SYMBOLS = {Activate.name: "slope f′(z)", OutputSlope.name: "slope σ′(z)"}
OTHERS = "other units"  # those that are normalised together with this one
FINE = 6  # digits by which product and central difference are compared
KINK = "f has a kink there"


@dataclass(frozen=True)
class UnitNames:
    """Names of the units at both ends of a weight and in the layer that follows, by index from 0.

    Units are counted from 1, but those of the output are classes and have the classes' names, or their numbers.
    """

    shape: tuple[int, int]
    layers: int
    class_names: tuple[str, ...] = ()

    def source(self, layer: int, unit: int) -> str:
        """Where a weight of a layer comes from."""
        if layer:
            return f"unit {unit + 1}"
        row, column = divmod(unit, self.shape[1])
        return f"pixel {row + 1}, {column + 1}"

    def target(self, layer: int, unit: int) -> str:
        """Where a weight of a layer leads."""
        if layer < self.layers - 1:
            return f"unit {unit + 1}"
        return f"class {self.class_names[unit] if self.class_names else unit}"


def product_row(path: WeightPath, names: UnitNames) -> list[Factor]:
    """a × δ = ∂L/∂w, and the central difference."""
    off = abs(path.difference - path.gradient)
    note = KINK if path.bends else f"off by {significant(off, 1)}"
    return [
        Factor(f"a, {names.source(path.layer, path.source)}", significant(path.incoming)),
        Factor(f"δ, {names.target(path.layer, path.target)}", significant(path.delta), "×"),
        Factor("∂L/∂w", significant(path.gradient, FINE), "=", result=True),
        Factor("central difference", significant(path.difference, FINE), "≠" if path.bends else "≈", True, note),
    ]


def delta_row(path: WeightPath) -> list[Factor]:
    """What arrives, and the links that make δ of it."""
    opened = sum(bool(link.added) for link in path.links[:-1])
    row = [Factor("Σ w δ" if len(path.following) else "answer − right", significant(path.arriving), "(" * opened)]
    closes = ""
    for link in path.links:
        if link.factor != 1 or not link.added:
            row.append(Factor(SYMBOLS.get(link.name, link.name), significant(link.factor), f"{closes}×"))
            closes = ""
        if link.added:
            row.append(Factor(AROUND if link.name == AROUND else OTHERS, significant(link.added), f"{closes}+"))
            closes = ") "
    return [*row, Factor("δ", significant(path.delta), "=", result=True)]


def term_lines(path: WeightPath, names: UnitNames, most: int) -> list[str]:
    """The largest terms w · δ of the sum, at most so many lines; the last one adds up the others."""
    terms = path.terms
    order = np.argsort(-np.abs(terms), kind="stable")
    shown = order if len(order) <= most else order[: most - 1]
    lines = [
        f"{names.target(path.layer + 1, unit)}:  {significant(path.following[unit])} × "
        f"{significant(path.deltas[unit])} = {significant(terms[unit])}"
        for unit in shown.tolist()
    ]
    rest = order[len(shown) :]
    return [*lines, f"{len(rest)} others:  {significant(float(terms[rest].sum()))}"] if len(rest) else lines


def sentence(path: WeightPath, name: str, names: UnitNames) -> str:
    """The path as one text, for a screen reader."""
    ends = f"from {names.source(path.layer, path.source)} to {names.target(path.layer, path.target)}"
    rows = (
        " ".join(" ".join((each.operator, each.caption, each.value)).strip() for each in row)
        for row in (product_row(path, names), delta_row(path))
    )
    return f"{name}, {ends}: {'; '.join(rows)}"
