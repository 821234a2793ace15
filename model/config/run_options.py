"""What a command line says of a run beside its settings: the preset it starts from, and its live changes."""

import re
from contextlib import suppress
from dataclasses import dataclass

from model.base.errors import InputError
from model.base.params import param
from model.config.presets import PRESETS, Preset, preset_named
from model.config.recipe import Change


def parse_changes(values: object) -> tuple[Change, ...]:
    """Parse live changes from texts such as '500:learning_rate=0.01'; raises InputError."""
    assert isinstance(values, list | tuple)
    return tuple(value if isinstance(value, Change) else _change(str(value)) for value in values)


def _change(text: str) -> Change:
    if found := re.fullmatch(r"\s*([0-9]{1,9}):([a-z0-9_-]+)=(.+)", text):
        with suppress(ValueError):
            return Change(int(found[1]), found[2].replace("-", "_"), float(found[3]))
    raise InputError(f"--change takes ITERATION:SETTING=VALUE such as 500:learning_rate=0.01, not '{text}'.")


@dataclass(frozen=True)
class PresetOption:
    """The preset that a run's settings start from."""

    preset: Preset | None = param(
        None, "Preset",
        "A ready experiment to start from, which the other options change: "
        f"{', '.join(preset.name for preset in PRESETS)}.",
        reads=preset_named,
    )  # fmt: skip


@dataclass(frozen=True)
class ChangeOption:
    """The live changes of a run."""

    change: tuple[Change, ...] = param(
        (), "Change", "Gives a live setting another value on the way, as in 500:learning_rate=0.01; repeatable.",
        many=True, reads=parse_changes,
    )  # fmt: skip
