"""Class bars: the network's probability of every class, its answer and the loss."""

from functools import partial
from math import isnan

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.plots.canvas import Canvas, ItemPool
from gui.plots.pens_and_paths import fill_pale
from gui.plots.walked_canvas import WalkedCanvas
from gui.style.text_size import factor, follow
from gui.style.theme import Theme, font
from gui.views.digit.color_key import HEIGHT, MIDDLE
from gui.views.spoken_chain import classes_said
from model.base import number_format
from model.base.language import tr
from model.measurement.saliency import Saliency

LOWEST, TALLEST, THICKEST = 11.0, 26.0, 14.0  # heights of a line, and of its bar
ROOMY = 12.0  # heights from which on texts are larger and there is a head
MARK, NAME, FIGURE = 8.0, 28.0, 46.0  # where names end, where bars begin, width of the percentages
PALE = 0.45


class ClassBar:
    """The items of one class: mark of the true class, name, bar and percentage."""

    def __init__(self, canvas: Canvas) -> None:
        self.mark, self.name, self.figure = canvas.text(11), canvas.text(11), canvas.text(11)
        self.mark.write("▸")
        self.track, self.bar = canvas.bar(-1), canvas.bar()
        self.room = QRectF()

    def setVisible(self, visible: bool) -> None:
        for text in (self.mark, self.name, self.figure):
            text.setVisible(visible)
        self.track.setVisible(visible)
        self.bar.setVisible(visible)

    def place(self, top: float, height: float, width: float) -> None:
        """Move the items, in pixels, and reset the bar to length 0."""
        middle, thickness = top + height / 2, min(THICKEST, height - (4 if height >= ROOMY else 2))
        for text in (self.mark, self.name, self.figure):
            text.item.setFont(font(11 if height >= ROOMY else 10))
        self.mark.place(0, middle)
        self.name.place(NAME - 6, middle, 1)
        self.figure.place(width, middle, 1)
        self.room = QRectF(NAME, round(middle - thickness / 2), max(width - NAME - FIGURE, 1), thickness)
        self.track.setRect(self.room)
        self.bar.setRect(QRectF(self.room.x(), self.room.y(), 0, thickness))

    def draw(self, probability: float) -> None:
        """Set the bar's length; NaN draws none."""
        share = 0.0 if isnan(probability) else probability
        self.bar.setRect(QRectF(self.room.x(), self.room.y(), self.room.width() * share, self.room.height()))

    def apply_theme(self, theme: Theme, *, given: bool, true: bool) -> None:
        """Set the colours; `given` is the network's answer, `true` the image's class."""
        self.mark.setVisible(true)
        self.mark.color(theme.text)
        self.name.color(theme.text if true or given else theme.muted)
        self.figure.color(theme.text if given else theme.muted)
        self.track.setBrush(QColor(theme.window))
        fill_pale(self.bar, theme.accent if given else theme.muted, 1.0 if given else PALE)


class ClassBars(QWidget):
    """Bars of all classes on a canvas that scrolls, below a line with answer and loss."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme | None = None
        self.explanation: Saliency | None = None
        self.true: int | None = None
        self.heads = Canvas()
        self.canvas = WalkedCanvas(self.read, lambda: len(self.lines), self._cells, scrolls=True)
        self.heads.setAccessibleName(tr("Answer and loss"))
        follow(self.heads.setFixedHeight, HEIGHT)
        self.answer, self.loss = self.heads.text(12, QFont.Weight.DemiBold), self.heads.text(11)
        follow(self.canvas.setMinimumSize, 100, 40)
        self.canvas.setAccessibleName(tr("Probability of every class"))
        self.canvas.resized.connect(self.lay_out)
        self.pool = ItemPool(partial(ClassBar, self.canvas))
        self.lines: list[ClassBar] = []
        self.names: tuple[str, ...] = ()
        self.height_of_line = LOWEST
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.canvas, 1)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Show empty rows for classes of these names."""
        self.explanation, self.names = None, names
        self.lines = self.pool.show(len(names))
        for name, line in zip(names, self.lines, strict=True):
            line.name.write(name)
            line.figure.write("")
        self.answer.write("")
        self.loss.write("")
        self.lay_out()
        self._apply_colors()

    def lay_out(self) -> None:
        """Place all rows for the present size."""
        self.heads.setVisible((self.height() / factor(self) - HEIGHT) / max(len(self.lines), 1) >= ROOMY)
        self.height_of_line = self.canvas.show_rows(len(self.lines), LOWEST, TALLEST)
        width = self.canvas.room.width()  # with the scroll bar there, or without it
        self.heads.set_extent(HEIGHT)
        self.answer.place(0, MIDDLE)
        self.loss.place(width, MIDDLE, 1)
        for index, line in enumerate(self.lines):
            line.place(index * self.height_of_line, self.height_of_line, width)
        if self.explanation:
            self.draw(self.explanation, self.true)

    def draw(self, explanation: Saliency, true: int | None) -> None:
        """Draw the outputs; `true` is the image's class, None for a drawing."""
        self.explanation, self.true = explanation, true
        for line, output in zip(self.lines, explanation.outputs.tolist(), strict=True):
            line.draw(output)
        self._apply_colors()

    def write(self) -> None:
        """Write the answer, the loss and the percentages."""
        found = self.explanation
        if found is None:
            return
        for line, output in zip(self.lines, found.outputs.tolist(), strict=True):
            line.figure.write("–" if isnan(output) else number_format.percent(output))
        self.canvas.describe(classes_said(self.names, found, self.true))
        answer, loss = self.texts()
        self.answer.write(answer)
        self.loss.write(loss)

    def _cells(self, row: int) -> list[QRectF]:
        return [QRectF(0, row * self.height_of_line, self.canvas.room.width(), self.height_of_line)]

    def texts(self) -> tuple[str, str]:
        """Answer and loss in words; '' before the first digit."""
        found = self.explanation
        if found is None:
            return "", ""
        answer = answer_of(found)
        said = tr("no answer") if answer is None else tr("answers {name}", name=self.names[answer])
        return said, tr("loss {loss}", loss=number_format.significant(found.loss))

    def read(self, point: QPointF) -> str:
        """Readout: class and output of the row under a point."""
        index = int(point.y() // self.height_of_line)
        if not self.explanation or not 0 <= index < len(self.lines):
            return ""
        found = self.explanation
        output = number_format.significant(float(found.outputs[index]))
        said = tr("{name} {value}", name=tr(found.output_word), value=output)
        return "\n".join((tr("class {name}", name=self.names[index]), said))

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        for canvas in (self.heads, self.canvas):
            canvas.apply_theme(theme)
        self.answer.color(theme.text)
        self.loss.color(theme.muted)
        self._apply_colors()

    def _apply_colors(self) -> None:
        found = self.explanation
        for index, line in enumerate(self.lines):
            given = found is not None and index == answer_of(found)
            if self.theme:
                line.apply_theme(self.theme, given=given, true=found is not None and index == self.true)


def answer_of(explanation: Saliency) -> int | None:
    """Class with the highest output; None after divergence (NaN)."""
    return None if isnan(explanation.loss) else int(explanation.outputs.argmax())
