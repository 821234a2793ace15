"""How a language puts clauses, sentences and the items of a list behind each other."""

from collections.abc import Iterable
from functools import reduce

from model.base.language import tr_in


def sentence(*clauses: str) -> str:
    """One sentence of whole clauses without a full stop, of those that are not ''."""
    whole = reduce(lambda first, then: tr_in("clauses", "{first}; {then}", first=first, then=then), _given(clauses))
    return tr_in("clauses", "{clauses}.", clauses=whole)


def sentences(*several: str) -> str:
    """Whole sentences behind each other, of those that are not ''; '' if none is left."""
    told = _given(several) or [""]
    return reduce(lambda first, then: tr_in("sentences", "{first} {then}", first=first, then=then), told)


def listed(*items: str) -> str:
    """Items of a list, none of which is told apart from the others."""
    return tr_in("between items", ", ").join(items)


def in_parts(parts: Iterable[str]) -> str:
    """Parts of a sentence one after the other, each perhaps with a comma of its own."""
    return tr_in("between parts", "; ").join(parts)


def _given(parts: tuple[str, ...]) -> list[str]:
    return [part for part in parts if part]
