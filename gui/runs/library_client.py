"""The line from the autosaver: what its thread answers and tells comes into this one."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from model.base.errors import InputError
from model.history.run_summary import RunListing
from model.library.autosave import Autosaver
from model.library.library import Library

T = TypeVar("T")


class LibraryClient(QObject):
    """Asks the library of `autosaver`; `said` tells what that has to tell, and why a question has no answer."""

    autosaver: Autosaver

    said = Signal(str)
    _answered = Signal(object, object)
    _told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # The autosaver's thread only emits: a slot of an object of this thread is called in this one.
        self._answered.connect(self._take)
        self._told.connect(self._say)

    def tell(self, text: str) -> None:
        """Have something said; for any thread."""
        self._told.emit(text)

    def ask(
        self,
        question: Callable[[Library], T],
        then: Callable[[T], None],
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Have `then` called with the answer or, where the library raises InputError, say that and call `refused`."""
        self.autosaver.ask(partial(_answer, question), partial(self._answered.emit, (then, refused)))

    @Slot(object, object)
    def _take(self, receivers: tuple[Callable[[Any], None], Callable[[], None] | None], answer: Any) -> None:
        then, refused = receivers
        if not isinstance(answer, InputError):
            then(answer)
            return
        self.said.emit(str(answer))
        if refused:
            refused()

    @Slot(str)
    def _say(self, text: str) -> None:
        self.said.emit(text)


def _answer(question: Callable[[Library], Any], library: Library) -> Any:
    try:
        return question(library)
    except InputError as error:
        return error


def in_words(question: Callable[[Library], list[RunListing] | None], library: Library) -> list[RunListing] | None:
    """The list that answers, its settings put into words already: the window would have to wait for thousands."""
    found = question(library)
    for listing in found or ():
        _ = listing.recipe.config.words
    return found
