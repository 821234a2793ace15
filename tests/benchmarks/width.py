"""What three hidden layers of 10 to 2,000 units cost, in processor time on one thread.

Each parameter is in one product of every pass, for every image; so they are the work.
"""

from collections.abc import Iterator
from itertools import pairwise

from model.data.datasets import load_dataset
from tests.benchmarks._figures import Cost
from tests.benchmarks._network_costs import Size, costs

UNITS = (10, 30, 100, 300, 1_000, 2_000)
LAYERS = 3


def measure() -> Iterator[Cost]:
    """A step, a record and an evaluation for every width."""
    dataset = load_dataset()
    for units in UNITS:
        hidden = (units,) * LAYERS
        parameters = sum((n_in + 1) * n_out for n_in, n_out in pairwise((dataset.inputs, *hidden, dataset.classes)))
        yield from costs(Size("units a layer", f"{units:,}", hidden, parameters, "parameter"), dataset)
