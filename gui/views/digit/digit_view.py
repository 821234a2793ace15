"""Digit view: one digit through all layers, its gradient back, and the pixels on which the loss depends."""

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from gui.style.text_size import factor, scaled
from gui.style.theme import Theme
from gui.views.checkpoint_network import CheckpointNetwork
from gui.views.digit.class_bars import ClassBars
from gui.views.digit.images import DigitImages
from gui.views.digit.layer_rows import LayerRows
from gui.views.digit.mistake_search import MistakeSearch
from gui.views.digit.toolbar import DigitToolbar
from gui.views.moment import Moment, RunContext
from gui.views.view import View
from model.base.arrays import Bytes
from model.config.views import ViewKind
from model.measurement.saliency import Saliency, centred, saliency_of

PICTURES_SHARE = 0.4  # of the width, for the two pictures together at most
ANSWERS_SHARE = 0.19  # of the width
FEWEST_PIXELS, MOST_PIXELS = 116, 220  # pixels of width of the answers
ALL_RIGHT = "no test image is wrong"
ONLY_ONE = "this is the only mistake"
JOINT = "  ·  "
READING = "orange δ: the loss rises with z, blue: it falls"


class DigitView(View):
    """Digit, pixel gradient, all layers and all classes, with the newest weights or those of a past moment."""

    view = ViewKind.DIGIT
    wants_weights = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.plots = 4
        self.weights = CheckpointNetwork()
        self.explanation: Saliency | None = None
        self.note = ""
        self.search = MistakeSearch(self)
        self.search.found.connect(self._show_mistake)
        self.tools = DigitToolbar()
        self.pictures = DigitImages(theme)
        self.layers, self.answers = LayerRows(), ClassBars()
        self.header.addWidget(self.tools)
        self.content = QHBoxLayout()
        self.content.setSpacing(16)
        self.content.addWidget(self.pictures)
        self.content.addWidget(self.layers, 1)
        self.content.addWidget(self.answers)
        self.body.addLayout(self.content, 1)
        self.tools.image_chosen.connect(self._look)
        self.tools.mistake_wanted.connect(self.find_mistake)
        self.tools.drawing_changed.connect(self._draw_or_not)
        self.tools.cleared.connect(self._clear)
        self.pictures.drawn.connect(self._look)
        self.layers.layer_chosen.connect(self.layer_chosen)
        self.apply_theme(theme)

    @property
    def drawing(self) -> bool:
        """Whether the digit is drawn by the user."""
        return self.tools.draw.isChecked()

    @property
    def image(self) -> Bytes | None:
        """The network's input, of shape (inputs,): the test image or the centred drawing; None without a data set."""
        if self.run is None or self.run.dataset is None:
            return None
        if self.drawing:
            return centred(self.pictures.pad.image, self.pictures.pad.shape)
        found: Bytes = self.run.dataset.test_images[self.tools.number.value()]
        return found

    @property
    def label(self) -> int | None:
        """The test image's class; None for a drawing."""
        if self.run is None or self.run.dataset is None or self.drawing:
            return None
        return int(self.run.dataset.test_labels[self.tools.number.value()])

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        self.explanation = None
        self.weights.show_run(run)
        self.search.end()
        dataset = run.dataset
        self.tools.setEnabled(dataset is not None)
        if dataset:
            self.tools.set_images(len(dataset.test_labels))
            self.pictures.take_shape(dataset.image_shape)
        self.tools.mistake.setEnabled(self.weights.kept)
        hidden, classes = run.config.hidden, dataset.classes if dataset else 0
        self.layers.show_network(run.config.layer_names, [*hidden, max(classes, 1)], run.config.activation)
        self.answers.show_classes(classes)
        self._look()

    def draw_plot(self, index: int, moment: Moment) -> None:
        # By whichever piece comes first: those that wait for their turn are not asked for again.
        if self.weights.take(moment):
            self._explain()
            if self.explanation:
                self.layers.take(self.explanation)
        if index == 0:
            self.pictures.show_digit(self.image, self.explanation)
        elif index == 1:
            self.layers.draw_activations()
        elif index == 2:
            self.layers.draw_deltas()
        elif index == 3 and self.explanation:
            self.answers.draw(self.explanation, self.label)

    def _explain(self) -> None:
        image = self.image
        if self.weights.network and image is not None:
            self.explanation = saliency_of(self.weights.network, image, self.label)

    def _look(self) -> None:
        """Explain and draw the digit chosen now, without waiting for the next frame."""
        self.note = ""
        self.search.end()
        self._explain()
        self.pictures.show_digit(self.image, self.explanation)
        if self.explanation:
            self.layers.draw(self.explanation)
            self.answers.draw(self.explanation, self.label)
        self.update_text(None)

    def _draw_or_not(self, drawing: bool) -> None:
        self.pictures.pad.set_draws(drawing)
        self._look()

    def _clear(self) -> None:
        self.pictures.pad.clear()
        self._look()

    def update_text(self, moment: Moment | None) -> None:
        self.layers.write()
        self.answers.write()
        self.pictures.write(self.label)
        self.key.setText(self._says())

    def _says(self) -> str:
        """The line above the plots, as long as there is room for."""
        said = self.weights.text()
        if not self.explanation:
            return said
        further = [self.note] if self.note else []
        if self.answers.heads.isHidden():
            further += self.answers.texts()
        further.append(READING)
        texts = [JOINT.join([said, *further[:count]]) for count in range(len(further), 0, -1)]
        metrics, room = self.key.fontMetrics(), self.key.width()
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), said)

    def find_mistake(self) -> None:
        """Start searching for the next misclassified test image."""
        if self.run and self.run.dataset and self.weights.network:
            self.search.begin(self.weights.network, self.run.dataset, self.tools.number.value())

    def _show_mistake(self, index: int | None) -> None:
        alone = index == self.tools.number.value() and not self.drawing
        if index is not None:
            self.tools.show_image(index)
        if index is None or alone:
            self.note = ALL_RIGHT if index is None else ONLY_ONE
            self.update_text(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pictures.make_room(PICTURES_SHARE * self.width() / 2 / factor())
        share = max(ANSWERS_SHARE * self.width(), scaled(FEWEST_PIXELS))
        self.answers.setFixedWidth(round(min(share, scaled(MOST_PIXELS))))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.search.end()

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        self.layers.choose_layer(layer)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for part in (self.pictures, self.layers, self.answers):
            part.apply_theme(theme)
