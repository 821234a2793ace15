"""Axes of a sweep, written `init=gauss,he`: a setting and its values; their product gives the cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import product
from math import prod
from typing import Any, Self

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.params import Param, param, params
from model.base.run_settings import RunSetting
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.former_settings import former_settings
from model.config.hidden_layers import MAX_LAYERS, MAX_UNITS
from model.config.option_text import values as values_of
from model.config.option_text import written
from model.nn.optimizers import Optimizer
from model.sweeps.sweep import SweepCell

MOST_CELLS = 100_000
# The order in which varied settings are applied; 1 for all that are not listed.
ORDER = {"optimizer": 0, "depth": 2, "width": 3}


@dataclass(frozen=True)
class Shape:
    """Two settings of sweeps only, from which `hidden` is built."""

    depth: int = param(
        2, "Depth", "The number of hidden layers, all as wide as the first.", low=0, high=MAX_LAYERS, usual=(1.0, 10.0)
    )
    width: int = param(40, "Width", "The units of every hidden layer.", low=1, high=MAX_UNITS, usual=(5.0, 200.0))


def variable() -> list[Param]:
    """List every setting that a sweep can vary: all but the seed, which `--seeds` varies."""
    return [*params(Shape), *(setting for setting in every_setting() if setting.name != "seed")]


def setting_named(text: str) -> Param:
    """Find a setting by name, with - or _; raises InputError that suggests the closest name."""
    name = _plain(text)
    found = {setting.name: setting for setting in variable()} | former_settings(Config)
    if name in found:
        return found[name]
    if name == "seed":
        raise InputError("--vary takes no seed; --seeds N runs everything with N seeds, of which --seed is the first.")
    close = get_close_matches(name, found, 1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(found)}."
    raise InputError(f"--vary: there is no setting '{text.strip()}'; {hint}")


def _plain(text: str) -> str:
    return text.strip().lower().removeprefix("--").replace("-", "_")


def choices_for(name: str) -> tuple[Any, ...]:
    """The values of a setting with named values (as of an enum); () for a number or a text."""
    kind = setting_named(name).type
    if kind is Optimizer:
        return tuple(made() for made in Optimizer.kinds.values())
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, Choice) else ()


@dataclass(frozen=True)
class SweepAxis:
    """A setting by name and the values it takes in turn; raises InputError for invalid, repeated or no values."""

    name: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        setting = setting_named(self.name)
        values = tuple(setting.check(value) for value in self.values)
        texts = [written(value) for value in values]
        if not values:
            raise InputError(f"--vary {setting.name} needs values, such as {setting.name}={_example(setting)}.")
        if twice := next((text for text in texts if texts.count(text) > 1), None):
            raise InputError(f"--vary {setting.name} has the value {twice} twice.")
        object.__setattr__(self, "name", setting.name)
        object.__setattr__(self, "values", values)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse 'init=gauss,he', 'hidden=40,20/100' or 'init_std=0.01..1x5'; raises InputError.

        Lists of layers are separated by /. A range LOW..HIGHxN has N values at equal steps, or at equal ratios if the
        setting is logarithmic; without xN it has every whole number.
        """
        name, equals, values = text.partition("=")
        if not equals:
            raise InputError(f"--vary takes a setting and its values, such as init=gauss,he, not '{text}'.")
        setting = setting_named(name)
        if setting.type in (int, float) and ".." in values:
            return cls(setting.name, _between(setting, values))
        parts = values.split("/" if setting.name == "hidden" else ",") if values else []
        if setting.name not in ("hidden", "data") and not all(part.strip() for part in parts):
            raise InputError(f"--vary {setting.name} has an empty value in '{values}'.")
        if isinstance(setting, RunSetting) and (former := setting.formerly) and _plain(name) == former.name:
            parts = [former.translate(part) for part in parts]
        return cls(setting.name, tuple(_parsed(setting, part.strip()) for part in parts))


def _parsed(setting: Param, text: str) -> Any:
    names = values_of(setting).split(", ") if setting.low is None else []
    close = get_close_matches(text.lower(), names, 1)
    try:
        return setting.parse(text)
    except InputError:
        if close:
            raise InputError(f"--vary {setting.name}: there is no '{text}'; did you mean {close[0]}?") from None
        raise


def _between(setting: Param, text: str) -> tuple[Any, ...]:
    """Expand the range LOW..HIGH or LOW..HIGHxN; raises InputError."""
    low, _, rest = text.partition("..")
    high, _, count = rest.partition("x")
    first, last, whole = setting.parse(low), setting.parse(high), setting.type is int
    if not (count.strip().isdecimal() and len(count) < 7 if count else whole):
        raise InputError(f"--vary {setting.name}: the range {text} needs a number of values, such as {low}..{high}x5.")
    n = int(count) if count else last - first + 1
    if first >= last or not 2 <= n <= MOST_CELLS:
        raise InputError(f"--vary {setting.name}: the range {text} must grow, in 2 to {MOST_CELLS:,} values.")
    steps = [step / (n - 1) for step in range(1, n - 1)]
    if setting.log and first > 0:
        inner = [first * (last / first) ** step for step in steps]
    else:
        inner = [first + (last - first) * step for step in steps]
    return tuple(dict.fromkeys([first, *(round(x) if whole else float(f"{x:.6g}") for x in inner), last]))


def _example(setting: Param) -> str:
    names = choices_for(setting.name)
    return ",".join(written(name) for name in names[:2]) if names else written(setting.default)


def apply(config: Config, name: str, value: Any) -> Config:
    """A copy of `config` with one setting changed, which may be one of `Shape`; raises InputError."""
    if name == "depth":
        return config.replace(hidden=(config.hidden or (Shape().width,))[:1] * value)
    if name == "width":
        return config.replace(hidden=(value,) * len(config.hidden))
    return config.replace(**{name: value.key if isinstance(value, Optimizer) else value})


def cells(base: Config, axes: Sequence[SweepAxis], seeds: int = 1) -> list[SweepCell]:
    """All combinations of the axes' values, the last axis varying fastest; each with `seeds` seeds from the base's on.

    Raises InputError for an invalid config, for more than MOST_CELLS cells, and for an axis that makes no difference.
    """
    names = [axis.name for axis in axes]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise InputError(f"--vary {twice} is there twice; give all its values at once.")
    if "hidden" in names and len(names) > len({*names} - {field.name for field in params(Shape)}):
        raise InputError("--vary hidden lists whole networks; vary depth and width without it.")
    count = prod(len(axis.values) for axis in axes) * seeds
    if count > MOST_CELLS:
        raise InputError(f"These are {count:,} runs; a sweep has at most {MOST_CELLS:,}.")
    # An optimiser brings settings of its own, and the width is that of layers that are there.
    order = sorted(range(len(axes)), key=lambda place: ORDER.get(names[place], 1))
    found: list[SweepCell] = []
    for values in product(*(axis.values for axis in axes)):
        config = base
        for place in order:
            config = apply(config, names[place], values[place])
        varied = tuple((name, written(value)) for name, value in zip(names, values, strict=True))
        for seed in range(base.seed, base.seed + seeds):
            found.append(SweepCell(len(found), replace(config, seed=seed), varied))
    _check_use(axes, found)
    return found


def _check_use(axes: Sequence[SweepAxis], found: Sequence[SweepCell]) -> None:
    for axis in axes:
        when = setting_named(axis.name).when
        if when and not any(getattr(cell.config, when) for cell in found):
            raise InputError(f"--vary {axis.name} makes no difference: the other settings of these runs leave it out.")
