"""The menu bar: every command with its shortcut."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox

from gui.style.theme import THEMES
from gui.widgets.card import TITLES
from gui.window.picture_commands import FIGURE, PAGE
from model.config.presets import PRESETS
from model.config.views import PageKind, ViewKind

if TYPE_CHECKING:
    from gui.pages.timeline_bar import TimelineBar
    from gui.window.main_window import MainWindow

PAGE_KEYS = {".png2": "Ctrl+E", ".svg1": "Ctrl+Shift+E", ".pdf1": "Ctrl+P", "copy": "Ctrl+Shift+C"}
PRESET_KEYS = 9
ABOUT = (
    "<b>Layerscope</b> shows why a deep network learns or fails to: the vanishing gradient and its remedies.<br><br>"
    "MNIST is by Y. LeCun, C. Cortes and C. Burges, derived from NIST (CC BY-SA 3.0). "
    "The typeface is Inter (SIL OFL 1.1)."
)


def build_menus(window: "MainWindow") -> dict[str, QAction]:
    """Fill the window's menu bar; returns the theme actions by name."""
    bar = window.menuBar()
    _file_menu(bar.addMenu("&File"), window)
    _run_menu(bar.addMenu("&Run"), window)
    _runs_menu(bar.addMenu("R&uns"), window)
    presets = bar.addMenu("&Presets")
    presets.setToolTipsVisible(True)
    for number, preset in enumerate(PRESETS, 1):
        key = f"Ctrl+{number}" if number <= PRESET_KEYS else ""
        _add(presets, preset.label, partial(window.panel.take_preset, preset.name), key).setToolTip(preset.look)
    themes = _view_menu(bar.addMenu("&View"), window)
    _add(bar.addMenu("&Help"), "About Layerscope", partial(_about, window))
    return themes


def _file_menu(menu: QMenu, window: "MainWindow") -> None:
    _add(menu, "Open data set …", window.panel.choose_data, "Ctrl+O")
    _add(menu, "Open settings from a picture …", window.pictures.open, "Ctrl+Shift+O")
    _add(menu, "Open run …", window.commands.files.choose, "Ctrl+Shift+R")
    _add(menu, "Save run as …", window.commands.files.save, "Ctrl+S")
    exports = menu.addMenu("Export &run")
    exports.aboutToShow.connect(partial(_fill_exports, exports, window))
    menu.addSeparator()
    window.pictures.fill_menu(menu.addMenu("&Export page"), PAGE, PAGE_KEYS)
    plots = menu.addMenu("Export &plot")
    window.pictures.fill_menu(menu.addMenu("Export the lesson's &figure"), FIGURE)
    _add(menu, "Export animation …", window.pictures.animation.choose)
    for name, title in TITLES.items():
        window.pictures.fill_menu(plots.addMenu(title), name)
    menu.addSeparator()
    _add(menu, "Quit", window.close, "Ctrl+Q")


def _run_menu(menu: QMenu, window: "MainWindow") -> None:
    _add(menu, "Train or pause", window.train_or_pause, "F5")
    _add(menu, "Step", partial(window.session.step, 1), "F6")
    _add(menu, "Step 10", partial(window.session.step, 10), "F7")
    _add(menu, "Reset", window.reset, "F8")
    _add(menu, "Stop", window.session.stop, "Shift+F5")
    menu.addSeparator()
    speed = window.transport.speed
    _add(menu, "Faster", lambda: speed.setValue(speed.value() + 1), "Ctrl+Up")
    _add(menu, "Slower", lambda: speed.setValue(speed.value() - 1), "Ctrl+Down")
    menu.addSeparator()
    _add(menu, "Back one moment", partial(_in_time, window, -1), "Alt+Left")
    _add(menu, "On one moment", partial(_in_time, window, 1), "Alt+Right")
    _add(menu, "Live", partial(_in_time, window, 0), "Alt+End")
    _add(menu, "Play back or stop", partial(_play, window), "F9")
    menu.addSeparator()
    _add(menu, "Add a layer", window.panel.layers.add_layer, "Ctrl++")


def _about(window: "MainWindow") -> None:
    QMessageBox.about(window, "Layerscope", ABOUT)


def _fill_exports(menu: QMenu, window: "MainWindow") -> None:
    """Add the forms of a run when they are first asked for; importing them takes a while."""
    if menu.isEmpty():
        window.commands.files.fill_menu(menu, window.commands.files.on_screen)


def _runs_menu(menu: QMenu, window: "MainWindow") -> None:
    commands = window.commands
    _add(menu, "Train the lesson's six", commands.pages.train_lesson, "Ctrl+Shift+L")
    _add(menu, "Branch off here …", commands.branch, "Ctrl+B")
    menu.addSeparator()
    for name, key in (("command", "Ctrl+Alt+C"), ("python", "")):
        _add(menu, commands.list.commands.made[name].text(), partial(_copy, window, name), key)
    menu.addSeparator()
    _add(menu, "Settings or runs", window.side.turn, "F4")


def _copy(window: "MainWindow", kind: str) -> None:
    for entry in window.commands.files.on_screen():
        window.commands.files.copy(entry, kind)


def _view_menu(menu: QMenu, window: "MainWindow") -> dict[str, QAction]:
    for number, view in enumerate(ViewKind, 1):
        _add(menu, view.label, partial(window.show_view, view), f"Alt+{number}").setToolTip(view.help)
    menu.addSeparator()
    for number, kind in enumerate(PageKind, 1):
        _add(menu, kind.label, partial(window.show_page, kind), f"Ctrl+Alt+{number}").setToolTip(kind.help)
    menu.addSeparator()
    group = QActionGroup(menu)
    actions = {}
    for name, text in {"": "As the system", **{name: name.capitalize() for name in THEMES}}.items():
        action = _add(menu, text, partial(window.choose_theme, name))
        action.setCheckable(True)
        group.addAction(action)
        actions[name] = action
    menu.addSeparator()
    _add(menu, "Logarithmic loss", window.toggle_log, "Ctrl+L")
    _add(menu, "Automatic ranges", window.show_automatic, "Ctrl+0")
    return actions


def _timeline(window: "MainWindow") -> "TimelineBar | None":
    return window.pages.current.bar if window.pages else None


def _in_time(window: "MainWindow", moments: int) -> None:
    """Step through the moments that are kept; 0 returns to live."""
    timeline = _timeline(window)
    if timeline and moments:
        timeline.step(moments)
    elif timeline:
        timeline.return_to_live()


def _play(window: "MainWindow") -> None:
    if timeline := _timeline(window):
        timeline.play_or_pause()


def _add(menu: QMenu, text: str, does: Callable[[], object], key: str = "") -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda *_: does())
    if key:
        action.setShortcut(QKeySequence(key))
    return action
