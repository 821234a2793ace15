"""Base classes of commands, parsed and unparsed."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib import import_module

from model.base.console import say

# Options that are commands by themselves.
INSTALL, UNINSTALL = "--install-desktop", "--uninstall-desktop"


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
    """Declaration of a command: its name, usage and help; `module` of `model.cli` has its `parse`, '' is its name."""

    name: str
    usage: str
    help: str
    module: str = ""

    def parse(self, arguments: list[str]) -> ParsedCommand:
        """Parse the arguments after the name; raises InputError."""
        # Imported when it is asked for: each command needs only a part of the model.
        parsed: ParsedCommand = import_module(f"model.cli.{self.module or self.name}").parse(arguments)
        return parsed
