"""What the tests of the list of runs share: a library that answers at once, or when it is told to, and runs in it."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from gui.runs.run_registry import Entry, Runs
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_log import Logbook
from model.history.run_summary import RunCard
from model.library.autosave import Keeper
from model.library.library import Library
from tests.support.records import layer_of, record_of


class PromptKeeper:
    """A keeper without a thread; while it is `patient`, questions wait for `answer`."""

    def __init__(self) -> None:
        self.library = Library.in_memory()
        self.patient = False
        self.waiting: list[Callable[[], None]] = []
        self.asked = 0

    def follow(self, card: RunCard, logbook: Logbook) -> None:
        self.library.add(card)
        self.library.save(card.id, logbook)

    def post(self, action: Callable[[Library], Any]) -> None:
        action(self.library)

    def ask(self, action: Callable[[Library], Any], then: Callable[[Any], None]) -> None:
        self.asked += 1
        answer = action(self.library)
        if self.patient:
            self.waiting.append(lambda: then(answer))
        else:
            then(answer)

    def answer(self) -> None:
        """Give all answers that were true when they were asked for."""
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            each()


def prompt_runs() -> tuple[Runs, PromptKeeper]:
    """An empty list over a library that answers at once."""
    keeper = PromptKeeper()
    return Runs(cast(Keeper, keeper)), keeper


def logbook_of(
    accuracies: Sequence[float], condition: Condition | None = None, *, ended: bool = True, every: int = 10
) -> Logbook:
    """A run with these test accuracies, a loss of 1 minus each, and δ of 10^(accuracy - 4) at layer 1."""
    logbook = Logbook()
    extend(logbook, accuracies, every=every)
    if condition:
        logbook.judge(logbook.iteration, Verdict(condition, 0, Cause.NONE, f"It is {condition.label.lower()}."))
    if ended:
        logbook.end()
    return logbook


def extend(logbook: Logbook, accuracies: Sequence[float], *, every: int = 10) -> None:
    """Go on with such a run."""
    for accuracy in accuracies:
        place = every * len(logbook.history)
        layers = (layer_of("Layer 1", delta_rms=float(10 ** (accuracy - 4))), layer_of("Layer 2"))
        logbook.put(record_of(place, 1 - accuracy, accuracy / 2, accuracy, layers))
        logbook.iteration = place


def begin(
    runs: Runs, *configs: Config, accuracy: float = 0.9, condition: Condition = Condition.LEARNING
) -> list[Entry]:
    """Runs that have ended, one of each config."""
    books = [logbook_of(np.linspace(0.1, accuracy, 20).tolist(), condition) for _ in configs]
    return [runs.begin(Recipe(config), book) for config, book in zip(configs, books, strict=True)]


def seeds(count: int) -> list[Config]:
    """Configs that differ in nothing but their seed."""
    return [Config(seed=seed) for seed in range(count)]
