"""argparse, built from settings and brought to raise InputError where it would print its usage and exit."""

import argparse
from collections.abc import Sequence
from difflib import get_close_matches
from textwrap import wrap
from typing import Any, NoReturn

from model.console import program
from model.errors import InputError
from model.option_table import explained, written
from model.params import Param

CODES = (
    "Exit codes: 0 after a run, also one that diverged; 2 for bad input; 130 after Ctrl-C, which ends the "
    "run at once and reports what was reached; 141 when nobody reads the output any more."
)


class _Formatter(argparse.HelpFormatter):
    """Wraps without cutting names such as leaky-relu in two."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width, break_on_hyphens=False)


class OptionParser(argparse.ArgumentParser):
    """One command with its options."""

    def __init__(self, command: str, about: str, positional: str = "") -> None:
        super().__init__(
            prog=f"{program()} {command}".rstrip(),
            usage=f"%(prog)s {positional}[--OPTION VALUE ...]",
            description=f"{about} Each option is shown with its default.",
            epilog=CODES,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,  # an abbreviation in a script would break when a longer option joins
        )
        self.options: list[str] = []

    def offer(self, settings: Sequence[Param]) -> None:
        """Accept one option for each setting; what is not given is absent from what `read` returns."""
        for setting in settings:
            self.options.append(setting.option)
            if setting.type is bool:
                self.add_argument(setting.option, dest=setting.name, action="store_true", help=setting.help)
                continue
            self.add_argument(
                setting.option,
                dest=setting.name,
                action="append" if setting.many else "store",
                metavar=written(setting.default) or setting.option.lstrip("-").replace("-", "_").upper(),
                default=argparse.SUPPRESS,
                help=explained(setting).replace("%", "%%"),
            )

    def asked_for_help(self, arguments: list[str]) -> bool:
        """Whether the help is wanted, whatever else is there."""
        return "-h" in arguments or "--help" in arguments

    def read(self, arguments: list[str]) -> dict[str, Any]:
        """What was given, by setting; raises InputError."""
        known, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            name = next((text for text in unknown if text.startswith("-")), unknown[0]).partition("=")[0]
            close = get_close_matches(name, self.options, 1)
            hint = f"did you mean {close[0]}?" if close else f"'{self.prog} --help' lists those there are."
            raise InputError(f"There is no option '{name}'; {hint}")
        return vars(known)

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message.removeprefix('argument ')}; '{self.prog} --help' explains the options.")
