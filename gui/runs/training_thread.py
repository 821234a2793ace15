"""A run in a thread of its own: the worker, the flags it reads, and the run log the window pulls from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QThread, Signal

from gui.runs.pace import Pace
from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.history.run_log import RunLog

if TYPE_CHECKING:
    from model.network.evaluation_process import EvaluationProcess
    from model.training.training_loop import TrainingLoop


class TrainingThread(QThread):
    """Trains one run. `failed` carries what ended it early; otherwise only QThread's own `finished` comes up.

    A branch begins with its parent's `checkpoint`; without one, its parent is trained again up to there first. Test
    accuracies come from `evaluation` where that is free.
    """

    failed = Signal(object)

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        checkpoint: Checkpoint | None = None,
        evaluation: "EvaluationProcess | None" = None,
    ) -> None:
        from model.diagnosis.branch_diagnosis import diagnosis_of

        super().__init__()
        self.recipe = recipe
        self.dataset = dataset
        self.run_log = RunLog(diagnosis_of(recipe, dataset))
        self.run_log.iteration = recipe.start
        self.pace = Pace()
        self._snapshot, self._evaluation = checkpoint, evaluation

    @property
    def config(self) -> Config:
        return self.recipe.config

    def run(self) -> None:
        from model.training.replay import ReplayCancelled, trainer_of
        from model.training.training_loop import TrainingLoop

        try:
            wanted, evaluation = lambda: not self.pace.stopped, self._evaluation
            with trainer_of(self.recipe, self.dataset, self._snapshot, wanted, evaluation) as trainer:
                self._snapshot = None
                self._train(TrainingLoop(trainer, self.run_log))
        except ReplayCancelled:
            pass  # before its first iteration
        except Exception as error:  # one that leaves run() would be printed and lost
            self.failed.emit(error)
        finally:
            self.run_log.end()

    def _train(self, loop: "TrainingLoop") -> None:
        trainer, run_log, pace = loop.trainer, self.run_log, self.pace

        def idle() -> None:
            loop.deliver(wait=True)
            if not trainer.done:
                run_log.show(trainer.peek())
                if loop.keeps_weights:
                    run_log.show_weights(loop.checkpoint())

        try:
            while not trainer.done and pace.proceed(idle):
                loop.make_changes()  # those planned come before those of now
                for name, value in pace.take_changes().items():
                    loop.change(name, value)
                if loop.keeps_weights and run_log.wants_weights and not trainer.pictured:
                    run_log.show_weights(loop.checkpoint())
                wanted, run_log.wanted = run_log.wanted, None
                picture = loop.step(wanted)
                if picture:
                    run_log.show(picture)
                if pace.shows_each and not trainer.done:
                    idle()
        except Diverged as error:
            loop.deliver(wait=True)
            run_log.diverged(error)
            raise
        idle()

    def halt(self) -> None:
        """End the run, whatever it is doing, and wait until it has."""
        self.pace.stop()
        self.wait()
