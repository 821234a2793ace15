"""What the library takes on the disk: its size, its budget, what would be freed, and freeing it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.phrased_label import PhrasedLabel
from gui.widgets.setting_editors import NumberSpinBox
from model.base.language import message, tr
from model.base.number_format import file_size
from model.library.budget import LibrarySize
from model.library.size_sentences import NO_LIMIT, consequences, rows

WIDTH, FIELD_WIDTH = 472, 96
LINES = 6  # of the sentences, so that few of them move anything
MARGIN = 16
GIGABYTE = 1_000_000_000
MOST_GIGABYTES, STEP_GIGABYTES = 100_000.0, 0.5
MEASURING = message("Measuring …")
FREEING = message("Freeing: {done} of {total}. Training and the window go on.")
FREE, KEEP, STOP, CLOSE = message("Free {bytes}"), message("Set budget"), message("Stop"), message("Close")
FREE_TIP = message("Set this budget and do at once what is said above (Enter)")
KEEP_TIP = message("Set this budget; whenever the library outgrows it, the weights of the oldest runs go (Enter)")
BUDGET_TIP = message("When the library is larger, weights of its oldest runs go by themselves; 0 is no limit")


class LibraryDialog(QDialog):
    """Shows a LibrarySize; `keep_wanted` carries the budget to set, in bytes, and to free to; `stop_wanted` ends that.

    `path` is where the library is, or a sentence that it is nowhere.
    """

    keep_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, path: str, theme: Theme, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle(tr("Library"))
        self.setObjectName("panelContent")
        follow(self.setFixedWidth, WIDTH)
        self.size_told: LibrarySize | None = None
        self.working = False
        self.path = label(path, "muted")
        self.path.setWordWrap(True)
        self.path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.path.setAccessibleName(tr("Path of the library"))
        self.figures = QGridLayout()
        self.figures.setHorizontalSpacing(16)
        self.figures.setVerticalSpacing(6)
        self.figures.setColumnStretch(1, 1)
        self.budget = self._make_budget()
        self.said = PhrasedLabel(tr(MEASURING))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Freed so far"))
        self.bar.setRange(0, 1000)
        self.button, self.close_button = QPushButton(tr(KEEP)), QPushButton(tr(CLOSE))
        self.button.setObjectName("primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self._keep)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self._end)
        self._arrange()
        self.path.setFocus()  # what is measured cannot be set yet
        self.apply_theme(theme)
        self._update()

    def _make_budget(self) -> NumberSpinBox:
        field = NumberSpinBox(0.0, MOST_GIGABYTES, tr(NO_LIMIT))
        field.setSingleStep(STEP_GIGABYTES)
        field.setToolTip(tr(BUDGET_TIP))
        field.setAccessibleName(tr("Budget in gigabytes"))
        follow(field.setFixedWidth, FIELD_WIDTH)
        field.valueChanged.connect(self._update)
        return field

    def _arrange(self) -> None:
        name = QLabel(tr("&Budget"))
        name.setBuddy(self.budget)
        field = QHBoxLayout()
        field.setSpacing(6)
        field.addWidget(self.budget)
        field.addWidget(label("GB", "muted"))
        field.addStretch()
        self.cells: dict[str, QLabel] = {}
        for row, (word, _) in enumerate(rows(LibrarySize(0, 0, 0, (), 0))):
            self.figures.addWidget(label(word), row, 0)
            self.cells[word] = label("–")
            self.figures.addWidget(self.cells[word], row, 1)
        self.figures.addWidget(name, len(self.cells), 0)
        self.figures.addLayout(field, len(self.cells), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(label(tr("Library"), "title"))
        column.addWidget(self.path)
        column.addSpacing(4)
        column.addLayout(self.figures)
        column.addSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addStretch()
        column.addLayout(buttons)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self._warning = theme.warning

    def is_measured(self) -> bool:
        """Whether it is known what the library takes."""
        return self.size_told is not None

    @property
    def bytes_wanted(self) -> int:
        """The budget in the field."""
        return round(self.budget.value() * GIGABYTE)

    def show_size(self, size: LibrarySize) -> None:
        """Show what the library takes, before and after freeing; the first time, the field gets its budget."""
        first, self.size_told, self.working = self.size_told is None, size, False
        for word, figure in rows(size):
            self.cells[word].setText(figure)
        if first:
            self.budget.setValue(size.budget / GIGABYTE)
        self._update()
        if first and self.focusWidget() is self.path:  # nobody has gone elsewhere meanwhile
            self.budget.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Show that so many of all bytes to free are free."""
        self.working = True
        self.bar.setValue(round(1000 * min(done / max(total, 1), 1.0)))
        self._say(tr(FREEING, done=file_size(done), total=file_size(total)))
        self._update_controls()

    def show_trouble(self, trouble: str) -> None:
        """Show why something could not be done."""
        self.working = False
        self._update_controls()
        self._say(trouble, self._warning)

    def _update(self) -> None:
        size = self.size_told
        if size is not None and not self.working:
            self._say("\n".join(consequences(size, self.bytes_wanted)))
        self._update_controls()

    def _update_controls(self) -> None:
        size = self.size_told
        frees = size.freeing(self.bytes_wanted).bytes if size else 0
        changed = size is not None and self.bytes_wanted != size.budget
        self.button.setText(tr(FREE, bytes=file_size(frees)) if frees else tr(KEEP))
        self.button.setToolTip(tr(FREE_TIP if frees else KEEP_TIP))
        self.button.setEnabled(not self.working and bool(frees or changed))
        self.close_button.setText(tr(STOP if self.working else CLOSE))
        self.budget.setEnabled(size is not None and not self.working)
        self.bar.setVisible(self.working)

    def _say(self, text: str, color: str = "") -> None:
        self.said.setStyleSheet(f"color: {color};" if color else "")
        self.said.say(text)
        lines = LINES * self.said.fontMetrics().lineSpacing()
        self.said.setFixedHeight(max(lines, self.said.heightForWidth(self.width() - 2 * MARGIN)))
        self.adjustSize()

    def _keep(self) -> None:
        self.keep_wanted.emit(self.bytes_wanted)

    def _end(self) -> None:
        if self.working:
            self.stop_wanted.emit()
        else:
            self.reject()

    def reject(self) -> None:
        """Close; what is under way ends after its step."""
        if self.working:
            self.stop_wanted.emit()
        super().reject()
