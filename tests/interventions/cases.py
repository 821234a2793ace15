"""Cases: networks drawn at random over all settings, with one fault, several, or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from random import Random
from typing import Any

from model.base.errors import InputError
from model.config.config import Config
from model.cures.single_changes import single_changes
from model.data.batch_sampling import Sampling
from model.data.pixel_scaling import Pixels
from model.diagnosis.faults import fitting
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.nn.residual import Residual
from tests.interventions.data_sets import FASHION_FOLDER, MADE
from tests.verdicts.grid import READ_AT

DEPTHS, WIDTHS = (1, 2, 3, 4, 6, 8, 10, 15, 20, 30), (15, 30, 50, 100)
# Hidden weights above which a run takes long.
MOST_WEIGHTS = 30_000
NAMED_FIRST = ("hidden", "activation", "init", "init_std", "optimizer", "iterations", "record_every", "seed", "data")
LOWEST_RATE, HIGHEST_RATE = 1e-6, 10.0
# One more to choose from would draw other networks for a seed than those that are stored.
INITIALIZERS = [each for each in Initializer if each is not Initializer.PYTORCH]


@dataclass(frozen=True)
class Case:
    """A network and the data set that it is trained on."""

    data: str
    config: Config

    @property
    def name(self) -> str:
        """What differs from the default, such as '8x30 relu he, norm batch-before, tiny'."""
        config, usual = self.config.to_json(), Config(optimizer=type(self.config.optimizer)()).to_json()
        init = f"gauss-{config['init_std']}" if self.config.takes_std else config["init"]
        words = [f"{shape_words(config['hidden'])} {config['activation']} {init}"]
        matter = [each.name for each in self.config.settings() if each.name not in NAMED_FIRST]
        words += [f"{name.replace('_', ' ')} {config[name]}" for name in matter if config[name] != usual[name]]
        if self.config.optimizer.key != Config().optimizer.key:
            words.insert(1, self.config.optimizer.key)
        return ", ".join([*words, *([self.data] if self.data != "mnist" else [])])

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that differ from the default ones, as Config.from_json takes them."""
        usual = Config(optimizer=type(self.config.optimizer)()).to_json()
        usual["optimizer"] = Config().optimizer.key
        return {name: value for name, value in self.config.to_json().items() if value != usual[name]}

    @property
    def key(self) -> str:
        """Name of the file in which what came of it is kept."""
        return sha256(dumps([self.data, self.config.to_json()], sort_keys=True).encode()).hexdigest()[:24]


def shape_words(hidden: list[int]) -> str:
    """Hidden layers in short: '8x30', '30-2-30'."""
    if len(set(hidden)) == 1:
        return f"{len(hidden)}x{hidden[0]}"
    usual = max(set(hidden), key=hidden.count)
    narrow = [f"layer {place} of {units}" for place, units in enumerate(hidden, 1) if units != usual]
    return f"{len(hidden)}x{usual} but {', '.join(narrow)}" if len(hidden) > 3 else "-".join(map(str, hidden))


def cases(seed: int) -> Iterator[Case]:
    """Draw cases without end; the same ones for the same seed."""
    random, seen = Random(seed), set()
    while True:
        try:
            case = Case(_data(random), Config.from_json(_settings(random)))
        except InputError:  # batch norm of one image, layer norm of one unit
            continue
        if case not in seen:
            seen.add(case)
            yield case


def _data(random: Random) -> str:
    usable = [name for name in MADE if name != "mnist" and (name != "fashion" or FASHION_FOLDER.is_dir())]
    return random.choice(usable) if random.random() < 0.25 else "mnist"


def _settings(random: Random) -> dict[str, Any]:
    def seldom(share: float, usual: Any, others: list[Any]) -> Any:
        return random.choice(others) if random.random() < share else usual

    depth = random.choice(DEPTHS)
    width = random.choice([units for units in WIDTHS if units == WIDTHS[0] or depth * units**2 <= MOST_WEIGHTS])
    hidden = [width] * depth
    if random.random() < 0.1:
        hidden[random.randrange(depth)] = random.choice((1, 2, 3, 4))
    activation = random.choice(list(Activation))
    optimizer = Optimizer.kinds[seldom(0.5, "sgd", list(Optimizer.kinds))]
    usual = optimizer().learning_rate
    rate = usual * 10 ** random.choice((-4, -3, -2, -1, -0.5, 0.5, 1, 2)) if random.random() < 0.4 else usual
    found: dict[str, Any] = {
        "iterations": READ_AT,
        "record_every": 50,
        "hidden": hidden,
        "activation": activation.key,
        "init": seldom(0.5, fitting(activation), INITIALIZERS).key,
        "init_std": float(f"{10 ** random.uniform(-3, 0.5):.2g}"),
        "optimizer": optimizer.key,
        "learning_rate": float(f"{min(max(rate, LOWEST_RATE), HIGHEST_RATE):.3g}"),
        "batch_size": seldom(0.4, 100, [1, 2, 4, 8, 16, 32, 64, 200]),
        "norm": seldom(0.35, Norm.NONE, list(Norm)).key,
        "residual": seldom(0.15, Residual.OFF, [Residual.ON]).key,
        "loss": seldom(0.15, Loss.SOFTMAX, [Loss.SQUARED]).key,
        "pixels": seldom(0.12, Pixels.UNIT, list(Pixels)).key,
        "sampling": seldom(0.1, Sampling.REPLACEMENT, [Sampling.EPOCHS]).key,
        "weight_decay": float(f"{seldom(0.12, 0.0, [1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]):.2g}"),
        "clip_norm": seldom(0.1, 0.0, [1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]),
        "bn_momentum": seldom(0.1, 0.9, [0.99, 0.999, 0.9999]),
        "seed": random.randrange(10),
    }
    if "momentum" in optimizer.__dataclass_fields__:
        found["momentum"] = seldom(0.3, 0.9, [0.5, 0.95, 0.99, 0.999])
    return found


def changes_of(case: Case) -> list[Case]:
    """Every case that one healthier setting makes."""
    return [Case(case.data, change.of(case.config)) for change in single_changes(case.config)]
