"""Training loop: runs a Trainer and writes its records, changes and checkpoints into a RunLog."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from model.base.errors import Diverged
from model.config.recipe import Change
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.training.trainer import Trainer


class TrainingLoop:
    """Loop of one Trainer, whose RunLog gets records, changes, and a checkpoint at every record with histograms.

    Checkpoints lack the optimiser's running vectors where the store cannot hold them too; networks too large for the
    store have none.
    """

    def __init__(self, trainer: Trainer, run_log: RunLog) -> None:
        self.trainer = trainer
        self.run_log = run_log
        fits = run_log.history.weights.fits
        self.keeps_weights = fits(trainer.network.theta.nbytes)
        self._with_memory = fits(trainer.snapshot_size)
        run_log.arithmetic = trainer.arithmetic
        run_log.iteration = trainer.updates

    def checkpoint(self) -> Checkpoint:
        """Copy the weights, with the optimiser's running vectors where the store can hold them."""
        return self.trainer.checkpoint(memory=self._with_memory)

    def make_changes(self) -> None:
        """Make the changes planned for this iteration and log them."""
        for change in self.trainer.make_changes():
            self.run_log.mark(change)

    def change(self, name: str, value: float) -> None:
        """Change a live setting from this iteration on and log it."""
        self.trainer.change(**{name: value})
        self.run_log.mark(Change(self.trainer.iteration, name, value))

    def step(self, show: AbstractSet[str] | None = None) -> Record | None:
        """Run one iteration and log its results; `show` and the returned record are as in `Trainer.step`."""
        self.make_changes()
        if self.keeps_weights and self.trainer.pictured:
            self.run_log.keep(self.checkpoint())  # before the step, so that they belong to the record that it makes
        picture = self.trainer.step(show)
        self.run_log.iteration = self.trainer.updates
        self.deliver(wait=False)
        return picture

    def deliver(self, *, wait: bool) -> None:
        """Log the records that are complete; with `wait`, wait for all that were measured."""
        for record in self.trainer.collect(wait=wait):
            self.run_log.put(record)

    def run(self, proceed: Callable[[], bool]) -> None:
        """Run to the end, or until `proceed`, called before each iteration, returns False; logs and raises Diverged."""
        try:
            while not self.trainer.done and proceed():
                self.step()
        except Diverged as error:
            self.deliver(wait=True)
            self.run_log.diverged(error)
            raise
        self.deliver(wait=True)
