"""Words and numbers of one weight's path: its two rows of factors, and the terms of the sum that arrives."""

from dataclasses import dataclass

import numpy as np

from gui.plots.factor_row import Factor
from model.base.language import message, tr, tr_count
from model.base.layer_names import shown_stage
from model.base.number_format import significant
from model.measurement.weight_path import AROUND, WeightPath
from model.nn.layers import Activate
from model.nn.loss import OutputSlope

SYMBOLS = {Activate.name: message("slope f′(z)"), OutputSlope.name: message("slope σ′(z)")}
OTHERS = message("other units")  # those that are normalised together with this one
FINE = 6  # digits by which product and central difference are compared
KINK = message("f has a kink there")


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
            return tr("unit {unit}", unit=unit + 1)
        row, column = divmod(unit, self.shape[1])
        return tr("pixel {row}, {column}", row=row + 1, column=column + 1)

    def target(self, layer: int, unit: int) -> str:
        """Where a weight of a layer leads."""
        if layer < self.layers - 1:
            return tr("unit {unit}", unit=unit + 1)
        return tr("class {name}", name=self.class_names[unit] if self.class_names else unit)


def product_row(path: WeightPath, names: UnitNames) -> list[Factor]:
    """a × δ = ∂L/∂w, and the central difference."""
    off = abs(path.difference - path.gradient)
    note = tr(KINK) if path.bends else tr("off by {difference}", difference=significant(off, 1))
    return [
        Factor(tr("a, {unit}", unit=names.source(path.layer, path.source)), significant(path.incoming)),
        Factor(tr("δ, {unit}", unit=names.target(path.layer, path.target)), significant(path.delta), "×"),
        Factor("∂L/∂w", significant(path.gradient, FINE), "=", result=True),
        Factor(tr("central difference"), significant(path.difference, FINE), "≠" if path.bends else "≈", True, note),
    ]


def delta_row(path: WeightPath) -> list[Factor]:
    """What arrives, and the links that make δ of it."""
    opened = sum(bool(link.added) for link in path.links[:-1])
    first = "Σ w δ" if len(path.following) else tr("answer − right")
    row = [Factor(first, significant(path.arriving), "(" * opened)]
    closes = ""
    for link in path.links:
        if link.factor != 1 or not link.added:
            said = tr(SYMBOLS[link.name]) if link.name in SYMBOLS else shown_stage(link.name)
            row.append(Factor(said, significant(link.factor), f"{closes}×"))
            closes = ""
        if link.added:
            said = shown_stage(AROUND) if link.name == AROUND else tr(OTHERS)
            row.append(Factor(said, significant(link.added), f"{closes}+"))
            closes = ") "
    return [*row, Factor("δ", significant(path.delta), "=", result=True)]


def term_lines(path: WeightPath, names: UnitNames, most: int) -> list[str]:
    """The largest terms w · δ of the sum, at most so many lines; the last one adds up the others."""
    terms = path.terms
    order = np.argsort(-np.abs(terms), kind="stable")
    shown = order if len(order) <= most else order[: most - 1]
    lines = [
        tr(
            "{unit}:  {weight} × {delta} = {product}",
            unit=names.target(path.layer + 1, unit),
            weight=significant(path.following[unit]),
            delta=significant(path.deltas[unit]),
            product=significant(terms[unit]),
        )
        for unit in shown.tolist()
    ]
    rest = order[len(shown) :]
    if not len(rest):
        return lines
    summed = significant(float(terms[rest].sum()))
    return [*lines, tr_count("{n} other:  {sum}", "{n} others:  {sum}", len(rest), sum=summed)]


def sentence(path: WeightPath, name: str, names: UnitNames) -> str:
    """The path as one text, for a screen reader."""
    product, delta = (
        " ".join(" ".join((each.operator, each.caption, each.value)).strip() for each in row)
        for row in (product_row(path, names), delta_row(path))
    )
    return tr(
        "{layer}, from {source} to {target}: {product}; {delta}",
        layer=name,
        source=names.source(path.layer, path.source),
        target=names.target(path.layer, path.target),
        product=product,
        delta=delta,
    )
