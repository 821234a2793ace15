"""Base classes of commands, parsed and unparsed."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from model.base.console import say


class ParsedCommand:
    """Base class of a command with its parsed arguments."""


class HeadlessCommand(ParsedCommand, ABC):
    """Base class of commands that run without a window."""

    @abstractmethod
    def run(self) -> int:
        """Run the command and return the exit code; raises InputError."""


@dataclass(frozen=True)
class PrintText(HeadlessCommand):
    """Command that prints a text, such as the help."""

    text: str

    def run(self) -> int:
        say(self.text)
        return 0


@dataclass(frozen=True)
class Command:
    """Declaration of a command: its name, usage and help, and the parser of the arguments after the name.

    `parse` raises InputError.
    """

    name: str
    usage: str
    help: str
    parse: Callable[[list[str]], ParsedCommand]
