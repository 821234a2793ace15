"""What is dropped on the window: a folder with a data set, a saved run, a picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropTarget(QObject):
    """Lets files be dropped on a widget: of those, `take_folder` or `take_file` is given the path of the first."""

    def __init__(self, widget: QWidget, take_folder: Callable[[Path], None], take_file: Callable[[Path], None]) -> None:
        super().__init__(widget)
        self.take_folder, self.take_file = take_folder, take_file
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _local(event):
            event.acceptProposedAction()
            return True
        if type(event) is QDropEvent and (path := _local(event)):
            (self.take_folder if path.is_dir() else self.take_file)(path)
            return True
        return False


def _local(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
