"""In which of this program's lessons each card of the window is used."""

from collections.abc import Iterable, Iterator
from functools import cache

from model.base.errors import InputError
from model.lessons.lesson import BetKind, Lesson, Step
from model.lessons.lesson_folder import OWN_LESSONS, lesson_files, read_lesson
from model.lessons.places import Place
from model.lessons.texts import LessonText, PlaceLink

DRAWN_ON = {BetKind.CURVE: "accuracy", BetKind.MARK: "accuracy", BetKind.BARS: "signal"}


def cards_of(step: Step) -> Iterator[str]:
    """The keys of the cards, views and pages that a step opens, lights up or has its bet drawn on."""
    yield step.page.key
    for view in (step.view, step.experiment.view if step.experiment else None):
        if view:
            yield view.key
    yield from (place.part for place in (*step.mark, *_places(step.text)))
    if bet := step.bet:
        yield DRAWN_ON.get(bet.kind, "")
        texts = (bet.question, bet.after, *(text for each in bet.options for text in (each.text, each.why)))
        yield from (place.part for text in texts for place in _places(text))


def _places(text: LessonText) -> Iterator[Place]:
    return (piece.place for piece in text.pieces if isinstance(piece, PlaceLink))


def lessons_using(card: str, lessons: Iterable[Lesson]) -> tuple[int, ...]:
    """The numbers of the lessons that use the card with this key; its page is what its key begins with.

    Lessons without a number are left out.
    """
    own = {card, card.partition("-")[0]}
    using = (each for each in lessons if any(own & set(cards_of(step)) for step in each.steps))
    return tuple(int(lesson.number) for lesson in using if lesson.number)


@cache
def _own_lessons() -> tuple[Lesson, ...]:
    found = []
    for path in lesson_files(OWN_LESSONS):
        try:
            found.append(read_lesson(path))
        except InputError:  # the Lesson tab says so
            continue
    return tuple(found)


def own_lessons_using(card: str) -> tuple[int, ...]:
    """The same among this program's lessons, which are read when first asked for; those that are broken are left out.

    Raises InputError where there are none.
    """
    return lessons_using(card, _own_lessons())
