"""Parts of the window that light up, step back or are covered; films that take no mouse and are in no picture."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from gui.style.theme import Theme, widget_font

RING, ROUND = 2.5, 8.0  # pixels
FOCUS, FOCUS_ROUND = 2.0, 5.0
COVER, COVER_PIXELS, COVER_SHARE = "?", 120, 0.5  # the sign, at most so high, and of what it covers


class Look(Enum):
    """What a film does to what it lies over."""

    DIMMED = 0.72  # share of it that its ground covers: it steps back
    VEILED = 0.98  # nothing can be read there
    COVERED = 1.0
    LIT = 0.0  # a ring around it


class Film(QWidget):
    """Lies over `part` and follows its size."""

    def __init__(self, part: QWidget, theme: Theme, look: Look) -> None:
        super().__init__(part)
        self.part, self.theme, self.look = part, theme, look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        part.installEventFilter(self)
        self.setGeometry(part.rect())
        self.raise_()
        self.show()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    @Slot()
    def _follow_focus(self) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.part.rect())
        elif event.type() == QEvent.Type.ChildPolished:
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            if self.look is Look.LIT:
                painter.setPen(QPen(QColor(self.theme.accent), RING))
                painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), ROUND, ROUND)
                return
            ground = QColor(self.theme.window)
            ground.setAlphaF(self.look.value)
            painter.fillRect(whole, ground)
            if self.look is Look.COVERED:
                painter.setFont(widget_font(min(COVER_PIXELS, int(self.height() * COVER_SHARE))))
                painter.setPen(QColor(self.theme.muted))
                painter.drawText(self.visibleRegion().boundingRect(), Qt.AlignmentFlag.AlignCenter, COVER)
            self._frame_focus(painter)

    def _frame_focus(self, painter: QPainter) -> None:
        """Where the keyboard is must be seen also where all else steps back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.part.isAncestorOf(focus):
            place = QRectF(QRect(focus.mapTo(self.part, QPoint()), focus.size()))
            painter.setPen(QPen(QColor(self.theme.accent), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), FOCUS_ROUND, FOCUS_ROUND)


class Spotlight:
    """The films that lie over parts of the window now."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._films: dict[tuple[QWidget, Look], Film] = {}

    @property
    def lit(self) -> list[QWidget]:
        """The parts that are lit."""
        return self._with(Look.LIT)

    @property
    def dimmed(self) -> list[QWidget]:
        """The parts that are dimmed, those included of which nothing can be read."""
        return self._with(Look.DIMMED) + self._with(Look.VEILED)

    @property
    def covered(self) -> list[QWidget]:
        """The parts that are covered."""
        return self._with(Look.COVERED)

    def _with(self, wanted: Look) -> list[QWidget]:
        return [part for part, look in self._films if look is wanted]

    def show(self, parts: Mapping[Look, Iterable[QWidget]]) -> None:
        """Give these parts these looks, and no others."""
        wanted = dict.fromkeys((part, look) for look, of_look in parts.items() for part in of_look)
        for key in [key for key in self._films if key not in wanted]:
            film = self._films.pop(key)
            film.hide()
            film.part.removeEventFilter(film)
            film.deleteLater()
        for part, look in wanted:
            if (part, look) not in self._films:
                self._films[part, look] = Film(part, self.theme, look)

    def clear(self) -> None:
        """Leave all parts as they are by themselves."""
        self.show({})

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        for film in self._films.values():
            film.theme = theme
            film.update()


@contextmanager
def without_films(widget: QWidget) -> Iterator[None]:
    """Context in which no film lies over a widget or what is in it."""
    films = [film for film in widget.findChildren(Film) if not film.isHidden()]
    for film in films:
        film.hide()
    try:
        yield
    finally:
        for film in films:
            film.show()
