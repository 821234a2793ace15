"""The picture of a formula at a size, drawn in the theme's colour on the line of its text."""

from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from gui.style.text_size import factor
from model.lessons.formulas import FormulaSize
from model.lessons.texts import Formula

DRAWN_IN = "#000001"  # the colour of the formulas' pictures
SCALE = 2.0  # pixels of the picture per pixel of the window, sharp on dense screens
LARGEST = 1200.0  # pixels that a formula can be wide or high
EM_PIXELS = 15.0  # of a formula's letters at the normal text size, which are smaller than a text's at the same size


@dataclass(frozen=True)
class FormulaPicture:
    """A formula in logical pixels: `bottom` of its `height` is empty, so that it stands as deep as the text's font."""

    svg: str
    width: int
    height: int
    bottom: float
    display: bool

    @classmethod
    def made(cls, svg: str, size: FormulaSize, formula: Formula, room: float, descent: float) -> Self:
        """The picture of `formula` in a text `room` pixels wide whose font goes `descent` pixels below its line.

        One on a line of its own is made to fit.
        """
        em = EM_PIXELS * factor()
        width, height = size.width * em, size.height * em
        shrunk = min(1.0, LARGEST / max(width, height, 1.0))
        if formula.display:
            shrunk = min(shrunk, room / width if 0 < room < width else 1.0)
            bottom = 0.0
        else:
            bottom = max(descent - size.depth * em * shrunk, 0.0)
        return cls(svg, max(round(width * shrunk), 1), max(round(height * shrunk + bottom), 1), bottom, formula.display)

    def image(self, color: str) -> QImage:
        """Draw it in a colour."""
        from PySide6.QtSvg import QSvgRenderer

        wide, high = round(self.width * SCALE), round(self.height * SCALE)
        image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        renderer = QSvgRenderer(QByteArray(self.svg.replace(DRAWN_IN, color).encode()))
        with QPainter(image) as painter:
            renderer.render(painter, QRectF(0, 0, wide, high - self.bottom * SCALE))
        return image
