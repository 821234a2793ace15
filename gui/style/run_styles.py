"""Run styles: each run's colour in the theme, and a dash pattern that tells runs apart without colour."""

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
    """A run's colour and dash pattern; `dashes` are lengths of dash and gap in line widths."""

    color: str
    dashes: tuple[float, ...]


def look_of(theme: Theme, number: int) -> RunLook:
    """Style of the run with this number in the order of run colours; repeats after `looks(theme)` runs."""
    return RunLook(theme.runs[number % len(theme.runs)], DASHES[number % len(DASHES)])


def looks(theme: Theme) -> int:
    """Number of distinct run styles: lcm(colours, dash patterns)."""
    return lcm(len(theme.runs), len(DASHES))


def run_pen(look: RunLook, width: float) -> QPen:
    """Pen for a run's line; `width` in pixels."""
    pen = QPen(QColor(look.color), width)
    pen.setDashPattern(list(look.dashes))
    return pen


def run_icon(look: RunLook, pixel_ratio: float) -> QIcon:
    """Icon with a piece of the run's line, for menus; `pixel_ratio` is the screen's device pixel ratio."""
    pixmap = QPixmap(ICON * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill("transparent")
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(run_pen(look, 2.5))
        painter.drawLine(QLineF(0, ICON.height() / 2, ICON.width(), ICON.height() / 2))
    return QIcon(pixmap)
