"""What is said of a run in each condition: made from the figures of its verdict and the sentence on its cause."""

from model.base.number_format import count, rounded, rounded_percent
from model.diagnosis.cause_sentences import but_for, factor_words, reach_words
from model.diagnosis.figures import NamedFigures, number, place_name, whole


def early(figures: NamedFigures, why: str) -> str:
    """Say that it is too early."""
    return "Too early to say: in its first iterations every network guesses."


def learning(figures: NamedFigures, why: str) -> str:
    """Say how many images are right and how much of the gradient reaches layer 1."""
    reach = f"; layer 1 receives {reach_words(figures)}" if whole(figures, "layers") else ""
    lag = ""
    if "train_accuracy" in figures:
        known = rounded_percent(number(figures, "train_accuracy"), 3)
        lag = f" Of its batches it knows {known}: the running averages that tests use lag behind."
    return f"It learns: {_accuracy(figures)} of the images are right{reach}.{lag}"


def _accuracy(figures: NamedFigures) -> str:
    return rounded_percent(number(figures, "accuracy"), 3)


def slow(figures: NamedFigures, why: str) -> str:
    """Say how little it knows after how long, and how long it guessed before."""
    guessed = f", {_count(figures, 'guessed')} of which it guessed" if "guessed" in figures else ""
    return f"Only {_accuracy(figures)} after {_count(figures, 'iterations')} iterations{guessed}. {why}"


def _count(figures: NamedFigures, name: str) -> str:
    return count(whole(figures, name))


def stuck(figures: NamedFigures, why: str) -> str:
    """Say how fast its signal grows."""
    if "doubling" not in figures:
        return f"{why} It may still escape."
    doubling = rounded(number(figures, "doubling"), 2)
    return f"{why} But the signal doubles every {doubling} iterations: it may escape."


def dead(figures: NamedFigures, why: str) -> str:
    """Say what it answers to every image, if it gives one answer."""
    if "answer" not in figures:
        return why
    share = rounded_percent(number(figures, "class_share"), 4)
    return f"{why} It answers {whole(figures, 'answer')} to every image: {share} is that class's share."


def late(figures: NamedFigures, why: str) -> str:
    """Say for how long it guessed, and if that is known, why."""
    until, then = f"It guessed for {_count(figures, 'guessed')} iterations", "then its signal had grown enough."
    if "weights" in figures:
        return f"{until} because {factor_words(figures, 'passed', 'the gradient')}{but_for(figures)}; {then}"
    # Nothing else is known where no record is left from before, or none shows a cause.
    return f"{until}, {then}" if figures.keys() == {"guessed"} else f"{until}, {then} {why}"


def diverged(figures: NamedFigures, why: str) -> str:
    """Say where the first value was that is not finite."""
    place = place_name(figures) or "a layer"
    return f"The values of {place[:1].lower()}{place[1:]} left the range of floating point. {why}"
