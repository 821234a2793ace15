"""How a run is drawn everywhere: its colour in the theme, and the dashes that tell it apart without colour."""

from dataclasses import dataclass
from math import lcm

from PySide6.QtCore import QLineF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from gui.style.theme import Theme

# As many as share no factor with the number of colours: neighbours differ in both, and both together come back late.
# Solid lines are those of the run on the screen.
DASHES = ((8.0, 2.5), (1.5, 2.0), (7.0, 2.0, 1.5, 2.0), (3.5, 2.0), (7.0, 2.0, 1.5, 2.0, 1.5, 2.0))
ICON = QSize(28, 14)


@dataclass(frozen=True)
class RunLook:
    """A run's colour, and its dashes in widths of the line."""

    color: str
    dashes: tuple[float, ...]


def look_of(theme: Theme, number: int) -> RunLook:
    """The look of the run with this number in the order of run colours."""
    return RunLook(theme.runs[number % len(theme.runs)], DASHES[number % len(DASHES)])


def looks(theme: Theme) -> int:
    """How many runs look different."""
    return lcm(len(theme.runs), len(DASHES))


def run_pen(look: RunLook, width: float) -> QPen:
    """A pen for its line."""
    pen = QPen(QColor(look.color), width)
    pen.setDashPattern(list(look.dashes))
    return pen


def run_icon(look: RunLook, pixel_ratio: float) -> QIcon:
    """A piece of its line, for a menu."""
    pixmap = QPixmap(ICON * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill("transparent")
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(run_pen(look, 2.5))
        painter.drawLine(QLineF(0, ICON.height() / 2, ICON.width(), ICON.height() / 2))
    return QIcon(pixmap)
