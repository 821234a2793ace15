"""What the curves show, as sentences for a screen reader."""

from collections.abc import Mapping, Sequence

from gui.views.spoken_layers import named
from model.base import number_format
from model.base.language import tr
from model.base.sentences import in_parts

MOST_OTHERS = 5  # runs behind the own that are named


def accuracy_said(iteration: int, figures: Mapping[str, float], guess: float) -> str:
    """Both accuracies of an iteration beside that of a guess."""
    return tr(
        "Iteration {iteration}: test {test}, training batch {train}; guessing gives {guess}.",
        iteration=number_format.count(iteration),
        test=number_format.percent(figures["test_accuracy"]),
        train=number_format.percent(figures["train_accuracy"]),
        guess=number_format.percent(guess),
    )


def loss_said(iteration: int, figures: Mapping[str, float], guess: float) -> str:
    """The loss of an iteration beside that of a guess."""
    return tr(
        "Iteration {iteration}: loss {loss}; guessing gives {guess}.",
        iteration=number_format.count(iteration),
        loss=number_format.significant(figures["loss"]),
        guess=number_format.significant(guess),
    )


def nothing_drawn() -> str:
    """What is said of an empty plot."""
    return tr("Nothing is drawn yet. Press Train.")


def beside(own: str, others: Sequence[tuple[str, str]]) -> str:
    """The own run's sentence, and behind it the last figures of other runs, by name; of many only the first."""
    if not others:
        return own
    runs = in_parts(named(*other) for other in others[:MOST_OTHERS])
    return tr("{own} Other runs: {others}.", own=own, others=runs)
