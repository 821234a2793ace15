"""The window before its parts are there: the grounds of its bars, its panel and its pages, without a word."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from gui.style.text_size import scaled
from gui.style.theme import DARK, LIGHT, THEMES, Theme

TOP, SIDE, BOTTOM = 67, 275, 40  # pixels of menu and transport bar, of the settings and of the status line
LINE = 1


def theme_to_begin_with(name: str) -> Theme:
    """Theme called `name`; else what the system's is by Qt's own palette, as long as no other palette has been set."""
    if name in THEMES:
        return THEMES[name]
    own = QApplication.palette()
    dark = own.color(QPalette.ColorRole.Window).lightness() < own.color(QPalette.ColorRole.WindowText).lightness()
    return DARK if dark else LIGHT


class WindowFrame(QWidget):
    """Coloured grounds where the parts will be; made from Qt alone, so that it is there before all else is imported."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        _color(self, theme.line)
        top, side, pages, bottom = (_ground(color) for color in (theme.panel, theme.panel, theme.window, theme.panel))
        top.setFixedHeight(scaled(TOP))
        side.setFixedWidth(scaled(SIDE))
        bottom.setFixedHeight(scaled(BOTTOM))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(LINE)
        grid.addWidget(top, 0, 0, 1, 2)
        grid.addWidget(side, 1, 0)
        grid.addWidget(pages, 1, 1)
        grid.addWidget(bottom, 2, 0, 1, 2)


def _ground(color: str) -> QWidget:
    made = QWidget()
    _color(made, color)
    return made


def _color(widget: QWidget, color: str) -> None:
    colors = QPalette()
    colors.setColor(QPalette.ColorRole.Window, QColor(color))
    widget.setPalette(colors)
    widget.setAutoFillBackground(True)
