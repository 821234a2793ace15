"""Which runs of a long list to see, and in which order."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import isnan
from typing import Protocol, TypeVar

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


class Listed(Protocol):
    """What stands for a run in a list."""

    listed: ListedRun


AnyListed = TypeVar("AnyListed", bound=Listed)


class Filter:
    """Words that must all be there, separated by spaces or commas; `>0.9`, `<50 %` bound the test accuracy."""

    def __init__(self, text: str) -> None:
        bounds = [(sign, float(number)) for sign, number in BOUND.findall(text)]
        self.bounds = [(sign, number / 100 if number > 1 else number) for sign, number in bounds]
        self.words = [word.casefold() for word in re.split(r"[,\s]+", BOUND.sub(" ", text)) if word]

    def __bool__(self) -> bool:
        """Whether it leaves out any run."""
        return bool(self.bounds or self.words)

    def narrows(self, other: "Filter") -> bool:
        """Whether it surely takes no run that `other` leaves out, as after one more letter."""
        words = all(any(known in word for word in self.words) for known in other.words)
        return words and all(bound in self.bounds for bound in other.bounds)

    def among(self, rows: Sequence[AnyListed]) -> list[AnyListed]:
        """Those of these whose runs are to be seen, in their order."""
        found = list(rows)
        for word in self.words:  # one word after the other: of ten thousand runs, a call for each takes longer
            found = [row for row in found if word in row.listed.text]
        for sign, bound in self.bounds:
            better = sign == ">"
            accuracies = ((row, row.listed.summary.test_accuracy) for row in found)
            found = [row for row, accuracy in accuracies if (accuracy > bound if better else accuracy < bound)]
        return found
