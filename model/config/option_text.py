"""Text of settings: values as the command line writes them, and the help of each option."""

from model.base.choices import Choice
from model.base.params import Param, params
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.views import Size
from model.nn.optimizers import Optimizer


def written(value: object) -> str:
    """Format a value as the command line reads it; '' for None and False."""
    if isinstance(value, Choice | Optimizer):
        return value.key
    if isinstance(value, tuple) and not isinstance(value, Size):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return "" if value is None or value is False else str(value)


def owners(setting: Param) -> list[type[Optimizer]]:
    """The optimisers that have this setting; none if it belongs to Config."""
    if any(other.name == setting.name for other in params(Config)):
        return []
    return [kind for kind in Optimizer.kinds.values() if setting.name in {own.name for own in params(kind)}]


def defaults(setting: Param) -> str:
    """Format the default, or each optimiser's if they differ."""
    found: dict[str, list[str]] = {}
    for kind in owners(setting):
        default = next(own.default for own in params(kind) if own.name == setting.name)
        found.setdefault(written(default), []).append(kind.key)
    if len(found) > 1:
        return ", ".join(f"{default} ({', '.join(kinds)})" for default, kinds in found.items())
    return written(setting.default)


def values(setting: Param) -> str:
    """Format the values it takes, or '' if its help names them."""
    if setting.type is Optimizer:
        return ", ".join(Optimizer.kinds)
    return setting.range


def notes(setting: Param) -> str:
    """A sentence that names its optimisers, and one with its former name; '' if all or none have it."""
    if isinstance(setting, RunSetting) and (former := setting.formerly):
        return f" Formerly {former.option} {'|'.join(former.values)}, which goes on working."
    kinds = owners(setting)
    return f" With {', '.join(kind.key for kind in kinds)}." if 0 < len(kinds) < len(Optimizer.kinds) else ""


def explained(setting: Param) -> str:
    """The help text of an option; the default is in it only where optimisers differ, else beside the option."""
    taken, default = values(setting), defaults(setting)
    text = setting.help + notes(setting)
    if taken:
        text += f" One of {taken}." if setting.low is None else f" From {taken}."
    return text + (f" Default {default}." if default != written(setting.default) else "")
