"""One digit: its way through the network, its gradient's way back, and the pixels the loss hangs on."""

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from gui import numbers
from gui.detail_view import DetailView
from gui.digit_answers import DigitAnswers
from gui.digit_layers import DigitLayers
from gui.digit_pad import DigitPad, DigitPicture
from gui.digit_tools import DigitTools
from gui.mistake_search import MistakeSearch
from gui.pixels import heat_picture, ink_picture
from gui.run import Moment, Run
from gui.theme import Theme
from gui.weight_pictures import most_parameters, parameters
from model.arrays import Bytes
from model.digit import Explanation, centred, explain
from model.network import Network
from model.request import View
from model.weights import Snapshot

PICTURES = 0.4  # of the width, for the two pictures together at most
ANSWERS = 0.19  # of the width
FEWEST, MOST = 132, 220  # pixels of width of the answers
DIGIT, GRADIENT = 104.0, 146.0  # pixels that titles with their captions need
TOO_LARGE = "Networks of more than {} parameters keep no weights to look at one digit with."
WAITING = "What the network makes of a digit shows when the run begins."
ALL_RIGHT = "no test image is wrong"
DRAWN = ("as if it were a {}", "as if a {}")
READING = "  ·  orange δ: the loss rises with z, blue: it falls"


class DigitView(DetailView):
    """The digit, its gradient, all layers and all classes, of the newest weights or of those kept at a moment."""

    view = View.DIGIT
    wants_weights = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.plots = 3
        self.kept = True
        self.network: Network | None = None
        self.snapshot: Snapshot | None = None
        self.explanation: Explanation | None = None
        self.note = ""
        self.search = MistakeSearch(self)
        self.search.found.connect(self._show_mistake)
        self.tools = DigitTools()
        self.pad = DigitPad("Digit", self._read_digit)
        self.gradient = DigitPicture("|∂L/∂pixel|", self._read_gradient)
        self.gradient.setToolTip("How much the loss would change with each pixel: what the gradient has come to at "
                                 "the end of its way back. Where it has vanished, its largest is tiny.")  # fmt: skip
        self.layers, self.answers = DigitLayers(), DigitAnswers()
        self.header.addWidget(self.tools)
        self.content = QHBoxLayout()
        self.content.setSpacing(16)
        self.content.addWidget(self.pad)
        self.content.addWidget(self.gradient)
        self.content.addWidget(self.layers, 1)
        self.content.addWidget(self.answers)
        self.body.addLayout(self.content, 1)
        self.tools.image_chosen.connect(self._look)
        self.tools.mistake_wanted.connect(self.find_mistake)
        self.tools.drawing_changed.connect(self._draw_or_not)
        self.tools.cleared.connect(self._clear)
        self.pad.drawn.connect(self._look)
        self.pad.resized.connect(self._fit)
        self.layers.layer_chosen.connect(self.layer_chosen)
        self.apply_theme(theme)

    @property
    def drawing(self) -> bool:
        """Whether the digit is the user's own."""
        return self.tools.draw.isChecked()

    @property
    def image(self) -> Bytes | None:
        """What the network is shown, (inputs,)."""
        if self.run is None or self.run.dataset is None:
            return None
        if self.drawing:
            return centred(self.pad.image, self.pad.shape)
        found: Bytes = self.run.dataset.test_images[self.tools.number.value()]
        return found

    @property
    def label(self) -> int | None:
        """What the image is; None for a drawing."""
        if self.run is None or self.run.dataset is None or self.drawing:
            return None
        return int(self.run.dataset.test_labels[self.tools.number.value()])

    def show_run(self, run: Run) -> None:
        super().show_run(run)
        self.network = self.snapshot = self.explanation = None
        self.search.end()
        dataset = run.dataset
        self.tools.setEnabled(dataset is not None)
        if dataset:
            self.tools.set_images(len(dataset.test_labels))
            self.pad.take_shape(dataset.image_shape)
            self.gradient.shape = dataset.image_shape
        self.kept = parameters(run) <= most_parameters(run.config)
        self.tools.mistake.setEnabled(self.kept)
        hidden, classes = run.config.hidden, dataset.classes if dataset else 0
        names = [*(f"Layer {number}" for number in range(1, len(hidden) + 1)), "Output"]
        self.layers.show_network(names, [*hidden, max(classes, 1)], run.config.activation)
        self.answers.show_classes(classes)
        self._fit()
        self._look()

    def draw_plot(self, index: int, moment: Moment) -> None:
        if index == 0 and self._take_weights(moment):
            self._explain()
            self._draw_pictures()
        elif self.explanation and index == 1:
            self.layers.draw(self.explanation)
        elif self.explanation and index == 2:
            self.answers.draw(self.explanation, self.label)

    def _take_weights(self, moment: Moment) -> bool:
        """Have the weights of a moment, or the last ones kept before it; whether they are others than before."""
        if self.run is None or self.run.dataset is None:
            return False
        dataset, mailbox = self.run.dataset, self.run.mailbox
        with mailbox.lock:
            snapshot = mailbox.weights if moment.live else mailbox.history.weights.at(moment.figures.iteration)
        if snapshot is None or snapshot is self.snapshot:
            return False
        self.network = self.network or Network(self.run.config, dataset.inputs, dataset.classes)
        self.network.take(snapshot.state)
        self.snapshot = snapshot
        return True

    def _explain(self) -> None:
        image = self.image
        if self.network and self.snapshot and image is not None:
            self.explanation = explain(self.network, image, self.label)

    def _look(self) -> None:
        """Show another digit, at once."""
        self.note = ""
        self.search.end()
        self._explain()
        self._draw_pictures()
        if self.explanation:
            self.layers.draw(self.explanation)
            self.answers.draw(self.explanation, self.label)
        self.update_text(None)

    def _draw_or_not(self, drawing: bool) -> None:
        self.pad.set_draws(drawing)
        self._look()

    def _clear(self) -> None:
        self.pad.clear()
        self._look()

    def _draw_pictures(self) -> None:
        image, theme = self.image, self.theme
        if image is None:
            return
        ink = self.pad.image if self.drawing else image
        self.pad.show_pixmap(ink_picture(ink, self.pad.shape, self.pad.enlarged, theme))
        if self.explanation:
            heat = heat_picture(image, self.explanation.pixels, self.gradient.shape, self.gradient.enlarged, theme)
            self.gradient.show_pixmap(heat)

    def update_text(self, moment: Moment | None) -> None:
        self.layers.write()
        self.answers.write()
        found = self.explanation
        if self.drawing:
            self.pad.say(*(text.format(found.label) if found else "" for text in DRAWN))
        else:
            self.pad.say("" if self.label is None else f"a {self.label}")
        self.gradient.say(f"largest {numbers.significant(float(found.pixels.max()), 2)}" if found else "")
        self.gradient.item.setVisible(found is not None)
        self.key.setText(self._says())

    def _says(self) -> str:
        if self.run and not self.kept:
            return TOO_LARGE.format(numbers.count(most_parameters(self.run.config)))
        if self.snapshot is None:
            return WAITING
        said = f"weights of iteration {numbers.count(self.snapshot.iteration)}"
        if self.answers.heads.isHidden():
            said = "  ·  ".join([said, *self.answers.texts()])
        if self.note:
            return f"{said}  ·  {self.note}"
        whole = said + READING
        return whole if self.key.fontMetrics().horizontalAdvance(whole) <= self.key.width() else said

    def find_mistake(self) -> None:
        """Look for the next test image that the network gets wrong."""
        if self.run and self.run.dataset and self.network and self.snapshot:
            self.search.begin(self.network, self.run.dataset, self.tools.number.value())

    def _show_mistake(self, index: int | None) -> None:
        if index is None:
            self.note = ALL_RIGHT
            self.update_text(None)
        else:
            self.tools.show_image(index)

    def _read_digit(self, pixel: int) -> str:
        image = self.pad.image if self.drawing else self.image
        return "" if image is None else f"brightness {int(image[pixel])} of 255"

    def _read_gradient(self, pixel: int) -> str:
        found = self.explanation
        return f"|∂L/∂pixel| {numbers.significant(float(found.pixels[pixel]))}" if found else ""

    def _fit(self) -> None:
        """Make the pictures as large as height and width allow."""
        self.answers.setFixedWidth(round(min(max(ANSWERS * self.width(), FEWEST), MOST)))
        pixels = self.pad.best_scale(PICTURES * self.width() / 2)
        self.pad.fit(pixels, DIGIT)
        self.gradient.fit(pixels, GRADIENT)
        self._draw_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.search.end()

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        self.layers.choose_layer(layer)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for part in (self.pad, self.gradient, self.layers, self.answers):
            part.apply_theme(theme)
        self._draw_pictures()
