"""Where in the window the answer to a bet could be read before it is placed; the window covers these places until then.

A run gives away what is asked of it where an earlier step has shown it, and at iteration 0 as soon as it is set up.
"""

from collections.abc import Iterator, Mapping

from model.config.views import CardKind, ViewKind
from model.lessons.lesson import BetKind, Lesson, Step
from model.lessons.measures import Term
from model.lessons.quantities import MeasuredQuantity as Q

Part = CardKind | ViewKind
CURVES = (CardKind.ACCURACY, CardKind.LOSS)  # in which other runs are drawn behind that on the screen
# Where each quantity stands in figures, or as a length beside a scale. The verdict is held back by itself, and what is
# computed is nowhere; how many answers there are is found by looking at many images, which is an exercise.
READ_IN: Mapping[Q, tuple[Part, ...]] = {
    Q.ACCURACY: (CardKind.ACCURACY,),
    Q.TRAIN_ACCURACY: (CardKind.ACCURACY,),
    Q.LOSS: (CardKind.LOSS,),
    Q.ANSWERS: (),
    Q.COMMON_ANSWER: (ViewKind.DIGIT,),
    Q.CONDITION: (),
    Q.CAUSE: (),
    Q.ESCAPE: (*CURVES, ViewKind.TIMELINE),
    Q.REACH: (CardKind.SIGNAL, ViewKind.GRADIENTS, ViewKind.LEDGER, ViewKind.TIMELINE),
    Q.GAIN: (ViewKind.LEDGER, ViewKind.SLOPE),
    Q.SLOPE_PRODUCT: (ViewKind.LEDGER, ViewKind.SLOPE),
    Q.WEIGHTS_PRODUCT: (ViewKind.LEDGER,),
    Q.SIGNAL: (CardKind.SIGNAL, ViewKind.ACTIVATIONS),
    Q.SHARE: (ViewKind.ACTIVATIONS, ViewKind.SLOPE, ViewKind.WEIGHTS),
    Q.UPDATE: (ViewKind.GRADIENTS, ViewKind.TIMELINE),
    Q.PATH: (ViewKind.DIGIT,),
    Q.WEIGHT: (ViewKind.WEIGHTS, ViewKind.TIMELINE),
    Q.MAX_SLOPE: (ViewKind.SLOPE,),
}
# A bet that is drawn on a card covers there by itself what it asks for.
DRAWN_ON = {BetKind.CURVE: CardKind.ACCURACY, BetKind.MARK: CardKind.ACCURACY, BetKind.BARS: CardKind.SIGNAL}


def giveaways(lesson: Lesson, step: Step) -> frozenset[Part]:
    """The cards and views that tell what the bet of a step asks, before it is placed."""
    bet = step.bet
    if not bet:
        return frozenset()
    seen = _shown_before(lesson, step)
    found: set[Part] = set()
    for measure in bet.measures:
        places = [set(_places(term, step, seen)) for term in measure.terms]
        if all(places):  # one that is not known yet keeps a difference or a ratio secret
            found |= set.union(*places)
    return frozenset(found - {DRAWN_ON.get(bet.kind)})


def _shown_before(lesson: Lesson, step: Step) -> set[str]:
    """Keys of the experiments whose runs earlier steps have shown."""
    seen: set[str] = set()
    for each in lesson.steps[: lesson.steps.index(step)]:
        seen |= {*((each.experiment.key,) if each.experiment else ()), *(each.bet.runs if each.bet else ())}
    return seen


def _places(term: Term, step: Step, seen: set[str]) -> Iterator[Part]:
    on_screen = step.experiment is not None and step.experiment.key == term.run
    at_start = dict(term.arguments).get("at") == 0
    for part in READ_IN.get(term.quantity, ()):
        if not term.run or (on_screen and (at_start or term.run in seen)) or (term.run in seen and part in CURVES):
            yield part
