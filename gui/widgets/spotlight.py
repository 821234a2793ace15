"""Parts of the window that light up, and others that step back; neither takes the mouse, nor is it in a picture."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style.theme import Theme

DIMMED = 0.72  # share of a dimmed part that its ground covers
RING, ROUND = 2.5, 8.0  # pixels


class Film(QWidget):
    """Lies over `part` and follows its size; a ring around it where `lit`, else a veil."""

    def __init__(self, part: QWidget, theme: Theme, *, lit: bool) -> None:
        super().__init__(part)
        self.part, self.theme, self.lit = part, theme, lit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        part.installEventFilter(self)
        self.setGeometry(part.rect())
        self.raise_()
        self.show()

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
            if self.lit:
                painter.setPen(QPen(QColor(self.theme.accent), RING))
                painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), ROUND, ROUND)
                return
            ground = QColor(self.theme.window)
            ground.setAlphaF(DIMMED)
            painter.fillRect(whole, ground)


class Spotlight:
    """The films that lie over parts of the window now."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._films: dict[tuple[QWidget, bool], Film] = {}

    @property
    def lit(self) -> list[QWidget]:
        """The parts that are lit."""
        return [part for part, lit in self._films if lit]

    @property
    def dimmed(self) -> list[QWidget]:
        """The parts that are dimmed."""
        return [part for part, lit in self._films if not lit]

    def show(self, lit: Iterable[QWidget], dimmed: Iterable[QWidget]) -> None:
        """Light these up and dim those, and no others."""
        wanted = {**{(part, False): False for part in dimmed}, **{(part, True): True for part in lit}}
        for key in [key for key in self._films if key not in wanted]:
            film = self._films.pop(key)
            film.hide()
            film.part.removeEventFilter(film)
            film.deleteLater()
        for part, is_lit in wanted:
            if (part, is_lit) not in self._films:
                self._films[part, is_lit] = Film(part, self.theme, lit=is_lit)

    def clear(self) -> None:
        """Leave all parts as they are by themselves."""
        self.show((), ())

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
