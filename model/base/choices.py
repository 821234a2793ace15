"""Enums whose members a user chooses by name."""

from enum import Enum
from functools import cache
from typing import Self, TypeVar

from model.base.errors import InputError

Member = TypeVar("Member", bound="Choice")


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
        """Find the member named `text`; raises InputError that lists the valid names."""
        members = _members(cls)
        found: Self | None = members.get(text.strip().lower().replace("_", "-"))
        if found is None:
            raise InputError(f"'{text}' is not one of {', '.join(members)}.")
        return found


@cache
def _members(kind: type[Member]) -> dict[str, Member]:
    return {member.key: member for member in kind}
