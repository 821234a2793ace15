"""`Recipe`: all that determines a run: its config, the branch it starts from, and its live changes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from model.base.errors import InputError
from model.base.params import params
from model.base.run_settings import run_settings
from model.config.config import Config

MOST_BRANCHES = 20
LARGEST_FACTOR = 1e6


class Change(NamedTuple):
    """A live setting that has another value from `iteration` on."""

    iteration: int
    name: str
    value: float


class LayerScale(NamedTuple):
    """One layer's weights multiplied by `factor`; layers are counted from 1, the output last."""

    layer: int
    factor: float


@dataclass(frozen=True)
class Branch:
    """The start of a branched run: `parent` after `iteration` updates, with some layers' weights rescaled.

    A `fresh` one starts with an empty optimiser state, as it must where the parent's was not kept.
    """

    parent: "Recipe"
    iteration: int
    scales: tuple[LayerScale, ...] = ()
    fresh: bool = False

    def to_json(self) -> dict[str, Any]:
        """In types that JSON knows."""
        scales = [list(scale) for scale in self.scales]
        found = {"parent": self.parent.to_json(), "iteration": self.iteration, "scales": scales}
        return {**found, "fresh": True} if self.fresh else found

    @classmethod
    def from_json(cls, values: Any, most: int = MOST_BRANCHES) -> Self:
        """The reverse of to_json, at most so many branches deep; raises InputError."""
        if most == 0:
            raise InputError(f"A run may branch off another at most {MOST_BRANCHES} times.")
        with _explained("branches off"):
            scales = tuple(LayerScale(_whole(layer), float(factor)) for layer, factor in values.get("scales", ()))
            fresh = bool(values.get("fresh", False))
            return cls(Recipe.from_json(values["parent"], most - 1), _whole(values["iteration"]), scales, fresh)


@dataclass(frozen=True)
class Recipe:
    """Everything that makes a run again, to the bit with the same arithmetic; raises InputError for what cannot run."""

    config: Config
    branch: Branch | None = None
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.branch:
            _check_branch(self.config, self.branch)
        object.__setattr__(self, "changes", _checked(self.changes, self.config, self.start))

    @property
    def start(self) -> int:
        """The iteration that it begins at."""
        return self.branch.iteration if self.branch else 0

    def changed(self, changes: Sequence[Change]) -> Self:
        """A copy with these live changes in place of its own."""
        return replace(self, changes=tuple(changes))

    def until(self, iteration: int) -> Self:
        """A copy with the changes before `iteration` only."""
        return self.changed([change for change in self.changes if change.iteration < iteration])

    def config_at(self, iteration: int) -> Config:
        """The settings as they are at `iteration`, live ones included."""
        return self.config.replace(**{name: value for at, name, value in self.changes if at <= iteration})

    def branched(
        self, iteration: int, scales: Sequence[LayerScale] = (), *, fresh: bool = False, **settings: Any
    ) -> Self:
        """A branch of this run after `iteration` updates, with `settings` changed from those in force then."""
        config = self.config_at(iteration).replace(**settings)
        return type(self)(config, Branch(self.until(iteration), iteration, tuple(scales), fresh))

    def to_json(self) -> dict[str, Any]:
        """In types that JSON knows."""
        found: dict[str, Any] = {"config": self.config.to_json()}
        if self.branch:
            found["branch"] = self.branch.to_json()
        if self.changes:
            found["changes"] = [list(change) for change in self.changes]
        return found

    @classmethod
    def from_json(cls, values: Any, most: int = MOST_BRANCHES) -> Self:
        """The reverse of to_json, at most so many branches deep; raises InputError."""
        if not isinstance(values, Mapping):
            raise InputError("A run must be an object with its settings under 'config'.")
        config, branch = Config.from_json(values.get("config", {})), values.get("branch")
        with _explained("changes"):
            changes = tuple(Change(_whole(at), name, value) for at, name, value in values.get("changes", ()))
        return cls(config, None if branch is None else Branch.from_json(branch, most), changes)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Context that turns the errors of malformed values into InputError."""
    try:
        yield
    except InputError:
        raise
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        raise InputError(f"What a run {what} cannot be read; write it as Layerscope does.") from None


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"An iteration or a layer is a whole number, not {value!r:.40}.")
    return value


def _check_branch(config: Config, branch: Branch) -> None:
    parent, iteration = branch.parent, branch.iteration
    for setting in run_settings(Config):
        name = setting.name
        if setting.shared_with_branch and config.value(name) != parent.config.value(name):
            raise InputError(f"A branch keeps its parent's {name.replace('_', ' ')}; start a new run to change it.")
    last = min(parent.config.iterations, config.iterations)
    if not parent.start <= iteration <= last:
        raise InputError(f"There is no iteration {iteration:,} to branch off at, only {parent.start:,} to {last:,}.")
    layers = [scale.layer for scale in branch.scales]
    if len(set(layers)) < len(layers):
        raise InputError("A branch rescales each layer once.")
    for layer, factor in branch.scales:
        if not 1 <= layer <= len(config.layer_names):
            raise InputError(f"There is no layer {layer:,} to rescale, only 1 to {len(config.layer_names)}.")
        if not 1 / LARGEST_FACTOR <= abs(factor) <= LARGEST_FACTOR:
            raise InputError(f"A layer's weights are rescaled by a factor from 1e-06 to 1e+06, not {factor:g}.")


def _checked(changes: Sequence[Change], config: Config, start: int) -> tuple[Change, ...]:
    """The changes in order, the later of two in one place last."""
    if not changes:
        return ()
    live = {setting.name: setting for setting in params(config.optimizer) if setting.live}
    found = []
    for iteration, name, value in changes:
        if name not in live:
            raise InputError(f"{name!r:.40} does not change while a run goes on; there are {', '.join(live)}.")
        if not start <= iteration <= config.iterations:
            raise InputError(
                f"There is no iteration {iteration:,} to change the {live[name].label.lower()} at, "
                f"only {start:,} to {config.iterations:,}."
            )
        found.append(Change(iteration, name, live[name].check(value)))
    return tuple(sorted(found, key=lambda change: change.iteration))
