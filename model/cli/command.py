"""What a command is, and what a command line can ask for."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from model.base.console import say


class ParsedCommand:
    """What the arguments ask for."""


class HeadlessCommand(ParsedCommand, ABC):
    """What can be done without a window."""

    @abstractmethod
    def run(self) -> int:
        """Do it; returns the exit code."""


@dataclass(frozen=True)
class PrintText(HeadlessCommand):
    """Print a text."""

    text: str

    def run(self) -> int:
        """Print it."""
        say(self.text)
        return 0


@dataclass(frozen=True)
class Command:
    """A word that the command line can begin with: what may follow it, what it does, and who reads what follows.

    `parse` raises InputError.
    """

    name: str
    usage: str
    help: str
    parse: Callable[[list[str]], ParsedCommand]
