"""How large the next update will be, as a record tells it."""

from collections.abc import Callable
from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np
import pytest

from model.base.arrays import Array
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.network.network import Network
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.training.trainer import Trainer
from tests.support.reference_formulas import Floats
from tests.support.reference_layers import PRECISION, Watched, config_of, rms, written

OPTIMIZERS: dict[str, dict[str, Any]] = {
    key: {"optimizer": key, "learning_rate": 0.003 if key in ("adam", "rmsprop", "adagrad") else 0.03}
    for key in Optimizer.kinds
}
EXTRAS: list[dict[str, Any]] = [
    {},
    {"weight_decay": 0.2},
    {"clip_norm": 0.05},
    {"weight_decay": 0.2, "clip_norm": 0.05, "norm": "batch-before"},
    {"norm": "batch-after"},
]


def weights(network: Network) -> list[Floats]:
    return [affine.weight.value.astype(float) for affine in network.affines]


def ratios(before: list[Floats], after: list[Floats]) -> list[float]:
    """RMS(ΔW) / RMS(W) of each layer."""
    return [rms(new - old) / rms(old) for old, new in zip(before, after, strict=True)]


def told(record: Record) -> list[float]:
    return [layer.update_ratio for layer in record.all_layers]


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("extra", EXTRAS, ids=str)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_that_the_update_ratio_of_every_record_is_that_of_the_update_after_it(
    key: str, extra: dict[str, Any], numbers: str, tiny: Dataset
) -> None:
    """At the last record no update is made: there it is what the next one would be, as a longer run makes it."""
    settings: dict[str, Any] = {**OPTIMIZERS[key], **extra, "numbers": numbers}
    near = PRECISION[numbers]
    made = []
    with Trainer(config_of(**settings, iterations=9), tiny) as longer:
        for _ in range(9):
            before = weights(longer.network)
            longer.step()
            longer.collect(wait=True)
            made.append(ratios(before, weights(longer.network)))
    for last in (0, 1, 8):
        with Trainer(config_of(**settings, iterations=last), tiny) as trainer:
            found = []
            while not trainer.done:
                trainer.step()
                found += [told(record) for record in trainer.collect(wait=True)]
        assert len(found) == last + 1
        for got, right in zip(found, made, strict=False):
            assert min(right) > 0
            assert got == pytest.approx(right, rel=near, abs=0)


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("extra", EXTRAS, ids=str)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_that_a_peek_tells_the_ratio_of_the_update_that_comes_next(
    key: str, extra: dict[str, Any], numbers: str, tiny: Dataset
) -> None:
    with Trainer(config_of(**OPTIMIZERS[key], **extra, numbers=numbers, record_every=1000), tiny) as trainer:
        for _ in range(8):
            peeked, before = trainer.peek(), weights(trainer.network)
            trainer.step()
            trainer.collect(wait=True)
            right = ratios(before, weights(trainer.network))
            assert told(peeked) == pytest.approx(right, rel=PRECISION[numbers], abs=0)


@pytest.mark.parametrize("extra", EXTRAS, ids=str)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_that_a_peek_after_the_end_is_the_last_record_to_the_bit(
    key: str, extra: dict[str, Any], tiny: Dataset
) -> None:
    with Trainer(config_of(**OPTIMIZERS[key], **extra), tiny) as trainer:
        while not trainer.done:
            trainer.step()
            records = trainer.collect(wait=True)
        for _ in range(2):
            peeked = trainer.peek()
            assert told(peeked) == told(records[-1])
            assert written(peeked) == written(records[-1])


@pytest.mark.parametrize("norm", [0.0, 0.01, 0.5])
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_that_the_ratio_holds_what_clipping_and_decay_make_of_the_gradient(
    norm: float, decay: float, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With plain gradient descent it can be told from the gradients alone."""
    config = config_of(weight_decay=decay, clip_norm=norm, learning_rate=0.2, numbers="float64")
    for record, layers in Watched(Trainer(config, tiny), monkeypatch).records():
        parts = [part for layer in layers for part in (layer.weight_gradient, layer.bias_gradient)]
        length = np.sqrt(sum(float((part**2).sum()) for part in parts))
        shorter = min(1.0, norm / length) if norm else 1.0
        steps = [0.2 * (shorter * layer.weight_gradient + decay * layer.weight) for layer in layers]
        right = [rms(step) / rms(layer.weight) for step, layer in zip(steps, layers, strict=True)]
        assert told(record) == pytest.approx(right, rel=1e-9, abs=0)


def test_that_there_is_no_ratio_to_weights_that_are_zero(tiny: Dataset) -> None:
    (record,) = Trainer(config_of(init="zeros", iterations=0), tiny)
    assert all(isnan(ratio) for ratio in told(record))


def test_that_a_ratio_follows_a_learning_rate_changed_meanwhile(tiny: Dataset) -> None:
    found = []
    for rate in (0.05, 0.0005):
        with Trainer(config_of(numbers="float64"), tiny) as trainer:
            trainer.step()
            trainer.change(learning_rate=rate)
            trainer.step()
            found.append(told(trainer.collect(wait=True)[-1]))
    assert found[1] == pytest.approx([ratio / 100 for ratio in found[0]], rel=1e-9)


@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_that_the_last_record_and_a_peek_change_neither_weights_nor_memory(
    key: str, placement: Norm, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = Optimizer.kinds[key]
    update: Callable[..., None] = kind.update
    seen: list[Array] = []
    calls = []

    def watch(self: Optimizer, theta: Array, gradient: Array, state: list[Array], *rest: Any) -> None:
        seen[:] = state
        update(self, theta, gradient, state, *rest)
        calls.append(theta.copy())

    monkeypatch.setattr(kind, "update", watch)
    config = config_of(**OPTIMIZERS[key], norm=placement.key, iterations=6, weight_decay=0.1)
    with Trainer(config, tiny) as trainer:
        for _ in range(6):
            trainer.step()
            trainer.collect(wait=True)
        for look in (trainer.peek, trainer.step, trainer.peek, trainer.peek):
            before = [array.copy() for array in (*trainer.network.state, *seen)]
            made = len(calls)
            look()
            trainer.collect(wait=True)
            assert len(seen) == kind.slots
            assert len(calls) == made + 1, "an update is tried"
            assert not np.array_equal(calls[-1], before[0])
            for array, kept in zip((*trainer.network.state, *seen), before, strict=True):
                np.testing.assert_array_equal(array, kept)


def test_that_a_record_belongs_to_the_weights_after_as_many_updates_as_its_iteration(tiny: Dataset) -> None:
    # Far enough apart that a record one update off is seen.
    config = config_of(learning_rate=0.5, iterations=20, record_every=3, numbers="float64", activation="tanh")
    with Trainer(config, tiny) as trainer:
        sizes, records = [], []
        while not trainer.done:
            sizes.append([rms(weight) for weight in weights(trainer.network)])
            trainer.step()
            records += trainer.collect(wait=True)
    assert [record.iteration for record in records] == list(range(21))
    for record, size in zip(records, sizes, strict=True):
        assert [layer.weight_rms for layer in record.all_layers] == pytest.approx(size, rel=1e-9)
    for one, other in pairwise(sizes):
        assert one != pytest.approx(other, rel=1e-6)
