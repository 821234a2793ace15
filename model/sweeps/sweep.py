"""Many runs on any `concurrent.futures.Executor`: a worker turns a `SweepCell` into a `Result`.

Both are plain values that pickle. A result depends on its cell and the worker's arithmetic alone, which it names, not
on how many workers there are or on time.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from itertools import islice
from math import log10
from queue import Empty, SimpleQueue

from model.base.arithmetic import Arithmetic
from model.base.errors import Diverged
from model.config.config import Config
from model.data.datasets import kept_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.measurement.records import Record
from model.training.trainer import Trainer

# Cells submitted and unfinished: more than any cluster has workers, and few enough to hold in memory.
MOST_IN_FLIGHT = 1_000
PULSE_SECONDS = 0.1
# Of a curve, not counting its last: as many as a small plot can show.
MOST_POINTS = 200


@dataclass(frozen=True)
class SweepCell:
    """One run of a sweep: its index, its config, and (name, value) of each varied setting as written."""

    index: int
    config: Config
    varied: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ResultCurve:
    """Test accuracy (0 to 1) and loss against iterations."""

    iterations: tuple[int, ...] = ()
    test_accuracy: tuple[float, ...] = ()
    loss: tuple[float, ...] = ()


@dataclass(frozen=True)
class Result:
    """The result of a cell: figures of its last tested record (None without one), verdict and curve.

    `iterations` counts the updates made. `log_gradient` is log10 of RMS(δ) at layer 1, None where δ is exactly 0.
    `arithmetic` is None where it is not known.
    """

    cell: SweepCell
    iterations: int
    final_test_accuracy: float | None
    final_train_accuracy: float | None
    final_loss: float | None
    log_gradient: float | None
    condition: Condition
    cause: Cause
    curve: ResultCurve = ResultCurve()
    arithmetic: Arithmetic | None = None

    @property
    def diverged(self) -> bool:
        """Whether the run ended with numbers beyond the range of floating point."""
        return self.condition is Condition.DIVERGED

    @property
    def accuracy(self) -> float | None:
        """The final test accuracy of a run that did not diverge; None without one.

        What a diverged run had at its last test is no result: statistics over runs leave it out.
        """
        return None if self.diverged else self.final_test_accuracy


def run_cell(cell: SweepCell) -> Result:
    """Train one cell to its end; raises InputError if its data set cannot be read."""
    config, dataset = cell.config, kept_dataset(*cell.config.source)
    diagnosis = Diagnosis(config, dataset.class_shares, dataset.train_shares, dataset.class_labels)
    tested: list[Record] = []
    diverged: Diverged | None = None
    # Nobody sees its histograms, which took a third of a run of 100 iterations.
    with Trainer(config, dataset, pictures=False) as trainer:
        going = True
        while going:
            try:
                trainer.step()
                going = not trainer.done
            except Diverged as error:
                diverged, going = error, False
            for record in trainer.collect(wait=not going):
                diagnosis.read(record)
                if record.tested:
                    _keep(tested, record.bare(), config)
        verdict = diagnosis.diverged(diverged) if diverged else diagnosis.verdict
        return replace(_result(cell, trainer.updates, tested, verdict), arithmetic=trainer.arithmetic)


def submit(cell: SweepCell, executor: Executor) -> Future[Result]:
    """Submit a cell to `executor`."""
    return executor.submit(run_cell, cell)


def sweep(
    cells: Iterable[SweepCell], executor: Executor, pulse: Callable[[], bool] = lambda: False
) -> Iterator[Result]:
    """Yield results in the order of completion; re-raises the exception of a cell.

    `pulse` is called about ten times a second in the caller's thread; if it returns True, or the generator is closed,
    the sweep ends and cells that have not started are cancelled.
    """
    waiting = iter(cells)
    flying: set[Future[Result]] = set()
    # `concurrent.futures.wait` looks at all that fly for each one that lands, and keeps the interpreter lock from the
    # thread that hands out the next cell.
    landed = SimpleQueue[Future[Result]]()
    try:
        while not pulse():
            for cell in islice(waiting, MOST_IN_FLIGHT - len(flying)):
                flying.add(future := submit(cell, executor))
                future.add_done_callback(landed.put)
            if not flying:
                break
            try:
                future = landed.get(timeout=PULSE_SECONDS)
            except Empty:
                continue
            flying.remove(future)
            yield future.result()
    finally:
        for future in flying:
            future.cancel()


def _keep(tested: list[Record], record: Record, config: Config) -> None:
    """Append a record; drops the one before it if the curve has no point there."""
    if tested and not _drawn(tested[-1].iteration, config):
        tested.pop()
    tested.append(record)


def _drawn(iteration: int, config: Config) -> bool:
    points = -(-config.iterations // config.record_every)
    return iteration // config.record_every % max(1, -(-points // MOST_POINTS)) == 0


def _result(cell: SweepCell, iterations: int, tested: list[Record], verdict: Verdict) -> Result:
    if not tested:
        return Result(cell, iterations, None, None, None, None, verdict.condition, verdict.cause)
    last = tested[-1]
    return Result(
        cell,
        iterations,
        last.test_accuracy,
        last.train_accuracy,
        last.loss,
        _log(last.all_layers[0].delta_rms),
        verdict.condition,
        verdict.cause,
        ResultCurve(
            tuple(record.iteration for record in tested),
            tuple(record.test_accuracy for record in tested),
            tuple(record.loss for record in tested),
        ),
    )


def _log(rms: float) -> float | None:
    return log10(rms) if rms > 0 else None
