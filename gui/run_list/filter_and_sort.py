"""Which runs of a long list to see, and in which order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from math import isnan

from model.base.choices import Choice
from model.diagnosis.verdict import Cause, Condition
from model.history.run_summary import RunListing, RunSummary

BOUND = re.compile(r"([<>])=?\s*(\d*\.?\d+)\s*%?")
ORDER_OF_CONDITIONS = (
    Condition.LEARNING, Condition.LATE, Condition.SLOW, Condition.STUCK, Condition.DEAD, Condition.DIVERGED,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class ListedRun:
    """What a run is sought and sorted by."""

    name: str
    listing: RunListing
    summary: RunSummary

    @cached_property
    def text(self) -> str:
        """All that it is found by: its name, its settings in words, its verdict; in small letters."""
        verdict = self.summary.verdict
        said = _said(verdict.condition, verdict.cause) if verdict else ""
        return f"{self.name.casefold()}\n{self.listing.recipe.config.words.text}\n{said}"


@cache
def _said(condition: Condition, cause: Cause) -> str:
    return f"{condition.label}\n{cause.label}".casefold()


@dataclass(frozen=True)
class Sorting:
    """A way to sort; `key` puts first what is less."""

    label: str
    key: Callable[[ListedRun], tuple[object, ...]]
    help: str


def _newest(run: ListedRun) -> tuple[object, ...]:
    return (-run.listing.created,)


def _name(run: ListedRun) -> tuple[object, ...]:
    return run.name.casefold(), -run.listing.created


def _accuracy(run: ListedRun) -> tuple[object, ...]:
    accuracy = run.summary.test_accuracy
    return isnan(accuracy), 0.0 if isnan(accuracy) else -accuracy, -run.listing.created


def _verdict(run: ListedRun) -> tuple[object, ...]:
    verdict = run.summary.verdict
    known = verdict is not None and verdict.condition in ORDER_OF_CONDITIONS
    return ORDER_OF_CONDITIONS.index(verdict.condition) if verdict and known else len(ORDER_OF_CONDITIONS), *_accuracy(
        run
    )


class SortOrder(Choice):
    """How the list of runs is sorted."""

    NEWEST = Sorting("Newest", _newest, "The run that began last stands above.")
    NAME = Sorting("Name", _name, "By the alphabet.")
    ACCURACY = Sorting("Accuracy", _accuracy, "The highest test accuracy stands above.")
    VERDICT = Sorting("Verdict", _verdict, "What learns stands above what is stuck, dead or diverged.")

    @property
    def sort_key(self) -> Callable[[ListedRun], tuple[object, ...]]:
        """Of a run; what stands above has less."""
        found: Callable[[ListedRun], tuple[object, ...]] = self.value.key
        return found


class Filter:
    """Words that must all be there, separated by spaces or commas; `>0.9`, `<50 %` bound the test accuracy."""

    def __init__(self, text: str) -> None:
        bounds = [(sign, float(number)) for sign, number in BOUND.findall(text)]
        self.bounds = [(sign, number / 100 if number > 1 else number) for sign, number in bounds]
        self.words = [word.casefold() for word in re.split(r"[,\s]+", BOUND.sub(" ", text)) if word]

    def __bool__(self) -> bool:
        """Whether it leaves out any run."""
        return bool(self.bounds or self.words)

    def takes(self, run: ListedRun) -> bool:
        """Whether a run is to be seen."""
        accuracy = run.summary.test_accuracy
        for sign, bound in self.bounds:
            if not (accuracy > bound if sign == ">" else accuracy < bound):
                return False
        for word in self.words:  # noqa: SIM110  of ten thousand runs, a generator takes longer than the search
            if word not in run.text:
                return False
        return True
