"""What is said of a run in each condition: made from the figures of its verdict and the sentence on its cause."""

from model.base.language import tr
from model.base.number_format import count, rounded, rounded_percent
from model.base.sentences import sentence, sentences
from model.diagnosis.factor_clauses import fitting_weights, passed, reach_words
from model.diagnosis.figures import LOSS, NamedFigures, number, whole


def early(figures: NamedFigures, why: str) -> str:
    """Say that it is too early."""
    return tr("Too early to say: in its first iterations every network guesses.")


def learning(figures: NamedFigures, why: str) -> str:
    """Say how many images are right and how much of the gradient reaches layer 1."""
    learns = tr("It learns: {accuracy} of the images are right", accuracy=_accuracy(figures))
    reach = tr("layer 1 receives {reach}", reach=reach_words(figures)) if whole(figures, "layers") else ""
    lag = ""
    if "train_accuracy" in figures:
        known = rounded_percent(number(figures, "train_accuracy"), 3)
        lag = tr("Of its batches it knows {share}: the running averages that tests use lag behind.", share=known)
    return sentences(sentence(learns, reach), lag)


def _accuracy(figures: NamedFigures) -> str:
    return rounded_percent(number(figures, "accuracy"), 3)


def slow(figures: NamedFigures, why: str) -> str:
    """Say how little it knows after how long, and how long it guessed before."""
    accuracy, iterations = _accuracy(figures), _count(figures, "iterations")
    if "guessed" in figures:
        so_far = tr(
            "Only {accuracy} after {iterations} iterations, {guessed} of which it guessed.",
            accuracy=accuracy,
            iterations=iterations,
            guessed=_count(figures, "guessed"),
        )
    else:
        so_far = tr("Only {accuracy} after {iterations} iterations.", accuracy=accuracy, iterations=iterations)
    return sentences(so_far, why)


def _count(figures: NamedFigures, name: str) -> str:
    return count(whole(figures, name))


def stuck(figures: NamedFigures, why: str) -> str:
    """Say how fast its signal grows."""
    if "doubling" not in figures:
        return sentences(why, tr("It may still escape."))
    doubling = rounded(number(figures, "doubling"), 2)
    return sentences(why, tr("But the signal doubles every {doubling} iterations: it may escape.", doubling=doubling))


def dead(figures: NamedFigures, why: str) -> str:
    """Say what it answers to every image, if it gives one answer."""
    if "answer" not in figures:
        return why
    answers = tr(
        "It answers {answer} to every image: {share} is that class's share.",
        answer=whole(figures, "answer"),
        share=rounded_percent(number(figures, "class_share"), 4),
    )
    return sentences(why, answers)


def late(figures: NamedFigures, why: str) -> str:
    """Say for how long it guessed, and if that is known, why."""
    guessed = _count(figures, "guessed")
    if "weights" in figures:
        return sentence(
            _guessed_because(figures, guessed), fitting_weights(figures), tr("then its signal had grown enough")
        )
    escaped = tr("It guessed for {guessed} iterations, then its signal had grown enough.", guessed=guessed)
    # Nothing else is known where no record is left from before, or none shows a cause.
    return escaped if figures.keys() == {"guessed"} else sentences(escaped, why)


def _guessed_because(figures: NamedFigures, guessed: str) -> str:
    if whole(figures, "layers") > 1:
        return tr(
            "It guessed for {guessed} iterations because the weights passed {weights} of the gradient at each layer, "
            "{others}",
            guessed=guessed,
            **passed(figures),
        )
    return tr(
        "It guessed for {guessed} iterations because the weights passed {weights} of the gradient, {others}",
        guessed=guessed,
        **passed(figures),
    )


def diverged(figures: NamedFigures, why: str) -> str:
    """Say where the first value was that is not finite."""
    return sentences(_beyond_numbers(figures), why)


def _beyond_numbers(figures: NamedFigures) -> str:
    if "place" not in figures:
        return tr("The values of a layer left the range of floating point.")
    if figures["place"] == LOSS:
        return tr("The values of the loss left the range of floating point.")
    index = whole(figures, "place")
    if index == figures.get("layers"):
        return tr("The values of the output layer left the range of floating point.")
    return tr("The values of layer {number} left the range of floating point.", number=index + 1)
