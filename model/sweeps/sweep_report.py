"""The table that ends a sweep: a row per combination of settings, compared with the best one seed by seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from model.sweeps.statistics import FEWEST_PAIRS, Paired, band, paired
from model.sweeps.sweep import Result, SweepCell

# More would push the best off the screen.
MOST_ROWS = 40
FIGURES = ("seeds", "mean", "std", "min", "max")
COMPARED = ("below best", "95 % interval", "best wins")


@dataclass(frozen=True)
class Combination:
    """The runs of one combination of varied settings: test accuracies by seed, and the number that `diverged`.

    An accuracy is NaN where a run diverged, or has none.
    """

    varied: tuple[tuple[str, str], ...]
    accuracies: tuple[float, ...]
    diverged: int

    @property
    def mean(self) -> float:
        """The mean accuracy of the seeds that have one; NaN without any."""
        return float(band([[each] for each in self.accuracies]).mean[0])


def combinations(cells: Sequence[SweepCell], finished: Mapping[int, Result]) -> list[Combination]:
    """Group results by combination, in the order of the cells; combinations without results are left out."""
    groups: dict[tuple[tuple[str, str], ...], list[Result | None]] = {}
    for cell in cells:
        groups.setdefault(cell.varied, []).append(finished.get(cell.index))
    return [
        Combination(
            varied,
            tuple(nan if each is None or each.accuracy is None else each.accuracy for each in runs),
            sum(each is not None and each.diverged for each in runs),
        )
        for varied, runs in groups.items()
        if any(runs)
    ]


def report(cells: Sequence[SweepCell], finished: Mapping[int, Result]) -> str:
    """Format the table and its conclusion as text; '' without results. At most MOST_ROWS rows, the best ones.

    Where no run has an accuracy, a sentence says so in place of the table.
    """
    found = combinations(cells, finished)
    if not found:
        return ""
    known = [each for each in found if not isnan(each.mean)]
    lost = sum(each.diverged for each in found)
    if not known:
        return f"No run ended with a test accuracy: {lost:,} of {len(finished):,} diverged."
    best = max(known, key=lambda each: each.mean)
    shown, left = found, ""
    if len(found) > MOST_ROWS:
        shown = sorted(known, key=lambda each: -each.mean)[:MOST_ROWS]
        left = f"\nThese are the best {len(shown)} of {len(found):,} combinations."
    against = [paired(best.accuracies, each.accuracies) for each in shown]
    diverged = any(each.diverged for each in shown)
    heads = [*(name for name, _ in best.varied), *FIGURES, *(["diverged"] if diverged else []), *COMPARED]
    rows = [
        [*_figures(each), *([str(each.diverged)] if diverged else []), *_compared(each is best, pair)]
        for each, pair in zip(shown, against, strict=True)
    ]
    return f"{_aligned([heads, *rows], len(best.varied))}\n{left}{_conclusion(best, shown, against, lost)}"


def _figures(each: Combination) -> list[str]:
    spread = band([[accuracy] for accuracy in each.accuracies])
    count = sum(not isnan(accuracy) for accuracy in each.accuracies)
    numbers = (float(curve[0]) for curve in (spread.mean, spread.std, spread.low, spread.high))
    return [*(value for _, value in each.varied), str(count), *(_number(number) for number in numbers)]


def _compared(is_best: bool, pair: Paired) -> list[str]:
    if is_best:
        return ["best", "", ""]
    interval = "" if pair.low is None or pair.high is None else f"{pair.low:.4f} to {pair.high:.4f}"
    return [_number(pair.difference), interval, f"{pair.wins} / {pair.n}"]


def _number(value: float) -> str:
    return "" if isnan(value) else f"{value:.4f}"


def _aligned(rows: Sequence[Sequence[str]], names: int) -> str:
    """Format a table: the first `names` columns left-aligned, the others right-aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            text.ljust(width) if place < names else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _conclusion(best: Combination, shown: Sequence[Combination], against: Sequence[Paired], lost: int) -> str:
    lines = ["\nTest accuracy at the end of each run."]
    if len(shown) > 1:
        lines[0] += " The best is compared with each of the others seed by seed."
    if lost:
        lines.append(f"{lost:,} {'run' if lost == 1 else 'runs'} diverged and {'is' if lost == 1 else 'are'} left out.")
    others = [(each, pair) for each, pair in zip(shown, against, strict=True) if each is not best]
    if any(0 < pair.n < FEWEST_PAIRS for _, pair in others):
        lines.append(
            f"Fewer than {FEWEST_PAIRS} seeds cannot tell a difference from chance; "
            f"an interval takes {FEWEST_PAIRS} or more with which both have an accuracy."
        )
    alike = [_called(each) for each, pair in others if pair.low is not None and pair.low <= 0]
    if alike:
        lines.append(f"So few seeds cannot tell {_called(best)} from {'; '.join(alike)}.")
    return "\n".join(lines)


def _called(each: Combination) -> str:
    return " ".join(f"{name}={value}" for name, value in each.varied)
