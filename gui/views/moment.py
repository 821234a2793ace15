"""The run and the moment that all views draw."""

from dataclasses import dataclass, field

from gui.plots.overlays import Overlays
from model.config.config import Config
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.measurement.theory import Theory

THIS_RUN = "this run"


@dataclass(frozen=True, eq=False)
class RunContext:
    """The run on the screen and what theory expects of it; data set and theory are None before the data is read.

    `overlays` are other runs to compare it with. Where the run is `covered`, no text names any of its settings.
    """

    config: Config
    dataset: Dataset | None
    run_log: RunLog
    theory: Theory | None = None
    overlays: Overlays = field(default_factory=Overlays)
    covered: bool = False

    @property
    def run_logs(self) -> list[tuple[str, RunLog]]:
        """This run and its overlays, by the names that tables have."""
        others = ((overlay.english or overlay.name, overlay.run_log) for overlay in self.overlays.all)
        return [(THIS_RUN, self.run_log), *others]


@dataclass(frozen=True, eq=False)
class Moment:
    """Records to draw: `figures` of one iteration, `pictures` the last one up to it with histograms, `start` the first.

    `live`: it is the newest moment, not one of the past.
    """

    figures: Record
    pictures: Record
    start: Record
    live: bool
