"""Digit view: one digit through all layers, its gradient back, and the pixels on which the loss depends."""

from PySide6.QtGui import QHideEvent

from gui.style.theme import Theme
from gui.views.checkpoint_network import CheckpointNetwork, iteration_texts
from gui.views.digit import key_line
from gui.views.digit.confusion_count import ConfusionCount
from gui.views.digit.confusion_pane import sentences
from gui.views.digit.digit_content import DigitContent
from gui.views.digit.mistake_search import MistakeSearch
from gui.views.digit.mode_switch import DigitMode, ModeSwitch
from gui.views.digit.tables import digit_tables
from gui.views.digit.toolbar import DigitToolbar
from gui.views.moment import Moment, RunContext
from gui.views.view import View
from model.base.arrays import Bytes
from model.base.language import message, tr
from model.config.views import ViewKind
from model.exports.plot_table import Tables
from model.measurement.saliency import Saliency, centred, saliency_of
from model.measurement.weight_path import ImagePass

ALL_RIGHT = message("no test image is wrong")
ONLY_ONE = message("this is the only mistake")


class DigitView(View):
    """A digit, and beside it what the network makes of it or of the whole test set, as the mode says.

    The weights are the newest or those of a past moment.
    """

    view = ViewKind.DIGIT
    wants_weights = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.weights = CheckpointNetwork()
        self.explanation: Saliency | None = None
        self.note = ""
        self.search = MistakeSearch(self)
        self.search.found.connect(self._show_mistake)
        self.tools = DigitToolbar()
        self.content = content = DigitContent(theme)
        self.pictures, self.layers, self.answers = content.pictures, content.layers, content.answers
        self.confusion, self.path = content.confusion, content.path
        self.switch, self.count = ModeSwitch(), ConfusionCount(self)
        self.header.addWidget(self.switch)
        self.header.addWidget(self.tools)
        self.body.addWidget(content, 1)
        self.switch.chosen.connect(self.choose_mode)
        self.count.counted.connect(self._show_count)
        self.confusion.image_chosen.connect(self.tools.show_image)
        self.tools.image_chosen.connect(self._look)
        self.tools.mistake_wanted.connect(self.find_mistake)
        self.tools.drawing_changed.connect(self._draw_or_not)
        self.tools.cleared.connect(self._clear)
        self.pictures.drawn.connect(self._look)
        self.layers.layer_chosen.connect(self.layer_chosen)
        self.choose_mode(DigitMode.LAYERS)
        self.apply_theme(theme)

    def choose_mode(self, mode: DigitMode) -> None:
        """Show something else beside the digit."""
        self.switch.check(mode)
        self.content.choose_mode(mode)
        self.plots = 4 if mode is DigitMode.LAYERS else 1
        if mode is not DigitMode.CONFUSION:
            self.count.end()
        self._follow_weight()
        self.update_text(None)
        self.redraw_wanted.emit()

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
        self.count.show_run(run)
        self.confusion.show_run(run)
        self.path.show_run(run)
        dataset = run.dataset
        self.tools.setEnabled(dataset is not None)
        if dataset:
            self.tools.set_images(len(dataset.test_labels))
            self.pictures.take_dataset(dataset)
        self.tools.mistake.setEnabled(self.weights.kept)
        hidden, names = run.config.hidden, dataset.class_names if dataset else ()
        self.layers.show_network(run.config.layer_names, [*hidden, max(len(names), 1)], run.config.activation)
        self.answers.show_classes(names)
        self._look()

    def draw_plot(self, index: int, moment: Moment) -> None:
        # By whichever piece comes first: those that wait for their turn are not asked for again.
        if self.weights.take(moment):
            self._explain()
            if self.explanation:
                self.layers.take(self.explanation)
        if self.switch.mode is DigitMode.CONFUSION and self.weights.checkpoint:
            self.count.want(self.weights.checkpoint, live=moment.live)
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
        self._follow_weight()

    def _follow_weight(self) -> None:
        """Follow the weight's path, where that is what shows."""
        image, network = self.image, self.weights.network
        if self.switch.mode is DigitMode.WEIGHT:
            self.path.show_pass(ImagePass(network, image, self.label) if network and image is not None else None)

    def _look(self) -> None:
        """Explain and draw the digit chosen now, without waiting for the next frame."""
        self.note = ""
        self.search.end()
        self._explain()
        self.pictures.show_digit(self.image, self.explanation)
        self.confusion.select(self.tools.number.value())
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
        self._write_key()

    def _write_key(self) -> None:
        notes = [self.note] if self.note else []
        if self.switch.mode is DigitMode.CONFUSION and self.weights.checkpoint:
            counted = self.count.checkpoint
            notes += [*([tr(key_line.DIVERGED)] if self.count.diverged else []), *self.confusion.notes]
            texts = iteration_texts(counted) if counted else (tr(key_line.COUNTING),) * 2
            key_line.write(self.key, texts, notes, sentences(self.count.confusion))
        elif self.explanation and self.switch.mode is DigitMode.WEIGHT:
            further = [*self.answers.texts(), tr(key_line.WEIGHT_READING)]
            key_line.write(self.key, self.weights.texts(), notes, further)
        elif self.explanation:
            answer = self.answers.texts() if self.answers.heads.isHidden() else ()
            further = [*answer, tr(key_line.READING)]
            key_line.write(self.key, self.weights.texts(), notes, further, tr(key_line.BRIEFLY))
        else:
            key_line.write(self.key, self.weights.texts(), [], [])

    def _show_count(self) -> None:
        self.confusion.show_confusion(self.count.confusion)
        self.update_text(None)

    def tables(self) -> Tables:
        return digit_tables(self.switch.mode, self.pictures, self.count.confusion, self.path.drawing.shown)

    def finish(self) -> None:
        if self.switch.mode is DigitMode.CONFUSION:
            self.count.finish()

    def find_mistake(self) -> None:
        """Start searching for the next misclassified test image."""
        if self.run and self.run.dataset and self.weights.network:
            self.search.begin(self.weights.network, self.run.dataset, self.tools.number.value())

    def _show_mistake(self, index: int | None) -> None:
        alone = index == self.tools.number.value() and not self.drawing
        if index is not None:
            self.tools.show_image(index)
        if index is None or alone:
            self.note = tr(ALL_RIGHT if index is None else ONLY_ONE)
            self.update_text(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.search.end()
        self.count.end()

    def choose_layer(self, layer: int | None) -> None:
        super().choose_layer(layer)
        self.layers.choose_layer(layer)
        self.path.choose_layer(layer)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for part in (self.pictures, self.layers, self.answers, self.confusion, self.path):
            part.apply_theme(theme)
