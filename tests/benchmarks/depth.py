"""What 2 to 50 hidden layers of 100 units cost, in processor time on one thread."""

from collections.abc import Iterator

from model.data.datasets import load_dataset
from tests.benchmarks._figures import Cost
from tests.benchmarks._network_costs import Size, costs

LAYERS = (2, 5, 10, 20, 50)
UNITS = 100


def measure() -> Iterator[Cost]:
    """A step, a record and an evaluation for every number of layers."""
    dataset = load_dataset()
    for layers in LAYERS:
        yield from costs(Size("layers", f"{layers}", (UNITS,) * layers, layers, "layer"), dataset)
