"""The processor time of one training step outside its matrix products.

Each turn times the step, then its products alone on the step's own arrays, and the difference is ours. The ratio of the
two would judge the BLAS as much: a slower kernel makes it look better.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time

import numpy as np

from model.config.config import Config
from model.config.schedule import FULL_RATE
from model.data.datasets import Dataset, load_dataset
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.optimizers import SGD
from model.training.trainer import Trainer
from tests.benchmarks._figures import Figure, compare

TURNS = 200


@dataclass(frozen=True)
class Shape:
    """Hidden layers, the target in µs outside the products, and how many steps make one turn."""

    label: str
    hidden: tuple[int, ...]
    target: float = 0.0
    steps: int = 1


SHAPES = (
    Shape("784-40-20-10", (40, 20), 70, 20),
    Shape("784-[100]×10-10", (100,) * 10, 280, 5),
    Shape("784-[500]×5-10", (500,) * 5, 900, 1),
)


def measure() -> Iterator[Figure]:
    """The time for every shape with sigmoid and with ReLU."""
    dataset = load_dataset()
    for shape in SHAPES:
        for activation in (Activation.SIGMOID, Activation.RELU):
            yield _measured(shape, activation, dataset)


def _measured(shape: Shape, activation: Activation, dataset: Dataset) -> Figure:
    with Trainer(config_of(shape, activation), dataset) as trainer:
        for _ in range(FULL_RATE + 1):
            trainer.step()
            trainer.collect(wait=True)
        found = compare(trainer.step, products(trainer.network), TURNS, shape.steps, process_time)
    return Figure(
        f"a training step outside its products, {shape.label}, {activation.label}",
        1e6 * found.difference,
        shape.target,
        " µs",
        detail=f"{found.first * 1e6:,.0f} µs / {found.second * 1e6:,.0f} µs",
    )


def config_of(shape: Shape, activation: Activation = Activation.SIGMOID) -> Config:
    """A run without records after its first iterations; at this small rate the deep networks do not diverge."""
    return Config(
        hidden=shape.hidden,
        activation=activation,
        optimizer=SGD(learning_rate=0.01),
        record_every=1_000_000,
        iterations=1_000_000,
    )


def products(network: Network) -> Callable[[], None]:
    """A function that does the matrix products of one step, in their order and on the step's own arrays."""
    deltas = [layer.activate.delta for layer in network.hidden] + [network.gradients[-1]]
    forward = [(affine.x, affine.weight.value, affine.z) for affine in network.affines]
    backward = []
    for affine, delta in reversed(list(zip(network.affines, deltas, strict=True))):
        backward.append((affine.x.T, delta, affine.weight.gradient))
        if not affine.first:
            backward.append((delta, affine.weight.value.T, affine.dx))
    calls = forward + backward

    def run() -> None:
        for left, right, out in calls:
            np.matmul(left, right, out=out)

    return run
