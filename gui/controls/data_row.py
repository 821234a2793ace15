"""The data set in the control panel: its name and size, and buttons to open another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QToolButton, QVBoxLayout, QWidget

from gui.widgets.card import label
from model.base import number_format
from model.data.datasets import Dataset


class DataRow(QWidget):
    """Shows the data set; `folder_chosen` carries the path of another, '' for MNIST. `help` is of the setting."""

    folder_chosen = Signal(str)

    def __init__(self, help: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.name, self.size_text = label("MNIST", "title"), label("", "muted")
        self.choice = QToolButton()
        self.choice.setText("Open folder …")
        self.choice.setToolTip(f"{help}\nTakes effect at Reset.")
        self.choice.clicked.connect(self.choose)
        self.mnist = QToolButton()
        self.mnist.setText("Back to MNIST")
        self.mnist.setToolTip("Train on MNIST again, which comes with Layerscope.\nTakes effect at Reset.")
        self.mnist.clicked.connect(lambda: self.folder_chosen.emit(""))
        for widget in (self.name, self.size_text, self.choice, self.mnist):
            column.addWidget(widget)

    def choose(self) -> None:
        """Ask for a folder with the four IDX files."""
        folder = QFileDialog.getExistingDirectory(self, "Folder with the four IDX files of a data set")
        if folder:
            self.folder_chosen.emit(folder)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the name and size of a data set that was loaded."""
        height, width = dataset.image_shape
        self.name.setText(dataset.name)
        training, test = (number_format.count(len(labels)) for labels in (dataset.train_labels, dataset.test_labels))
        self.size_text.setText(
            f"{training} training, {test} test\n{height} × {width} pixels, {dataset.classes} classes"
        )
