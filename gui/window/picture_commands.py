"""What the user can do with pictures: export or copy the dashboard or a card, open the settings a picture carries."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gui.export.export_path import target
from gui.export.picture import CLIPBOARD_SCALE, FORMATS, SCALES, config_in_picture, export, image
from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from gui.widgets.card_texts import ON_DASHBOARD
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.mnemonics import mark_when_opened
from gui.widgets.settled_layouts import settle_layouts
from gui.window.data_commands import KEY, DataCommands
from model.base.errors import InputError
from model.base.language import english, message, tr
from model.config.config import Config
from model.config.views import PageKind, Size, ViewKind

if TYPE_CHECKING:
    from gui.pages.dashboard.dashboard import Dashboard
    from gui.widgets.card import Card

PAGE, FIGURE = "dashboard", "lesson"
PAGE_KEYS = {".png2": "Ctrl+E", ".svg1": "Ctrl+Shift+E", ".pdf1": "Ctrl+P", "copy": "Ctrl+Shift+C"}
COPY = message("Copy picture")
SCALES_OF = {".png": SCALES}  # the other formats have no pixels
FIGURE_SIZE = Size(1600, 1000)
NO_FIGURE = message(
    "The figure is made of the lesson's six runs: train them (Ctrl+Shift+L), or show just these six in the list."
)

NormalSize = Callable[[], AbstractContextManager[None]]


class PictureCommands(QObject):
    """Export, copy and open pictures of the pages; dialogs lie over `parent`.

    They are drawn within `normal_size`, so that they look the same whatever size of text one reads them with.
    """

    said = Signal(str)
    config_wanted = Signal(object)

    def __init__(
        self, pages: PageStack, viewed: Viewed, registry: RunRegistry, normal_size: NormalSize, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.pages, self.viewed, self.registry, self.over = pages, viewed, registry, parent
        self.normal_size = normal_size
        self.data = DataCommands(pages, parent)
        self.data.said.connect(self.said)

    @contextmanager
    def posed(self, name: str) -> Iterator[QWidget | None]:
        """The widget whose picture is called `name`, drawn to the last; None while the pages are not there yet."""
        pages = self.pages
        if not pages.started:
            yield None
            return
        with self.normal_size():
            pages.finish()  # how many lines of figures there are depends on the room, and their plots' room on them
            settle_layouts()
            if name == PAGE:
                with pages.current.posing():
                    pages.finish()
                    yield pages.current
            elif name == FIGURE:
                yield from self._figure()
            else:
                yield from self._card(name)

    def _card(self, name: str) -> Iterator[QWidget]:
        """A card of the dashboard, which is on the screen meanwhile."""
        kind, dashboard = self.viewed.page, dashboard_of(self.pages)
        before = dashboard.detail.view.view
        card = self._shown_card(name)
        with card.posing():
            self.pages.finish()
            yield card
        dashboard.detail.choose(before)
        self.pages.choose(kind)

    def _shown_card(self, name: str) -> "Card":
        """A card of the dashboard, brought to the screen."""
        self.pages.choose(PageKind.RUN)
        dashboard = dashboard_of(self.pages)
        if name in {view.key for view in ViewKind}:
            dashboard.detail.choose(ViewKind.named(name))
            dashboard.finish()
        return next(card for card in dashboard.cards if card.name == name)

    def _figure(self) -> Iterator[QWidget | None]:
        """The six panels of the lesson, if it is the lesson's runs that are shown."""
        from gui.window.comparison_picture import figure, is_lesson

        shown = self.registry.shown
        if not is_lesson(shown) or not all(entry.run_log and entry.summary().spark for entry in shown):
            self.said.emit(tr(NO_FIGURE))
            yield None
            return
        widget = figure(shown, self.pages.theme, FIGURE_SIZE, None)
        try:
            yield widget
        finally:
            widget.close()

    def _config(self, name: str) -> Config | None:
        """The settings that a picture carries: those of the run, where it shows one that is not covered."""
        beside = name == PAGE and self.viewed.page is not PageKind.RUN
        return None if beside or name == FIGURE or self.viewed.covered else self.viewed.config

    def export_as(self, name: str, suffix: str, scale: int = 1) -> None:
        """Ask where to, then write the picture."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        called = self.pages.current.name if self.pages.started and name == PAGE else name
        proposal = str(Path(folder) / f"layerscope-{called}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self.over, tr("Export"), proposal, f"{suffix[1:].upper()} (*{suffix})")
        if not chosen:
            return
        try:
            path = target(chosen, FORMATS, suffix)
        except InputError as error:
            self.said.emit(str(error))
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
            self.said.emit(str(error))
        else:
            self.said.emit(tr("Wrote {path}.", path=path))

    def copy(self, name: str) -> None:
        """Put the picture on the clipboard."""
        with self.posed(name) as widget:
            if widget:
                QGuiApplication.clipboard().setImage(image(widget, CLIPBOARD_SCALE))
                self.said.emit(tr("The picture is on the clipboard."))

    def open(self) -> None:
        """Ask for a picture and take the settings it carries."""
        chosen, _ = QFileDialog.getOpenFileName(self.over, tr("Settings from a picture"), "", "PNG (*.png)")
        if chosen:
            self.take_config(Path(chosen))

    def take_config(self, path: Path) -> None:
        """Take the settings a picture carries and start over with them."""
        try:
            config = config_in_picture(path)
        except InputError as error:
            self.said.emit(str(error))
            return
        self.config_wanted.emit(config)
        self.said.emit(tr("These are the settings that {picture} was made with.", picture=path.name))

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Add every way to export one picture."""
        for command in self._exports(name, ""):
            if command.name == f"{name}.copy":
                menu.addSeparator()
            action = menu.addAction(command.text)
            action.setObjectName(command.name)
            action.triggered.connect(partial(_call, command.slot))

    def _exports(self, name: str, menu: str) -> list[MenuCommand]:
        """Each way to export one picture; the whole page's have keys."""
        ways = {f"{suffix}{scale}": (suffix, scale) for suffix in FORMATS for scale in SCALES_OF.get(suffix, (1,))}
        keys = PAGE_KEYS if name == PAGE else {}
        found = [
            MenuCommand(menu, f"{name}{way}", _text(suffix, scale), partial(self.export_as, name, suffix, scale),
                    keys.get(way, ""), group=1)
            for way, (suffix, scale) in ways.items()
        ]  # fmt: skip
        return [
            *found,
            MenuCommand(menu, f"{name}.copy", tr(COPY), partial(self.copy, name), keys.get("copy", ""), group=2),
        ]

    def commands(self) -> list[MenuCommand]:
        """Entries of the menu File."""
        text = tr("Open settings from a picture …")
        found = [MenuCommand(Menu.FILE, "open-picture", text, self.open, "Ctrl+Shift+O")]
        plots = message("Export &plot")
        with english():  # a menu's path is a key
            of_cards = {name: f"{plots}/{card.title}" for name, card in ON_DASHBOARD.items()}
        menus = {PAGE: message("&Export page"), **of_cards, FIGURE: message("Export the lesson's &figure")}
        for name, menu in menus.items():
            found += self._exports(name, f"{Menu.FILE}/{menu}")
            if name != FIGURE:
                found.append(self._data(name, f"{Menu.FILE}/{menu}"))
        return found

    def _data(self, name: str, menu: str) -> MenuCommand:
        if name == PAGE:
            return self.data.command(menu, name, self.data.copy_page, key=KEY)
        return self.data.command(menu, name, partial(self._copy_data, name))

    def _copy_data(self, name: str) -> None:
        if self.pages.started:
            self.data.copy_card(self._shown_card(name))

    def card_menu(self, card: "Card | Page", position: QPoint) -> None:
        """Show the menu of a card or of a whole page."""
        menu = QMenu(self.over)
        name = PAGE if isinstance(card, Page) else card.name
        self.fill_menu(menu.addMenu(tr("Export this page") if name == PAGE else tr("Export this plot")), name)
        menu.addAction(tr(COPY)).triggered.connect(partial(_call, partial(self.copy, name)))
        self.data.fill(menu, card.tables())
        menu.addSeparator()
        menu.addAction(tr("Automatic ranges")).triggered.connect(self.pages.show_automatic)
        mark_when_opened(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)


def dashboard_of(pages: PageStack) -> "Dashboard":
    """The page of the run on the screen."""
    from gui.pages.dashboard.dashboard import Dashboard

    page = pages.page(PageKind.RUN)
    assert isinstance(page, Dashboard)
    return page


def _text(suffix: str, scale: int) -> str:
    form = suffix[1:].upper()
    if suffix in SCALES_OF:
        return tr("{format}, {scale}× …", format=form, scale=scale)
    return tr("{format} …", format=form)


def _call(slot: Callable[[], object], _checked: bool = False) -> None:
    slot()
