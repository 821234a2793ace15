"""What the user can do with more than the run on the screen: list, show, open, branch."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.run_list.run_list import RunList
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.style.theme import Theme
from gui.window.page_factory import PageFactory
from gui.window.run_files import RunFiles
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

NO_WEIGHTS = "None of this run's weights are kept, and a branch begins with weights: train or step it first."
NO_DATA = "A branch goes on training, and this run's data set is not there: '{}'."


class RunCommands:
    """The list of runs and all that it asks for, for one window. Without a `library` nothing outlasts it."""

    def __init__(self, window: "MainWindow", library: Path | None) -> None:
        self.window = window
        self._to_branch: RunEntry | None = None
        self.runs = RunRegistry.open(library)
        self.list = RunList(self.runs, window.theme)
        self.files = RunFiles(window, self.runs, self.open)
        self.pages = PageFactory(window, self.runs)
        self.runs.changed.connect(self.show_overlays)
        self.runs.loaded.connect(self._loaded)
        self.runs.said.connect(window.status.note)
        self.list.open_wanted.connect(self.open)
        self.list.branch_wanted.connect(self.branch)
        self.list.repeats_wanted.connect(self.pages.repeat)
        self.list.against_wanted.connect(self.pages.repeat_against)
        self.list.export_wanted.connect(self.files.choose_format)
        self.list.copy_wanted.connect(self.files.copy)

    def busy(self) -> bool:
        """Whether any run goes on, on the screen or behind it."""
        behind = (entry for entry in self.runs.entries if entry is not self.runs.current)
        return self.window.session.running or any(entry.going for entry in behind)

    def enlist(self) -> None:
        """Put the run on the screen, which is about to take its first step, into the list."""
        session = self.window.session
        assert session.run_log
        self.runs.put_on_screen(self.runs.begin(session.recipe, session.run_log))

    def find_on_screen(self) -> None:
        """Note which of the runs is on the screen now."""
        run_log = self.window.session.run_log
        self.runs.put_on_screen(next((entry for entry in self.runs.entries if entry.run_log is run_log), None))
        wanted, self._to_branch = self._to_branch, None
        if wanted and wanted is self.runs.current:
            self._ask_branch()

    def show_overlays(self) -> None:
        """Draw the runs that are shown behind the one on the screen."""
        from gui.plots.overlays import Overlay  # with pyqtgraph, which the window does not wait for
        from gui.style.run_styles import look_of

        if self.window.dashboard is None:
            return
        overlays, names = [], self.runs.names()
        for entry in self.runs.shown:
            if entry.run_log is None:
                self.runs.load(entry)
            elif entry is not self.runs.current:
                look = look_of(self.window.theme, entry.listing.color)
                overlays.append(Overlay(names[entry.id], look.color, look.dashes, entry.run_log))
        self.window.dashboard.show_overlays(overlays)

    def _loaded(self, entry: RunEntry) -> None:
        run_log = self.window.session.run_log
        if entry is self.runs.current and run_log and entry.run_log and entry.run_log is not run_log:
            run_log.take_over(entry.run_log)  # another window goes on with the run that is on the screen
            entry.run_log = run_log
        self.show_overlays()

    def refresh(self) -> None:
        """Bring the list up to date; called twice a second."""
        self.list.update_text()
        self.pages.show_settings()
        self.runs.look()

    def open(self, entry: RunEntry) -> None:
        """Show a run on the dashboard."""
        self.runs.load(entry, lambda run_log: self._open(entry, run_log))

    def _open(self, entry: RunEntry, run_log: RunLog) -> None:
        entry.run_log = run_log
        self.window.panel.show_config(entry.recipe.config)
        self.window.session.open(entry.recipe, entry.run_log)
        self.window.show_page(PageKind.RUN)

    def branch(self, entry: RunEntry | None = None) -> None:
        """Ask what a branch of a run, by default the one on the screen, shall be at the moment that is shown."""
        if entry and entry is not self.runs.current:
            self.runs.load(entry, lambda run_log: self._branch_of(entry, run_log))
        else:
            self._ask_branch()

    def _branch_of(self, entry: RunEntry, run_log: RunLog) -> None:
        self._to_branch = entry  # it is on the screen once its data has been read
        self._open(entry, run_log)

    def _ask_branch(self) -> None:
        from gui.run_list.branch_dialog import BranchDialog

        window, run_log = self.window, self.window.session.run_log
        at = window.dashboard.at if window.dashboard else None
        checkpoint = _kept(run_log, at) if run_log and window.session.begun else None
        if run_log is None or checkpoint is None:
            window.status.note(NO_WEIGHTS)
            return
        if window.session.dataset is None:
            window.status.note(NO_DATA.format(window.session.config.data))
            return
        parent = self.runs.current.recipe if self.runs.current else window.session.recipe
        dialog = BranchDialog(parent, checkpoint, window.theme, at, window)
        dialog.wanted.connect(self._branch)
        dialog.finished.connect(dialog.deleteLater)
        window.session.started.connect(dialog.reject)  # it asks about the run that is on the screen now
        dialog.show()

    def _branch(self, recipe: Recipe, checkpoint: Checkpoint) -> None:
        self.window.panel.show_config(recipe.config)
        self.window.session.branch(recipe, checkpoint)
        self.window.show_page(PageKind.RUN)
        self.window.status.note("The branch is on the screen, and the run that it left stays in the list.")

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.list.apply_theme(theme)
        self.show_overlays()

    def close(self) -> None:
        """End what runs in the background and save the rest."""
        self.pages.close()
        self.runs.autosaver.close()
        QCoreApplication.removePostedEvents(self.runs.line)  # what it still has to tell, nobody is there to hear


def _kept(run_log: RunLog, at: int | None) -> Checkpoint | None:
    """The last weights that are kept up to an iteration, None for now."""
    with run_log.lock:
        kept = run_log.history.weights.at(at) if at is not None else run_log.history.weights.newest
        newest = run_log.checkpoint if at is None else None
    found = [checkpoint for checkpoint in (kept, newest) if checkpoint]
    return max(found, key=lambda checkpoint: checkpoint.iteration, default=None)
