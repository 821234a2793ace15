"""Training without a window: Ctrl-C, progress on stderr, printed records."""

import signal
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Self

from model.base.console import Progress, say
from model.base.errors import Diverged
from model.config.recipe import Recipe
from model.data.datasets import Dataset, load_dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.exports.printout import JsonLines, Outcome, Printout, Table
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.library.run_file import write_run
from model.measurement.records import Record
from model.network.evaluation_process import EvaluationProcess
from model.training.replay import train_recipe

INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells count


class Interruption:
    """Context that turns the first Ctrl-C into the flag `wished`; a second one raises KeyboardInterrupt.

    Callers read the flag between two iterations, so that no output is cut.
    """

    def __init__(self) -> None:
        self.wished = False
        # In the background of a script Ctrl-C is ignored, and stays so.
        self.listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def __enter__(self) -> Self:
        if self.listens:
            signal.signal(signal.SIGINT, self._wish)
        return self

    def __exit__(self, *reason: object) -> None:
        if self.listens:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _wish(self, number: int, frame: FrameType | None) -> None:
        self.wished = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Printed(RunLog):
    """Run log that prints each tested record as it comes."""

    def __init__(self, recipe: Recipe, dataset: Dataset, report: Printout) -> None:
        super().__init__(diagnosis_of(recipe, dataset))
        self.recipe = recipe
        self.iteration = recipe.start
        self.error: Diverged | None = None
        self._report = report
        self._begun = perf_counter()
        self._progress = Progress(recipe.config.iterations, recipe.start)

    def put(self, record: Record) -> None:
        super().put(record)
        if record.tested and (lines := self._report.record(record)):
            self._progress.make_room()
            say(lines)

    def diverged(self, error: Diverged) -> None:
        super().diverged(error)
        self.error = error

    def show_progress(self) -> None:
        """Show the current iteration on stderr."""
        self._progress.show(self.iteration)

    def outcome(self) -> Outcome:
        """End the progress line and summarise the run; call once, after the end."""
        self._progress.end(self.iteration)
        last, seconds = self.history.newest, perf_counter() - self._begun
        interrupted = not self.error and (last is None or last.iteration < self.recipe.config.iterations)
        assert self.diagnosis
        verdict = self.diagnosis.verdict
        return Outcome(self.recipe, self.iteration, seconds, last, self.error, interrupted, verdict, self.arithmetic)


def train(recipe: Recipe, *, as_json: bool, save: Path | None = None, checkpoint: Checkpoint | None = None) -> int:
    """Train a run, print its records and its outcome, write it to `save`; returns the exit code 0 or INTERRUPTED.

    `checkpoint` is the parent's at the start of a branch; None trains the parent again. Raises InputError.
    """
    report: Printout = JsonLines() if as_json else Table(recipe.config, recipe.start)
    with Interruption() as interruption, EvaluationProcess() as evaluation:
        dataset = load_dataset(*recipe.config.source)
        run_log = Printed(recipe, dataset, report)

        def proceed() -> bool:
            run_log.show_progress()
            return not interruption.wished

        train_recipe(recipe, dataset, run_log, proceed, checkpoint, evaluation)
        outcome = run_log.outcome()
        say(report.end(outcome))
        if save:
            write_run(recipe.changed(run_log.changes), run_log, save)
    return INTERRUPTED if outcome.interrupted else 0
