"""Enums whose members a user chooses by name."""

from enum import Enum
from typing import Self

from model.base.errors import InputError


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
        for member in cls:
            if member.key == text.strip().lower().replace("_", "-"):
                return member
        raise InputError(f"'{text}' is not one of {', '.join(member.key for member in cls)}.")
