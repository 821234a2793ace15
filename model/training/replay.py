"""Runs made again from their recipes."""

from collections.abc import Callable

from model.base.errors import Diverged, InputError
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.history.checkpoints import Snapshot, Start
from model.history.run_log import Logbook
from model.training.trainer import Trainer
from model.training.training_loop import Driver
from model.training.weight_transfer import needs_memory, transplant

Proceed = Callable[[], bool]


class Interrupted(Exception):  # noqa: N818  a wish, not a mistake
    """Somebody wanted no more of it."""


def always() -> bool:
    """Whether to go on: yes."""
    return True


def snapshot_at(recipe: Recipe, dataset: Dataset, iteration: int, proceed: Proceed = always) -> Snapshot:
    """The weights after so many updates, from a run that measures nothing.

    Raises InputError if it diverges before, Interrupted when `proceed`, which is asked before each iteration, says no.
    """
    with trainer_of(recipe.until(iteration), dataset, proceed=proceed) as trainer:
        try:
            while trainer.iteration < iteration:
                if not proceed():
                    raise Interrupted
                trainer.advance()
        except Diverged as error:
            raise InputError(
                f"The run to branch off at iteration {iteration:,} has diverged by then, at {error.iteration:,}."
            ) from None
        return trainer.snapshot()


def start_of(
    recipe: Recipe, dataset: Dataset, snapshot: Snapshot | None = None, proceed: Proceed = always
) -> Start | None:
    """Where a branch begins, None for a run of its own.

    `snapshot` is its parent's at the iteration it branches off at; without one, or where it lacks what the optimiser
    remembers, the parent is trained again up to there. Raises InputError and Interrupted as snapshot_at does.
    """
    branch = recipe.branch
    if branch is None:
        return None
    if snapshot is None or (needs_memory(recipe) and not snapshot.memory):
        snapshot = snapshot_at(branch.parent, dataset, branch.iteration, proceed)
    return transplant(snapshot, recipe, dataset)


def trainer_of(
    recipe: Recipe, dataset: Dataset, snapshot: Snapshot | None = None, proceed: Proceed = always
) -> Trainer:
    """The trainer of a run, with its start (see start_of) and its changes."""
    return Trainer(recipe.config, dataset, start_of(recipe, dataset, snapshot, proceed), recipe.changes)


def train_recipe(
    recipe: Recipe,
    dataset: Dataset,
    logbook: Logbook | None = None,
    proceed: Proceed = always,
    snapshot: Snapshot | None = None,
) -> Logbook:
    """A whole run with its verdicts and kept weights, written into `logbook` as it goes; one that diverged is one too.

    `snapshot` is its parent's, as in start_of. `proceed` is asked before each iteration, those of parents included;
    where it says no, the run ends there. Raises InputError if it cannot begin.
    """
    book = logbook or Logbook(diagnosis_of(recipe, dataset))
    try:
        with trainer_of(recipe, dataset, snapshot, proceed) as trainer:
            Driver(trainer, book).run(proceed)
    except (Diverged, Interrupted):
        pass  # the logbook says so
    finally:
        book.end()
    return book
