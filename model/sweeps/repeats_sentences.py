"""Sentences that summarise repeated runs for a learner, with their figures."""

from collections import Counter
from collections.abc import Mapping, Sequence

from model.base.language import message, tr, tr_count
from model.base.number_format import count, with_percent
from model.base.sentences import listed, sentences
from model.diagnosis.verdict import Condition
from model.sweeps.repeats import SeedResults
from model.sweeps.statistics import CONFIDENCE, FEWEST_PAIRS, Paired, paired

MINUS = "\u2212"
NO_ACCURACY_SHARED = message("{first} and {second} have no accuracy with the same seed: there is no pair to compare.")
NO_SEED_SHARED = message("{first} and {second} have no seed in common: there is no pair to compare.")
COUNTED = {
    Condition.EARLY: message("{number} too early to say"),
    Condition.LEARNING: message("{number} learning"),
    Condition.SLOW: message("{number} slow"),
    Condition.STUCK: message("{number} stuck"),
    Condition.LATE: message("{number} late"),
    Condition.DEAD: message("{number} dead"),
    Condition.DIVERGED: message("{number} diverged"),
}


def points(share: float, *, signed: bool = False) -> str:
    """Format a difference of accuracies in percentage points: 0.25, −1.20, 12.3; +0.25 if `signed`."""
    value = 100 * share
    text = f"{abs(value):.{1 if abs(value) >= 10 else 2}f}"
    zero = not float(text)
    sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
    return sign + text


def accuracy(share: float) -> str:
    """Format an accuracy (0 to 1) as 94.28 %."""
    return with_percent(f"{100 * share:.2f}")


def difference(first: SeedResults, second: SeedResults) -> Paired:
    """The paired difference of accuracies, second - first, over the seeds that both have."""
    shared = [seed for seed in second.accuracies if seed in first.accuracies]
    return paired([second.accuracies[seed] for seed in shared], [first.accuracies[seed] for seed in shared])


def verdicts(sample: SeedResults) -> str:
    """Count the verdicts of the seeds: '9 learning, 1 dead'."""
    found = Counter(result.condition for result in sample.results.values())
    counts = [tr(COUNTED[each], number=count(found[each])) for each in Condition if found[each]]
    return listed(*counts) if counts else ""


def conclusion(samples: Sequence[SeedResults]) -> str:
    """Summarise one or two samples in a sentence, then name diverged and dead seeds; '' without results."""
    begun = [sample for sample in samples if sample.results]
    if not begun:
        return ""
    said = _alone(begun[0]) if len(begun) == 1 else _compared(begun[0], begun[1])
    return sentences(said, *_failures(begun))


def _alone(sample: SeedResults) -> str:
    found, spread, name = sample.accuracies, sample.spread, sample.name
    if not found:
        return ""  # that it diverged says it all
    if len(found) == 1:
        return tr(
            "{run} ends at {accuracy} with one seed: how far that is chance takes more seeds to see.",
            run=name,
            accuracy=accuracy(next(iter(found.values()))),
        )
    mean, low, high = (float(part[0]) for part in (spread.mean, spread.low, spread.high))
    if low == high:
        return tr(
            "{run} ends at {accuracy} with each of {seeds} seeds.",
            run=name,
            accuracy=accuracy(mean),
            seeds=count(len(found)),
        )
    return tr(
        "{run} ends at {accuracy} on average, and chance alone puts its seeds up to {points} points apart: a smaller "
        "difference between two single runs proves nothing.",
        run=name,
        accuracy=accuracy(mean),
        points=points(high - low),
    )


def _compared(first: SeedResults, second: SeedResults) -> str:
    found = difference(first, second)
    both = {"first": first.name, "second": second.name}
    if not found.n:
        shared = any(seed in first.results for seed in second.results)
        return tr(NO_ACCURACY_SHARED if shared else NO_SEED_SHARED, **both)
    if found.wins == found.losses == 0:
        return tr_count(
            "{first} and {second} end equal with one seed.",
            "{first} and {second} end equal with each of {n} seeds.",
            found.n,
            **both,
        )
    better = {"better": second.name if found.difference > 0 else first.name, "gap": points(abs(found.difference))}
    if found.low is None or found.high is None:
        return _too_few(found, better)
    low, high = (found.low, found.high) if found.difference > 0 else (-found.high, -found.low)
    interval = tr(
        "({confidence} interval {low} to {high})",
        confidence=with_percent(f"{100 * CONFIDENCE:.0f}"),
        low=points(low),
        high=points(high),
    )
    seeds = count(found.n)
    if low <= 0 <= high and not found.difference:
        return tr(
            "On average they end equal {interval}: with {seeds} seeds they cannot be told apart.",
            interval=interval,
            seeds=seeds,
        )
    if low <= 0 <= high:
        return tr(
            "{better} is better by {gap} points {interval}: with {seeds} seeds they cannot be told apart.",
            interval=interval,
            seeds=seeds,
            **better,
        )
    return tr(
        "{better} is better by {gap} points {interval}, in {won} of {seeds} seeds.",
        interval=interval,
        won=count(found.wins if found.difference > 0 else found.losses),
        seeds=seeds,
        **better,
    )


def _too_few(found: Paired, better: Mapping[str, str]) -> str:
    if not found.difference:
        return tr_count(
            "On average they end equal with one seed: whether that is chance takes at least {fewest} to see.",
            "On average they end equal with {n} seeds: whether that is chance takes at least {fewest} to see.",
            found.n,
            fewest=FEWEST_PAIRS,
        )
    return tr_count(
        "{better} is better by {gap} points with one seed: whether that is chance takes at least {fewest} to see.",
        "{better} is better by {gap} points with {n} seeds: whether that is chance takes at least {fewest} to see.",
        found.n,
        fewest=FEWEST_PAIRS,
        **better,
    )


def _failures(samples: Sequence[SeedResults]) -> list[str]:
    """Sentences on seeds that diverged or are dead, which the mean of the others would hide."""
    said = []
    for sample in samples:
        n = len(sample.results)
        if diverged := n - len(sample.accuracies):
            said.append(_diverged(sample.name, diverged, n))
        if dead := sum(result.condition is Condition.DEAD for result in sample.results.values()):
            said.append(_dead(sample.name, dead, n))
    return said


def _diverged(run: str, some: int, n: int) -> str:
    if some == n:
        return tr_count("{run} diverged with its only seed.", "{run} diverged with all {n} seeds.", n, run=run)
    return tr_count(
        "{run} diverged with {n} of {seeds} seeds, which is left out.",
        "{run} diverged with {n} of {seeds} seeds, which are left out.",
        some,
        run=run,
        seeds=count(n),
    )


def _dead(run: str, some: int, n: int) -> str:
    if some == n:
        return tr_count("{run} is dead with its only seed.", "{run} is dead with all {n} seeds.", n, run=run)
    return tr("{run} is dead with {dead} of {seeds} seeds.", run=run, dead=count(some), seeds=count(n))
