"""Training without a window: progress on stderr, printed records."""

from pathlib import Path
from time import perf_counter

from model.base.console import Progress, say
from model.base.ending import Interruption
from model.base.errors import Diverged, InputError
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
    """Train a run, print its records and its outcome, write it to `save`; returns the exit code 0, or that of a signal.

    `checkpoint` is the parent's at the start of a branch; None trains the parent again. Raises InputError. What was
    trained is written too where nobody reads the output any more, as after the terminal has been closed.
    """
    report: Printout = JsonLines() if as_json else Table(recipe.config, recipe.start)
    with Interruption() as interruption, EvaluationProcess(helped=True) as evaluation:
        dataset = load_dataset(*recipe.config.source)
        run_log = Printed(recipe, dataset, report)

        def proceed() -> bool:
            run_log.show_progress()
            return not interruption.wished

        try:
            train_recipe(recipe, dataset, run_log, proceed, checkpoint, evaluation)
            outcome = run_log.outcome()
            say(report.end(outcome))
        except (InputError, BrokenPipeError):
            if save and run_log.history.newest:
                write_run(recipe.changed(run_log.changes), run_log, save)
            raise
        if save:
            write_run(recipe.changed(run_log.changes), run_log, save)
    return interruption.code if outcome.interrupted else 0
