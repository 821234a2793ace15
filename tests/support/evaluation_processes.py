"""What tests of the evaluation beside training have in common."""

import time

import numpy as np

from model.config.config import Config
from model.data.datasets import Dataset
from model.network.evaluation_process import EvaluationProcess
from model.network.network import Network
from tests.support.patience import PATIENCE


def wait_until_ready(process: EvaluationProcess) -> None:
    """Wait for a process that has been started."""
    end = time.monotonic() + PATIENCE
    while not process.ready:
        assert time.monotonic() < end
        time.sleep(0.01)


def network_of(config: Config, dataset: Dataset, seed: int) -> Network:
    """A network with the weights of a seed."""
    network = Network.of(config, dataset)
    network.initialise(np.random.default_rng(seed))
    return network
