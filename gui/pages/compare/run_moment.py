"""What a column of the compare view shows: one run at one iteration."""

from dataclasses import dataclass
from math import inf, nan

from model.base.number_format import portion, rounded
from model.diagnosis.verdict import Verdict
from model.history.history import ThinnedCurve
from model.history.run_log import RunLog
from model.measurement.records import LayerRecord, Record

GROWN = 1.05  # from here on it is more than all
BUCKETS = 256  # points of a curve: all of a run of 2,000 iterations


@dataclass(frozen=True, eq=False)
class RunMoment:
    """A run at `iteration`: its figures then, histograms of then or of the last record before, and its whole curves.

    `start` is its first record, `accuracy` the last test accuracy until then; the curves go on beyond `iteration`.
    """

    iteration: int
    figures: Record
    pictures: Record
    start: Record
    train: ThinnedCurve
    test: ThinnedCurve
    accuracy: float
    verdict: Verdict | None

    @property
    def deltas(self) -> list[float]:
        """RMS of δ of every layer, the output's last."""
        return [layer.delta_rms for layer in self.figures.all_layers]

    @property
    def arriving(self) -> str:
        """How much of the output's δ arrives at the first layer: 1/4 900, 34 %, × 1.2; '' without a hidden layer."""
        first, last = self.deltas[0], self.deltas[-1]
        if len(self.deltas) == 1 or not last:
            return ""
        return f"× {rounded(first / last, 2)}" if first > GROWN * last else portion(first / last).removesuffix(" of")

    def layer(self, index: int) -> tuple[LayerRecord, LayerRecord] | None:
        """A hidden layer now and at the start; None where there is none."""
        if index >= len(self.pictures.layers) or index >= len(self.start.layers):
            return None
        return self.pictures.layers[index], self.start.layers[index]


def run_moment(run_log: RunLog, at: int | None) -> RunMoment | None:
    """The run at an iteration, None for the newest; None before there is a record."""
    time = inf if at is None else at
    with run_log.lock:
        history, timeline = run_log.history, run_log.history.timeline
        # A branch begins where it left its parent: before that it shows its start.
        start = timeline.pictures[0] if timeline.pictures else None
        if start is None:
            return None
        figures, pictures = timeline.at(time) or start, timeline.pictured_at(time) or start
        curves = {name: history.curve(name, -inf, inf, BUCKETS) for name in ("train_accuracy", "test_accuracy")}
        found = history.at(figures.iteration)
    return RunMoment(
        figures.iteration,
        figures,
        pictures,
        start,
        curves["train_accuracy"],
        curves["test_accuracy"],
        found["test_accuracy"] if found else nan,
        run_log.verdict(at),
    )
