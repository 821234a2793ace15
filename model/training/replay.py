"""Runs made again from their recipes."""

from collections.abc import Callable

from model.base.errors import Diverged, InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.history.checkpoints import Checkpoint, StartingPoint
from model.history.run_log import RunLog
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from model.training.weight_transfer import needs_memory, transplant

Proceed = Callable[[], bool]


class ReplayCancelled(Exception):  # noqa: N818  a wish, not a mistake
    """Somebody wanted no more of it."""


def always() -> bool:
    """Whether to go on: yes."""
    return True


def snapshot_at(recipe: Recipe, dataset: Dataset, iteration: int, proceed: Proceed = always) -> Checkpoint:
    """The weights after so many updates, from a run that measures nothing.

    Raises InputError if it diverges before, ReplayCancelled when `proceed`, asked before each iteration, says no.
    """
    with trainer_of(recipe.until(iteration), dataset, proceed=proceed) as trainer:
        try:
            while trainer.iteration < iteration:
                if not proceed():
                    raise ReplayCancelled
                trainer.advance()
        except Diverged as error:
            raise InputError(
                f"The run to branch off at iteration {iteration:,} has diverged by then, at {error.iteration:,}."
            ) from None
        return trainer.checkpoint()


def start_of(
    recipe: Recipe, dataset: Dataset, checkpoint: Checkpoint | None = None, proceed: Proceed = always
) -> StartingPoint | None:
    """Where a branch begins, None for a run of its own.

    `checkpoint` is its parent's at the iteration it branches off at; without one, or where it lacks what the optimiser
    remembers, the parent is trained again up to there. Raises InputError and ReplayCancelled as snapshot_at does.
    """
    branch = recipe.branch
    if branch is None:
        return None
    if checkpoint is None or (needs_memory(recipe) and not checkpoint.memory):
        checkpoint = snapshot_at(branch.parent, dataset, branch.iteration, proceed)
    return transplant(checkpoint, recipe, dataset)


def trainer_of(
    recipe: Recipe, dataset: Dataset, checkpoint: Checkpoint | None = None, proceed: Proceed = always
) -> Trainer:
    """The trainer of a run, with its start (see start_of) and its changes."""
    return Trainer(recipe.config, dataset, start_of(recipe, dataset, checkpoint, proceed), recipe.changes)


def train_recipe(
    recipe: Recipe,
    dataset: Dataset,
    run_log: RunLog | None = None,
    proceed: Proceed = always,
    checkpoint: Checkpoint | None = None,
) -> RunLog:
    """A whole run with its verdicts and kept weights, written into `run log` as it goes; one that diverged is one too.

    `checkpoint` is its parent's, as in start_of. `proceed` is asked before each iteration, those of parents included;
    where it says no, the run ends there. Raises InputError if it cannot begin.
    """
    book = run_log or RunLog(diagnosis_of(recipe, dataset))
    try:
        with trainer_of(recipe, dataset, checkpoint, proceed) as trainer:
            TrainingLoop(trainer, book).run(proceed)
    except (Diverged, ReplayCancelled):
        pass  # the run log says so
    finally:
        book.end()
    return book
