"""Every option explained from its declaration: for `--help`, and as the table that the README holds."""

from model.choices import Choice
from model.config import Config, every_setting
from model.optimizers import Optimizer
from model.params import Param, params
from model.request import Comparison, Forking, Output, Picture, Sheet, Shelf, Size, Spread, Start, Training


def written(value: object) -> str:
    """A value the way the command line reads it."""
    if isinstance(value, Choice | Optimizer):
        return value.key
    if isinstance(value, tuple) and not isinstance(value, Size):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return "" if value is None or value is False else str(value)


def owners(setting: Param) -> list[type[Optimizer]]:
    """The optimisers that have this setting; none when it is not an optimiser's."""
    if any(other.name == setting.name for other in params(Config)):
        return []
    return [kind for kind in Optimizer.kinds.values() if setting.name in {own.name for own in params(kind)}]


def defaults(setting: Param) -> str:
    """The default; where optimisers differ in it, each one's."""
    found: dict[str, list[str]] = {}
    for kind in owners(setting):
        default = next(own.default for own in params(kind) if own.name == setting.name)
        found.setdefault(written(default), []).append(kind.key)
    if len(found) > 1:
        return ", ".join(f"{default} ({', '.join(kinds)})" for default, kinds in found.items())
    return written(setting.default)


def values(setting: Param) -> str:
    """The values it takes, '' where its help says so."""
    if setting.type is Optimizer:
        return ", ".join(Optimizer.kinds)
    return setting.range


def notes(setting: Param) -> str:
    """Which optimisers it belongs to, if not to all."""
    kinds = owners(setting)
    return f" With {', '.join(kind.key for kind in kinds)}." if 0 < len(kinds) < len(Optimizer.kinds) else ""


def explained(setting: Param) -> str:
    """All that `--help` says of an option whose default is shown beside its name."""
    taken, default = values(setting), defaults(setting)
    text = setting.help + notes(setting)
    if taken:
        text += f" One of {taken}." if setting.low is None else f" From {taken}."
    return text + (f" Default {default}." if default != written(setting.default) else "")


def own_params(owner: type, *bases: type) -> list[Param]:
    """The settings that a dataclass adds to those of its bases."""
    return [setting for setting in params(owner) if not any(setting in params(base) for base in bases)]


def option_table() -> str:
    """The Markdown table of every option."""
    lines = ["| Option | Default | Values | What it does |", "|---|---|---|---|"]
    for command, settings in (
        ("", [*params(Start), *every_setting()]),
        ("`train` and `fork`. ", params(Output)),
        ("`train` only. ", own_params(Training, Output)),
        ("`fork` only. ", own_params(Forking, Output, Shelf)),
        ("`screenshot` and `compare`. ", params(Sheet)),
        ("`screenshot` only. ", own_params(Picture, Sheet)),
        ("`compare` only. ", own_params(Comparison, Sheet, Shelf)),
        ("`fork`, `compare`, `runs` and the window. ", params(Shelf)),
        ("`sweep` only. ", params(Spread)),
    ):
        for setting in settings:
            live = " **Live.**" if setting.live else ""
            about = command + setting.help + notes(setting) + live
            cells = (f"`{setting.option}`", _code(defaults(setting)), values(setting), about)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, "", "**Live** settings may change in the window while training runs."])


def _code(text: str) -> str:
    return f"`{text}`" if text and " " not in text else text
