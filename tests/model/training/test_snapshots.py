"""Snapshots of the weights."""

import numpy as np
import pytest

from model.data.datasets import Dataset
from model.network.network import Network
from model.nn.normalization import Norm
from model.training.trainer import Trainer
from tests.support.reference_formulas import logits
from tests.support.reference_layers import PRECISION, config_of


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Norm)
def test_that_a_checkpoint_is_the_network_of_its_moment(placement: Norm, numbers: str, tiny: Dataset) -> None:
    config = config_of(norm=placement.key, numbers=numbers, bn_momentum=0.5, activation="tanh")
    taken = []
    with Trainer(config, tiny) as trainer:
        while not trainer.done:
            taken.append((trainer.checkpoint(), logits(trainer.network, tiny.test_images)))
            trainer.step()
            trainer.collect(wait=True)
        taken.append((trainer.checkpoint(), logits(trainer.network, tiny.test_images)))
    assert [checkpoint.iteration for checkpoint, _ in taken] == [*range(13), 12]
    for checkpoint, right in taken:  # after the whole run: it is a copy
        network = Network.of(config, tiny)
        network.take(checkpoint.state)
        np.testing.assert_array_equal(logits(network, tiny.test_images), right)
    assert not np.array_equal(taken[0][1], taken[-1][1])
    np.testing.assert_array_equal(taken[-2][1], taken[-1][1])


def test_that_nobody_can_change_the_network_through_a_checkpoint(tiny: Dataset) -> None:
    config = config_of(norm="batch-before")
    runs = []
    for spoil in (False, True):
        with Trainer(config, tiny) as trainer:
            while not trainer.done:
                checkpoint = trainer.checkpoint()
                for array in checkpoint.state if spoil else ():
                    array.fill(7)
                trainer.step()
                trainer.collect(wait=True)
            runs.append(trainer.network.theta.copy())
    np.testing.assert_array_equal(runs[0], runs[1])
