"""Settings of a run: declared with all that the panel, branches, maps, names and the lesson need to know of each."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from functools import cache
from typing import Any

from model.base.errors import InputError
from model.base.params import Param, declaring, params


class Manner(Enum):
    """What a section of the panel does when there is too little room for all of them."""

    STAYS = "in sight, however far the others are scrolled"
    SCROLLS = "with the others that do"
    FOLDS = "rarely used: no more than its heading until it is unfolded, and scrolls too"


class Section(Enum):
    """The headings of the panel that settings stand under, in order; those that stay come first."""

    NETWORK = "Network", Manner.STAYS
    TRAINING = "Training", Manner.SCROLLS
    MORE = "More", Manner.FOLDS
    DATA = "Data", Manner.FOLDS

    def __init__(self, label: str, manner: Manner) -> None:
        self.label = label
        self.manner = manner

    @property
    def key(self) -> str:
        """Name used in files."""
        return self.name.lower()


@dataclass(frozen=True)
class FormerSetting:
    """What a setting was called in earlier versions, and the key that each of the values it had then has now."""

    name: str
    values: Mapping[str, str]

    @property
    def option(self) -> str:
        """What it was called on the command line."""
        return "--" + self.name.replace("_", "-")

    def translate(self, value: Any) -> str:
        """The present key of a value; raises InputError."""
        key = str(value).strip().lower()
        if key not in self.values:
            raise InputError(f"{self.option} takes {', '.join(self.values)}, not '{value}'.")
        return self.values[key]


@dataclass(frozen=True)
class RunSetting(Param):
    """A setting of a run. What has no default here has none that is right for any new setting.

    `shared_with_branch` says that a branch must have its parent's value, as it must of what decides the batches and
    the shapes of weights; `on_map` that a map can vary it. `short` writes a value in a run's name, None for its label
    and the value; `note` is given the whole Config and writes the line below the setting in the panel, '' for none;
    `always_named` says that names tell it even where nearly all runs have the same. `lesson_option`
    can be chosen for a page's lesson, all else of which is the lesson itself; `lesson_subtitle` is what stands before
    these words below the title of the lesson's figure, None where that does not tell it. `formerly` is a setting of
    earlier versions that this one has replaced, which files and command lines may still name.
    """

    _: KW_ONLY
    section: Section
    shared_with_branch: bool
    on_map: bool
    short: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    always_named: bool = False
    lesson_option: bool = False
    lesson_subtitle: str | None = None
    formerly: FormerSetting | None = None


run_setting = declaring(RunSetting)


def run_settings(owner: Any) -> tuple[RunSetting, ...]:
    """The settings of a run that a dataclass (or an instance of one) declares, in order.

    Raises TypeError for one that is declared without saying what a run's setting says.
    """
    return _run_settings(owner if isinstance(owner, type) else type(owner))


@cache
def _run_settings(cls: Any) -> tuple[RunSetting, ...]:
    found = []
    for setting in params(cls):
        if not isinstance(setting, RunSetting):
            raise TypeError(f"{cls.__name__}.{setting.name} is a setting of a run: declare it with run_setting().")
        found.append(setting)
    return tuple(found)
