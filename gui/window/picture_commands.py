"""What the user can do with pictures: export or copy the dashboard or a card, open the settings a picture carries."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.export.export_path import target
from gui.export.picture import CLIPBOARD_SCALE, FORMATS, SCALES, config_in_picture, export, image
from gui.pages.page import Page
from gui.window.animation_command import AnimationCommand
from model.base.errors import InputError
from model.config.config import Config
from model.config.views import PageKind, Size, ViewKind

if TYPE_CHECKING:
    from gui.widgets.card import Card
    from gui.window.main_window import MainWindow

PAGE, FIGURE = "dashboard", "lesson"
FIGURE_SIZE = Size(1600, 1000)
NO_FIGURE = (
    "The figure is made of the lesson's six runs: train them (Ctrl+Shift+L), or show just these six in the list."
)


class PictureCommands:
    """Export, copy and open, for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.window = window
        self.animation = AnimationCommand(window)

    @contextmanager
    def posed(self, name: str) -> Iterator[QWidget | None]:
        """The widget whose picture is called `name`, drawn to the last; None while the pages are not there yet."""
        pages, dashboard = self.window.pages, self.window.dashboard
        if pages is None or dashboard is None:
            yield None
            return
        if name == PAGE:
            with pages.current.posing():
                self.window.catch_up()
                yield pages.current
            return
        if name == FIGURE:
            yield from self._figure()
            return
        before, kind = dashboard.detail.view.view, pages.kind
        pages.choose(PageKind.RUN)
        if name in {view.key for view in ViewKind}:
            dashboard.detail.choose(ViewKind.named(name))
        card = next(card for card in dashboard.cards if card.name == name)
        with card.posing():
            self.window.catch_up()
            yield card
        dashboard.detail.choose(before)
        pages.choose(kind)

    def _figure(self) -> Iterator[QWidget | None]:
        """The six panels of the lesson, if it is the lesson's runs that are shown."""
        from gui.window.comparison_picture import figure, is_lesson

        shown = self.window.commands.runs.shown
        if not is_lesson(shown) or not all(entry.run_log and entry.summary().spark for entry in shown):
            self.window.status.note(NO_FIGURE)
            yield None
            return
        widget = figure(shown, self.window.theme, FIGURE_SIZE, None)
        try:
            yield widget
        finally:
            widget.close()

    def _config(self, name: str) -> Config | None:
        """The settings that a picture carries: those of the run, where it shows one."""
        beside = name == PAGE and self.window.pages is not None and self.window.pages.kind is not PageKind.RUN
        return None if beside or name == FIGURE else self.window.session.config

    def export_as(self, name: str, suffix: str, scale: int = 1) -> None:
        """Ask where to, then write the picture."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        called = self.window.pages.current.name if self.window.pages and name == PAGE else name
        proposal = str(Path(folder) / f"layerscope-{called}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self.window, "Export", proposal, f"{suffix[1:].upper()} (*{suffix})")
        if not chosen:
            return
        try:
            path = target(chosen, FORMATS, suffix)
        except InputError as error:
            self.window.status.note(str(error))
        else:
            self.write(name, path, scale)

    def write(self, name: str, path: Path, scale: int) -> None:
        """Write the picture and say so, or say why not."""
        try:
            with self.posed(name) as widget:
                if widget is None:
                    return
                export(widget, path, scale, self._config(name))
        except InputError as error:
            self.window.status.note(str(error))
        else:
            self.window.status.note(f"Wrote {path}.")

    def copy(self, name: str) -> None:
        """Put the picture on the clipboard."""
        with self.posed(name) as widget:
            if widget:
                QGuiApplication.clipboard().setImage(image(widget, CLIPBOARD_SCALE))
                self.window.status.note("The picture is on the clipboard.")

    def open(self) -> None:
        """Ask for a picture and take the settings it carries."""
        chosen, _ = QFileDialog.getOpenFileName(self.window, "Settings from a picture", "", "PNG (*.png)")
        if chosen:
            self.take_config(Path(chosen))

    def take_config(self, path: Path) -> None:
        """Take the settings a picture carries and start over with them."""
        try:
            config = config_in_picture(path)
        except InputError as error:
            self.window.status.note(str(error))
            return
        self.window.take_config(config)
        self.window.status.note(f"These are the settings that {path.name} was made with.")

    def fill_menu(self, menu: QMenu, name: str, keys: dict[str, str] | None = None) -> None:
        """Add every way to export one picture."""
        keys = keys or {}
        for suffix in FORMATS:
            scales = SCALES if suffix == ".png" else (1,)
            for scale in scales:
                text = f"{suffix[1:].upper()}, {scale}× …" if len(scales) > 1 else f"{suffix[1:].upper()} …"
                action = menu.addAction(text)
                action.triggered.connect(partial(self._export, name, suffix, scale))
                action.setShortcut(keys.get(f"{suffix}{scale}", ""))
        menu.addSeparator()
        copy = menu.addAction("Copy picture")
        copy.triggered.connect(partial(self._copy, name))
        copy.setShortcut(keys.get("copy", ""))

    def card_menu(self, card: "Card | Page", position: QPoint) -> None:
        """Show the menu of a card or of a whole page."""
        menu = QMenu(self.window)
        name = PAGE if isinstance(card, Page) else card.name
        self.fill_menu(menu.addMenu("Export this page" if name == PAGE else "Export this plot"), name)
        menu.addAction("Copy picture").triggered.connect(partial(self._copy, name))
        menu.addSeparator()
        menu.addAction("Automatic ranges").triggered.connect(self.window.show_automatic)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def _export(self, name: str, suffix: str, scale: int, _checked: bool = False) -> None:
        self.export_as(name, suffix, scale)

    def _copy(self, name: str, _checked: bool = False) -> None:
        self.copy(name)
