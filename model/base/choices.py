"""Enums whose members a user chooses by name."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Self, TypeVar

from model.base.errors import InputError

Member = TypeVar("Member", bound="Choice")


@dataclass(frozen=True)
class Wording:
    """The label and help text of a choice that says no more than that."""

    label: str
    help: str


class Choice(Enum):
    """Enum whose members are written, parsed and stored by name (`leaky-relu`), never by label or index."""

    # There is one object of each member. Enum's own hash is written in Python and took most of the time of a config's.
    __hash__ = object.__hash__

    @property
    def key(self) -> str:
        """Name used on the command line and in files."""
        return self.name.lower().replace("_", "-")

    @property
    def label(self) -> str:
        """Name shown on screen."""
        return str(self.value.label)

    @property
    def help(self) -> str:
        """Sentence that describes the effect of this choice."""
        return str(self.value.help)

    @property
    def other_names(self) -> tuple[str, ...]:
        """What it may be called beside its key."""
        return ()

    @classmethod
    def named(cls, text: str) -> Self:
        """Find the member named `text`; raises InputError that lists the valid keys."""
        members = _members(cls)
        found: Self | None = members.get(_plain(text)) or _otherwise(cls).get(_plain(text))
        if found is None:
            raise InputError(f"'{text}' is not one of {', '.join(members)}.")
        return found


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", "-")


@cache
def _otherwise(kind: type[Member]) -> dict[str, Member]:
    return {_plain(name): member for member in kind for name in member.other_names}


@cache
def _members(kind: type[Member]) -> dict[str, Member]:
    return {member.key: member for member in kind}
