"""Branching off a run: a new one begins with the weights of a moment, and with other settings."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.run_list.branch_form import BranchForm
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.phrased_label import PhrasedLabel
from model.base import number_format
from model.base.errors import InputError
from model.base.language import message, tr, tr_in
from model.config.recipe import Recipe
from model.history.checkpoints import Checkpoint
from model.training.branch_sentences import consequences
from model.training.weight_transfer import needs_memory

WIDTH = 452
LINES = 4  # of the sentences, so that few of them move anything
MARGIN = 16
TRAINED_AGAIN = message(
    "The weights of this run went to make room in the library: it is trained again up to here before the branch "
    "begins, which then sees the same batches."
)


class BranchDialog(QDialog):
    """Asks what a branch of `parent` at an iteration shall be; `wanted` carries its recipe and `checkpoint`.

    `shown` is the iteration that was looked at, for which `checkpoint` has the last weights that are kept; without one
    the parent is trained again up to there.
    """

    wanted = Signal(object, object)

    def __init__(
        self,
        parent: Recipe,
        at: int,
        checkpoint: Checkpoint | None,
        theme: Theme,
        shown: int | None = None,
        over: QWidget | None = None,
    ) -> None:
        super().__init__(over)
        self.origin, self.at, self.checkpoint = parent, at, checkpoint
        title = tr("Branch off at iteration {iteration}", iteration=number_format.count(at))
        self.setWindowTitle(title)
        self.setObjectName("panelContent")
        follow(self.setFixedWidth, WIDTH)
        before = parent.config_at(at)
        # A branch off the end of a run needs somewhere to go.
        ended = at == before.iterations
        config = before.replace(iterations=2 * max(before.iterations, 1)) if ended else before
        self.form = BranchForm(before, config, at)
        self.form.changed.connect(self._update)
        self.form.refused.connect(self._refuse)
        self.heading = label(title, "title")
        self.about = _wrapped("muted")
        self.about.say(_about(at, shown) if checkpoint else tr(TRAINED_AGAIN))
        self.said = _wrapped("message")
        self.button, self.cancel = QPushButton(tr_in("a verb", "Branch")), QPushButton(tr("Cancel"))
        self.button.setObjectName("primary")
        self.button.setDefault(True)
        self.button.setToolTip(tr("Train the branch; the run it leaves goes on behind it (Enter)"))
        self.button.clicked.connect(self._branch)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._arrange()
        self.apply_theme(theme)
        self._update()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addStretch()
        column.addSpacing(8)
        column.addWidget(self.said)
        column.addLayout(buttons)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self._warning = theme.warning
        self._update()

    def recipe(self) -> Recipe:
        """The branch that is asked for; raises InputError."""
        made = self.origin.branched(self.at, self.form.scales)
        made = replace(made, config=self.form.config)
        if made.branch and self.checkpoint and needs_memory(made) and not self.checkpoint.memory:
            return replace(made, branch=replace(made.branch, fresh=True))
        return made

    def _update(self) -> None:
        try:
            sentences = consequences(self.recipe())
        except InputError as error:
            self._refuse(str(error))
            return
        self.said.setStyleSheet("")
        self._say("\n".join(sentences))
        self.button.setEnabled(True)

    def _refuse(self, why: str) -> None:
        self.said.setStyleSheet(f"color: {self._warning};")
        self._say(why)
        self.button.setEnabled(False)

    def _say(self, text: str) -> None:
        self.said.say(text)
        lines = LINES * self.said.fontMetrics().lineSpacing()
        self.said.setFixedHeight(max(lines, self.said.heightForWidth(self.width() - 2 * MARGIN)))
        self.adjustSize()

    def _branch(self) -> None:
        recipe = self.recipe()
        self.accept()
        self.wanted.emit(recipe, self.checkpoint)


def _about(at: int, shown: int | None) -> str:
    begins = tr("The branch begins with these weights and sees the same batches as the run it leaves.")
    if shown is None or shown == at:
        return begins
    shown_at, kept_at = number_format.count(shown), number_format.count(at)
    kept = tr("The last weights kept up to iteration {shown} are those of {kept}.", shown=shown_at, kept=kept_at)
    return tr("{sentence} {another}", sentence=kept, another=begins)


def _wrapped(role: str) -> PhrasedLabel:
    made = PhrasedLabel(role=role)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made
