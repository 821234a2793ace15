"""The bar that says what was deleted and brings it back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton

from gui.style.text_size import follow
from gui.widgets.card import label
from model.base.language import tr


class UndoBar(QFrame):
    """Hidden until something was deleted."""

    def __init__(self, undo: QAction) -> None:
        super().__init__()
        self.said = ""
        self.text = label("", "message")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.undo, away = QPushButton(tr("Undo")), QToolButton()
        self.undo.setObjectName("remedy")
        self.undo.setToolTip(undo.toolTip())
        self.undo.clicked.connect(undo.trigger)
        away.setObjectName("flat")
        away.setText("×")
        follow(away.setFixedSize, 19, 22)
        away.setAccessibleName(tr("Close"))
        away.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 12, 0)
        line.setSpacing(4)
        for widget, stretch in ((self.text, 1), (self.undo, 0), (away, 0)):
            line.addWidget(widget, stretch)
        self.hide()

    def tell(self, text: str) -> None:
        """Say this, and offer to undo it."""
        self.said = text
        self.show()
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = self.text.fontMetrics()
        self.text.setText(metrics.elidedText(self.said, Qt.TextElideMode.ElideMiddle, self.text.width()))
        self.text.setToolTip(self.said)
