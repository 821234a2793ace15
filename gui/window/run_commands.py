"""What the user can do with runs of the list and the one on the screen: open them, branch off them."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.run_list.actions import text_of
from gui.run_list.run_list import RunList
from gui.runs.run_entry import RunEntry
from gui.runs.session import Session
from gui.runs.viewed import HIDDEN
from gui.widgets.command import Menu, MenuCommand
from gui.window.library_commands import LibraryCommands
from gui.window.run_files import RunFiles
from model.base.language import message, tr
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog

NO_WEIGHTS = message("None of this run's weights are kept, and a branch begins with weights: train or step it first.")
NO_DATA = message("A branch goes on training, and this run's data set is not there: '{place}'.")
BRANCHED = message("The branch is on the screen, and the run that it left stays in the list.")


class RunCommands(QObject):
    """Opening and branching. Says what is to be shown: a note, the settings of a run, a page."""

    said = Signal(str)
    config_shown = Signal(object)
    page_wanted = Signal(object)

    def __init__(self, run_list: RunList, session: Session, files: RunFiles) -> None:
        super().__init__(run_list)
        self.run_list, self.session, self.files = run_list, session, files
        self.registry, self.viewed = run_list.runs, session.viewed
        self.library = LibraryCommands(run_list)
        self._to_branch: RunEntry | None = None  # as soon as its data set has been read
        self.viewed.run_changed.connect(self._run_changed)
        files.run_wanted.connect(self.open)
        run_list.open_wanted.connect(self.open)
        run_list.branch_wanted.connect(self.branch)
        run_list.export_wanted.connect(files.choose_format)
        run_list.copy_wanted.connect(files.copy)

    def busy(self) -> bool:
        """Whether any run goes on, on the screen or behind it."""
        behind = (entry for entry in self.registry.entries if entry is not self.viewed.entry)
        return self.session.running or any(entry.going for entry in behind)

    @Slot(object)
    def open(self, entry: RunEntry) -> None:
        """Show a run on the dashboard, once it has been read."""
        self.registry.load(entry, lambda run_log: self._open(entry, run_log))

    def _open(self, entry: RunEntry, run_log: RunLog) -> None:
        self.config_shown.emit(entry.recipe.config)
        self.session.open(entry.recipe, run_log)
        self.page_wanted.emit(PageKind.RUN)

    def branch_here(self) -> None:
        """Ask what a branch of the run on the screen shall be at the moment that is viewed."""
        self._ask_branch()

    @Slot(object)
    def branch(self, entry: RunEntry) -> None:
        """Show a run, then ask what a branch of it shall be."""
        if entry is self.viewed.entry:
            self._ask_branch()
            return
        self._to_branch = entry
        self.open(entry)

    @Slot()
    def _run_changed(self) -> None:
        wanted, self._to_branch = self._to_branch, None
        if wanted and wanted is self.viewed.entry:
            self._ask_branch()

    def _ask_branch(self) -> None:
        from gui.run_list.branch_dialog import BranchDialog

        viewed, at = self.viewed, self.viewed.at
        if viewed.covered:
            self.said.emit(tr(HIDDEN))
            return
        run_log = viewed.run_log if self.session.state.has_begun else None
        checkpoint = _kept(run_log, at) if run_log else None
        if checkpoint is None and not (run_log and run_log.history.weights.freed):
            self.said.emit(tr(NO_WEIGHTS))
            return
        if viewed.dataset is None:
            self.said.emit(tr(NO_DATA, place=viewed.config.data))
            return
        parent = viewed.entry.recipe if viewed.entry else viewed.recipe
        assert run_log is not None
        place = checkpoint.iteration if checkpoint else run_log.iteration if at is None else at
        dialog = BranchDialog(parent, place, checkpoint, self.run_list.theme, at, self.run_list.window())
        dialog.wanted.connect(self._branch)
        dialog.finished.connect(dialog.deleteLater)
        viewed.run_changed.connect(dialog.reject)  # it asks about the run that is on the screen now
        dialog.show()

    def _branch(self, recipe: Recipe, checkpoint: Checkpoint | None) -> None:
        self.config_shown.emit(recipe.config)
        self.session.branch(recipe, checkpoint)
        self.page_wanted.emit(PageKind.RUN)
        self.said.emit(tr(BRANCHED))

    def _copy_command(self) -> None:
        self.files.copy_viewed("command")

    def _copy_python(self) -> None:
        self.files.copy_viewed("python")

    def commands(self) -> list[MenuCommand]:
        """Entries of the menu Runs that concern the run on the screen."""
        return [
            MenuCommand(Menu.RUNS, "branch", tr("Branch off here …"), self.branch_here, "Ctrl+B"),
            MenuCommand(Menu.RUNS, "copy-command", text_of("command"), self._copy_command, "Ctrl+Alt+C", group=1),
            MenuCommand(Menu.RUNS, "copy-python", text_of("python"), self._copy_python, group=1),
            *self.library.commands(),
        ]


def _kept(run_log: RunLog, at: int | None) -> Checkpoint | None:
    """The last weights that are kept up to an iteration, None for now."""
    with run_log.lock:
        kept = run_log.history.weights.at(at) if at is not None else run_log.history.weights.newest
        newest = run_log.checkpoint if at is None else None
    found = [checkpoint for checkpoint in (kept, newest) if checkpoint]
    return max(found, key=lambda checkpoint: checkpoint.iteration, default=None)
