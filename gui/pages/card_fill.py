"""A card that fills its page: everything else on the page is out of sight, and its own texts and axes have grown."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitterHandle, QStackedWidget, QWidget

from gui.pages.page import Page
from gui.style import magnified
from gui.style.text_size import NORMAL, STEPS
from gui.style.theme import Theme
from gui.widgets.card_frame import CardFrame
from gui.widgets.settled_layouts import settle_layouts

MOST = 1.5  # times as large as other text
SIZES = [step for step in STEPS if NORMAL < step <= MOST]


class CardFill(QObject):
    """Lets one card of a page fill it, until it is told to `leave`; `changed` says that one does, or none does now."""

    changed = Signal(bool)

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.page: Page | None = None
        self.card: CardFrame | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None

    @property
    def active(self) -> bool:
        """Whether a card fills its page."""
        return self.card is not None

    def toggle(self, page: Page, card: CardFrame | None = None) -> None:
        """Let a card fill the page, or show all again if one does; without a card the one that is looked at."""
        if self.active:
            self.leave()
        elif chosen := card or looked_at(page):
            self.fill(page, chosen)

    def fill(self, page: Page, card: CardFrame) -> None:
        """Let a card fill the page."""
        self.leave()
        before, bars = _area(card), _scroll_bars(card)
        self.page, self.card = page, card
        self._hide_others(page, card)
        settle_layouts()
        growth = sqrt(_area(card) / max(before, 1))
        wanted = [size for size in SIZES if size <= growth] or SIZES[:1]
        for size in (*reversed(wanted), NORMAL):
            self._magnify(size)
            if size == NORMAL or (_scroll_bars(card) <= bars and _has_room(card)):
                break
        card.tell_filling(filling=True)
        card.installEventFilter(self)
        self.changed.emit(True)

    def _hide_others(self, page: Page, card: CardFrame) -> None:
        focus, part = QApplication.focusWidget(), card
        self._focus = focus if focus and page.isAncestorOf(focus) else None
        hidden: list[QWidget] = []
        inner: QWidget = part
        while inner is not page:
            parent = inner.parentWidget()
            assert parent is not None
            if not isinstance(parent, QStackedWidget):
                hidden += [
                    each
                    for each in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
                    if each is not inner and _gives_way(each, page)
                ]
            inner = parent
        if focus and any(each is focus or each.isAncestorOf(focus) for each in hidden):
            card.fill.setFocus(Qt.FocusReason.OtherFocusReason)
        for each in hidden:
            each.hide()
        self._hidden = hidden

    def leave(self) -> None:
        """Show all cards of the page again."""
        card, page = self.card, self.page
        if card is None or page is None:
            return
        card.removeEventFilter(self)
        self._magnify(NORMAL)
        self.card = self.page = None
        for each in self._hidden:
            each.show()
        self._hidden = []
        settle_layouts()
        page.fit_pens()
        card.tell_filling(filling=False)
        if card.fill.hasFocus() and self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None
        self.changed.emit(False)

    def uncover(self, part: QWidget) -> None:
        """Show all cards again if `part` is one of those out of sight."""
        if any(each is part or each.isAncestorOf(part) for each in self._hidden):
            self.leave()

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Context in which no card fills its page, for pictures, which are the same whether one does."""
        card, page = self.card, self.page
        self.leave()
        try:
            yield
        finally:
            if card is not None and page is not None:
                self.fill(page, card)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours, or another text size."""
        self.theme = theme
        if self.card is not None:
            magnified.dress(self.card, theme)

    def _magnify(self, times: float) -> None:
        assert self.card
        assert self.page
        magnified.magnify(self.card, times, self.theme)
        settle_layouts()
        self.page.fit_pens()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A page shows something else by itself, such as that there is nothing to show yet.
        if event.type() == QEvent.Type.HideToParent and watched is self.card:
            self.leave()
        return False


def looked_at(page: Page) -> CardFrame | None:
    """The card of a page that has the keyboard focus, else that under the mouse, else the largest one."""
    cards = [card for card in page.findChildren(CardFrame) if card.fills and card.isVisible()]
    focus = QApplication.focusWidget()
    focused = [card for card in cards if focus and card.isAncestorOf(focus)]
    pointed = [card for card in cards if card.underMouse()]
    return next(iter([*focused, *pointed, *sorted(cards, key=_area, reverse=True)]), None)


def _gives_way(widget: QWidget, page: Page) -> bool:
    stays = widget.isWindow() or widget.isHidden() or isinstance(widget, QSplitterHandle)
    return not stays and widget not in page.staying


def _area(widget: QWidget) -> int:
    return widget.width() * widget.height()


def _scroll_bars(card: QWidget) -> int:
    """How many scroll bars have something to scroll in a card."""
    areas = card.findChildren(QAbstractScrollArea)
    bars = [bar for area in areas for bar in (area.horizontalScrollBar(), area.verticalScrollBar())]
    return sum(bar.isVisibleTo(card) and bar.maximum() > bar.minimum() for bar in bars)


def _has_room(card: QWidget) -> bool:
    least = card.minimumSizeHint().expandedTo(card.minimumSize())
    return least.width() <= card.width() and least.height() <= card.height()
