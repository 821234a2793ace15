"""The pictures of a window, as tests have them written."""

from contextlib import AbstractContextManager
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from gui.widgets.card import Card
from gui.window.animation_command import AnimationCommand
from gui.window.data_commands import DataCommands
from tests.support.window_parts import WindowParts


class ExportPage:
    """Pictures by their names: a page, one plot, the lesson's figure; and the run played back."""

    def __init__(self, parts: WindowParts) -> None:
        self._parts = parts

    def posed(self, name: str) -> AbstractContextManager[QWidget | None]:
        """The widget of a picture, drawn to the last."""
        return self._parts.pictures.posed(name)

    def write(self, name: str, path: Path, scale: int = 1) -> None:
        """Write a picture to a file."""
        self._parts.pictures.write(name, path, scale)

    def copy(self, name: str) -> None:
        """Put a picture on the clipboard."""
        self._parts.pictures.copy(name)

    def ask(self, name: str, suffix: str) -> None:
        """Ask where to, and write a picture."""
        self._parts.pictures.export_as(name, suffix)

    def open_card_menu(self, card: Card, position: QPoint) -> None:
        """Open the menu of a plot."""
        self._parts.pictures.card_menu(card, position)

    @property
    def data(self) -> DataCommands:
        """What copies the data of plots."""
        return self._parts.pictures.data

    @property
    def animation(self) -> AnimationCommand:
        """What writes the run as an animation."""
        return self._parts.animation
