"""Figures that need no run, for lessons."""

from math import log

import numpy as np

from model.base.errors import InputError
from model.data.datasets import kept_dataset
from model.measurement.chain_rule import ChainRule
from model.nn.activations import Activation
from model.nn.initializers import Initializer

DRAWS = 1_000_000


def std(init: Initializer, n: int, std: float = 0.01) -> float:
    """Standard deviation of the initial weights of a layer with `n` inputs and as many outputs."""
    if not n:
        raise InputError("A layer has at least one input.")
    return init.value.std(n, n, std)


def max_slope(activation: Activation) -> float:
    """Largest |f'(z)|."""
    return activation.max_slope


def slope_bound(activation: Activation, layers: int) -> float:
    """What the slopes of so many layers let through at most."""
    return float(activation.max_slope ** min(layers, 1000))


def variance_kept(activation: Activation) -> float:
    """E[f(z)²] / Var(z) of Gaussian z with mean 0 and variance 1, of a million draws."""
    z = np.random.default_rng(0).standard_normal(DRAWS)
    return float(np.mean(activation.value.evaluate(z)[0] ** 2) / np.var(z))


def chain_rule(x: float, y: float) -> float:
    """dz/dx = dz/dt · dt/dx = 2t · 1 of t = x + y, z = t²."""
    return ChainRule(x, y).product


def central_difference(x: float, y: float) -> float:
    """(z(x + h) - z(x - h)) / 2h of z = (x + y)², with h = 0.001."""
    return ChainRule(x, y).difference


def guessing_loss(classes: int = 10) -> float:
    """Cross-entropy of equal probabilities for all classes."""
    if not classes:
        raise InputError("There is at least one class.")
    return log(classes)


def class_share(digit: int) -> float:
    """Share (0..1) of MNIST's test images that are this digit."""
    shares = kept_dataset().class_shares
    if digit >= len(shares):
        raise InputError("There is no digit {digit}.", digit=digit)
    return shares[digit]
