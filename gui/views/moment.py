"""What a card is told of the run that it shows, and of the moment."""

from dataclasses import dataclass, field

from gui.plots.overlays import Overlays
from model.config.config import Config
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.measurement.theory import Theory


@dataclass(frozen=True, eq=False)
class RunContext:
    """One run on the screen with what theory expects of it; there is neither data set nor theory before it is read.

    `overlays` are other runs, to be compared with.
    """

    config: Config
    dataset: Dataset | None
    run_log: RunLog
    theory: Theory | None = None
    overlays: Overlays = field(default_factory=Overlays)


@dataclass(frozen=True, eq=False)
class Moment:
    """What the plots show: figures of one iteration, histograms of it or of the last one before that has any."""

    figures: Record
    pictures: Record
    start: Record
    live: bool
