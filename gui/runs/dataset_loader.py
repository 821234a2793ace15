"""Reads a data set while the window goes on."""

from PySide6.QtCore import QThread, Signal

from model.base.errors import InputError
from model.data.datasets import load_dataset


class DatasetLoader(QThread):
    """Reads a data set in the background."""

    loaded = Signal(str, object)
    refused = Signal(str, str)

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def run(self) -> None:
        try:
            dataset = load_dataset(self.folder)
            dataset.test_set  # noqa: B018  arranged here, so that the window does not wait for it
        except InputError as error:
            self.refused.emit(self.folder, str(error))
        except Exception as error:  # one that leaves run() would be printed and lost
            self.refused.emit(self.folder, f"The data set cannot be read: {error}")
        else:
            self.loaded.emit(self.folder, dataset)
