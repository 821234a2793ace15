"""The window's words in the user's language, from gettext's catalogues; English while none is in use.

`python3 run.py words` finds the words that these functions are given. The command line uses no language, and what is
written to files is made within `english()`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, Self, TypeVar

ENGLISH = "en"
DOMAIN = "layerscope"  # the catalogues' file name

Kind = TypeVar("Kind")


class Catalogue(Protocol):
    """What looks words up, as `gettext.GNUTranslations` does; words that it does not have come back as they are."""

    def gettext(self, message: str, /) -> str:
        """The translation of a message."""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """The translation of the form for a number."""

    def pgettext(self, context: str, message: str, /) -> str:
        """The translation of a message in its context."""


Spoken = tuple[str, Catalogue | None]  # a language's code, and its words; None is English

_catalogue: Catalogue | None = None
_code = ENGLISH
_meanwhile: ContextVar[Spoken | None] = ContextVar("meanwhile", default=None)


def _spoken() -> Spoken:
    return _meanwhile.get() or (_code, _catalogue)


def language() -> str:
    """The code of the language in use, as in the names of the catalogues' folders: en, ja."""
    return _spoken()[0]


def languages() -> tuple[str, ...]:
    """The codes of the languages that the window speaks, English first."""
    from model.base.user_paths import RESOURCES

    found = (RESOURCES / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return (ENGLISH, *sorted(path.parent.parent.name for path in found))


def use(code: str) -> None:
    """Speak a language from now on; English where there is no catalogue of it."""
    use_catalogue(*_known(code))


def _known(code: str) -> Spoken:
    if code == ENGLISH or code not in languages():
        return ENGLISH, None
    from gettext import translation

    from model.base.user_paths import RESOURCES

    return code, translation(DOMAIN, RESOURCES / "locale", [code])


def use_catalogue(code: str, catalogue: Catalogue | None) -> None:
    """Look words up in a catalogue from now on; None is English."""
    global _catalogue, _code
    _catalogue, _code = catalogue, code


@contextmanager
def english() -> Iterator[None]:
    """Speak English in this thread meanwhile: whatever goes into a file, a log or onto the command line."""
    with speaking(ENGLISH):
        yield


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language in this thread meanwhile, English where there is no catalogue of it: for texts that have one."""
    before = _meanwhile.set((_code, _catalogue) if code == _code else _known(code))
    try:
        yield
    finally:
        _meanwhile.reset(before)


def message(text: str) -> str:
    """Mark words for the catalogue that are looked up later, by `tr`; they come back as they are."""
    return text


def tr(text: str, /, **figures: object) -> str:
    """A message in the user's language, with its named figures in their places."""
    catalogue = _spoken()[1]
    # What gettext keeps under '' is the catalogue's head.
    found = text if catalogue is None or not text else catalogue.gettext(text)
    return found.format(**figures) if figures else found


def tr_in(context: str, text: str, /, **figures: object) -> str:
    """A message that other languages word differently in this context."""
    catalogue = _spoken()[1]
    found = text if catalogue is None else catalogue.pgettext(context, text)
    return found.format(**figures) if figures else found


def tr_count(one: str, many: str, number: int, /, **figures: object) -> str:
    """The message that goes with a number of things, which stands at `{n}`."""
    catalogue = _spoken()[1]
    found = (one if number == 1 else many) if catalogue is None else catalogue.ngettext(one, many, number)
    return found.format(n=with_thousands(f"{number:,}"), **figures)


def with_thousands(digits: str) -> str:
    """A number whose thousands stand between commas, as the language in use writes it."""
    return digits.replace(",", tr_in("between thousands", "\u202f"))


class Message:
    """A template with its figures, put together whenever it is read."""

    def __init__(self, text: str, **figures: object) -> None:
        self.text, self.figures = text, figures

    def __str__(self) -> str:
        """The message in the user's language."""
        return tr(self.text, **self.figures)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same template with the same figures, whatever the language."""
        return isinstance(other, Message) and (self.text, self.figures) == (other.text, other.figures)

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.figures!r})"


class Later:
    """What a function makes of some values, put into words whenever it is read: a count, a list, a label."""

    def __init__(self, words: Callable[..., object], *values: object) -> None:
        self.words, self.values = words, values

    def __str__(self) -> str:
        """The words in the user's language."""
        return str(self.words(*self.values))


class InContext(str):
    """Declared words that other languages word differently in this context, as `tr_in` looks them up."""

    __slots__ = ("context",)
    context: str

    def __new__(cls, context: str, text: str) -> Self:
        """Words, and the context that they stand in."""
        made = super().__new__(cls, text)
        made.context = context
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """What pickles make it of."""
        return type(self), (self.context, str(self))


class ShownText:
    """A field of declared words: it keeps the English ones and is read in the user's language."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        """The words in the user's language; of the class, the field itself."""
        if owner is None:
            return self
        text = owner.__dict__[self.name]
        if not text:  # under which gettext keeps the catalogue's head
            return text
        return tr_in(text.context, text) if isinstance(text, InContext) else tr(text)

    def __set__(self, owner: Any, text: str) -> None:
        """Keep the English words."""
        owner.__dict__[self.name] = text


def message_of(owner: object, name: str) -> Message:
    """The words of a declared field as a message, which is looked up whenever it is read."""
    return Message(owner.__dict__[name])


def shown(*names: str) -> Callable[[type[Kind]], type[Kind]]:
    """A decorator of a dataclass: these fields are words for the screen, declared in English and read translated.

    Its objects are compared and hashed by the English words, whatever is spoken.
    """

    def mark(kind: type[Kind]) -> type[Kind]:
        for name in names:
            setattr(kind, name, ShownText(name))
        for name in ("__eq__", "__hash__"):
            if made := vars(kind).get(name):
                setattr(kind, name, _in_english(made))
        return kind

    return mark


def _in_english(method: Callable[..., Any]) -> Callable[..., Any]:
    def compared(*operands: object) -> object:
        if _spoken()[1] is None:
            return method(*operands)
        with english():
            return method(*operands)

    return compared
