"""One training step over the time of its matrix products alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
    """Hidden layers, the target for them, and how many steps make one turn."""

    label: str
    hidden: tuple[int, ...]
    target: float
    steps: int


SHAPES = (
    Shape("784-40-20-10", (40, 20), 1.5, 10),
    Shape("784-[100]×10-10", (100,) * 10, 1.35, 3),
    Shape("784-[500]×5-10", (500,) * 5, 1.1, 1),
)


def measure() -> Iterator[Figure]:
    """The ratio for every shape with sigmoid and with ReLU."""
    dataset = load_dataset()
    for shape in SHAPES:
        for activation in (Activation.SIGMOID, Activation.RELU):
            yield _measured(shape, activation, dataset)


def _measured(shape: Shape, activation: Activation, dataset: Dataset) -> Figure:
    # No record is due after the first iterations, and a small rate keeps the deep networks from diverging.
    config = Config(
        hidden=shape.hidden,
        activation=activation,
        optimizer=SGD(learning_rate=0.01),
        record_every=1_000_000,
        iterations=1_000_000,
    )
    with Trainer(config, dataset) as trainer:
        for _ in range(FULL_RATE + 1):
            trainer.step()
            trainer.collect(wait=True)
        found = compare(trainer.step, products(trainer.network), TURNS, shape.steps)
    return Figure(
        f"training step / its matrix products, {shape.label}, {activation.label}",
        found.ratio,
        shape.target,
        detail=f"{found.first * 1e6:,.0f} µs / {found.second * 1e6:,.0f} µs",
    )


def products(network: Network) -> Callable[[], None]:
    """A function that does the matrix products of one step, in their order and on the step's own arrays."""
    deltas = [layer.activate.delta for layer in network.hidden] + [network.loss.delta]
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
