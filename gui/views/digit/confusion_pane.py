"""The confusion matrix of the test set beside the images of one of its cells."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.style.theme import Theme
from gui.views.digit.cell_images import INSET_PIXELS, CellImages
from gui.views.digit.confusion_matrix import ConfusionMatrix, Place, cell_texts
from gui.views.digit.share_scales import ShareScales
from gui.views.moment import RunContext
from model.base import number_format
from model.base.language import message, tr, tr_in
from model.measurement.confusion import Confusion

FIT = message("the first {fitting} of {classes} classes fit")
MATRIX_SHARE, IMAGES_SHARE = 9, 5  # of the width


class ConfusionPane(QWidget):
    """Matrix, and the images of the cell that is framed; that of the commonest mistake until another one is chosen.

    `image_chosen` carries the index of a test image: a tile's, or the next one of a cell that is clicked or entered.
    """

    image_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.confusion: Confusion | None = None
        self.chosen = False
        self.matrix, self.images, self.scales = ConfusionMatrix(), CellImages(), ShareScales()
        self.matrix.moved.connect(self._point)
        self.matrix.opened.connect(self._next)
        self.images.chosen.connect(self.image_chosen)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.images, 1)
        below = QHBoxLayout()
        below.setContentsMargins(INSET_PIXELS, 0, INSET_PIXELS, 0)
        below.addWidget(self.scales)
        side.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16 - INSET_PIXELS)
        row.addWidget(self.matrix, MATRIX_SHARE)
        row.addLayout(side, IMAGES_SHARE)

    def show_run(self, run: RunContext) -> None:
        """Show empty cells for another run's data set."""
        self.chosen = False
        dataset = run.dataset
        self.matrix.show_classes(dataset.class_names if dataset else ())
        if dataset:
            self.images.show_images(dataset.test_images, dataset.image_shape)
        self.show_confusion(None)

    @property
    def notes(self) -> list[str]:
        """How many classes show where not all fit."""
        fitting, classes = self.matrix.fitting, self.matrix.classes
        return [tr(FIT, fitting=fitting, classes=classes)] if fitting < classes else []

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show these counts; None shows empty cells."""
        self.confusion = confusion
        self.matrix.show_confusion(confusion)
        self.scales.tell(confusion)
        if not self.chosen:
            self.matrix.point(confusion.worst if confusion else None)
        self._show_cell()

    def select(self, number: int) -> None:
        """Frame the test image of this index where it is among those of the cell."""
        self.images.select(number)

    def _point(self) -> None:
        self.chosen = True
        self._show_cell()

    def _next(self) -> None:
        at = self.images.at
        self.images.go(0 if at is None else at + 1)

    def _show_cell(self) -> None:
        place = self.matrix.place
        if self.confusion is None or place is None:
            self.images.show_cell("", "", self.images.found[:0])
        else:
            title, told = cell_texts(self.confusion, place)
            self.images.show_cell(title, told, self.confusion.images(*place))
        said = [*sentences(self.confusion), *self._cell_sentence(place)]
        self.matrix.setAccessibleDescription(tr_in("between sentences", ". ").join(said))

    def _cell_sentence(self, place: Place | None) -> list[str]:
        if self.confusion is None or place is None:
            return []
        title, told = cell_texts(self.confusion, place)
        return [tr("{name}: {value}", name=title, value=told)]

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        for part in (self.matrix, self.images, self.scales):
            part.apply_theme(theme)


def sentences(confusion: Confusion | None) -> list[str]:
    """What the counts say: how many are right, and the commonest mistake."""
    if confusion is None:
        return []
    share, total = number_format.percent(confusion.accuracy), number_format.count(len(confusion.labels))
    said = [tr("{share} of {total} test images right", share=share, total=total)]
    if confusion.worst:
        true, answer = confusion.worst
        times = number_format.count(int(confusion.counts[confusion.worst]))
        said.append(
            tr(
                "most often a {true} is answered {answer}: {times} times",
                true=confusion.name(true),
                answer=confusion.name(answer),
                times=times,
            )
        )
    return said
