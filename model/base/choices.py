"""Enums whose members a user chooses by name."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Self, TypeVar

from model.base.errors import InputError

MINUS = "\N{MINUS SIGN}"
Member = TypeVar("Member", bound="Choice")


@dataclass(frozen=True)
class Wording:
    """The label and help text of a choice that says no more than that."""

    label: str
    help: str


class Choice(Enum):
    """Enum whose members are written, parsed and stored by name (`leaky-relu`), never by label or index."""

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

    @classmethod
    def named(cls, text: str) -> Self:
        """Find the member named `text`, by its key, its name or its label; raises InputError that lists the keys."""
        members = _members(cls)
        found: Self | None = members.get(_plain(text)) or _labelled(cls).get(_plain(text))
        if found is None:
            raise InputError(f"'{text}' is not one of {', '.join(members)}.")
        return found


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", "-").replace(" ", "-").replace(MINUS, "-")


@cache
def _labelled(kind: type[Member]) -> dict[str, Member]:
    return {_plain(text): member for member in kind for text in (member.name, member.label)}


@cache
def _members(kind: type[Member]) -> dict[str, Member]:
    return {member.key: member for member in kind}
