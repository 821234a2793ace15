"""Update rule: gradient clipping, weight decay, optimiser step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

from model.base.arrays import Array
from model.config.config import Config
from model.network.network import Network
from model.nn.optimizers import Optimizer

# Smaller blocks cost more calls, larger ones fall out of the cache.
BLOCK_PARAMETERS = 1 << 18


@dataclass
class _Slice:
    theta: Array
    gradient: Array
    state: list[Array]


class UpdateRule:
    """Updates a network from its gradient: clips and decays a copy of it, then steps the optimiser, block by block.

    `state` are the optimiser's running vectors, (parameters,) each. Call it with the number of the step, from 1.
    """

    def __init__(self, network: Network, config: Config) -> None:
        self.network = network
        self.weight_decay, self.clip_norm = config.weight_decay, config.clip_norm
        size, dtype = network.theta.size, network.dtype
        alters = self.weight_decay > 0 or self.clip_norm > 0
        self.effective = np.empty(size, dtype) if alters else network.gradient
        self.state = [np.zeros(size, dtype) for _ in range(config.optimizer.slots)]
        self.scratch = np.empty(min(BLOCK_PARAMETERS, size), dtype)
        cuts = [slice(start, min(start + BLOCK_PARAMETERS, size)) for start in range(0, size, BLOCK_PARAMETERS)]
        self.blocks = [_Slice(network.theta[c], self.effective[c], [s[c] for s in self.state]) for c in cuts]

    def __call__(self, optimizer: Optimizer, step: int) -> None:
        if self.effective is not self.network.gradient:
            self._alter()
        for block in self.blocks:
            optimizer.update(block.theta, block.gradient, block.state, self.scratch[: block.theta.size], step)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Restore the parameters and the optimiser's running vectors at the end of the `with` block."""
        changing = [self.network.theta, *self.state]
        kept = [array.copy() for array in changing]
        yield
        for array, before in zip(changing, kept, strict=True):
            np.copyto(array, before)

    def _alter(self) -> None:
        gradient, decaying = self.network.gradient, self.network.decaying
        np.copyto(self.effective, gradient)
        if self.clip_norm > 0:
            norm = sqrt(float(np.dot(gradient, gradient)))
            if not isfinite(norm):  # too large for its square, which the norm itself need not be
                np.divide(gradient, max(float(gradient.max()), -float(gradient.min())), out=self.effective)
                norm = sqrt(float(np.dot(self.effective, self.effective)))
                self.effective *= self.clip_norm / norm
            elif norm > self.clip_norm:
                self.effective *= self.clip_norm / norm
        if self.weight_decay > 0:
            for start in range(0, decaying, BLOCK_PARAMETERS):
                stop = min(start + BLOCK_PARAMETERS, decaying)
                scratch = self.scratch[: stop - start]
                np.multiply(self.network.theta[start:stop], self.weight_decay, out=scratch)
                self.effective[start:stop] += scratch
