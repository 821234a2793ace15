"""The digit and, beside it, the digit with the gradient of its pixels."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.style.theme import Theme
from gui.views.digit.drawing_pad import DigitPicture, DrawingPad
from gui.views.digit.pixmaps import heat_picture, ink_picture
from gui.views.spoken_chain import pixels_said
from model.base import number_format
from model.base.arrays import Bytes
from model.base.language import message, tr
from model.data.datasets import Dataset
from model.measurement.saliency import Saliency

DIGIT_PIXELS, GRADIENT_PIXELS = 104.0, 146.0  # pixels that titles with their captions need
WIDE_PIXELS = 160  # of width from which on words are longer
DRAWN = (message("as if it were a {name}"), message("as if a {name}"))
HELP = message(
    "How much the loss would change with each pixel: what the gradient has come to at the end of its way back. "
    "The deepest colour is its largest, which is tiny where it has vanished."
)


class DigitImages(QWidget):
    """Drawing pad and gradient picture, side by side and on one scale."""

    drawn = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.image: Bytes | None = None
        self.explanation: Saliency | None = None
        self.names: tuple[str, ...] = ()
        self.most = DIGIT_PIXELS
        self.pad, self.gradient = (
            DrawingPad(tr("Digit"), self._read_digit),
            DigitPicture(tr("|∂L/∂pixel|"), self._read_gradient),
        )
        self.gradient.setToolTip(tr(HELP))
        self.pad.drawn.connect(self.drawn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.pad)
        row.addWidget(self.gradient)

    def take_dataset(self, dataset: Dataset) -> None:
        """Set the images' shape and the classes' names, and forget the digit."""
        shape, self.names = dataset.image_shape, dataset.class_names
        self.image = self.explanation = None
        self.pad.take_shape(shape)
        self.gradient.shape = shape
        self._fit()

    def show_digit(self, image: Bytes | None, explanation: Saliency | None) -> None:
        """Draw an image, of shape (inputs,), and its pixel gradient."""
        self.image, self.explanation = image, explanation
        self.pad.item.setVisible(image is not None)
        self.gradient.item.setVisible(explanation is not None)
        self._draw()

    def _draw(self) -> None:
        if self.image is None:
            return
        pad, gradient = self.pad, self.gradient
        ink = pad.image if pad.draws else self.image
        pad.show_pixmap(ink_picture(ink, pad.shape, pad.enlarged, self.theme))
        if self.explanation:
            pixels = self.explanation.pixels
            gradient.show_pixmap(heat_picture(self.image, pixels, gradient.shape, gradient.enlarged, self.theme))

    def write(self, label: int | None) -> None:
        """Write the captions: the class, or the class a drawing is taken for, and the largest pixel gradient."""
        found = self.explanation
        if self.pad.draws:
            self.pad.say(*(tr(text, name=self.names[found.label]) if found else "" for text in DRAWN))
        else:
            self.pad.say("" if label is None else tr("a {name}", name=self.names[label]))
        self.pad.describe(self.pad.caption.text)
        self.gradient.describe(pixels_said(found, self.gradient.shape[1]) if found else "")
        most = number_format.significant(float(found.pixels.max()), 2) if found else ""
        wide = self.gradient.room.width() >= WIDE_PIXELS
        said = tr("largest {value}", value=most) if wide else tr("max {value}", value=most)
        self.gradient.say(said if found else "")

    def make_room(self, most: float) -> None:
        """Set the largest width of each picture, in units of its scene."""
        self.most = most
        self._fit()

    def _fit(self) -> None:
        pixels = self.pad.best_scale(self.most)
        self.pad.fit(pixels, DIGIT_PIXELS)
        self.gradient.fit(pixels, GRADIENT_PIXELS)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _read_digit(self, pixel: int) -> str:
        image = self.pad.image if self.pad.draws else self.image
        return "" if image is None else tr("brightness {value} of 255", value=int(image[pixel]))

    def _read_gradient(self, pixel: int) -> str:
        found = self.explanation
        value = number_format.significant(float(found.pixels[pixel])) if found else ""
        return tr("|∂L/∂pixel| {value}", value=value) if found else ""

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.pad.apply_theme(theme)
        self.gradient.apply_theme(theme)
        self._draw()
