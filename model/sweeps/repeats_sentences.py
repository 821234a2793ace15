"""Sentences that summarise repeated runs for a learner, with their figures."""

from collections import Counter
from collections.abc import Sequence

from model.base.number_format import THIN, count
from model.diagnosis.verdict import Condition
from model.sweeps.repeats import SeedResults
from model.sweeps.statistics import CONFIDENCE, FEWEST_PAIRS, Paired, paired

MINUS = "\u2212"


def points(share: float, *, signed: bool = False) -> str:
    """Format a difference of accuracies in percentage points: 0.25, −1.20, 12.3; +0.25 if `signed`."""
    value = 100 * share
    text = f"{abs(value):.{1 if abs(value) >= 10 else 2}f}"
    zero = not float(text)
    sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
    return sign + text


def accuracy(share: float) -> str:
    """Format an accuracy (0 to 1) as 94.28 %."""
    return f"{100 * share:.2f}{THIN}%"


def difference(first: SeedResults, second: SeedResults) -> Paired:
    """The paired difference of accuracies, second - first, over the seeds that both have."""
    shared = [seed for seed in second.accuracies if seed in first.accuracies]
    return paired([second.accuracies[seed] for seed in shared], [first.accuracies[seed] for seed in shared])


def verdicts(sample: SeedResults) -> str:
    """Count the verdicts of the seeds: '9 learning, 1 dead'."""
    found = Counter(result.condition for result in sample.results.values())
    return ", ".join(f"{found[each]} {each.label.lower()}" for each in Condition if found[each])


def conclusion(samples: Sequence[SeedResults]) -> str:
    """Summarise one or two samples in a sentence, then name diverged and dead seeds; '' without results."""
    begun = [sample for sample in samples if sample.results]
    if not begun:
        return ""
    said = _alone(begun[0]) if len(begun) == 1 else _compared(begun[0], begun[1])
    return " ".join(sentence for sentence in (said, *_failures(begun)) if sentence)


def _alone(sample: SeedResults) -> str:
    found, spread = sample.accuracies, sample.spread
    if not found:
        return ""  # that it diverged says it all
    if len(found) == 1:
        end = accuracy(next(iter(found.values())))
        return f"{sample.name} ends at {end} with one seed: how far that is chance takes more seeds to see."
    mean, low, high = (float(part[0]) for part in (spread.mean, spread.low, spread.high))
    if low == high:
        return f"{sample.name} ends at {accuracy(mean)} with each of {count(len(found))} seeds."
    return (
        f"{sample.name} ends at {accuracy(mean)} on average, and chance alone puts its seeds up to "
        f"{points(high - low)} points apart: a smaller difference between two single runs proves nothing."
    )


def _compared(first: SeedResults, second: SeedResults) -> str:
    found = difference(first, second)
    if not found.n:
        both = any(seed in first.results for seed in second.results)
        why = "have no accuracy with the same seed" if both else "have no seed in common"
        return f"{first.name} and {second.name} {why}: there is no pair to compare."
    better = second.name if found.difference > 0 else first.name
    gap = points(abs(found.difference))
    if found.wins == found.losses == 0:
        return f"{first.name} and {second.name} end equal{_seeds(found.n)}."
    said = f"{better} is better by {gap} points" if found.difference else "On average they end equal"
    if found.low is None or found.high is None:
        seeds = "one seed" if found.n == 1 else f"{count(found.n)} seeds"
        return f"{said} with {seeds}: whether that is chance takes at least {FEWEST_PAIRS} to see."
    low, high = (found.low, found.high) if found.difference > 0 else (-found.high, -found.low)
    interval = f"({100 * CONFIDENCE:.0f}{THIN}% interval {points(low)} to {points(high)})"
    if low <= 0 <= high:
        return f"{said} {interval}: with {count(found.n)} seeds they cannot be told apart."
    won = found.wins if found.difference > 0 else found.losses
    return f"{said} {interval}, in {count(won)} of {count(found.n)} seeds."


def _seeds(n: int) -> str:
    return " with one seed" if n == 1 else f" with each of {count(n)} seeds"


def _failures(samples: Sequence[SeedResults]) -> list[str]:
    """Sentences on seeds that diverged or are dead, which the mean of the others would hide."""
    said = []
    for sample in samples:
        n = len(sample.results)
        diverged = n - len(sample.accuracies)
        if diverged:
            rest = ", which is left out" if diverged == 1 else ", which are left out"
            said.append(f"{sample.name} diverged with {_share(diverged, n)}{rest if diverged < n else ''}.")
        dead = sum(result.condition is Condition.DEAD for result in sample.results.values())
        if dead:
            said.append(f"{sample.name} is dead with {_share(dead, n)}.")
    return said


def _share(some: int, n: int) -> str:
    if some == n:
        return "its only seed" if n == 1 else f"all {count(n)} seeds"
    return f"{count(some)} of {count(n)} seeds"
