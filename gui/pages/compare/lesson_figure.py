"""Lesson figure: the lesson's six runs in one picture for a slide or a paper, alike at every size."""

from collections.abc import Sequence
from functools import reduce

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.compare.lesson_panel import GUTTER, LessonPanel
from gui.pages.compare.run_moment import RunMoment, run_moment
from gui.pages.compare.shared_scales import SharedScales
from gui.plots.canvas import Canvas
from gui.plots.shared_axis import RUNS, beyond_text
from gui.runs.run_entry import RunEntry
from gui.style.theme import Theme
from model.base import number_format
from model.base.language import message, tr
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.run_names import usual_name
from model.config.setting_words import subtitle
from model.nn.activations import Activation
from model.nn.initializers import Initializer

WIDTH, HEIGHT = 1200.0, 640.0  # of the layout at least, which is then scaled
ACROSS = 3
MARGIN_PIXELS, SPACE_PIXELS = 30.0, 30.0
TITLE, KEY = 84.0, 30.0  # heights above and below the panels
LEGEND = message(
    "Line: test accuracy; pale: training batch.  Bars: activations of each layer now; outline: at the start; "
    "pale bar: exactly 0.  δ: the gradient at each layer, from the first to the output; dotted: at the start."
)


def arranged(entries: Sequence[RunEntry]) -> list[RunEntry]:
    """Sort runs by activation, then by initialiser: a row of panels per activation."""

    def place(entry: RunEntry) -> tuple[int, int]:
        config = entry.recipe.config
        return list(Activation).index(config.activation), list(Initializer).index(config.init)

    return sorted(entries, key=place)


def shared_settings(configs: Sequence[Config]) -> str:
    """Settings that all runs have in common, as a short text."""
    first = configs[0]

    def shared(setting: RunSetting) -> bool:
        value = first.value(setting.name)
        return all(setting in config.settings() and config.value(setting.name) == value for config in configs)

    return "  ·  ".join(
        subtitle(setting, first.value(setting.name))
        for setting in first.settings()
        if setting.lesson_subtitle is not None and shared(setting)
    )


class LessonFigure(QWidget):
    """Panels in rows of three on shared axes, at iteration `at` or the newest; the entries must have run logs."""

    def __init__(self, entries: Sequence[RunEntry], theme: Theme, at: int | None = None) -> None:
        super().__init__()
        self.canvas = canvas = Canvas()
        canvas.setAccessibleName(tr("The lesson's six"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(canvas)
        self.theme = theme
        self.entries = arranged(entries)
        self.title, self.subtitle, self.key = canvas.text(22, QFont.Weight.DemiBold), canvas.text(13), canvas.text(11)
        configs = [entry.recipe.config for entry in self.entries]
        self.scales = SharedScales(configs)
        self.seen: list[RunMoment | None] = []
        for entry in self.entries:
            seen = run_moment(entry.run_log, at) if entry.run_log else None
            self.seen.append(seen)
            if seen:
                self.scales.cover(entry.id, entry.recipe.config, seen)
        self.panels = [LessonPanel(canvas, usual_name(config), config) for config in configs]
        reached = max((seen.iteration for seen in self.seen if seen), default=0)
        self.title.write(self._title(configs))
        iteration = tr("iteration {iteration}", iteration=number_format.count(reached))
        self.subtitle.write(f"{shared_settings(configs)}  ·  {iteration}")
        beyond = beyond_text(self.scales.beyond, RUNS)
        self.key.write("  ".join([tr(LEGEND), *([tr("{phrase}.", phrase=beyond)] if beyond else [])]))
        self.live = at is None
        canvas.resized.connect(self.draw)
        self.apply_theme(theme)

    @staticmethod
    def _title(configs: Sequence[Config]) -> str:
        activations = dict.fromkeys(config.activation.label for config in configs)
        named = reduce(lambda first, last: tr("{first} and {last}", first=first, last=last), activations)
        return tr("{activations}: what the initial weights decide", activations=named)

    def sizeHint(self) -> QSize:
        return QSize(1600, 1000)

    def draw(self) -> None:
        """Lay out and draw everything for the present size."""
        ground = self.canvas.viewport().rect()
        scale = min(ground.width() / WIDTH, ground.height() / HEIGHT)
        width, height = ground.width() / scale, ground.height() / scale
        self.canvas.resetTransform()
        self.canvas.scale(scale, scale)
        self.canvas.setSceneRect(QRectF(0, 0, width, height))
        self.title.place(MARGIN_PIXELS, 34)
        self.subtitle.place(MARGIN_PIXELS, 59)
        self.key.place(MARGIN_PIXELS, height - KEY / 2 - 6)
        rows = -(-len(self.panels) // ACROSS)
        wide = (width - 2 * MARGIN_PIXELS - GUTTER - (ACROSS - 1) * SPACE_PIXELS) / ACROSS
        tall = (height - TITLE - KEY) / rows
        for index, (panel, seen) in enumerate(zip(self.panels, self.seen, strict=True)):
            row, column = divmod(index, ACROSS)
            left = MARGIN_PIXELS + GUTTER + column * (wide + SPACE_PIXELS)
            panel.place(QRectF(left, TITLE + row * tall, wide, tall - 14), self.scales, first=column == 0)
            if seen:
                panel.draw(seen, self.scales, live=self.live)
        self.apply_theme(self.theme)

    def apply_theme(self, theme: Theme) -> None:
        self.canvas.apply_theme(theme)
        self.theme = theme
        self.title.color(theme.text)
        for text in (self.subtitle, self.key):
            text.color(theme.muted)
        for panel, entry in zip(self.panels, self.entries, strict=True):
            panel.apply_theme(theme, entry.listing.color)
