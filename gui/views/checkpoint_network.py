"""A network with a run's weights at the moment shown, from the checkpoints that the run keeps."""

from itertools import pairwise

import numpy as np

from gui.views.moment import Moment, RunContext
from model.base import number_format
from model.base.language import message, tr
from model.config.config import Config
from model.history.checkpoints import BUDGET_BYTES, FEWEST_CHECKPOINTS, Checkpoint
from model.network.network import Network

TOO_LARGE = message("Networks of more than {count} parameters keep no weights to look at one digit with.")
FREED = message("The weights of this run went to make room in the library; trained again, it has them.")
WAITING = message("What the network makes of a digit shows when the run begins.")

Wordings = tuple[str, str]  # the same in words, and in fewer


class CheckpointNetwork:
    """Loads checkpoints into `network`; it and `checkpoint` are None until the first was loaded."""

    def __init__(self) -> None:
        self.run: RunContext | None = None
        self.network: Network | None = None
        self.checkpoint: Checkpoint | None = None
        self.kept = True

    def show_run(self, run: RunContext) -> None:
        """Use another run's checkpoints."""
        self.run, self.network, self.checkpoint = run, None, None
        self.kept = parameters(run) <= most_parameters(run.config)

    def take(self, moment: Moment) -> bool:
        """Load the newest checkpoint, or the last one up to a past moment; return whether the weights changed."""
        if self.run is None or self.run.dataset is None:
            return False
        dataset, run_log = self.run.dataset, self.run.run_log
        with run_log.lock:
            checkpoint = run_log.checkpoint if moment.live else run_log.history.weights.at(moment.figures.iteration)
        if checkpoint is None or checkpoint is self.checkpoint:
            return False
        self.network = self.network or Network.of(self.run.config, dataset)
        self.network.take(checkpoint.state)
        self.checkpoint = checkpoint
        return True

    def texts(self) -> Wordings:
        """Iteration of the weights in words, or why there are none; and in fewer words."""
        if self.checkpoint and self.kept and not self.freed:
            return iteration_texts(self.checkpoint)
        if self.run and not self.kept:
            said = tr(TOO_LARGE, count=number_format.count(most_parameters(self.run.config)))
        else:
            said = tr(FREED if self.freed else WAITING)
        return said, said

    @property
    def freed(self) -> bool:
        """Whether the library has let go of the run's weights."""
        return self.run is not None and self.run.run_log.history.weights.freed


def iteration_texts(checkpoint: Checkpoint) -> Wordings:
    """Iteration of the weights in words, and in fewer: weights of iteration 400, iteration 400."""
    iteration = number_format.count(checkpoint.iteration)
    return tr("weights of iteration {iteration}", iteration=iteration), tr("iteration {iteration}", iteration=iteration)


def parameters(run: RunContext) -> int:
    """Number of parameters of the run's network; 0 before its data set is loaded."""
    if run.dataset is None:
        return 0
    widths = (run.dataset.inputs, *run.config.hidden, run.dataset.classes)
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(widths)) + 2 * run.config.normalises * sum(widths[1:-1])


def most_parameters(config: Config) -> int:
    """Largest number of parameters for which a run keeps checkpoints."""
    return BUDGET_BYTES // FEWEST_CHECKPOINTS // np.dtype(config.numbers.value.dtype).itemsize
