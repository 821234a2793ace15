"""A walk through all that a window can show: views, pages with results, tabs at the left, lessons, clinic, dialogs."""

from collections.abc import Callable, Container, Iterator

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.run_list.library_dialog import LibraryDialog
from gui.views.digit.digit_view import DigitView
from gui.views.digit.mode_switch import DigitMode
from gui.views.over_time.over_time_view import WAYS, OverTimeView
from gui.widgets.card_frame import CardFrame
from gui.widgets.card_help import HelpPanel
from model.config.views import PageKind, ViewKind
from tests.support.window_page import WindowPage

Wait = Callable[[Callable[[], bool]], object]
Place = tuple[str, QWidget]  # what it is called, and the window that it is in
LESSON_STEPS = range(1, 5)


def settle(window: WindowPage) -> None:
    """Draw what there is once all layouts are as they shall be."""
    for _ in range(3):
        QApplication.processEvents()
        window.draw()


def views(window: WindowPage) -> Iterator[Place]:
    """Every tab of the run's page, with all that it can be switched to."""
    for view in ViewKind:
        window.show_view(view)
        settle(window)
        yield view.label, window.widget
        shown = window.board.detail.view
        if isinstance(shown, OverTimeView):
            for way in WAYS[1:]:
                shown.choose(way)
                settle(window)
                yield f"{view.label}: {way.text}", window.widget
        if isinstance(shown, DigitView):
            for mode in DigitMode:
                shown.choose_mode(mode)
                settle(window)
                yield f"{view.label}: {mode}", window.widget
            shown.choose_mode(DigitMode.LAYERS)


def pages(window: WindowPage, wait: Wait | None) -> Iterator[Place]:
    """Every page, empty and, if one can `wait`, with results."""
    for kind in PageKind:
        window.show_page(kind)
        settle(window)
        yield kind.label, window.widget
        if wait and kind in (PageKind.REPEATS, PageKind.MAP):
            window.page.show_example(2)
            wait(lambda: not window.page.busy)
            settle(window)
            yield f"{kind.label} with results", window.widget
    window.show_page(PageKind.RUN)


def filled_pages(window: WindowPage) -> Iterator[Place]:
    """Each card of the run's page while it fills that."""
    for card in [card for card in window.visible(CardFrame) if card.fills]:
        window.fill.fill(window.page, card)
        settle(window)
        yield f"{card.name} fills the page", window.widget
        window.fill.leave()


def sides(window: WindowPage) -> Iterator[Place]:
    """What there is at the left: settings, runs, lessons, the clinic."""
    for title in ("Settings", "Runs"):
        window.side_tab(title).click()
        settle(window)
        yield title, window.widget
    window.lessons.show()
    settle(window)
    yield "the list of lessons", window.widget
    for step in LESSON_STEPS:
        window.lessons.open("1", step)
        settle(window)
        yield f"lesson 1, step {step}", window.widget
    window.trigger("The clinic")
    settle(window)
    yield "the clinic", window.widget
    window.side_tab("Settings").click()


def dialogs(window: WindowPage, wait: Wait | None = None) -> Iterator[Place]:
    """What opens over the window, the library's figures measured if one can `wait` for them."""
    for text in ("Keyboard", "What the cards show", "Branch off here …", "Library …"):
        before = set(QApplication.topLevelWidgets())
        window.trigger(text)
        settle(window)
        for made in [each for each in QApplication.topLevelWidgets() if each not in before and each.isVisible()]:
            if wait and isinstance(made, LibraryDialog):
                wait(made.is_measured)
                settle(window)
            yield text, made
            made.close()
    window.board.loss.help.click()
    settle(window)
    for panel in [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpPanel)]:
        yield "what a card shows", panel
        panel.close()


def every_place(window: WindowPage, wait: Wait | None) -> Iterator[Place]:
    """All of these, and pages with results if one can `wait` for them."""
    yield from views(window)
    yield from filled_pages(window)
    yield from pages(window, wait)
    yield from sides(window)
    yield from dialogs(window, wait)


def lessons(window: WindowPage) -> Iterator[Place]:
    """Every step of every lesson, the page that one is welcomed with, and the clinic before the first patient."""
    window.lessons.welcome()
    settle(window)
    yield "the welcome", window.widget
    for lesson in window.lessons.pages.lessons:
        for step in range(1, len(lesson.steps) + 1):
            window.lessons.open(lesson.key, step)
            settle(window)
            yield f"lesson {lesson.key}, step {step}", window.widget
    window.trigger("The clinic")
    settle(window)
    yield "the clinic", window.widget


def commands(window: WindowPage, wait: Wait, but: Container[str], before: Callable[[], object]) -> Iterator[Place]:
    """Every command of the menus that can be chosen, once it has been done; not those with the names in `but`.

    `before` is called before each, which may open a box that waits for an answer.
    """
    for action in [*window.actions()]:
        if not isValid(action) or action.objectName() in but or not action.isEnabled():
            continue  # of a menu that has been filled anew, or of no use now
        text = action.text()
        before()
        action.trigger()
        wait(lambda: not window.is_busy())
        settle(window)
        yield f"after '{text}'", window.widget
        for opened in QApplication.topLevelWidgets():
            if opened is not window.widget and opened.isVisible():
                opened.close()
