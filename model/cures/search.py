"""Search for a cure: which trials are made, in which order, and how what they brought is ranked.

The remedies of the verdict come first, then single changes, then pairs of the singles that came closest. Whoever runs
the search starts `next_trials` on an executor, in this order, and hands each result to `add`.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import combinations

from model.base.errors import InputError
from model.config.config import Config
from model.cures.single_changes import SingleChange, single_changes, together
from model.cures.trial import Trial, TrialResult, run_trial
from model.diagnosis.diagnosis import EARLIEST_ITERATION

TRIALS = 40
PULSE_SECONDS = 0.1


class CureSearch:
    """Search for the smallest change that cures `config`, in at most `most` trials.

    `sick` is what the run itself came to; where that is not known it is tried first, and not counted. Raises InputError
    for a run that is too short to be judged.
    """

    def __init__(self, config: Config, sick: TrialResult | None = None, most: int = TRIALS) -> None:
        if config.iterations < EARLIEST_ITERATION:
            raise InputError(
                "A cure takes runs of at least {iterations} iterations: before, every network guesses.",
                iterations=EARLIEST_ITERATION,
            )
        self.config, self.most, self.always_pairs = config, most, False
        self.sick: TrialResult | None = None
        self.results: list[TrialResult] = []
        self.singles: dict[Config, tuple[Trial, SingleChange]] = {}
        self._begun = self._places_left = 0
        self._waiting: deque[Trial] = deque()
        self._flying: dict[Config, Trial] = {}
        self._places: dict[Config, int] = {}  # in the order of beginning
        self._pairs: Iterator[Trial] | None = None
        if sick:
            self._take_sick(sick)
        else:
            self._waiting.append(Trial(config))

    def _take_sick(self, sick: TrialResult) -> None:
        """Plan the remedies of the verdict and the single changes, unless the run needs no cure."""
        self.sick = sick
        if sick.cured:
            return
        offered = sick.verdict.remedies
        remedies = [
            SingleChange(each.words, each.changes, f"remedy-{place}", parts=each.parts)
            for place, each in enumerate(offered)
        ]
        for change in (*remedies, *single_changes(self.config)):
            if change.matters(self.config):
                words = change.parts or (change.words,)
                trial = Trial(change.of(self.config), words, offered=change in remedies)
                self.singles.setdefault(trial.config, (trial, change))
        self._waiting.extend(trial for trial, _ in self.singles.values())

    def next_trials(self, count: int) -> list[Trial]:
        """Take up to `count` trials that can begin now; none where results must come first, or at the end."""
        found: list[Trial] = []
        while self._waiting and len(found) < count and not self._at_rest:
            found.append(self._waiting.popleft())
            self._begun += bool(found[-1].changes)
            self._refill()
        for trial in found:
            self._flying[trial.config] = trial
            self._places.setdefault(trial.config, len(self._places))
        return found

    def add(self, result: TrialResult) -> None:
        """Take in the result of a trial, also of one that was taken back."""
        if self._flying.pop(result.trial.config, None) is None:
            if result.trial not in self._waiting:
                return
            self._waiting.remove(result.trial)
            self._begun += bool(result.trial.changes)
        if result.trial.changes:
            self.results.append(result)
        else:
            self._take_sick(result)
        self._refill()

    def awaits(self, trial: Trial) -> bool:
        """Whether a trial has been begun and has brought nothing yet."""
        return trial.config in self._flying

    def take_back(self) -> None:
        """Have the trials that were begun and brought nothing wait again, because nobody makes them any more."""
        self._begun -= sum(bool(trial.changes) for trial in self._flying.values())
        self._waiting.extendleft(reversed(self._flying.values()))
        self._flying.clear()

    def _refill(self) -> None:
        """Have the next pair wait, as soon as all single changes have a result and pairs are wanted."""
        singles_are_known = bool(self.singles) and len(self.results) >= len(self.singles)
        if not self._pairs and singles_are_known and self._wants_pairs:
            self._pairs = self._make_pairs()
        # One at a time: to make all at once would take longer than a frame of the window.
        if self._pairs and not self._waiting and (pair := next(self._pairs, None)):
            self._waiting.append(pair)

    @property
    def _wants_pairs(self) -> bool:
        return self.always_pairs or not any(result.cured for result in self.results)

    @property
    def _at_rest(self) -> bool:
        """Whether nothing more begins unless it is asked for, although it could."""
        return self._begun >= self.most or (self._pairs is not None and not self._wants_pairs)

    def go_on(self) -> None:
        """Try more than the search would by itself: further pairs although something cures, or beyond its limit."""
        self.always_pairs = not self._wants_pairs or self.always_pairs
        if self._begun >= self.most:
            self.most += TRIALS
        self._refill()

    @property
    def finished(self) -> bool:
        """Whether no trial is left to be made or awaited."""
        return not self._flying and (not self._waiting or self._at_rest)

    @property
    def planned(self) -> int:
        """How many trials there will be at most as far as is known, those of the results included."""
        if self.finished:
            return self._begun
        waiting = sum(bool(trial.changes) for trial in self._waiting)
        return min(self._begun + waiting + self._places_left, self.most)

    @property
    def ranking(self) -> list[TrialResult]:
        """The results, best first: cures before others, small changes before large ones, then the closest."""
        # Of equals the first begun: what is found must not depend on which process was faster.
        in_order = sorted(self.results, key=lambda result: self._places[result.trial.config])
        return sorted(in_order, key=_rank, reverse=True)

    @property
    def cure(self) -> TrialResult | None:
        """The smallest change that cures, of several the one with the best accuracy; None while there is none."""
        best = next(iter(self.ranking), None)
        return best if best and best.cured else None

    @property
    def exhausted(self) -> bool:
        """Whether every single change and every pair of them has been tried."""
        return self.finished and self._pairs is not None and not self._waiting and not self._places_left

    @property
    def more_is_left(self) -> bool:
        """Whether the search has ended although there are changes or pairs that it has not tried."""
        return self.finished and bool(self.singles) and not self.exhausted

    @property
    def tried_pairs(self) -> bool:
        """Whether it has come to the pairs."""
        return self._pairs is not None

    def _make_pairs(self) -> Iterator[Trial]:
        """Pairs of single changes, those whose members came closest first; none that is one of them alone."""
        tried = (result.trial for result in self.ranking)
        closest = [self.singles[trial.config] for trial in tried if len(trial.changes) == 1]
        places = sorted(combinations(range(len(closest)), 2), key=lambda pair: (sum(pair), pair))
        self._places_left = len(places)
        known = {self.config, *self.singles}
        for first, second in places:
            self._places_left -= 1
            (one, change), (other, further) = closest[first], closest[second]
            config = together(self.config, change, further)
            if config and config not in known:
                known.add(config)
                yield Trial(config, (*one.words, *other.words))


def _rank(result: TrialResult) -> tuple[bool, int, tuple[int, float, float]]:
    return result.cured, -len(result.trial.changes) if result.cured else 0, result.closeness


def run_search(search: CureSearch, executor: Executor, at_once: int, pulse: Callable[[], bool] = lambda: False) -> None:
    """Run a search to its end, `at_once` trials at a time; re-raises the exception of a trial.

    `pulse` is called about ten times a second in the caller's thread, and after each result; if it returns True the
    search ends.
    """
    flying: set[Future[TrialResult]] = set()
    try:
        while not pulse():
            flying |= {executor.submit(run_trial, trial) for trial in search.next_trials(at_once - len(flying))}
            if not flying:
                break
            landed, flying = wait(flying, PULSE_SECONDS, FIRST_COMPLETED)
            for future in landed:
                search.add(future.result())
    finally:
        for future in flying:
            future.cancel()
