"""What is dropped on the window: a data set, lessons, a saved run, a picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from model.base.user_paths import RUN_SUFFIX

OTHERS = (RUN_SUFFIX, ".png", ".svg", ".pdf", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")  # runs and pictures


class DropTarget(QObject):
    """Lets files be dropped on a widget: the first path goes to `take_data`, a run's or picture's to `take_file`.

    Before them `take_lessons` is asked, which says whether it is something for it.
    """

    def __init__(
        self, widget: QWidget, take_lessons: Callable[[Path], bool], take_data: Callable[[Path], None],
        take_file: Callable[[Path], None],
    ) -> None:  # fmt: skip
        super().__init__(widget)
        self.take_lessons, self.take_data, self.take_file = take_lessons, take_data, take_file
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _local(event):
            event.acceptProposedAction()
            return True
        if type(event) is QDropEvent and (path := _local(event)):
            self.take(path)
            return True
        return False

    def take(self, path: Path) -> None:
        """Open what lies at a path as what it is."""
        if not self.take_lessons(path):
            (self.take_data if _may_be_data(path) else self.take_file)(path)


def _may_be_data(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() not in OTHERS


def _local(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
