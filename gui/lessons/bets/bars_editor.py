"""Heights of the strip's bars, pulled there or moved here by keys."""

from math import inf, log10

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider

from gui.lessons.bets.bet_editor import BetEditor
from gui.style.theme import Theme
from gui.widgets.card import label
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import message, tr
from model.base.layer_names import OUTPUT, layer_name, shown_layer
from model.lessons.judgement import Guess, Judgement
from model.lessons.lesson import Bet, Lesson

STEPS, PAGE = 60, 10
BEYOND = 30.0  # times what the options reach to
LOWEST = 1e-6
HOW = message("Pull the dashed bars of the strip, or move these by arrow keys.")


def scale_of(bet: Bet) -> tuple[float, float]:
    """The powers of ten between which a bar can be pulled: past all ends of the options."""
    ends = [end for option in bet.options for end in (option.low, option.high) if 0 < end < inf]
    low, high = max(bet.low, LOWEST), min(bet.high, 1.0)
    if ends:
        low, high = max(bet.low, min(ends) / BEYOND), min(bet.high, max(*ends, 1.0))
    return log10(low), log10(max(high, low * 10))


class BarsEditor(BetEditor):
    """A slider on a logarithmic scale for each layer; the ghosts of the strip follow them, and lead them."""

    def __init__(self, lesson: Lesson, bet: Bet, theme: Theme) -> None:
        super().__init__(lesson, bet, theme)
        self.ends = scale_of(bet)
        self.touched: set[int] = set()
        self.sliders: dict[int, QSlider] = {}
        self.texts: dict[int, QLabel] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for row, layer in enumerate(bet.layers):
            name = shown_layer(layer_name(layer) if layer else OUTPUT)
            slider, value = QSlider(Qt.Orientation.Horizontal), label("", "title")
            slider.setObjectName("timeline")
            slider.setRange(0, STEPS)
            slider.setPageStep(PAGE)
            slider.setValue(STEPS // 2)
            slider.setAccessibleName(tr("Height of the bar of {layer}", layer=name))
            slider.setToolTip(tr(HOW))
            slider.valueChanged.connect(lambda _, layer=layer: self._moved(layer))
            buddy = label(name, "muted")
            buddy.setBuddy(slider)
            for column, part in enumerate((buddy, slider, value)):
                grid.addWidget(part, row, column)
            self.sliders[layer], self.texts[layer] = slider, value
        self.column.addLayout(grid)
        self.how = WrappedLabel("muted")
        self.column.addWidget(self.how)
        self.how.say(tr(HOW))

    def heights(self) -> dict[int, float]:
        """The bars as they are now, by layer, also before they are a guess."""
        low, high = self.ends
        return {layer: 10 ** (low + each.value() / STEPS * (high - low)) for layer, each in self.sliders.items()}

    @property
    def guess(self) -> Guess | None:
        return tuple(self.heights().values()) if self.touched else None

    def pull(self, layer: int, value: float) -> None:
        """Take a height that the mouse pulled a ghost to."""
        low, high = self.ends
        place = (log10(max(value, 10**low)) - low) / (high - low)
        self.sliders[layer].setValue(round(min(max(place, 0.0), 1.0) * STEPS))
        self._moved(layer)

    def _moved(self, layer: int) -> None:
        self.touched.add(layer)
        self._say(list(self.heights().values()))
        self.changed.emit()

    def _say(self, values: list[float]) -> None:
        assert self.bet.unit
        for text, value in zip(self.texts.values(), values, strict=True):
            text.setText(self.bet.unit.write(value))

    def show_guess(self, guess: Guess) -> None:
        if isinstance(guess, tuple):
            for layer, value in zip(self.bet.layers, guess, strict=False):
                self.pull(layer, float(str(value)))

    def tell(self, judgement: Judgement) -> None:
        unit = self.bet.unit
        assert unit
        heights = self.heights()
        self.how.hide()
        for layer, value in zip(self.bet.layers, judgement.values, strict=False):
            self.sliders[layer].hide()  # the strip shows it
            yours, found = unit.write(heights[layer]), unit.write(value)
            self.texts[layer].setText(tr("you {guess}  ·  measured {found}", guess=yours, found=found))

    def take_focus(self) -> None:
        next(iter(self.sliders.values())).setFocus(Qt.FocusReason.OtherFocusReason)
