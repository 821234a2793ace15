"""A run's network as it was at the moment shown, from the weights that are kept of it."""

from itertools import pairwise

import numpy as np

from gui.views.moment import Moment, Run
from model.base import number_format
from model.config.config import Config
from model.history.checkpoints import BUDGET, FEWEST, Snapshot
from model.network.network import Network

TOO_LARGE = "Networks of more than {} parameters keep no weights to look at one digit with."
WAITING = "What the network makes of a digit shows when the run begins."


class KeptWeights:
    """`network` has the weights of `snapshot`; there are neither before any were taken."""

    def __init__(self) -> None:
        self.run: Run | None = None
        self.network: Network | None = None
        self.snapshot: Snapshot | None = None
        self.kept = True

    def show_run(self, run: Run) -> None:
        """Take the weights of another run from now on."""
        self.run, self.network, self.snapshot = run, None, None
        self.kept = parameters(run) <= most_parameters(run.config)

    def take(self, moment: Moment) -> bool:
        """Take the newest weights or the last ones kept up to a moment; whether they are others than before."""
        if self.run is None or self.run.dataset is None:
            return False
        dataset, mailbox = self.run.dataset, self.run.mailbox
        with mailbox.lock:
            snapshot = mailbox.weights if moment.live else mailbox.history.weights.at(moment.figures.iteration)
        if snapshot is None or snapshot is self.snapshot:
            return False
        self.network = self.network or Network(self.run.config, dataset.inputs, dataset.classes)
        self.network.take(snapshot.state)
        self.snapshot = snapshot
        return True

    def text(self) -> str:
        """Of which iteration they are, or why there are none."""
        if self.run and not self.kept:
            return TOO_LARGE.format(number_format.count(most_parameters(self.run.config)))
        return f"weights of iteration {number_format.count(self.snapshot.iteration)}" if self.snapshot else WAITING


def parameters(run: Run) -> int:
    """How many parameters the network has; 0 before its data is read."""
    if run.dataset is None:
        return 0
    widths = (run.dataset.inputs, *run.config.hidden, run.dataset.classes)
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(widths)) + 2 * run.config.normalises * sum(widths[1:-1])


def most_parameters(config: Config) -> int:
    """Up to how many are copied while a run goes on."""
    return BUDGET // FEWEST // np.dtype(config.numbers.value.dtype).itemsize
