"""The options that describe a run, which several commands take."""

from collections.abc import Mapping, Sequence
from typing import Any

from model.config import Config, every_setting
from model.errors import InputError
from model.optimizers import Optimizer
from model.option_table import owners
from model.params import Param, params
from model.request import Start

RUN_SETTINGS = (*params(Start), *every_setting())


def parsed(settings: Sequence[Param], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of those settings that are given as text; raises InputError."""
    return {setting.name: setting.parse(given[setting.name]) for setting in settings if setting.name in given}


def config_of(given: Mapping[str, str], other: Config | None = None) -> Config:
    """The preset, or another run, or the default one, with what was given in place of its own; raises InputError."""
    found = parsed(RUN_SETTINGS, given)
    preset = found.pop("preset", None)
    base: Config = preset.config if preset else other or Config()
    kind: Optimizer = found.get("optimizer", base.optimizer)
    for setting in RUN_SETTINGS:
        kinds = owners(setting) if setting.name in found else []
        if kinds and type(kind) not in kinds:
            keys = ", ".join(other.key for other in kinds)
            hint = f"add --optimizer {kinds[0].key}"
            raise InputError(f"{setting.option} is a setting of {keys}, not of {kind.key}; {hint}.")
    if "optimizer" in found:
        found["optimizer"] = kind.key
    return base.replace(**found)
