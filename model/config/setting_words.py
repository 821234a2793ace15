"""The settings of a run in short words, as its name and the search tell them: ReLU, σ 0.05, rate 0.01, seed 3."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from model.base.choices import Choice
from model.base.number_format import count, short_of_one
from model.base.params import REMEMBERED
from model.base.run_settings import RunSetting, run_settings
from model.nn.optimizers import Optimizer

Key = tuple[str, str]  # a setting, and the optimiser whose own it is


@dataclass(frozen=True)
class SettingWords:
    """Words of each setting that matters in a run, in order, the key of each, and `text`: all of them to search in."""

    keys: tuple[Key, ...]
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class _Told:
    """How one setting is told; `own` says that it is the optimiser's."""

    key: Key
    name: str
    when: str
    own: bool
    phrase: Callable[[Any], str]


def setting_words(config: Any) -> SettingWords:
    """Put every setting that matters in a run into words, given its Config."""
    keys, words = [], []
    for told in _told_with(config.__class__, config.optimizer.__class__):
        if not told.when or getattr(config, told.when):
            keys.append(told.key)
            words.append(told.phrase(getattr(config.optimizer if told.own else config, told.name)))
    return SettingWords(_shared(tuple(keys)), tuple(words), "\n".join(words).casefold())


@cache
def _told_with(kind: type, optimizer: type[Optimizer]) -> tuple[_Told, ...]:
    found = []
    for setting in run_settings(kind):
        found.append(_told(setting, ""))
        if setting.name == "optimizer":
            found += [_told(own, optimizer.key) for own in run_settings(optimizer)]
    return tuple(found)


def _told(setting: RunSetting, owner: str) -> _Told:
    # Thousands of runs have few values: each is worded once, and its words are shared.
    remembered = lru_cache(REMEMBERED)(partial(phrase, setting))
    return _Told((setting.name, owner), setting.name, setting.when, bool(owner), remembered)


@cache
def _shared(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    return keys


def phrase(setting: RunSetting, value: Any) -> str:
    """A setting's value in a few words: ReLU, σ 0.05, no batch norm, rate 0.01, batch 50."""
    if setting.short:
        return setting.short(value)
    if isinstance(value, Choice | Optimizer):
        return value.label
    if setting.off and value == setting.low:
        return f"{setting.label.lower()} {setting.off}"
    return f"{setting.label.lower()} {count(value) if isinstance(value, int) else short_of_one(value)}"
