"""The view of the list of runs: what mouse and keys do on a row."""

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from gui.run_list.row_delegate import HEIGHT, TEXT_LEFT
from gui.style.text_size import scaled
from model.base.language import tr


class RunListView(QListView):
    """Rows with a swatch that shows or hides; `opened` and `toggled` tell of the row."""

    opened = Signal(object)
    toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("runs")
        self.setAccessibleName(tr("Runs"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        return QSize(0, scaled(4 * HEIGHT))

    def _on_swatch(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        return (
            index.isValid() and event.position().x() < scaled(TEXT_LEFT) and event.button() == Qt.MouseButton.LeftButton
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on_swatch(event):
            self.toggled.emit(self.indexAt(event.position().toPoint()))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._on_swatch(event):
            self.toggled.emit(index)
        elif index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt makes the first row the current one and leaves it unchosen, so that keys would do nothing with it.
        choice = self.selectionModel()
        if event.reason() != Qt.FocusReason.MouseFocusReason and not choice.hasSelection():
            choice.setCurrentIndex(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
