"""Layouts that settle at once, where something depends on the sizes that widgets will have."""

from PySide6.QtCore import QCoreApplication, QEvent

LAYOUT_TURNS = 3  # those of the window, its scrolled pages, views and axes settle one after the other


def settle_layouts() -> None:
    """Let all widgets take at once the sizes that they ask for, not in the next turns of the event loop."""
    for _ in range(LAYOUT_TURNS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
