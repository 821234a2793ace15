"""Combo boxes that say all, also where they are too narrow for it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QToolTip

MARGINS = 2  # pixels that the style leaves beside the text


class ChoiceBox(QComboBox):
    """Combo box for a Choice or an optimiser; `members` are (key, text, tooltip).

    A text that it is too narrow for ends in …; the tooltip begins with the whole of it then.
    """

    def __init__(self, members: list[tuple[str, str, str]]) -> None:
        super().__init__()
        for key, text, tip in members:
            self.addItem(text, key)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        complex_control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(complex_control, option, part, self).width() - MARGINS
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.whole_tooltip, self)
            return True
        return super().event(event)

    @property
    def shown_text(self) -> str:
        """The text of the present choice as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option.currentText

    @property
    def whole_tooltip(self) -> str:
        """The tooltip, after the text of the present choice if that is cut."""
        cut = self.shown_text != self.currentText()
        return f"{self.currentText()}\n{self.toolTip()}" if cut else self.toolTip()
