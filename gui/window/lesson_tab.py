"""The room of the Lesson tab, which is empty until it is first looked at: nothing of lessons is imported before."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout

if TYPE_CHECKING:
    from gui.lessons.lesson_pages import LessonPages


class LessonTab(QFrame):
    """The room of the tab; `panel` fills it, once."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.panel: LessonPages | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def setFocus(self, *_: object) -> None:
        if self.panel:
            self.panel.take_focus()
