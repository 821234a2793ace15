"""Map page: two settings against each other, each cell a short run trained in the background."""

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cached_property

from PySide6.QtCore import Signal, Slot

from gui.pages.background_page import BackgroundPage
from gui.pages.map.controls import MOST_ITERATIONS, MapControls
from gui.pages.map.empty_state import CHOOSE, GOING, READ, MapEmptyState
from gui.pages.map.heat_map import CellPlace, word
from gui.pages.map.map_results import MapResults
from gui.pages.map.quantity import Quantity
from gui.style.theme import Theme
from model.base import number_format
from model.base.errors import InputError
from model.base.language import message, tr
from model.config.config import Config
from model.nn.activations import Activation
from model.sweeps.grid import SweepGrid
from model.sweeps.sweep import Result

LESSON = Config(hidden=(50,), activation=Activation.SIGMOID)
NETWORKS = (message("Sigmoid, 50 units a layer"), message("The panel's settings"))


class MapPage(BackgroundPage):
    """Controls above, the map below; `open_wanted` carries the config of a cell that was clicked."""

    name = "map"
    open_wanted = Signal(object)
    controls: MapControls

    def __init__(self, executor: Executor, theme: Theme, panel: Config = LESSON) -> None:
        super().__init__(executor, MapControls(), theme)
        self.found: dict[Config, Result] = {}
        self.grid: SweepGrid | None = None
        self._panel = panel
        empty = MapEmptyState()
        self.lessons = empty.lessons
        for name, button in self.lessons.items():
            button.clicked.connect(lambda *_, name=name: self.take_lesson(name))
        self.assemble(tr("Two settings against each other"), empty)
        self.controls.show_networks(self._networks(), 0)
        self._take_choice()

    @cached_property
    def results(self) -> MapResults:
        made = MapResults(self.read)
        made.picture.chosen.connect(self.open_wanted)
        self._show_grid(made)
        return made

    @property
    def base(self) -> Config:
        """The control panel's config: one of the networks on offer, and seed and data set of the other."""
        return self._panel

    @base.setter
    def base(self, config: Config) -> None:
        if config != self._panel:
            self._panel = config
            self.controls.show_networks(self._networks(), self.controls.network.currentIndex())
            self._take_choice()

    def _networks(self) -> list[tuple[str, Config]]:
        panel = self._panel
        lesson = LESSON.replace(seed=panel.seed, data=panel.data, orientation=panel.orientation)
        return list(zip(map(tr, NETWORKS), (lesson, self._panel), strict=True))

    def take_lesson(self, name: str = "init_std") -> None:
        """Train the map of the deep sigmoid network: depth against the setting `name`."""
        self.controls.network.setCurrentIndex(0)
        self.controls.show_base()
        self.controls.across.choose(name)
        self.controls.upward.choose("depth")
        self._take_choice()
        self.start()

    @property
    def hint(self) -> str:
        return tr(GOING if self.busy else READ if self.begun else CHOOSE)

    def show_example(self, iterations: int | None = None) -> None:
        if iterations is not None:
            if not 1 <= iterations <= MOST_ITERATIONS:
                raise InputError(
                    "A run of the map takes 1 to {most} iterations, not {iterations}.",
                    most=f"{MOST_ITERATIONS:,}",
                    iterations=f"{iterations:,}",
                )
            self.controls.iterations.setValue(iterations)
        self.take_lesson()

    def wanted(self) -> Sequence[Config]:
        return self.grid.distinct if self.grid else ()

    def missing(self) -> list[Config]:
        return [config for config in self.wanted() if config not in self.found]

    @Slot()
    def _take_choice(self) -> None:
        controls = self.controls
        if controls.across.base != controls.base:
            controls.show_base()
        try:
            across, upward = controls.across.axis(), controls.upward.axis()
            grid = SweepGrid(controls.base, across, upward, controls.iterations.value())
        except InputError as error:
            self.said.emit(str(error))
            return
        if grid != self.grid:
            self.grid = grid
            if self.has_results:
                self._show_grid(self.results)
        super()._take_choice()

    def _show_grid(self, results: MapResults) -> None:
        if self.grid:
            controls = self.controls
            results.show_grid(self.grid, controls.across.setting.label, controls.upward.setting.label)

    @Slot()
    def _take_look(self) -> None:
        self._refresh()

    @Slot(object, object)
    def _take_result(self, config: Config, result: Result) -> None:
        self.found[config] = result
        self._refresh()

    def read(self, place: CellPlace) -> str:
        """Readout of a cell: its two values, and its figures and verdict if it has been run."""
        assert self.grid
        controls, result = self.controls, self.found.get(self.grid.configs[place])
        lines = [
            tr("{name}: {value}", name=row.setting.label, value=word(axis.values[index]))
            for row, axis, index in zip(
                (controls.upward, controls.across), (self.grid.upward, self.grid.across), reversed(place), strict=True
            )
        ]
        if result is None:
            return "\n".join([*lines, tr("Not run yet")])
        for quantity in Quantity:
            value = quantity.value.of(result)
            said = "–" if value is None else quantity.value.write(value)
            lines.append(tr("{name}: {value}", name=quantity.label, value=said))
        ended = tr(
            "{condition} after {iterations} iterations",
            condition=result.condition.label,
            iterations=number_format.count(result.iterations),
        )
        return "\n".join([*lines, ended])

    def frame(self) -> bool:
        if not self.stale or not self.grid:
            return False
        self.stale = False
        self._show_stack()
        if self.has_results:
            found = {config: self.found[config] for config in self.grid.configs.values() if config in self.found}
            self.results.show_results(found, self.controls.quantity)
        return True

    def finish(self) -> None:
        self.frame()
