"""The "?" of a card and the small panel that it opens: what the card shows, how to read it, what to look for."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.style.text_size import scaled
from gui.widgets.card_button import CardButton
from gui.widgets.card_texts import CARD_TEXTS
from gui.widgets.phrased_label import PhrasedLabel
from model.base.language import tr
from model.base.sentences import listed, sentences

WIDTH, GAP = 340, 4  # pixels: of the panel, and between it and the button


class HelpButton(CardButton):
    """A "?" in a card's header."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("help")
        self.setText("?")

    def tell(self, key: str) -> None:
        """Say which card it explains, by its key in CARD_TEXTS."""
        card = CARD_TEXTS[key].title
        self.setAccessibleName(tr("What {card} shows", card=card))
        self.setToolTip(tr("What {card} shows, and what to look for", card=card))


class HelpPanel(QFrame):
    """The sentences on the card `key`, and the `lessons` in which it is used; Esc or a click elsewhere closes it."""

    def __init__(self, key: str, lessons: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        text = CARD_TEXTS[key]
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(scaled(WIDTH))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(2)
        self._write(text.title, "title")
        for heading, sentence in text.parts():
            self.column.addSpacing(6)
            self._write(heading.upper(), "heading")
            self._write(sentence, "message")
        if lessons:
            self.column.addSpacing(6)
            self._write(in_lessons(lessons), "muted")
        self.setAccessibleName(tr("What {card} shows", card=text.title))
        self.setAccessibleDescription(sentences(*(sentence for _, sentence in text.parts()), in_lessons(lessons)))

    def _write(self, text: str, role: str) -> None:
        self.column.addWidget(PhrasedLabel(text, role))

    def pop_up(self, beside: QWidget) -> None:
        """Open below a widget, or above it where the screen ends."""
        for label in self.findChildren(QLabel):
            label.ensurePolished()  # with the style sheet's fonts, by which lines are counted
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
        screen: QRect = beside.screen().availableGeometry()
        place = beside.mapToGlobal(QPoint(0, beside.height() + GAP))
        if place.y() + self.height() > screen.bottom():
            place.setY(max(beside.mapToGlobal(QPoint()).y() - GAP - self.height(), screen.top()))
        place.setX(max(min(place.x(), screen.right() - self.width()), screen.left()))
        self.move(place)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)


def in_lessons(lessons: Sequence[int]) -> str:
    """In which lessons a card is used: 'In lesson 3.', 'In lessons 1, 3 and 8.'; '' in none."""
    if not lessons:
        return ""
    *first, last = map(str, lessons)
    if first:
        return tr("In lessons {lessons} and {last}.", lessons=listed(*first), last=last)
    return tr("In lesson {lesson}.", lesson=last)
