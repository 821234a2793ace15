"""Names of runs: short phrases for the settings in which they differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from model.base.language import language, tr, tr_count
from model.base.number_format import as_set, count, rounded
from model.base.sentences import listed
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import preset_of
from model.config.recipe import Branch, Change, Recipe
from model.config.setting_words import Key, SettingWords, phrase
from model.config.value_words import hidden_words

if TYPE_CHECKING:
    from model.data.datasets import Dataset

# In the line below the plots: some only where they are not as usual, others behind all.
TOLD_IF_CHANGED, TOLD_LAST = ("norm", "residual", "loss", "pixels"), ("batch_size", "seed")
# A value that so many share is not worth a word in each of their names, unless names always tell it.
USUAL = 0.7
ALWAYS_NAMED = {setting.name for setting in every_setting() if setting.always_named}
Id = TypeVar("Id")


def names_of(recipes: Sequence[Recipe]) -> list[str]:
    """A name for each, made from what differs: "Sigmoid, He", "5 × 100, σ 0.05", "seed 3", "ReLU at 300".

    Settings that all or nearly all share are left out; those of one kind of optimiser or weights are compared among
    their like. Runs that nothing sets apart are called after their preset or their activation and weights; equal
    names are numbered in the order of `recipes`.
    """
    return list(RunNames[int]().of(enumerate(recipes)).values())


@dataclass(eq=False, slots=True)
class _Named:
    """What a run is named by; `name` is without a number, None until it is made."""

    recipe: Recipe
    root: SettingWords  # of the run that it and its parents branched off
    story: tuple[str, ...]
    name: str | None = None

    @classmethod
    def of(cls, recipe: Recipe) -> Self:
        return cls(recipe, _root(recipe).config.words, tuple(_story(recipe)))


class RunNames(Generic[Id]):
    """The names of runs that come and go, by id, as `names_of` makes them; only what is new is put into words."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._code = language()
        self._recipes: list[tuple[Id, Recipe]] = []
        self._runs: dict[Id, _Named] = {}
        self._times: dict[Key, Counter[str]] = {}  # how many runs have each phrase, never 0
        self._left_out: dict[Key, str | None] = {}
        self._names: dict[Id, str] = {}

    def of(self, recipes: Iterable[tuple[Id, Recipe]]) -> dict[Id, str]:
        """The names of these runs, which are all that there are now, in their order."""
        now = list(recipes)
        if self._code != language():
            self._begin()
        if now != self._recipes:
            self._take(now)
            self._recipes = now
            names = [each.name or self._name(each) for each in self._runs.values()]
            self._names = dict(zip(self._runs, _numbered(names), strict=True))
        return self._names

    def _take(self, recipes: Sequence[tuple[Id, Recipe]]) -> None:
        before, there = self._runs, len(self._recipes)
        if recipes[:there] == self._recipes:  # nearly always: one has begun, and of thousands only it is looked at
            come = {id_: _Named.of(recipe) for id_, recipe in recipes[there:]}
            self._runs = {**before, **come}
            self._count(come.values(), 1)
        else:
            self._runs = {}
            for id_, recipe in recipes:
                known = before.get(id_)
                self._runs[id_] = known if known and known.recipe is recipe else _Named.of(recipe)
            self._count([each for id_, each in self._runs.items() if before.get(id_) is not each], 1)
            self._count([each for id_, each in before.items() if self._runs.get(id_) is not each], -1)
        left_out = {key: _left_out(key, times) for key, times in self._times.items()}
        changed = any(self._left_out.get(key, words) != words for key, words in left_out.items())
        self._left_out = left_out
        if changed:
            for each in self._runs.values():
                each.name = None

    def _count(self, runs: Iterable[_Named], step: int) -> None:
        alike: dict[tuple[Key, ...], list[tuple[str, ...]]] = {}
        for each in runs:
            alike.setdefault(each.root.keys, []).append(each.root.words)
        for keys, rows in alike.items():
            for key, column in zip(keys, zip(*rows, strict=True), strict=True):
                times = self._times.setdefault(key, Counter())
                for words, more in Counter(column).items():
                    times[words] += step * more
                    if not times[words]:
                        del times[words]
                if not times:
                    del self._times[key]

    def _name(self, run: _Named) -> str:
        told = zip(run.root.keys, run.root.words, strict=True)
        parts = [words for key, words in told if words != self._left_out[key]]
        run.name = listed(*parts, *run.story) or usual_name(run.recipe.config)
        return run.name


def _left_out(key: Key, times: Counter[str]) -> str | None:
    """The phrase for a setting that is not worth a word in a name, if there is one."""
    commonest, most = max(times.items(), key=itemgetter(1))
    usual = len(times) == 1 or (key[0] not in ALWAYS_NAMED and most > USUAL * times.total())
    return commonest if usual else None


def usual_name(config: Config) -> str:
    """What a run is called by itself: its preset's label, or its activation and initial weights."""
    if preset := preset_of(config):
        return preset.label
    return listed(*(phrase(each, config.value(each.name)) for each in config.settings() if each.always_named))


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
    parent = dict(zip(branch.parent.config.words.keys, branch.parent.config.words.words, strict=True))
    settings = {setting.name: setting for setting in config.settings()}
    parts = [
        words
        for key, words in zip(config.words.keys, config.words.words, strict=True)
        if key[0] != "iterations" and words != parent.get(key, phrase(settings[key[0]], settings[key[0]].default))
    ]
    parts += [tr("layer {layer} × {factor}", layer=layer, factor=rounded(factor)) for layer, factor in branch.scales]
    if not parts:
        return tr("branch at {iteration}", iteration=count(branch.iteration))
    return tr("{settings} at {iteration}", settings=listed(*parts), iteration=count(branch.iteration))


def _changed(config: Config, changes: Sequence[Change]) -> list[str]:
    if not changes:
        return []
    if len(changes) > 1:
        return [tr_count("{n} change", "{n} changes", len(changes))]
    known = {setting.name: setting for setting in config.settings()}
    return [
        tr(
            "{settings} at {iteration}",
            settings=phrase(known[name], value) if name in known else name,
            iteration=count(iteration),
        )
        for iteration, name, value in changes
    ]


def _numbered(names: list[str]) -> list[str]:
    """These with " (2)", " (3)" behind those that came before."""
    alike = {name for name, times in Counter(names).items() if times > 1}
    times: Counter[str] = Counter()
    taken, found = set(names), list(names)
    for place, name in enumerate(names) if alike else ():
        if name in alike:
            times[name] += 1
            made = name
            while times[name] > 1 and (made := f"{name} ({times[name]})") in taken:
                times[name] += 1
            taken.add(made)
            found[place] = made
    return found


def describe(config: Config, dataset: "Dataset | None", branched: int | None = None) -> str:
    """A run in one line: 784 – 40-20 – 10 · ReLU · He · SGD 0.1 · batch 100 · seed 0 · branch at 300."""
    ends = (f"{dataset.inputs} – ", f" – {dataset.classes}") if dataset else ("", "")
    init, std = config.init.label, as_set(config.init_std)
    parts = [
        f"{ends[0]}{hidden_words(config.hidden)}{ends[1]}",
        config.activation.label,
        tr("{initializer} {std} weights", initializer=init, std=std)
        if config.takes_std
        else tr("{initializer} weights", initializer=init),
    ]
    parts += [
        phrase(setting, config.value(setting.name))
        for setting in config.settings()
        if setting.name in TOLD_IF_CHANGED and config.value(setting.name) is not setting.default
    ]
    parts += [
        f"{config.optimizer.label} {as_set(config.optimizer.learning_rate)}",
        *(phrase(setting, config.value(setting.name)) for setting in config.settings() if setting.name in TOLD_LAST),
    ]
    parts += [] if branched is None else [tr("branch at {iteration}", iteration=count(branched))]
    return "  ·  ".join(parts)
