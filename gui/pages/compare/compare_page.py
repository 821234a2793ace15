"""Compare page: the shown runs side by side on shared axes, with one timeline."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.compare.compare_card import CompareCard
from gui.pages.compare.compare_view import KEY, CompareView
from gui.pages.compare.shared_timeline import SharedTimeline
from gui.pages.page import Page
from gui.pages.timeline_bar import TimelineBar
from gui.plots.shared_axis import RUNS, beyond_text
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.theme import Theme
from gui.widgets.phrased_label import PhrasedLabel
from model.base.language import message, tr
from model.exports.plot_table import Tables

MOST_RUNS = 12
FEWEST_RUNS = 2
INVITATION = message("Two or more runs that are shown in the list on the left stand here side by side.")
SHOWING = message("Under Runs (F4), a click on the box before a run's name shows or hides it.")
LESSON = message("Or train the lesson's six, the sigmoid and ReLU each with small, Xavier and He weights:")
TOGETHER = message("Drag the handle below to move all runs through their iterations.")


class ComparePage(Page):
    """Shows the first MOST_RUNS shown runs; `lesson_wanted` asks for the lesson's six, with the settings it carries."""

    name = "compare"
    lesson_wanted = Signal(object)

    def __init__(self, runs: RunRegistry, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dashboard")
        self.runs = runs
        self.at: int | None = None
        self.entries: list[RunEntry] = []
        self.said_above = ""
        self.view = CompareView(theme)
        self.timeline = SharedTimeline()
        self._lay_out()
        self.timeline.moved.connect(self.go_to)
        self.timeline.live_wanted.connect(self.go_live)
        self.view.resized.connect(self.update_text)
        runs.changed.connect(self.refresh)
        runs.loaded.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        card = self.card = CompareCard(self.view)
        card.menu_wanted.connect(lambda _, position: self.menu_wanted.emit(self, position))
        card.help_wanted.connect(self.help_wanted)
        card.fill_wanted.connect(self.fill_wanted)
        compared = QWidget()
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(card, 1)
        column.addWidget(self.timeline)
        self.stack = QStackedWidget()
        self.stack.addWidget(compared)
        self.stack.addWidget(self._invitation())
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 8, 12, 12)
        page.setSpacing(8)
        page.addWidget(self.caption)
        page.addWidget(self.stack, 1)

    def _invitation(self) -> QWidget:
        """Card shown while there are fewer than two runs to compare."""
        made = QFrame()
        made.setObjectName("card")
        self.lesson = QPushButton(tr("Train the lesson's six"))
        self.lesson.setObjectName("primary")
        self.lesson.setToolTip(tr("Six networks that differ in activation and initial weights alone, at once"))
        self.lesson.clicked.connect(lambda *_: self.show_example())
        column = QVBoxLayout(made)
        column.setSpacing(6)
        column.addStretch(1)
        for text, role in ((INVITATION, "title"), (SHOWING, "muted"), (LESSON, "muted")):
            line = PhrasedLabel(tr(text), role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addSpacing(10)
        column.addWidget(self.lesson, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return made

    @property
    def bar(self) -> TimelineBar:
        return self.timeline

    @property
    def hint(self) -> str:
        going = sum(entry.going for entry in self.entries)
        said = []
        if going:
            runs = len(self.entries)
            said.append(tr("{going} of {runs} runs go on in the background.", going=going, runs=runs))
        if len(self.entries) >= FEWEST_RUNS:
            said.append(tr(TOGETHER))
        return "  ".join([*said, tr(SHOWING)])

    @property
    def busy(self) -> bool:
        return any(entry.going for entry in self.entries)

    def show_example(self, iterations: int | None = None) -> None:
        self.lesson_wanted.emit({} if iterations is None else {"iterations": iterations})

    @Slot()
    def refresh(self) -> None:
        """Take over the registry's shown runs, and load those that are only in the library."""
        shown = self.runs.shown
        entries = shown[:MOST_RUNS]
        if entries != self.entries:
            self.timeline.stop()
        self.entries = entries
        for entry in entries:
            if entry.run_log is None:
                self.runs.load(entry)
        self.view.show_runs(entries, self.runs.names())
        run_logs = [entry.run_log for entry in entries if entry.run_log]
        self.timeline.show_run_logs(run_logs, self.view.scales.iterations, self.at)
        self.stack.setCurrentIndex(0 if len(entries) >= FEWEST_RUNS else 1)
        self._write_caption()

    def _write_caption(self) -> None:
        shown = len(self.runs.shown)
        more = tr("The first {most} of {shown} shown runs", most=MOST_RUNS, shown=shown) if shown > MOST_RUNS else ""
        said = "  ·  ".join(filter(None, (more, beyond_text(self.view.scales.beyond, RUNS), tr(KEY))))
        said = said if len(self.entries) >= FEWEST_RUNS else ""
        if said != self.said_above:
            self.said_above = said
            self.caption.tell(said)

    @Slot(object)
    def go_to(self, iteration: int | None) -> None:
        """Show all runs at an iteration; None follows the newest of each."""
        self.at = iteration
        self.view.go_to(iteration)
        self.timeline.refresh(iteration)

    @Slot()
    def go_live(self) -> None:
        """Follow the newest record of each run."""
        self.go_to(None)

    def frame(self) -> bool:
        return self.view.frame()

    def tables(self) -> Tables:
        return self.view.tables(self.runs.names)

    def finish(self) -> None:
        self.view.finish()
        self._write_caption()

    def update_text(self) -> None:
        self.view.update_text()
        self._write_caption()
        self.timeline.refresh(self.at)

    def apply_theme(self, theme: Theme) -> None:
        self.view.apply_theme(theme)
