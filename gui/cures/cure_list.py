"""The list of cures, on the left of the window: what each change of the sick run gave, best first."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.cures.cure_finder import CureFinder
from gui.cures.cure_row_delegate import TEXT_LEFT, CureRowDelegate
from gui.cures.cure_rows import CURE_ROW, CureRow, CureTableModel
from gui.style.text_size import follow, scaled
from gui.style.theme import Theme
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.base.number_format import count, duration
from model.config.config import Config
from model.cures.report import conclusion

STOP, GO_ON, PAIRS = message("Stop"), message("Go on"), message("Try pairs")
TIPS = {
    STOP: message("Begin no more runs, and keep what is known"),
    GO_ON: message("Go on with what has not been tried"),
    PAIRS: message("Try two changes at once, although one cures"),
}


class CureView(QListView):
    """Rows that a click opens; a click on the mark before them keeps them."""

    opened = Signal(object)
    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runs")
        self.setAccessibleName(tr("Changes that were tried"))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._tell(index, keep=event.position().x() < scaled(TEXT_LEFT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Space: True, Qt.Key.Key_Return: False, Qt.Key.Key_Enter: False}
        keep = keys.get(Qt.Key(event.key()))
        if keep is None or not self.currentIndex().isValid():
            super().keyPressEvent(event)
        else:
            self._tell(self.currentIndex(), keep=keep)

    def _tell(self, index: QModelIndex, *, keep: bool) -> None:
        row: CureRow = index.data(CURE_ROW)
        if not keep:
            self.opened.emit(row.result.trial)
        elif row.result.trial.changes and not row.kept:
            self.kept.emit(row.result.trial)


class CureList(QWidget):
    """What a finder has found by now, how far it is, and a button to stop it or to go on; `kept` are kept runs."""

    def __init__(self, finder: CureFinder, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panelContent")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.finder = finder
        self.kept: frozenset[Config] = frozenset()
        self._shown: tuple[object, ...] = ()
        self.title = ElidedLabel("")
        self.title.setObjectName("title")
        self.figures = ElidedLabel("")
        self.sentence = WrappedLabel("message")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Progress of the search for a cure"))
        self.button = QToolButton()
        self.button.setObjectName("compact")
        follow(self.button.setFixedWidth, 72)
        self.button.clicked.connect(self._press)
        self.table = CureTableModel(self)
        self.delegate = CureRowDelegate(theme, self)
        self.view = CureView()
        self.view.setModel(self.table)
        self.view.setItemDelegate(self.delegate)
        self.setFocusProxy(self.view)
        self._lay_out()
        self.update_text()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(16, 4, 12, 0)
        head.setSpacing(6)
        line = QHBoxLayout()
        line.addWidget(self.figures, 1)
        line.addWidget(self.button)
        head.addWidget(self.title)
        head.addLayout(line)
        head.addWidget(self.progress)
        head.addWidget(self.sentence)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def show_name(self, name: str) -> None:
        """Say which run is sick."""
        self.title.setText(tr("Cures of {run}", run=name))
        self.title.setToolTip(name)

    def update_text(self) -> None:
        """Show what is known by now; called twice a second, and at once where something was pressed."""
        finder, search = self.finder, self.finder.search
        self.figures.setText(self._figures())
        if self._shown == (shown := (search, finder.version, finder.busy, self.kept)):
            return
        self._shown = shown
        current = self.view.currentIndex()
        chosen = self.table.rows[current.row()].config if current.isValid() else None
        if self.table.show_results(search, self.kept):
            self.view.setCurrentIndex(self.table.index_of(chosen))
        wanted = self._wanted()
        self.button.setText(tr(wanted) if wanted else "")
        self.button.setToolTip(tr(TIPS[wanted]) if wanted else "")
        self.button.setVisible(bool(wanted))
        self.progress.setVisible(finder.busy)
        self.progress.setMaximum(max(search.planned, 1) if search else 1)
        self.progress.setValue(len(search.results) if search else 0)
        self.sentence.say(conclusion(search) if search else "")

    def _figures(self) -> str:
        search, left = self.finder.search, self.finder.seconds_left()
        if not search or not search.planned:
            return tr("The run itself is tried first") if self.finder.busy else ""
        tried = count(len(search.results))
        if search.finished:
            return tr("{tried} tried", tried=tried)
        planned = count(search.planned)
        if left is None:
            return tr("{tried} of {planned} tried", tried=tried, planned=planned)
        return tr("{tried} of {planned}  ·  {time} left", tried=tried, planned=planned, time=duration(left))

    def _wanted(self) -> str:
        """What the button would do now, '' for nothing."""
        search = self.finder.search
        if self.finder.busy:
            return STOP
        if not search:
            return ""
        if search.more_is_left and search.cure and not search.tried_pairs:
            return PAIRS
        return GO_ON if search.more_is_left or not search.finished else ""

    def _press(self) -> None:
        if self.finder.busy:
            self.finder.stop()
        else:
            self.finder.go_on()
        self.update_text()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.delegate.theme = theme
        self.view.viewport().update()
