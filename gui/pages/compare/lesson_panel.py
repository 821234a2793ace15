"""Panel of the lesson figure: curves above, each layer's activations and the gradient below."""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainterPath

from gui.pages.compare.row_labels import decades_shown, end_aligned, value_ticks
from gui.pages.compare.run_moment import RunMoment
from gui.pages.compare.shared_scales import SharedScales
from gui.pages.compare.small_plots import SmallAccuracyPlot, SmallGradientPlot, SmallHistogramPlot, pen
from gui.plots.canvas import Canvas, ItemPool
from gui.style.run_styles import look_of
from gui.style.theme import Theme
from model.base import number_format
from model.base.language import tr, tr_count
from model.base.layer_names import layer_name, shown_layer
from model.config.config import Config

GUTTER = 40.0  # left of the first panel, for its ticks
HEAD = 44.0
TICKS, NAMES = 18.0, 18.0
SPACE_PIXELS = 14.0  # between two histograms
CURVES_SHARE = 0.52  # of a panel's height for the curves
TICK_GAP_PIXELS = 6.0  # from a plot to its ticks


class LessonPanel:
    """The plots of one run under a title."""

    def __init__(self, canvas: Canvas, title: str, config: Config) -> None:
        self.config = config
        self.line = canvas.path(1)
        bold = QFont.Weight.DemiBold
        self.title, self.figure = canvas.text(15, bold), canvas.text(17, bold)
        self.verdict = canvas.text(12)
        self.title.write(title)
        self.accuracy, self.gradient = SmallAccuracyPlot(canvas), SmallGradientPlot(canvas)
        self.layers = [SmallHistogramPlot(canvas) for _ in config.hidden]
        self.names = [canvas.text(11) for _ in (*config.hidden, "δ")]
        self.arriving = canvas.text(10)
        self.ticks = ItemPool(partial(canvas.text, 10))

    def place(self, rect: QRectF, scales: SharedScales, *, first: bool) -> None:
        """Move the panel into `rect`; the `first` one of a row has the axes' labels."""
        rule = QPainterPath()
        rule.lineTo(rect.width(), 0)
        self.line.setPath(rule)
        self.line.setPos(rect.left(), rect.top() + 2)
        self.title.place(rect.left(), rect.top() + 21)
        self.figure.place(rect.right(), rect.top() + 21, 1.0)
        plots = rect.height() - HEAD - 2 * TICKS - NAMES
        curves = QRectF(rect.left(), rect.top() + HEAD, rect.width(), CURVES_SHARE * plots)
        self.accuracy.place(curves)
        self.accuracy.rule(0.0, 0.5, 1.0)
        cells = [*self.layers, self.gradient]
        # Before the gradient's plot there is room for its ticks, in all panels alike.
        wide = (rect.width() - GUTTER - (len(cells) - 1) * SPACE_PIXELS) / len(cells)
        top, height = curves.bottom() + TICKS + NAMES, (1 - CURVES_SHARE) * plots
        for index, (cell, name) in enumerate(zip(cells, self.names, strict=True)):
            aside = GUTTER if cell is self.gradient else 0.0
            left = rect.left() + index * (wide + SPACE_PIXELS) + aside
            cell.place(QRectF(left, top, wide, height))
            name.write(tr("RMS of δ") if cell is self.gradient else shown_layer(layer_name(index + 1)))
            name.place(left, top - NAMES / 2 - 1)
        decades = decades_shown(scales.delta, height)
        shares = [scales.delta.share(10.0**exponent) for exponent in decades]
        self.gradient.rule(0.0, *shares)
        self.arriving.place(rect.right(), top + height + TICKS / 2 + 3, 1.0)
        self._label(scales, decades, first=first)

    def _label(self, scales: SharedScales, decades: list[int], *, first: bool) -> None:
        curves, delta = self.accuracy.rect, self.gradient.rect
        labels: list[tuple[str, float, float, float]] = []
        if first:
            for share in (0.0, 0.5, 1.0):
                text = number_format.with_percent(f"{round(100 * share)}")
                labels.append((text, curves.left() - TICK_GAP_PIXELS, curves.bottom() - share * curves.height(), 1.0))
            for exponent in decades:
                y = delta.bottom() - scales.delta.share(10.0**exponent) * delta.height()
                labels.append((number_format.decade(exponent), delta.left() - TICK_GAP_PIXELS, y, 1.0))
            labels.append(("0", curves.left(), curves.bottom() + TICKS / 2, 0.0))
            end = tr_count("{n} iteration", "{n} iterations", scales.iterations)
            labels.append((end, curves.right(), curves.bottom() + TICKS / 2, 1.0))
            for cell in self.layers:
                for x, text in value_ticks(scales.of(self.config), cell.rect.width()):
                    align = end_aligned(x, cell.rect.width())
                    labels.append((text, cell.rect.left() + x, cell.rect.bottom() + TICKS / 2, align))
        for item, (text, x, y, align) in zip(self.ticks.show(len(labels)), labels, strict=True):
            item.write(text)
            item.place(x, y, align)

    def draw(self, seen: RunMoment, scales: SharedScales, *, live: bool) -> None:
        """Draw the run; unless it is `live`, a cursor marks the iteration."""
        self.accuracy.draw(seen, scales.iterations, live=live)
        self.gradient.draw(seen, scales.delta, scales.layers + 1)
        for index, cell in enumerate(self.layers):
            if found := seen.layer(index):
                cell.draw(*found, scales.of(self.config))
        self.arriving.write(tr("reaches layer 1: {share}", share=seen.arriving) if seen.arriving else "")
        self.figure.write(number_format.percent(seen.accuracy))
        self.verdict.write(seen.verdict.condition.label if seen.verdict else "")
        self.verdict.place(self.figure.item.pos().x() - 9, self.figure.y + 1, 1.0)

    def apply_theme(self, theme: Theme, color: int) -> None:
        """Set the theme's colours and the run's, by its number in the order of run colours."""
        look = look_of(theme, color)
        self.line.setPen(pen(look.color, 3, look.dashes))
        self.accuracy.apply_theme(theme, look)
        self.gradient.apply_theme(theme, look)
        for cell, layer in zip(self.layers, theme.layer_colors(len(self.layers)), strict=True):
            cell.apply_theme(theme, layer)
        for text in (self.title, self.figure):
            text.color(theme.text)
        for text in (self.verdict, self.arriving, *self.names, *self.ticks.items):
            text.color(theme.muted)
