"""What a search for a cure found, in words: short figures of a result, the conclusion, a table, JSON."""

from collections.abc import Sequence
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from model.base.language import english, tr, tr_count
from model.base.number_format import count, rounded_percent, short_portion
from model.base.sentences import sentences
from model.config.config import Config
from model.diagnosis.verdict import verdict_json

if TYPE_CHECKING:
    from model.cures.search import CureSearch
    from model.cures.trial import TrialResult

BLOCKS = "▁▂▃▄▅▆▇█"
HEAD = ("", "change", "test accuracy", "verdict", "iterations", "layer 1 receives", "on the way")
LEFT = (0, 1, 3, 6)  # columns of texts


def accuracy_words(result: "TrialResult") -> str:
    """Format the test accuracy: "92.4 %", "–" where the run diverged or was not tested."""
    return rounded_percent(result.accuracy, 3) if isfinite(result.accuracy) else "–"


def reach_words(result: "TrialResult") -> str:
    """Format how much of the output's gradient layer 1 receives: "34 %", "1/4 900", "all", "×1.6"."""
    return "–" if isnan(result.reach) else short_portion(result.reach)


def conclusion(search: "CureSearch") -> str:
    """Say in one or two sentences what has been found so far, or in the end."""
    sick, best = search.sick, next(iter(search.ranking), None)
    if sick and sick.cured:
        accuracy = accuracy_words(sick)
        return tr("This run needs no cure: {accuracy} of the images are right at its end.", accuracy=accuracy)
    if search.cure:
        return _smallest(search, search.cure)
    if not best:
        return tr("Nothing has been tried yet.")
    return sentences(
        _none_cures(search),
        tr("The closest is {change} with {accuracy}.", change=best.trial.label, accuracy=accuracy_words(best)),
    )


def _smallest(search: "CureSearch", cure: "TrialResult") -> str:
    change, accuracy = cure.trial.label, accuracy_words(cure)
    if search.finished:
        found = tr("Smallest change that cures: {change}, {accuracy}.", change=change, accuracy=accuracy)
    else:
        found = tr("Smallest change that cures so far: {change}, {accuracy}.", change=change, accuracy=accuracy)
    return sentences(tr("No single change cures.") if len(cure.trial.words) > 1 else "", found)


def _none_cures(search: "CureSearch") -> str:
    tried = len(search.results)
    if search.exhausted:
        return tr("Nothing within two changes cures this run: {number} were tried.", number=count(tried))
    if search.finished:
        return tr_count(
            "None of {n} change cures, and there are more pairs.",
            "None of {n} changes cures, and there are more pairs.",
            tried,
        )
    return tr_count("None of {n} change cures so far.", "None of {n} changes cures so far.", tried)


def trial_table(search: "CureSearch") -> str:
    """Format the results as a table, best first, the smallest change that cures marked with *; '' without results."""
    rows = [_row(result, marked=result is search.cure) for result in search.ranking]
    if search.sick:
        rows.append(_row(search.sick, marked=False))
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in LEFT else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (HEAD, *rows)
    )


def _row(result: "TrialResult", *, marked: bool) -> tuple[str, ...]:
    return (
        "*" if marked else "",
        result.trial.label,
        f"{result.accuracy:.4f}" if isfinite(result.accuracy) else "",
        result.verdict.condition.label,
        f"{result.iterations:,}",
        reach_words(result),
        spark_text(result.spark),
    )


def spark_text(shares: Sequence[float]) -> str:
    """Draw shares (0..1) as a line of blocks, a letter each."""
    last = len(BLOCKS) - 1
    return "".join(BLOCKS[min(max(round(share * last), 0), last)] for share in shares if isfinite(share))


def result_json(result: "TrialResult", config: Config) -> dict[str, Any]:
    """Convert a result to types that JSON can hold; `settings` has what differs from `config`. English."""
    before, after = config.to_json(), result.trial.config.to_json()
    with english():
        changes = list(result.trial.changes)
    return {
        "changes": changes,
        "settings": {name: value for name, value in after.items() if before.get(name) != value},
        "offered": result.trial.offered,
        "cured": result.cured,
        "test_accuracy": _finite(result.accuracy),
        "iterations": result.iterations,
        "reach": _finite(result.reach),
        "curve": [_finite(share) for share in result.spark],
        "verdict": verdict_json(result.verdict),
    }


def search_json(search: "CureSearch") -> dict[str, Any]:
    """Convert the end of a search to types that JSON can hold; its words are English."""
    with english():
        return {
            "done": True,
            "cure": list(search.cure.trial.changes) if search.cure else None,
            "trials": len(search.results),
            "exhausted": search.exhausted,
            "sentence": conclusion(search),
            "config": search.config.to_json(),
        }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
