"""What is dropped on the window: a folder with a data set or with lessons, a saved run, a picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropTarget(QObject):
    """Lets files be dropped on a widget; the path of the first is given to `take_folder` or `take_file`.

    Before them `take_lessons` is asked, which says whether it is something for it.
    """

    def __init__(
        self, widget: QWidget, take_lessons: Callable[[Path], bool], take_folder: Callable[[Path], None],
        take_file: Callable[[Path], None],
    ) -> None:  # fmt: skip
        super().__init__(widget)
        self.take_lessons, self.take_folder, self.take_file = take_lessons, take_folder, take_file
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _local(event):
            event.acceptProposedAction()
            return True
        if type(event) is QDropEvent and (path := _local(event)):
            if not self.take_lessons(path):
                (self.take_folder if path.is_dir() else self.take_file)(path)
            return True
        return False


def _local(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
