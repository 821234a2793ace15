"""The data set in the control panel: its name, size and notes, and buttons to open another."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from gui.controls.recent_data import RecentData
from gui.widgets.card import label
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.mnemonics import mark_when_opened
from gui.widgets.wrapped_label import WrappedLabel
from model.base import number_format
from model.base.language import message, tr
from model.data.datasets import Dataset

SUFFIXES = ("*.gz", "*.zip", "*.npz", "*.csv", "*.tgz", "*.tar", "*.npy", "*ubyte*", "*idx*")
SIZE = message("{training} training, {test} test\n{height} × {width} pixels, {classes} classes")
LABELLED = message("Labels {first} to {last}.")
LABELLED_WITH_GAPS = message("Labels {first} to {last}, not all of them.")


class DataRow(QWidget):
    """Shows the data set; `place_chosen` carries the path of another, '' for MNIST. `help` is of the setting.

    `asking` says that the user is about to be asked for one.
    """

    place_chosen = Signal(str)
    asking = Signal()

    def __init__(self, help: str) -> None:
        super().__init__()
        self.recent = RecentData(self)
        self.recent.chosen.connect(self.place_chosen)
        self.name, self.size_text = label("MNIST", "title"), label("", "muted")
        self.notes = WrappedLabel("small")
        self.choice = self._button(tr("Open folder …"), help)
        self.choice.clicked.connect(self.choose_folder)
        self.file = self._button(tr("Open file …"), help)
        self.file.clicked.connect(self.choose_file)
        self.mnist = self._button(tr("Back to MNIST"), tr("Train on MNIST again, which comes with Layerscope."))
        self.mnist.clicked.connect(partial(self.place_chosen.emit, ""))
        opening = QHBoxLayout()
        opening.setSpacing(6)
        opening.addWidget(self.choice)
        opening.addWidget(self.file)
        opening.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.name, self.size_text, self.notes):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addLayout(opening)
        column.addWidget(self.mnist)

    def _button(self, text: str, help: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setToolTip(f"{help}\n{tr('Takes effect at Reset.')}")
        return made

    def choose_folder(self) -> None:
        """Ask for a folder with a data set."""
        self.asking.emit()
        self._take(QFileDialog.getExistingDirectory(self, tr("Folder with a data set")))

    def choose_file(self) -> None:
        """Ask for an archive or a file of a data set."""
        self.asking.emit()
        kinds = f"{tr('Data sets')} ({' '.join(SUFFIXES)});;{tr('All files')} (*)"
        self._take(QFileDialog.getOpenFileName(self, tr("Archive or file of a data set"), "", kinds)[0])

    def _take(self, path: str) -> None:
        if path:
            self.place_chosen.emit(path)

    def offer(self, paths: Sequence[str]) -> None:
        """Ask which of several data sets is meant, where the cursor is."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("Data sets"))
        for path in paths:
            menu.addAction(path.replace("&", "&&")).triggered.connect(partial(self._choose, path))
        mark_when_opened(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _choose(self, path: str, _checked: bool = False) -> None:
        self.place_chosen.emit(path)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the name, size and notes of a data set that was loaded, and keep where it lies."""
        height, width = dataset.image_shape
        self.name.setText(dataset.name)
        training, test = (number_format.count(len(labels)) for labels in (dataset.train_labels, dataset.test_labels))
        self.size_text.setText(
            tr(SIZE, training=training, test=test, height=height, width=width, classes=dataset.classes)
        )
        self.notes.say("\n".join([*_labelled(dataset.class_labels), *dataset.notes]))
        files = "\n".join(f"{role}: {path}" for role, path in dataset.files)
        self.name.setToolTip(f"{dataset.place}\n{files}" if dataset.place else files)
        if dataset.place:
            self.recent.add(dataset.place)

    def commands(self) -> list[MenuCommand | LazyMenu]:
        """Entries of the menu File."""
        return [
            MenuCommand(Menu.FILE, "open-data", tr("Open data folder …"), self.choose_folder, "Ctrl+O"),
            MenuCommand(Menu.FILE, "open-data-file", tr("Open data file …"), self.choose_file, "Ctrl+Alt+O"),
            LazyMenu(f"{Menu.FILE}/{message('&Data sets')}", self.recent.fill),
        ]


def _labelled(labels: Sequence[int]) -> list[str]:
    """Which labels the classes have, where these are not counted from 0."""
    if labels[0] == 0 and labels[-1] == len(labels) - 1:
        return []
    text = LABELLED if labels[-1] - labels[0] == len(labels) - 1 else LABELLED_WITH_GAPS
    return [tr(text, first=labels[0], last=labels[-1])]
