"""What the columns of runs side by side show, as sentences for a screen reader."""

from collections.abc import Sequence

from gui.pages.compare.run_moment import RunMoment
from model.base import number_format
from model.base.language import tr
from model.base.sentences import sentences


def compared_said(runs: Sequence[tuple[str, RunMoment]]) -> str:
    """Iteration, accuracy, gradient and condition of each run."""
    return sentences(*(_run_said(name, seen) for name, seen in runs))


def _run_said(name: str, seen: RunMoment) -> str:
    figures = {
        "name": name,
        "iteration": number_format.count(seen.iteration),
        "test": number_format.percent(seen.accuracy),
        "first": number_format.significant(seen.deltas[0]),
        "output": number_format.significant(seen.deltas[-1]),
    }
    if seen.verdict is None:
        return tr(
            "{name}, iteration {iteration}: test {test}, RMS of δ {first} at the first layer, {output} at the output.",
            **figures,
        )
    return tr(
        "{name}, iteration {iteration}: {condition}, test {test}, RMS of δ {first} at the first layer, {output} at "
        "the output.",
        condition=seen.verdict.condition.label,
        **figures,
    )
