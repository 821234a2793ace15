"""argparse built from declared settings; raises InputError where argparse would print its usage and exit."""

import argparse
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from textwrap import wrap
from typing import Any, NoReturn

from model.base.console import program
from model.base.errors import InputError
from model.base.params import Param, params
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_text import explained, owners, written
from model.config.run_options import PresetOption
from model.nn.optimizers import Optimizer

CODES = (
    "Exit codes: 0 after a run, also one that diverged; 2 for bad input; 130 after Ctrl-C, which ends the "
    "run at once and reports what was reached; 141 when nobody reads the output any more."
)


class _Formatter(argparse.HelpFormatter):
    """Help formatter that does not break lines at the hyphen of names such as leaky-relu."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width, break_on_hyphens=False)


class OptionParser(argparse.ArgumentParser):
    """Argument parser of one command, with options from `Param` declarations."""

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
        self.former: list[RunSetting] = []

    def offer(self, settings: Sequence[Param]) -> None:
        """Add an option for each setting; options that are not given are absent from the result of `read`."""
        for setting in settings:
            self.options.append(setting.option)
            if isinstance(setting, RunSetting) and setting.formerly:
                self.former.append(setting)
                self.add_argument(setting.formerly.option, dest=setting.formerly.name, default=argparse.SUPPRESS,
                                  help=argparse.SUPPRESS)  # fmt: skip
            if setting.type is bool:
                self.add_argument(setting.option, dest=setting.name, action="store_true", help=setting.help)
                continue
            self.add_argument(
                setting.option,
                dest=setting.name,
                action="append" if setting.many else "store",
                metavar=written(setting.default) or setting.option.lstrip("-").replace("-", "_").upper(),
                default=argparse.SUPPRESS,
                nargs="?" if setting.bare else None,
                const=setting.bare or None,
                help=explained(setting).replace("%", "%%"),
            )

    def asked_for_help(self, arguments: list[str]) -> bool:
        """Whether -h or --help is among the arguments, valid or not."""
        return "-h" in arguments or "--help" in arguments

    def read(self, arguments: list[str]) -> dict[str, Any]:
        """Parse arguments into texts by setting name; raises InputError with a suggestion for an unknown option."""
        known, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            name = next((text for text in unknown if text.startswith("-")), unknown[0]).partition("=")[0]
            close = get_close_matches(name, self.options, 1)
            if close:
                raise InputError("There is no option '{option}'; did you mean {close}?", option=name, close=close[0])
            raise InputError(
                "There is no option '{option}'; '{command} --help' lists those there are.",
                option=name,
                command=self.prog,
            )
        given = vars(known)
        for setting in self.former:
            assert setting.formerly
            if setting.formerly.name in given:
                if setting.name in given:
                    raise InputError(
                        "{former} is what {option} was called; give one of them.",
                        former=setting.formerly.option,
                        option=setting.option,
                    )
                given[setting.name] = setting.formerly.translate(given.pop(setting.formerly.name))
        return given

    def error(self, message: str) -> NoReturn:
        raise InputError(
            "{fault}; '{command} --help' explains the options.",
            fault=message.removeprefix("argument "),
            command=self.prog,
        )


RUN_SETTINGS = (*params(PresetOption), *every_setting())


def parsed(settings: Sequence[Param], given: Mapping[str, str]) -> dict[str, Any]:
    """Convert the given texts to the values of `settings`; others are ignored. Raises InputError."""
    return {setting.name: setting.parse(given[setting.name]) for setting in settings if setting.name in given}


def config_of(given: Mapping[str, str], other: Config | None = None) -> Config:
    """The config of the given options, based on the given preset, or else on `other`, or else on the default.

    Raises InputError for invalid values, and for settings of another optimiser.
    """
    found = parsed(RUN_SETTINGS, given)
    preset = found.pop("preset", None)
    base: Config = preset.config if preset else other or Config()
    kind: Optimizer = found.get("optimizer", base.optimizer)
    for setting in RUN_SETTINGS:
        kinds = owners(setting) if setting.name in found else []
        if kinds and type(kind) not in kinds:
            keys = ", ".join(other.key for other in kinds)
            raise InputError(
                "{option} is a setting of {optimizers}, not of {optimizer}; add --optimizer {other}.",
                option=setting.option,
                optimizers=keys,
                optimizer=kind.key,
                other=kinds[0].key,
            )
    if "optimizer" in found:
        found["optimizer"] = kind.key
    return base.replace(**found)
