"""The table that ends a sweep: a row per combination of settings, compared with the best one seed by seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from model.sweeps.statistics import Paired, band, paired
from model.sweeps.sweep import Result, SweepCell

# More would push the best off the screen.
MOST_ROWS = 40
FIGURES = ("seeds", "mean", "std", "min", "max")
COMPARED = ("below best", "95 % interval", "best wins")


@dataclass(frozen=True)
class Combination:
    """The runs of one combination of varied settings: test accuracies by seed (NaN without one), diverged runs."""

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
            tuple(
                nan if each is None or each.final_test_accuracy is None else each.final_test_accuracy for each in runs
            ),
            sum(each is not None and each.diverged for each in runs),
        )
        for varied, runs in groups.items()
        if any(runs)
    ]


def report(cells: Sequence[SweepCell], finished: Mapping[int, Result]) -> str:
    """Format the table and its conclusion as text; '' without results. At most MOST_ROWS rows, the best ones."""
    found = combinations(cells, finished)
    known = [each for each in found if not isnan(each.mean)]
    if not known:
        return ""
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
    return f"{_aligned([heads, *rows], len(best.varied))}\n{left}{_conclusion(best, shown, against)}"


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


def _conclusion(best: Combination, shown: Sequence[Combination], against: Sequence[Paired]) -> str:
    lines = ["\nTest accuracy at the end of each run."]
    if len(shown) > 1:
        lines[0] += " The best is compared with each of the others seed by seed."
    alike = [
        _called(each)
        for each, pair in zip(shown, against, strict=True)
        if each is not best and pair.low is not None and pair.low <= 0
    ]
    if alike:
        lines.append(f"So few seeds cannot tell {_called(best)} from {'; '.join(alike)}.")
    return "\n".join(lines)


def _called(each: Combination) -> str:
    return " ".join(f"{name}={value}" for name, value in each.varied)
