"""Disclosure buttons: headings that unfold what stands below them."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.style.text_size import factor, follow
from gui.widgets.card import label
from gui.widgets.elided_label import ElidedLabel
from model.base.language import tr

SIDE = 10  # pixels of the chevron's square
FOLDED_POINTS = (QPointF(3, 1), QPointF(7, 5), QPointF(3, 9))
UNFOLDED_POINTS = (QPointF(1, 3), QPointF(5, 7), QPointF(9, 3))


class Chevron(QWidget):
    """Points to the right before what is folded away, and down above what is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("muted")
        self.unfolded = False
        follow(self.setFixedSize, SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(factor(), factor())
            painter.setPen(QPen(self.palette().color(self.foregroundRole()), 1.5))
            painter.drawPolyline(UNFOLDED_POINTS if self.unfolded else FOLDED_POINTS)


class DisclosureButton(QPushButton):
    """A heading that folds or unfolds something on a click, Space or Enter; what that is, its owner knows.

    Its accessible name tells the state, since Qt says no more of a button than that it is one.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("disclosure")
        self.setAutoDefault(True)  # Enter presses it too
        self.title, self.unfolded = title, False
        self.chevron, self.summary = Chevron(), ElidedLabel("", "note")
        line = self.line = QHBoxLayout(self)
        line.setContentsMargins(1, 2, 1, 2)
        line.setSpacing(6)
        line.addWidget(self.chevron)
        line.addWidget(label(title.upper(), "heading"))
        line.addWidget(self.summary, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tell(unfolded=False)

    def sizeHint(self) -> QSize:
        return self.line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.line.minimumSize()

    def tell(self, *, unfolded: bool, summary: str = "", explained: str = "") -> None:
        """Show a state and, beside the title, a summary of what is folded away, which the tooltip explains."""
        self.unfolded = self.chevron.unfolded = unfolded
        self.chevron.update()
        self.summary.setText(f"· {summary}" if summary else "")
        name = (
            tr("{section}, unfolded", section=self.title) if unfolded else tr("{section}, folded", section=self.title)
        )
        self.setAccessibleName(f"{name}, {summary}" if summary else name)
        self.setToolTip("\n".join(filter(None, (tr("Fold away") if unfolded else tr("Unfold"), explained))))
