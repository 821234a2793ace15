"""Magnifies one part of the window by itself: its texts, its plots, and every size that was chosen for these."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from gui.style import text_size
from gui.style.style_sheet import style_sheet
from gui.style.theme import Theme, widget_font


def magnify(part: QWidget, times: float, theme: Theme) -> None:
    """Show all text in `part` so many times as large as elsewhere; NORMAL ends that."""
    text_size.magnify(part, times)
    dress(part, theme)


def dress(part: QWidget, theme: Theme) -> None:
    """Show `part` in this theme at the text size that it has now."""
    apart = text_size.factor(part) != text_size.factor()
    part.setFont(widget_font(within=part) if apart else QFont())
    part.setStyleSheet(style_sheet(theme, part) if apart else "")
    text_size.tell_followers(part)
