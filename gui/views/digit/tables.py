"""What the tab of one digit shows, as tables: units, classes and pixels, the confusion matrix, a weight's path."""

from collections.abc import Iterator, Sequence
from functools import partial

from gui.views.digit.images import DigitImages
from gui.views.digit.mode_switch import DigitMode
from model.base.arrays import Bytes
from model.base.language import tr
from model.exports.plot_table import PlotTable, Tables
from model.measurement.confusion import Confusion
from model.measurement.saliency import Saliency
from model.measurement.weight_path import WeightPath


def digit_tables(
    mode: DigitMode,
    pictures: DigitImages,
    confusion: Confusion | None,
    path: WeightPath | None,
) -> Tables:
    """The tables of what the tab shows in this mode, beside its pictures."""
    found: Tables = {}
    image, explanation = pictures.image, pictures.explanation
    if mode is DigitMode.LAYERS and explanation:
        found[tr("Units of every layer")] = partial(units, explanation)
        found[tr("Classes: {quantity}", quantity=tr(explanation.output_word))] = partial(classes, explanation)
    if mode is DigitMode.CONFUSION and confusion:
        found[tr("Confusion matrix")] = partial(counts, confusion)
    if mode is DigitMode.WEIGHT and path:
        found[tr("Path of the weight")] = partial(links, path)
        found[tr("Terms of its sum")] = partial(terms, path)
    if image is not None:
        found[tr("Pixels")] = partial(pixels, image.copy(), pictures.gradient.shape, explanation)
    return found


def units(explanation: Saliency) -> PlotTable:
    """Activation and δ of every unit, counted from 1."""
    return PlotTable.of(
        ("layer", "layer_name", "unit", "activation", "delta"),
        (
            (number, layer.name, unit, activation, delta)
            for number, layer in enumerate(explanation.layers, 1)
            for unit, (activation, delta) in enumerate(zip(layer.activation, layer.delta, strict=True), 1)
        ),
    )


def classes(explanation: Saliency) -> PlotTable:
    """What each class, counted from 0, is answered with."""
    return PlotTable.of(("class", explanation.output_word.replace(" ", "_")), enumerate(explanation.outputs))


def counts(confusion: Confusion) -> PlotTable:
    """Images and their share (0..1) of the true class, for each pair of classes."""
    return PlotTable.of(
        ("class", "answer", "images", "share"),
        (
            (true, answer, int(confusion.counts[true, answer]), confusion.shares[true, answer])
            for true in range(confusion.classes)
            for answer in range(confusion.classes)
        ),
    )


def links(path: WeightPath) -> PlotTable:
    """The factors between what arrives and the gradient of the weight, in order."""

    def rows() -> Iterator[Sequence[object]]:
        yield "arriving", path.arriving, None
        for link in path.links:
            yield link.name, link.factor, link.added
        yield "delta", path.delta, None
        yield "incoming", path.incoming, None
        yield "gradient", path.gradient, None
        yield "difference", path.difference, None

    return PlotTable.of(("link", "value", "added"), rows())


def terms(path: WeightPath) -> PlotTable:
    """The terms w δ of the sum that arrives, by unit of the next layer, counted from 1."""
    rows = zip(range(1, len(path.deltas) + 1), path.following, path.deltas, path.terms, strict=True)
    return PlotTable.of(("unit", "weight", "delta", "product"), rows)


def pixels(image: Bytes, shape: tuple[int, int], explanation: Saliency | None) -> PlotTable:
    """Brightness (0..255) of each pixel, and |∂L/∂pixel| where there is a network; rows and columns from 1."""
    gradients: Sequence[object] = [None] * len(image) if explanation is None else list(explanation.pixels)
    rows = (
        (place // shape[1] + 1, place % shape[1] + 1, int(value), gradient)
        for place, (value, gradient) in enumerate(zip(image, gradients, strict=True))
    )
    return PlotTable.of(("row", "column", "brightness", "abs_pixel_gradient"), rows)
