"""Trains one run for the checker, in a worker process, and measures it there: a log would be long to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import kept_dataset
from model.lessons.finished_run import FinishedRun
from model.lessons.measures import Term
from model.lessons.quantities import MeasuredQuantity
from model.lessons.units import Value
from model.training.replay import train_recipe
from model.workers.abandonment import check_wanted

# Verdicts are read off all records, as the window has them; other figures are the same with fewer tests.
OF_ALL_RECORDS = (MeasuredQuantity.CONDITION, MeasuredQuantity.CAUSE, MeasuredQuantity.ESCAPE)


@dataclass(frozen=True)
class Unmeasured:
    """Why a term has no value."""

    why: str


def measure_run(recipe: Recipe, terms: Sequence[Term]) -> list[Value | Unmeasured]:
    """Train a run as far as the terms need, and find the value of each; raises CallAbandoned if it is cancelled."""
    dataset = kept_dataset()
    asked = [(term, dict(term.arguments).get("at")) for term in terms]
    last = max((recipe.config.iterations if at is None else at for _, at in asked), default=0)
    rare = recipe
    if not any(term.quantity in OF_ALL_RECORDS for term in terms) and not recipe.branch:
        rare = Recipe(rarely_tested(recipe.config, [at for _, at in asked if at is not None]), None, recipe.changes)
    passed = 0

    def proceed() -> bool:
        nonlocal passed
        check_wanted()
        passed += 1
        return recipe.branch is not None or passed <= last + 1

    run = FinishedRun(recipe, train_recipe(rare, dataset, proceed=proceed), dataset)
    return [_value(run, term) for term in terms]


def rarely_tested(config: Config, iterations: Sequence[int]) -> Config:
    """The same run with as few tests as leave a record at each of the iterations that has one."""
    due = [at - at % config.record_every for at in iterations]
    every = gcd(*due) or config.iterations  # whose end has a record in any case
    return config.replace(record_every=max(every, config.record_every))


def _value(run: FinishedRun, term: Term) -> Value | Unmeasured:
    try:
        return term.find(run)
    except InputError as error:
        return Unmeasured(str(error))
