"""A journey on a real display by the keyboard alone: `python -m tests.support.x_journey FOLDER LANGUAGE`."""

import os
import sys
import traceback
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.views.gradients_view import GradientsView
from gui.widgets.command import Menu
from gui.widgets.japanese_text import JOINER
from gui.window.open_window import make_window
from gui.window.preferences import Preferences, preferences_path, write_preferences
from model.base.language import language, tr
from model.config.views import ViewKind
from tests.support.keyboard import Key
from tests.support.lesson_by_keys import open_first, pull_the_curve
from tests.support.real_keyboard import Bot, RealKeyboard
from tests.support.window_page import WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS
from tests.support.x_keyboard import XKeyboard


def open_one(folder: Path, spoken: str) -> WindowPage:
    """A window as the program opens it, which speaks a language, once all of it is there."""
    path = preferences_path()
    path.parent.mkdir(parents=True)
    write_preferences(path, Preferences(language=spoken, config=SMALL.to_json()))
    made, bot = make_window(path, folder / "library.db"), Bot()
    made.show()
    bot.waitUntil(lambda: made.filled, timeout=TIMEOUT_MS)
    window = WindowPage(made)
    bot.waitUntil(window.has_plots, timeout=TIMEOUT_MS)
    bot.waitUntil(window.run.is_ready, timeout=TIMEOUT_MS)
    window.resize(1366, 820)
    assert QApplication.platformName() == "xcb"
    assert language() == spoken
    return window


def learn(keys: RealKeyboard) -> None:
    """The first step of the first lesson: pull a curve, have its run trained, be told."""
    open_first(keys)
    pull_the_curve(keys)


def train(keys: RealKeyboard) -> None:
    """Leave the lesson and train what is set up, to its end."""
    window = keys.window
    keys.press(Key.Key_F8)
    assert window.run.iteration == 0
    keys.press(Key.Key_F5)
    keys.wait(window.run.has_ended)


def choose_from_menus(keys: RealKeyboard) -> None:
    """Open every menu by Alt and its letter, and leave it; choose a view from one by the letters of both."""
    window = keys.window
    for menu in Menu:
        keys.open_menu(menu.name)
        keys.send(Key.Key_Escape)
        keys.send(Key.Key_Escape)  # the menu bar has the keyboard until then
    keys.choose_by_letter(keys.open_menu(Menu.VIEW.name), f"view-{ViewKind.GRADIENTS.key}")
    keys.wait(lambda: isinstance(window.board.detail.view, GradientsView))


def walk(keys: RealKeyboard) -> None:
    """Walk along the curve of the loss: other figures are said at each place, and the same on the way back."""
    loss = keys.window.board.loss.view
    keys.tab_to(loss)
    said = []
    for key in (Key.Key_End, Key.Key_Left, Key.Key_Left, Key.Key_Right, Key.Key_Home):
        keys.press(key)
        said.append(loss.accessibleDescription())
    assert len(set(said)) == 4, said
    assert said[1] == said[3]


def export(keys: RealKeyboard, picture: Path) -> None:
    """Write a picture of the page, whose name is typed."""
    window = keys.window
    keys.type_path(picture, lambda: keys.choose(Menu.FILE.name, "&Export page", "dashboard.png2"))
    assert not QImage(str(picture)).isNull()
    assert window.status_text.replace(JOINER, "") == tr("Wrote {path}.", path=picture)


def main(folder: Path, spoken: str) -> None:
    """The whole of it."""
    window = open_one(folder, spoken)
    with XKeyboard(os.environ["DISPLAY"]) as server:
        keys = RealKeyboard(window, server)
        learn(keys)
        train(keys)
        choose_from_menus(keys)
        walk(keys)
        export(keys, folder / "picture.png")
    window.close()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except BaseException:  # the threads of the window would wait for ever
        traceback.print_exc()
        os._exit(1)
    sys.stdout.write("done\n")
