"""Styles of the two sides: those of the first two runs."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from gui.style.run_styles import look_of
from gui.style.theme import Theme


@dataclass(frozen=True)
class Pointed:
    """The run under the cursor: its side (0 or 1) and seed."""

    side: int
    seed: int


def side_color(theme: Theme, side: int) -> QColor:
    """Colour of side 0 or 1."""
    return QColor(look_of(theme, side).color)


def side_dashes(theme: Theme, side: int) -> tuple[float, ...]:
    """Dashes of a side's mean in line widths; () is solid, for side 0."""
    return look_of(theme, side).dashes if side else ()
