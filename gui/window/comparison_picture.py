"""Draws runs side by side into a file, without a display: the lesson's six as its figure, others as columns."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.export.picture import export
from gui.pages.compare.compare_view import KEY, CompareView
from gui.pages.compare.lesson_figure import LessonFigure
from gui.plots.shared_axis import RUNS, beyond_text
from gui.runs.run_entry import RunEntry
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, LIGHT, Theme
from gui.widgets.card import label
from gui.window.application import make_application
from gui.window.qt_startup import without_size_hints
from model.base import number_format
from model.base.ending import Interruption
from model.base.errors import InputError
from model.cli.compare import Compare
from model.cli.gather_runs import gather
from model.config.presets import LESSON, preset_of
from model.config.run_names import names_of
from model.config.views import Size


def draw_comparison(asked: Compare) -> None:
    """Train what is to be trained and write the picture; raises InputError."""
    options = asked.options
    application = make_application()
    theme = DARK if options.dark else LIGHT
    apply_theme(application, theme)
    with Interruption() as interruption, without_size_hints():
        found = gather(asked.runs, options.library, lambda: not interruption.wished, options.at)
        if interruption.wished:
            raise interruption.request
        entries = [RunEntry(card, run_log) for card, run_log in found]
        widget = figure(entries, theme, options.size, options.at)
        try:
            export(widget, asked.out, options.scale, None)
        finally:
            widget.close()


def figure(entries: Sequence[RunEntry], theme: Theme, size: Size, at: int | None) -> QWidget:
    """The picture, drawn; raises InputError where it has no room."""
    sheet = LessonFigure(entries, theme, at) if is_lesson(entries) else ColumnsSheet(entries, theme, at)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    sheet.resize(*size)
    sheet.show()  # which lays it out
    sheet.draw()
    return sheet


def is_lesson(entries: Sequence[RunEntry]) -> bool:
    """Whether these are the lesson's six, each once, whatever their seeds."""
    presets = [preset_of(entry.recipe.config) for entry in entries]
    return len(presets) == len(LESSON) and all(preset in presets for preset in LESSON)


class ColumnsSheet(QWidget):
    """The compare view by itself, with its key."""

    def __init__(self, entries: Sequence[RunEntry], theme: Theme, at: int | None) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAutoFillBackground(True)
        self.at = at
        self.view = CompareView(theme)
        made = names_of([entry.recipe for entry in entries])
        names = {entry.id: entry.listing.label or name for entry, name in zip(entries, made, strict=True)}
        self.moment = "" if at is None else f"iteration {number_format.count(at)}"
        self.key = key = label("", "muted")
        key.setContentsMargins(12, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 10)
        column.addWidget(self.view, 1)
        column.addWidget(key)
        self.view.go_to(at)
        self.view.show_runs(entries, names)

    def draw(self) -> None:
        """Draw it all for the present size; raises InputError where some of it would be cut off."""
        self.view.finish()
        beyond = beyond_text(self.view.scales.beyond, RUNS)
        self.key.setText("  ·  ".join(filter(None, (self.moment, beyond, KEY))))
        needed = self.view.sceneRect().height() - self.view.viewport().height()
        if needed > 0:
            raise InputError(
                f"So many layers need a taller picture: --size {self.width()}x{round(self.height() + needed)}."
            )
