"""Enums whose members a user chooses by name."""

from enum import Enum
from typing import Self

from model.base.errors import InputError


class Choice(Enum):
    """An Enum that is written, parsed and stored by the name of its members (`leaky-relu`), never by label or index."""

    @property
    def key(self) -> str:
        """The name as the command line and files write it."""
        return self.name.lower().replace("_", "-")

    @property
    def label(self) -> str:
        """The name as the screen writes it."""
        return str(self.value.label)

    @property
    def help(self) -> str:
        """One sentence on what choosing it does."""
        return str(self.value.help)

    @classmethod
    def named(cls, text: str) -> Self:
        """The member called `text`; raises InputError that lists the names there are."""
        for member in cls:
            if member.key == text.strip().lower().replace("_", "-"):
                return member
        raise InputError(f"'{text}' is not one of {', '.join(member.key for member in cls)}.")
