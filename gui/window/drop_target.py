"""What is dropped on the window: a folder with a data set, a saved run, a picture."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropTarget(QObject):
    """Lets files be dropped on a widget; `folder_dropped` and `file_dropped` carry the path of the first."""

    folder_dropped = Signal(object)
    file_dropped = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _local(event):
            event.acceptProposedAction()
            return True
        if type(event) is QDropEvent and (path := _local(event)):
            (self.folder_dropped if path.is_dir() else self.file_dropped).emit(path)
            return True
        return False


def _local(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return next((Path(url.toLocalFile()) for url in urls if url.isLocalFile()), None)
