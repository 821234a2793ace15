"""Rows of factors: boxes with a number each, joined by operators, for a product or a sum that is to be followed."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from gui.plots.canvas import Canvas
from gui.style.theme import Theme, font

NARROWEST = 48  # pixels of a box
OPERATOR = 18  # pixels of width
ROOMY = 44  # height of a row from which on numbers may be larger
# Pixels: of the numbers' font, beside texts, and of a box at least.
SIZES = ((15, 6, NARROWEST), (13, 6, NARROWEST), (11, 6, NARROWEST), (11, 2, NARROWEST), (11, 1, 0))
PAD_PIXELS = 6  # beside texts, where there is room


@dataclass(frozen=True)
class Factor:
    """Box of a row: what it is, its number, the operator before it and a note behind it; `result` ends an equation."""

    caption: str
    value: str
    operator: str = ""
    result: bool = False
    note: str = ""


class FactorBox:
    """The items of one box and of the operator before it."""

    def __init__(self, canvas: Canvas) -> None:
        self.ground = canvas.bar(-1)
        self.caption, self.operator, self.note = canvas.text(11), canvas.text(13), canvas.text(11)
        self.value = canvas.text(13, QFont.Weight.DemiBold)
        self.factor = Factor("", "")

    def setVisible(self, visible: bool) -> None:
        self.ground.setVisible(visible)
        for text in (self.caption, self.operator, self.value, self.note):
            text.setVisible(visible)

    def show(self, factor: Factor, area: QRectF, pixels: int) -> None:
        """Show a factor, its number in a font of so many pixels; its operator lies left of `area`."""
        self.factor = factor
        self.ground.setRect(area)
        self.value.item.setFont(font(pixels, QFont.Weight.DemiBold))
        for text, words in ((self.caption, factor.caption), (self.value, factor.value)):
            text.write(words)
        self.operator.write(factor.operator)
        self.note.write(factor.note)
        self.note.place(area.right() + PAD_PIXELS + 2, area.center().y())
        self.caption.place(area.center().x(), area.top() + 0.27 * area.height(), 0.5)
        self.value.place(area.center().x(), area.top() + 0.68 * area.height(), 0.5)
        self.operator.place(area.left() - OPERATOR / 2, area.center().y(), 0.5)

    def apply_theme(self, theme: Theme) -> None:
        """Set the colours; results have a frame."""
        self.ground.setBrush(QColor(theme.window))
        self.ground.setPen(QPen(QColor(theme.accent if self.factor.result else theme.window), 1))
        for text in (self.caption, self.note):
            text.color(theme.muted)
        self.operator.color(theme.text)
        self.value.color(theme.text)


def fitted(row: list[Factor], room: QRectF) -> tuple[int, list[QRectF]]:
    """Font of a row's numbers, the largest that fits, and the areas of its boxes, as wide as their texts need."""
    before = _operators(row)
    free = room.width() - sum(before)
    for pixels, pad, least in SIZES if room.height() >= ROOMY else SIZES[1:]:
        widths = _widths(row, pixels, pad, least)
        if sum(widths) <= free:
            break
    share = min(free / sum(widths), 1.0)
    areas, left = [], room.left()
    for width, operator in zip(widths, before, strict=True):
        areas.append(QRectF(round(left + operator), room.top(), int(share * width), room.height()))
        left = areas[-1].right()
    return pixels, areas


def least_width(row: list[Factor]) -> float:
    """Pixels that a row needs in the smallest font, without its notes."""
    return sum(_widths(row, *SIZES[-1])) + sum(_operators(row))


def _operators(row: list[Factor]) -> list[int]:
    return [OPERATOR if each.operator else 0 for each in row]


def _widths(row: list[Factor], pixels: int, pad: int, least: int) -> list[float]:
    """Pixels that each box needs for its texts."""
    small, large = QFontMetricsF(font(11)), QFontMetricsF(font(pixels, QFont.Weight.DemiBold))
    needed = (max(small.horizontalAdvance(each.caption), large.horizontalAdvance(each.value)) for each in row)
    return [max(width + 2 * pad, least) for width in needed]
