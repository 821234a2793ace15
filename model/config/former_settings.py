"""Settings that have replaced those of earlier versions, which files and command lines still name."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from model.base.run_settings import RunSetting, run_settings
from model.data.orientation import Orientation


@cache
def former_settings(owner: type) -> dict[str, RunSetting]:
    """The settings of `owner` that have replaced others, by the name that these had."""
    return {setting.formerly.name: setting for setting in run_settings(owner) if setting.formerly}


def renamed(owner: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """These with present names and values in place of those of earlier versions; raises InputError."""
    found = dict(values)
    for former, setting in former_settings(owner).items():
        if former in found:
            assert setting.formerly
            found.setdefault(setting.name, setting.formerly.translate(found.pop(former)))
    return found


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """These with what a run on a folder of its own meant before there were orientations: images as stored."""
    of_old = values.get("data") and "orientation" not in values
    return {**values, **({"orientation": Orientation.STORED.key} if of_old else {})}
