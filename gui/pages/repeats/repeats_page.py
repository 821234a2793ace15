"""Repeats page: one config or two over several seeds, and whether their accuracies differ."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Slot

from gui.pages.background_page import BackgroundPage
from gui.pages.repeats.controls import RepeatsControls, Section
from gui.pages.repeats.empty_state import CHOOSE, GOING, READ, RepeatsEmptyState
from gui.pages.repeats.repeats_results import RepeatsResults
from gui.style.theme import Theme
from model.base.language import english, tr
from model.config.config import Config
from model.config.presets import PRESETS, Preset, preset_named
from model.config.recipe import Recipe
from model.config.run_names import names_of
from model.sweeps.repeats import SEEDS, RepeatedConfig, Repeats
from model.sweeps.sweep import Result

HE, XAVIER = "relu-he", "relu-xavier"


class RepeatsPage(BackgroundPage):
    """Controls above, curves in the middle, final accuracies and the conclusion below."""

    name = "repeats"
    controls: RepeatsControls

    def __init__(self, executor: Executor, theme: Theme) -> None:
        super().__init__(executor, RepeatsControls(), theme)
        self.repeats = Repeats()
        self.offered: RepeatedConfig | None = None
        self.listed: list[RepeatedConfig] = []
        self.turns: deque[Callable[[], None]] = deque()  # what is still to be drawn, a piece a frame
        self.empty = RepeatsEmptyState(
            tr(
                "Train {first} vs {second}, {seeds} seeds each",
                first=preset_named(XAVIER).label,
                second=preset_named(HE).label,
                seeds=SEEDS,
            )
        )
        self.assemble(tr("The same settings with other random numbers"), self.empty)
        self.empty.lesson.clicked.connect(lambda *_: self.show_example())
        self._choose([_named(PRESETS[0], PRESETS[0].config)])
        self.apply_theme(theme)

    @cached_property
    def results(self) -> RepeatsResults:
        made = RepeatsResults()
        self._show_band(made)
        return made

    def offer(self, config: Config, name: str, english: str = "") -> None:
        """Offer the panel's config; it is side A until another is chosen or its first result arrives.

        Here and below, `english` is the name that tables have.
        """
        chosen, before = self.repeats.sides, self.offered
        self.offered = RepeatedConfig(name, config, english)
        follows = before is None or (chosen[0] == before and not self.repeats.samples()[0].results)
        self._choose([self.offered, *chosen[1:]] if follows else chosen)

    def list_runs(self, runs: list[RepeatedConfig]) -> None:
        """Offer the list's runs."""
        if runs != self.listed:
            self.listed = runs
            self._choose(self.repeats.sides)

    def repeat(self, config: Config, name: str, english: str = "") -> None:
        """Set side A."""
        self._choose([RepeatedConfig(name, config, english), *self.repeats.sides[1:]])

    def compare_with(self, config: Config, name: str, english: str = "") -> None:
        """Set side B."""
        self._choose([self.repeats.sides[0], RepeatedConfig(name, config, english)])

    @property
    def hint(self) -> str:
        return tr(GOING if self.busy else READ if self.begun else CHOOSE)

    def show_example(self, iterations: int | None = None) -> None:
        self.controls.seeds.setValue(SEEDS)
        sides = [self._preset(preset_named(name)) for name in (XAVIER, HE)]
        if iterations is not None:
            sides = [replace(side, config=side.config.replace(iterations=iterations)) for side in sides]
        self._choose(sides)
        self.start()

    def wanted(self) -> list[Config]:
        return self.repeats.wanted()

    def missing(self) -> list[Config]:
        return self.repeats.missing()

    def _preset(self, preset: Preset) -> RepeatedConfig:
        # With the panel's seed and data set, as the panel itself takes a preset.
        own = self.offered.config if self.offered else preset.config
        return _named(preset, preset.config.replace(seed=own.seed, data=own.data))

    def _sections(self) -> list[Section]:
        return [
            (tr("Settings"), [self.offered] if self.offered else []),
            (tr("Runs"), self.listed),
            (tr("Presets"), [self._preset(preset) for preset in PRESETS]),
        ]

    def _choose(self, sides: Sequence[RepeatedConfig]) -> None:
        self.controls.show_sections(self._sections(), sides)
        self._take_choice()

    @Slot()
    def _take_choice(self) -> None:
        sides = self.controls.sides
        if len({side.name for side in sides}) < len(sides):
            recipes = [Recipe(side.config) for side in sides]
            with english():
                written = names_of(recipes)
            named = zip(names_of(recipes), sides, written, strict=True)
            sides = tuple(RepeatedConfig(name, side.config, known) for name, side, known in named)
        self.repeats.choose(sides, self.controls.seeds.value())
        super()._take_choice()

    @Slot(object, object)
    def _take_result(self, config: Config, result: Result) -> None:
        self.repeats.results[config] = result
        self._refresh()

    @Slot()
    def _take_look(self) -> None:
        if self.has_results:
            self._show_band(self.results)

    def _show_band(self, results: RepeatsResults) -> None:
        results.show_band(std=self.controls.std.isChecked(), seeds=self.controls.single.isChecked())

    def frame(self) -> bool:
        drawn = self.stale or bool(self.turns)
        if self.stale and not self.turns:
            self.stale = False
            self._show_stack()
            if self.has_results:  # also while they are hidden: nothing of another choice may show when they come back
                iterations = max(side.config.iterations for side in self.repeats.sides)
                self.turns += self.results.pieces(self.repeats.samples(), iterations)
        if self.turns:
            self.turns.popleft()()
        return drawn

    def finish(self) -> None:
        while self.stale or self.turns:
            self.frame()

    def show_automatic(self) -> None:
        """Undo the user's zoom."""
        if self.has_results:
            self.results.show_automatic()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.controls.apply_theme(theme)


def _named(preset: Preset, config: Config) -> RepeatedConfig:
    with english():
        written = preset.label
    return RepeatedConfig(preset.label, config, written)
