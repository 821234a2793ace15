"""Replay of runs from their recipes."""

from collections.abc import Callable

from model.base.arithmetic import single_threaded
from model.base.errors import Diverged, InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.history.checkpoints import Checkpoint, StartingPoint
from model.history.run_log import RunLog
from model.network.evaluation_process import EvaluationProcess
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from model.training.weight_transfer import needs_memory, transplant

Proceed = Callable[[], bool]


class ReplayCancelled(Exception):  # noqa: N818  a wish, not a mistake
    """Raised when a replay is cancelled before it reaches its iteration."""


def always() -> bool:
    """Default for `proceed`: never cancel."""
    return True


def snapshot_at(recipe: Recipe, dataset: Dataset, iteration: int, proceed: Proceed = always) -> Checkpoint:
    """Replay a run up to `iteration` updates without measuring, and return its checkpoint.

    Calls `proceed` before each iteration. Raises ReplayCancelled when it returns False, InputError if the run diverges.
    """
    with trainer_of(recipe.until(iteration), dataset, proceed=proceed) as trainer:
        try:
            while trainer.iteration < iteration:
                if not proceed():
                    raise ReplayCancelled
                trainer.advance()
        except Diverged as error:
            raise InputError(
                "The run to branch off at iteration {iteration} has diverged by then, at {diverged}.",
                iteration=f"{iteration:,}",
                diverged=f"{error.iteration:,}",
            ) from None
        return trainer.checkpoint()


def start_of(
    recipe: Recipe, dataset: Dataset, checkpoint: Checkpoint | None = None, proceed: Proceed = always
) -> StartingPoint | None:
    """Compute the starting point of a branch; None for a run that is no branch.

    `checkpoint` is its parent's at the iteration it branches off at; without one, or where it lacks the optimiser's
    running vectors, the parent is replayed. Raises InputError and ReplayCancelled as `snapshot_at` does.
    """
    branch = recipe.branch
    if branch is None:
        return None
    if checkpoint is None or (needs_memory(recipe) and not checkpoint.memory):
        checkpoint = snapshot_at(branch.parent, dataset, branch.iteration, proceed)
    single_threaded()  # folding batch norm into the weights is a product too
    return transplant(checkpoint, recipe, dataset)


def trainer_of(
    recipe: Recipe,
    dataset: Dataset,
    checkpoint: Checkpoint | None = None,
    proceed: Proceed = always,
    evaluation: EvaluationProcess | None = None,
) -> Trainer:
    """Create the trainer of a run or a branch; arguments and exceptions are those of `start_of` and `Trainer`."""
    return Trainer(recipe.config, dataset, start_of(recipe, dataset, checkpoint, proceed), recipe.changes, evaluation)


def train_recipe(
    recipe: Recipe,
    dataset: Dataset,
    run_log: RunLog | None = None,
    proceed: Proceed = always,
    checkpoint: Checkpoint | None = None,
    evaluation: EvaluationProcess | None = None,
) -> RunLog:
    """Train a whole run, writing into `run_log`, by default a new one; returns it, also of a run that diverged.

    `checkpoint` is its parent's, as in `start_of`. `proceed` is called before each iteration, those of parents
    included; the run ends when it returns False. Raises InputError if the run cannot start.
    """
    run_log = run_log or RunLog(diagnosis_of(recipe, dataset))
    try:
        with trainer_of(recipe, dataset, checkpoint, proceed, evaluation) as trainer:
            TrainingLoop(trainer, run_log).run(proceed)
    except (Diverged, ReplayCancelled):
        pass  # the run log says so
    finally:
        run_log.end()
    return run_log
