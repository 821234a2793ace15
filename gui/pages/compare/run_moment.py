"""One run at one iteration, as a column of the compare view shows it."""

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
    """A run at `iteration`: `figures` of it, `pictures` the last record with histograms until then, `start` the first.

    `train` and `test` are the whole accuracy curves, `accuracy` the last test accuracy until then (NaN: none).
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
        """RMS of δ per layer, the output's last."""
        return [layer.delta_rms for layer in self.figures.all_layers]

    @property
    def arriving(self) -> str:
        """Share of the output's δ that reaches layer 1, as text: 1/4 900, 34 %, × 1.2; '' without hidden layers."""
        first, last = self.deltas[0], self.deltas[-1]
        if len(self.deltas) == 1 or not last:
            return ""
        return f"× {rounded(first / last, 2)}" if first > GROWN * last else portion(first / last).removesuffix(" of")

    def layer(self, index: int) -> tuple[LayerRecord, LayerRecord] | None:
        """A hidden layer's records now and at the start; None if there is none of this index."""
        if index >= len(self.pictures.layers) or index >= len(self.start.layers):
            return None
        return self.pictures.layers[index], self.start.layers[index]


def run_moment(run_log: RunLog, at: int | None) -> RunMoment | None:
    """Read a run at an iteration, None for the newest, under its lock; returns None before the first record."""
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
