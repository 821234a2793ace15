"""What the tests of the list of runs share: a library that answers at once, or when it is told to, and runs in it."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.autosave import Autosaver
from model.library.library import Library
from tests.support.records import layer_of, record_of


class PromptAutosaver:
    """A autosaver without a thread; while it is `patient`, questions wait for `answer`."""

    def __init__(self) -> None:
        self.library = Library.in_memory()
        self.patient = False
        self.waiting: list[Callable[[], None]] = []
        self.asked = 0

    def track(self, card: RunListing, run_log: RunLog) -> None:
        self.library.add(card)
        self.library.save(card.id, run_log)

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


def prompt_runs() -> tuple[RunRegistry, PromptAutosaver]:
    """An empty list over a library that answers at once."""
    autosaver = PromptAutosaver()
    return RunRegistry(cast(Autosaver, autosaver), Viewed()), autosaver


def run_log_of(
    accuracies: Sequence[float], condition: Condition | None = None, *, ended: bool = True, every: int = 10
) -> RunLog:
    """A run with these test accuracies, a loss of 1 minus each, and δ of 10^(accuracy - 4) at layer 1."""
    run_log = RunLog()
    extend(run_log, accuracies, every=every)
    if condition:
        run_log.judge(run_log.iteration, Verdict(condition, 0, Cause.NONE, said=f"It is {condition.label.lower()}."))
    if ended:
        run_log.end()
    return run_log


def extend(run_log: RunLog, accuracies: Sequence[float], *, every: int = 10) -> None:
    """Go on with such a run."""
    for accuracy in accuracies:
        place = every * len(run_log.history)
        layers = (layer_of("Layer 1", delta_rms=float(10 ** (accuracy - 4))), layer_of("Layer 2"))
        run_log.put(record_of(place, 1 - accuracy, accuracy / 2, accuracy, layers))
        run_log.iteration = place


def begin(
    runs: RunRegistry, *configs: Config, accuracy: float = 0.9, condition: Condition = Condition.LEARNING
) -> list[RunEntry]:
    """Runs that have ended, one of each config."""
    books = [run_log_of(np.linspace(0.1, accuracy, 20).tolist(), condition) for _ in configs]
    return [runs.begin(Recipe(config), book) for config, book in zip(configs, books, strict=True)]


def seeds(count: int) -> list[Config]:
    """Configs that differ in nothing but their seed."""
    return [Config(seed=seed) for seed in range(count)]
