"""Votes of a class on the options of a bet: how many chose each, before they talked about it and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

MOST_VOTES = 999  # for one option
ROUNDS = 2  # question, vote, talk, vote: Crouch & Mazur 2001, "Peer instruction"

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Votes:
    """Counts of both rounds by the options' ids; what nobody has counted is not in them."""

    rounds: tuple[Counts, Counts] = field(default_factory=lambda: ({}, {}))

    def __bool__(self) -> bool:
        return any(self.total(number) for number in range(1, ROUNDS + 1))

    def count(self, number: int, option: str) -> int:
        """How many chose an option in a round, from 1."""
        return self.rounds[number - 1].get(option, 0)

    def total(self, number: int) -> int:
        """How many voted in a round."""
        return sum(self.rounds[number - 1].values())

    def share(self, number: int, option: str) -> float:
        """The share of a round's votes that an option got, 0 where nobody voted."""
        total = self.total(number)
        return self.count(number, option) / total if total else 0.0

    def with_count(self, number: int, option: str, count: int) -> Self:
        """With another count."""
        first, second = self.rounds
        counted = {**self.rounds[number - 1], option: min(max(count, 0), MOST_VOTES)}
        return replace(self, rounds=(counted, second) if number == 1 else (first, counted))

    def to_json(self) -> list[dict[str, int]]:
        """In types that JSON knows."""
        return [dict(counts) for counts in self.rounds]

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """The reverse of to_json; raises TypeError or ValueError for anything else."""
        first, second = ({_key(key): _count(count) for key, count in counts.items()} for counts in values)
        return cls((first, second))


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError
    return key


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_VOTES:
        raise TypeError
    return value
