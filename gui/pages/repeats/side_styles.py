"""How the two sides of a comparison are told apart: the looks of the first two runs, and full or hollow dots."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from gui.style.run_styles import look_of
from gui.style.theme import Theme


@dataclass(frozen=True)
class Pointed:
    """The run under the cursor: which side, which seed."""

    side: int
    seed: int


def side_color(theme: Theme, side: int) -> QColor:
    """The colour of side 0 or 1."""
    return QColor(look_of(theme, side).color)


def side_dashes(theme: Theme, side: int) -> tuple[float, ...]:
    """The dashes of its mean: () for side 0, which is solid."""
    return look_of(theme, side).dashes if side else ()
