"""Names of runs: short phrases for the settings in which they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Any

from model.base import number_format
from model.base.choices import Choice
from model.base.number_format import count, rounded
from model.base.run_settings import RunSetting
from model.config.config import Config, every_setting
from model.config.presets import preset_of
from model.config.recipe import Branch, Change, Recipe
from model.config.value_words import hidden_words
from model.nn.optimizers import Optimizer

if TYPE_CHECKING:
    from model.data.datasets import Dataset

# A value that so many share is not worth a word in each of their names, unless names always tell it.
USUAL = 0.7
ALWAYS_NAMED = {setting.name for setting in every_setting() if setting.always_named}
REMEMBERED = 1 << 14
Key = tuple[str, str]  # a setting, and the optimiser whose own it is


def names_of(recipes: Sequence[Recipe]) -> list[str]:
    """A name for each, made from what differs: "Sigmoid, He", "5 × 100, σ 0.05", "seed 3", "ReLU at 300".

    Settings that all or nearly all share are left out; those of one kind of optimiser or weights are compared among
    their like. Runs that nothing sets apart are called after their preset or their activation and weights; equal
    names are numbered in the order of `recipes`.
    """
    return RunNames().of(list(recipes))


@dataclass(eq=False)
class _Named:
    """A run with what names are made from; `name` is the one that it has where `told` is worth a word."""

    recipe: Recipe
    settings: dict[Key, str]
    story: list[str]
    told: dict[Key, set[str]] | None = None
    name: str = ""

    @classmethod
    def of(cls, recipe: Recipe) -> "_Named":
        return cls(recipe, _settings(_root(recipe).config), _story(recipe))

    def named(self, told: dict[Key, set[str]]) -> str:
        if self.told is not told:
            parts = [phrase for key, phrase in self.settings.items() if phrase in told.get(key, ())]
            self.told, self.name = told, ", ".join([*parts, *self.story]) or usual_name(self.recipe.config)
        return self.name


class RunNames:
    """The names of a list of runs, as `names_of` makes them; when it changes, only what is new is put into words."""

    def __init__(self) -> None:
        self._recipes: list[Recipe] = []
        self._known: dict[int, _Named] = {}  # by the recipe's id: to look at what is in it would cost more than naming
        self._told: dict[Key, set[str]] = {}
        self._names: list[str] = []

    def of(self, recipes: list[Recipe]) -> list[str]:
        """The name of each, in the order of `recipes`."""
        if recipes != self._recipes:
            runs = [self._known.get(id(recipe)) or _Named.of(recipe) for recipe in recipes]
            self._recipes, self._known = recipes, {id(run.recipe): run for run in runs}
            told = _told([run.settings for run in runs])
            self._told = self._told if told == self._told else told
            self._names = _numbered([run.named(self._told) for run in runs])
        return self._names


def usual_name(config: Config) -> str:
    """What a run is called by itself: its preset's label, or its activation and initial weights."""
    preset = preset_of(config)
    return preset.label if preset else ", ".join(_phrase(config, setting) for setting in _always_told(config))


def words_of(config: Config) -> list[str]:
    """Every setting that matters in a run, in short words."""
    return list(_settings(config).values())


def _told(settings: Sequence[Mapping[Key, str]]) -> dict[Key, set[str]]:
    """For each setting, the phrases that are worth a word in a name."""
    told = {}
    for key in dict.fromkeys(chain.from_iterable(settings)):
        phrases = Counter([own[key] for own in settings if key in own])
        commonest, times = phrases.most_common(1)[0]
        left_out = len(phrases) == 1 or (times > USUAL * phrases.total() and key[0] not in ALWAYS_NAMED)
        told[key] = set(phrases) - ({commonest} if left_out else set())
    return told


@lru_cache(REMEMBERED)
def _settings(config: Config) -> dict[Key, str]:
    """Every setting that matters in this run, in order, in short words."""
    return {
        _key(config, setting): intern(_phrase(config, setting))  # thousands of runs have few of them
        for setting in config.settings()
        if _matters(config, setting)
    }


def _key(config: Config, setting: RunSetting) -> Key:
    return setting.name, "" if hasattr(config, setting.name) else config.optimizer.key


def _matters(config: Config, setting: RunSetting) -> bool:
    return not setting.when or bool(getattr(config, setting.when))


def _always_told(config: Config) -> list[RunSetting]:
    return [setting for setting in config.settings() if setting.always_named]


def _phrase(config: Config, setting: RunSetting) -> str:
    return phrase(setting, config.value(setting.name))


def phrase(setting: RunSetting, value: Any) -> str:
    """A setting's value in a few words: ReLU, σ 0.05, no batch norm, rate 0.01, batch 50."""
    if setting.short:
        return setting.short(value)
    if isinstance(value, Choice | Optimizer):
        return value.label
    if setting.off and value == setting.low:
        return f"{setting.label.lower()} {setting.off}"
    return f"{setting.label.lower()} {count(value) if isinstance(value, int) else rounded(value)}"


def _root(recipe: Recipe) -> Recipe:
    while recipe.branch:
        recipe = recipe.branch.parent
    return recipe


def _story(recipe: Recipe) -> list[str]:
    """Where it and its parents branched off and what was changed on the way, in the order of iterations."""
    before = _story(recipe.branch.parent) if recipe.branch else []
    own = [_branched(recipe.config, recipe.branch)] if recipe.branch else []
    return [*before, *own, *_changed(recipe.config, recipe.changes)]


def _branched(config: Config, branch: Branch) -> str:
    parent = _settings(branch.parent.config)
    usual = {_key(config, setting): phrase(setting, setting.default) for setting in config.settings()}
    own = _settings(config).items()
    parts = [words for key, words in own if words != parent.get(key, usual[key]) and key[0] != "iterations"]
    parts += [f"layer {layer} × {rounded(factor)}" for layer, factor in branch.scales]
    return f"{', '.join(parts) or 'branch'} at {count(branch.iteration)}"


def _changed(config: Config, changes: Sequence[Change]) -> list[str]:
    if len(changes) > 1:
        return [f"{len(changes)} changes"]
    known = {setting.name: setting for setting in config.settings()}
    return [
        f"{phrase(known[name], value) if name in known else name} at {count(iteration)}"
        for iteration, name, value in changes
    ]


def _numbered(names: Sequence[str]) -> list[str]:
    """These with " (2)", " (3)" behind those that came before."""
    times: Counter[str] = Counter()
    taken, found = set(names), []
    for name in names:
        times[name] += 1
        made = name
        while times[name] > 1 and (made := f"{name} ({times[name]})") in taken:
            times[name] += 1
        taken.add(made)
        found.append(made)
    return found


def describe(config: Config, dataset: "Dataset | None", branched: int | None = None) -> str:
    """A run in one line: 784 – 40-20 – 10 · ReLU · He · SGD 0.1 · batch 100 · seed 0 · branch at 300."""
    ends = (f"{dataset.inputs} – ", f" – {dataset.classes}") if dataset else ("", "")
    init = f"{config.init.label} {config.init_std:g}" if config.takes_std else config.init.label
    parts = [f"{ends[0]}{hidden_words(config.hidden)}{ends[1]}", config.activation.label, f"{init} weights"]
    if config.normalises:
        parts.append(f"batch norm {config.batch_norm.label.lower()} activation")
    parts += [f"{config.optimizer.label} {config.optimizer.learning_rate:g}", f"batch {config.batch_size}"]
    parts.append(f"seed {config.seed}")
    return "  ·  ".join(parts if branched is None else [*parts, f"branch at {number_format.count(branched)}"])
