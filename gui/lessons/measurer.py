"""Measures what a step needs of its runs, in a thread: some figures take longer than a frame."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject, QThread, Signal, Slot

from model.base.errors import InputError
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.run_log import RunLog
from model.lessons.finished_run import FinishedRun
from model.lessons.measures import Measure
from model.lessons.units import Value

FoundValues = Mapping[Measure, Value | InputError]
RunsByKey = Mapping[str, Sequence[tuple[Recipe, RunLog]]]


class MeasuringThread(QThread):
    """Measures once; emits `measured(request, values)`, with an InputError for what cannot be measured."""

    measured = Signal(int, object)

    def __init__(self, request: int, runs: RunsByKey, measures: Collection[Measure]) -> None:
        super().__init__()
        self.request, self.runs, self.measures = request, runs, measures

    def run(self) -> None:
        values: dict[Measure, Value | InputError] = {}
        try:
            dataset = load_dataset()
            finished = {key: [FinishedRun(*run, dataset) for run in runs] for key, runs in self.runs.items()}
            for measure in self.measures:
                try:
                    values[measure] = measure.of(finished)
                except InputError as error:
                    values[measure] = error
        except Exception as error:  # one that leaves run() would be printed and lost
            missing = InputError("It cannot be measured: {error}", error=error)
            values.update((measure, missing) for measure in self.measures if measure not in values)
        self.measured.emit(self.request, values)


class Measurer(QObject):
    """One measurement at a time; `measured` carries the number that `want` gave it, and the values."""

    measured = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.thread_: MeasuringThread | None = None
        self._request = 0

    def want(self, runs: RunsByKey, measures: Collection[Measure]) -> int:
        """Measure these, and forget what was wanted before; returns the number that the answer will have."""
        self._request += 1
        if self.thread_:
            self.thread_.wait()
        self.thread_ = MeasuringThread(self._request, runs, measures)
        self.thread_.measured.connect(self._take)
        self.thread_.start()
        return self._request

    @Slot(int, object)
    def _take(self, request: int, values: FoundValues) -> None:
        if request == self._request:
            self.measured.emit(request, values)

    def close(self) -> None:
        """Wait until nothing is measured any more, and say nothing of it."""
        self._request += 1
        if self.thread_:
            self.thread_.wait()
