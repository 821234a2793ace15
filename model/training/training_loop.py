"""Takes a run through its iterations and writes down what comes of it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from model.base.errors import Diverged
from model.config.recipe import Change
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.training.trainer import Trainer


class TrainingLoop:
    """One Trainer and its RunLog, which gets records, changes, and the weights of every record with histograms.

    Of networks so large that few of their weights would fit, none are kept; of those that fit alone, without what the
    optimiser remembers.
    """

    def __init__(self, trainer: Trainer, run_log: RunLog) -> None:
        self.trainer = trainer
        self.run_log = run_log
        fits = run_log.history.weights.fits
        self.keeps_weights = fits(trainer.network.theta.nbytes)
        self._with_memory = fits(trainer.snapshot_size)
        run_log.iteration = trainer.updates

    def checkpoint(self) -> Checkpoint:
        """The weights as they are now."""
        return self.trainer.checkpoint(memory=self._with_memory)

    def make_changes(self) -> None:
        """Make the changes that were planned for this iteration."""
        for change in self.trainer.make_changes():
            self.run_log.mark(change)

    def change(self, name: str, value: float) -> None:
        """Give a live setting another value from this iteration on."""
        self.trainer.change(**{name: value})
        self.run_log.mark(Change(self.trainer.iteration, name, value))

    def step(self, show: AbstractSet[str] | None = None) -> Record | None:
        """One iteration; what `show` does and what is returned is as with Trainer.step."""
        self.make_changes()
        if self.keeps_weights and self.trainer.pictured:
            self.run_log.keep(self.checkpoint())  # before the step, so that they belong to the record that it makes
        picture = self.trainer.step(show)
        self.run_log.iteration = self.trainer.updates
        self.deliver(wait=False)
        return picture

    def deliver(self, *, wait: bool) -> None:
        """Write down the records that are complete; with `wait`, all that were measured."""
        for record in self.trainer.collect(wait=wait):
            self.run_log.put(record)

    def run(self, proceed: Callable[[], bool]) -> None:
        """Go on to the end, or until `proceed`, which is asked before each iteration, says no; raises Diverged."""
        try:
            while not self.trainer.done and proceed():
                self.step()
        except Diverged as error:
            self.deliver(wait=True)
            self.run_log.diverged(error)
            raise
        self.deliver(wait=True)
