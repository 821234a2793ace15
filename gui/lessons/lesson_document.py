"""Texts of lessons as documents: formulas as pictures in the theme's colours, measured figures, links to places."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from gui.lessons.formula_picture import FormulaPicture
from gui.style.theme import Theme, widget_font
from gui.widgets.japanese_text import set_html
from model.base.errors import InputError
from model.base.number_format import THIN
from model.lessons.formulas import formula_path, formula_size
from model.lessons.lesson_folder import file_text
from model.lessons.markdown_html import blocks_html
from model.lessons.texts import Formula, LessonLink, LessonText, Piece, PlaceLink, StatedFigure, Words

LINE_HEIGHT = 132  # percent
UNBROKEN = "\u00a0"  # HTML makes any other space a plain one, at which a number would be broken
FIGURE, MARK, LESSON = "formula:", "mark:", "lesson:"
WriteFigure = Callable[[StatedFigure], str]


def unmeasured(figure: StatedFigure) -> str:
    """What a figure is written as before anything has been measured."""
    return figure.text or "…"


class LessonDocument(QTextDocument):
    """A text of a lesson in `folder`, laid out at the width that is set; `write` says what its figures are."""

    def __init__(self, parent: QObject, theme: Theme, *, bold: bool = False, pixels: int = 13) -> None:
        super().__init__(parent)
        self.theme = theme
        self.text, self.folder = LessonText(), Path()
        self.write: WriteFigure = unmeasured
        self.before = ""
        self.formulas: list[FormulaPicture] = []
        self.setDocumentMargin(0)
        self.pixels, self.weight = pixels, QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        self.setUndoRedoEnabled(False)
        self.fit_letters()

    def say(self, text: LessonText, folder: Path, write: WriteFigure = unmeasured, *, before: str = "") -> None:
        """Show a text; `before` is plain text ahead of it."""
        self.text, self.folder, self.write, self.before = text, folder, write, before
        self._set()

    @property
    def linked(self) -> bool:
        """Whether any words of it lead to a place or a lesson."""
        return any(isinstance(piece, PlaceLink | LessonLink) for piece in self.text.pieces)

    def fit(self, width: float) -> None:
        """Lay out at another width, formulas on lines of their own included."""
        self.setTextWidth(width)
        if self.formulas:
            self._set()

    def fit_letters(self) -> None:
        """Take its own font at the present text size; a widget that shows it takes that away at each change."""
        wanted = widget_font(self.pixels, self.weight)
        if self.defaultFont() != wanted:
            self.setDefaultFont(wanted)
            self._set()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self._set()

    def _set(self) -> None:
        self.formulas = []
        said = f"<p>{escape(self.before)}</p>" if self.before else ""
        self.setHtml(set_html(said + blocks_html(self.text, self._piece)).replace(THIN, UNBROKEN))
        self._space()

    def _space(self) -> None:
        """Give blocks room, and put formulas on the line of their text: HTML has no words for either."""
        cursor = QTextCursor(self)
        block, last = self.begin(), self.lastBlock()
        while block.isValid():
            pictures = self._place_formulas(block)
            form = QTextBlockFormat(block.blockFormat())
            form.setTopMargin(0)
            form.setBottomMargin(0 if block == last else 4 if block.textList() is not None else 8)
            if not any(picture.display for picture in pictures):
                form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
            block = block.next()

    def _place_formulas(self, block: QTextBlock) -> list[FormulaPicture]:
        found = []
        cursor, parts = QTextCursor(self), block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            if part.charFormat().isImageFormat():
                form = part.charFormat().toImageFormat()
                found.append(self.formulas[int(form.name().removeprefix(FIGURE))])
                form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
                cursor.setPosition(part.position())
                cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(form)
            parts += 1
        return found

    def _piece(self, piece: Piece) -> str:
        match piece:
            case StatedFigure():
                return f"<b>{escape(self.write(piece))}</b>" if not piece.text else escape(self.write(piece))
            case PlaceLink(label, place):
                return f'<a href="{MARK}{escape(str(place).replace(" ", "_"))}">{escape(label)}</a>'
            case LessonLink(label, to):
                return f'<a href="{LESSON}{escape(str(to))}">{escape(label)}</a>'
            case Formula():
                return self._formula(piece)
            case Words(markdown):
                return escape(markdown)

    def _formula(self, formula: Formula) -> str:
        path = formula_path(self.folder, formula)
        try:
            svg = file_text(path, self.folder) if path.exists() else ""
            size = formula_size(svg) if svg else None
        except InputError:
            size = None
        if size is None:
            return f"<code>{escape(formula.latex)}</code>"
        descent = QFontMetrics(self.defaultFont()).descent()
        picture = FormulaPicture.made(svg, size, formula, self.textWidth(), descent)
        self.formulas.append(picture)
        return f'<img src="{FIGURE}{len(self.formulas) - 1}" width="{picture.width}" height="{picture.height}">'

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        address = name.toString() if isinstance(name, QUrl) else name
        number = address.removeprefix(FIGURE)
        if not address.startswith(FIGURE) or not number.isdigit() or int(number) >= len(self.formulas):
            return None
        return self.formulas[int(number)].image(self.theme.text)
