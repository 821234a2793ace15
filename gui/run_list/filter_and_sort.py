"""Which runs of a long list to see, and in which order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from model.base.choices import Choice
from model.config.run_names import words_of
from model.diagnosis.verdict import Condition
from model.history.run_summary import Digest, RunCard

BOUND = re.compile(r"([<>])=?\s*(\d*\.?\d+)\s*%?")
ORDER_OF_CONDITIONS = (
    Condition.LEARNING, Condition.LATE, Condition.SLOW, Condition.STUCK, Condition.DEAD, Condition.DIVERGED,
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """What a run is sought and sorted by."""

    name: str
    card: RunCard
    digest: Digest


@dataclass(frozen=True)
class Sorting:
    """A way to sort; `key` puts first what is less."""

    label: str
    key: Callable[[Listed], tuple[object, ...]]
    help: str


def _newest(run: Listed) -> tuple[object, ...]:
    return (-run.card.created,)


def _name(run: Listed) -> tuple[object, ...]:
    return run.name.casefold(), -run.card.created


def _accuracy(run: Listed) -> tuple[object, ...]:
    accuracy = run.digest.test_accuracy
    return isnan(accuracy), 0.0 if isnan(accuracy) else -accuracy, -run.card.created


def _verdict(run: Listed) -> tuple[object, ...]:
    verdict = run.digest.verdict
    known = verdict is not None and verdict.condition in ORDER_OF_CONDITIONS
    return ORDER_OF_CONDITIONS.index(verdict.condition) if verdict and known else len(ORDER_OF_CONDITIONS), *_accuracy(
        run
    )


class Order(Choice):
    """How the list of runs is sorted."""

    NEWEST = Sorting("Newest", _newest, "The run that began last stands above.")
    NAME = Sorting("Name", _name, "By the alphabet.")
    ACCURACY = Sorting("Accuracy", _accuracy, "The highest test accuracy stands above.")
    VERDICT = Sorting("Verdict", _verdict, "What learns stands above what is stuck, dead or diverged.")

    def key_of(self, run: Listed) -> tuple[object, ...]:
        """What stands above has less."""
        found: tuple[object, ...] = self.value.key(run)
        return found


def text_of(run: Listed) -> str:
    """All that a run is found by: its name, its settings in words, its verdict."""
    verdict = run.digest.verdict
    said = [verdict.condition.label, verdict.cause.label] if verdict else []
    return "\n".join([run.name, *words_of(run.card.recipe.config), *said]).casefold()


class Filter:
    """Words that must all be there, separated by spaces or commas; `>0.9`, `<50 %` bound the test accuracy."""

    def __init__(self, text: str) -> None:
        bounds = [(sign, float(number)) for sign, number in BOUND.findall(text)]
        self.bounds = [(sign, number / 100 if number > 1 else number) for sign, number in bounds]
        self.words = [word.casefold() for word in re.split(r"[,\s]+", BOUND.sub(" ", text)) if word]

    def takes(self, run: Listed) -> bool:
        """Whether a run is to be seen."""
        accuracy = run.digest.test_accuracy
        if not all(accuracy > bound if sign == ">" else accuracy < bound for sign, bound in self.bounds):
            return False
        if not self.words:
            return True
        text = text_of(run)
        return all(word in text for word in self.words)
