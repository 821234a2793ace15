"""The configs that verdicts are tried on: the presets, and a grid drawn once, evenly over everything that matters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from random import Random
from typing import Any

from model.config.config import Config
from model.config.presets import PRESETS
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm
from model.nn.optimizers import SGD

READ_AT = 2_000
RUN_TO = 8_000
EVERY = 50
SEED = 0
EVEN, HARD = 48, 24


@dataclass(frozen=True)
class Spread:
    """The values that each setting takes in a grid."""

    depths: tuple[int, ...]
    widths: tuple[int, ...]
    activations: tuple[Activation, ...]
    inits: tuple[tuple[Initializer, float], ...]
    batch_norms: tuple[Norm, ...]
    rates: tuple[float, ...]


ACTIVATIONS = (Activation.SIGMOID, Activation.TANH, Activation.RELU, Activation.ELU, Activation.GELU)
WIDTHS = (10, 20, 40, 70, 100, 200)
EVERYTHING = Spread(
    (1, 2, 3, 4, 5, 6, 8, 10),
    WIDTHS,
    ACTIVATIONS,
    (
        (Initializer.ZEROS, 0.01), (Initializer.GAUSS, 0.01), (Initializer.GAUSS, 1.0), (Initializer.XAVIER, 0.01),
        (Initializer.HE, 0.01), (Initializer.ORTHOGONAL, 0.01),
    ),
    # Half of the grid without batch norm, because there the verdict has something to say.
    (Norm.NONE, Norm.BATCH_BEFORE, Norm.NONE, Norm.BATCH_AFTER),
    (0.001, 0.01, 0.03, 0.1, 0.3, 1.0),
)  # fmt: skip
# Where late, stuck and dead lie close together: small weights without batch norm.
NARROW_ESCAPES = Spread(
    (1, 2, 3, 4, 5, 6),
    WIDTHS,
    ACTIVATIONS,
    ((Initializer.GAUSS, 0.01), (Initializer.GAUSS, 0.03), (Initializer.GAUSS, 0.1), (Initializer.XAVIER, 0.01)),
    (Norm.NONE,),
    (0.03, 0.1, 0.3, 1.0),
)
# Hidden weights above which a run takes a minute.
WIDEST = 5 * 100 * 100


def presets() -> dict[str, Config]:
    """Every preset by its name."""
    return {preset.name: preset.config.replace(iterations=RUN_TO, record_every=EVERY) for preset in PRESETS}


def grid(seed: int = SEED, even: int = EVEN, hard: int = HARD) -> dict[str, Config]:
    """Different configs by name: of each grid so many, in which every value of every setting is as frequent.

    The rules were made on seed 7, not on the one that is reported; only NO_OTHER came after that had been seen.
    """
    random = Random(seed)
    drawn = chain(islice(_draws(random, EVERYTHING), even), islice(_draws(random, NARROW_ESCAPES), hard))
    return {name_of(config): config for config in drawn}


def name_of(config: Config) -> str:
    """A short name, such as '3x40 tanh gauss-0.01 bn-none lr-0.1'."""
    init = f"{config.init.key}-{config.init_std:g}" if config.takes_std else config.init.key
    shape = f"{len(config.hidden)}x{config.hidden[0]}"
    rate = config.value("learning_rate")
    return f"{shape} {config.activation.key} {init} bn-{config.norm.key.removeprefix('batch-')} lr-{rate:g}"


def _draws(random: Random, spread: Spread) -> Iterator[Config]:
    seen = set()
    decks = [_deck(random, values) for values in vars(spread).values()]
    for depth, width, activation, (init, std), placement, rate in zip(*decks, strict=True):
        affordable = max(units for units in WIDTHS if units <= width and depth * units * units <= WIDEST)
        config = Config(
            hidden=(affordable,) * depth, activation=activation, init=init, init_std=std, norm=placement,
            optimizer=SGD(learning_rate=rate), iterations=RUN_TO, record_every=EVERY,
        )  # fmt: skip
        if config not in seen:
            seen.add(config)
            yield config


def _deck(random: Random, values: tuple[Any, ...]) -> Iterator[Any]:
    """All values in a random order, and again and again in another one."""
    while True:
        yield from random.sample(values, len(values))
