"""What a record says of signal, gradient and update, against the whole network once more in float64."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from model.activations import Activation
from model.arrays import Array
from model.config import Config
from model.datasets import Dataset
from model.histograms import Histogram
from model.layers import Activate, Affine
from model.network import Network
from model.normalization import BatchNorm, Placement
from model.optimizers import Optimizer
from model.records import EVERY_HISTOGRAM, LayerRecord, Record
from model.schedule import pictured, recorded, remembered
from model.trainer import Trainer
from tests.plain import Floats, contents, formulas, logits
from tests.test_histograms import check_decades, check_linear

PRECISION = {"float32": 1e-4, "float64": 1e-9}
Z = frozenset({"z"})


def config_of(**settings: object) -> Config:
    return Config.from_json(
        {"hidden": [8, 6], "batch_size": 20, "iterations": 12, "record_every": 5, "learning_rate": 0.05, **settings}
    )


def rms(values: Array) -> float:
    return float(np.sqrt(np.mean(np.square(values.astype(np.float64)))))


@dataclass
class Layer:
    """One layer of the plain network: what its record is to tell of."""

    z: Floats  # what the activation takes, of the output layer the logits
    a: Floats
    signal: Floats  # what the next layer takes
    slope: Floats
    delta: Floats
    a_gradient: Floats
    weight: Floats
    weight_gradient: Floats
    bias_gradient: Floats


def norm_backward(x: Floats, gamma: Floats, epsilon: float, gradient: Floats) -> Floats:
    """∂L/∂x through mean and variance one by one, as Ioffe & Szegedy 2015 write it on page 4."""
    away, images = x - x.mean(axis=0), len(x)
    variance = (away**2).mean(axis=0) + epsilon
    of_normalised = gradient * gamma
    of_variance = (of_normalised * away).sum(axis=0) * -0.5 * variance**-1.5
    of_mean = -(of_normalised / np.sqrt(variance)).sum(axis=0) - 2 * of_variance * away.mean(axis=0)
    found: Floats = of_normalised / np.sqrt(variance) + of_variance * 2 * away / images + of_mean / images
    return found


def plain_layers(network: Network, images: Floats, labels: NDArray[np.intp]) -> list[Layer]:
    """Forward and backward through `network` as it is now."""
    signals: list[Floats] = [images]
    for stage in network.stages:
        x = signals[-1]
        match stage:
            case Affine():
                y = x @ stage.weight.value.astype(float) + stage.bias.value
            case Activate():
                y = formulas(stage.activation)[0](x)
            case BatchNorm():
                y = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + stage.epsilon)
                y = y * stage.gamma.value.astype(float) + stage.beta.value
            case _:
                raise AssertionError(type(stage).__name__)
        signals.append(y)
    chances = np.exp(signals[-1] - signals[-1].max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    gradients = [(chances - np.eye(network.classes)[labels]) / len(labels)]
    for stage, x in zip(reversed(network.stages), reversed(signals[:-1]), strict=True):
        match stage:
            case Affine():
                gradients.insert(0, gradients[0] @ stage.weight.value.T.astype(float))
            case Activate():
                gradients.insert(0, gradients[0] * formulas(stage.activation)[1](x))
            case BatchNorm():
                gamma = stage.gamma.value.astype(float)
                gradients.insert(0, norm_backward(x, gamma, stage.epsilon, gradients[0]))
    found = []
    starts = [k for k, stage in enumerate(network.stages) if isinstance(stage, Affine)]
    for start, stop in zip(starts, [*starts[1:], len(network.stages)], strict=True):
        affine = network.stages[start]
        assert isinstance(affine, Affine)
        active = [k for k in range(start, stop) if isinstance(network.stages[k], Activate)]
        z, a = (active[0], active[0] + 1) if active else (start + 1, start + 1)
        slope = formulas(network.config.activation)[1](signals[z]) if active else np.ones_like(signals[z])
        delta = gradients[start + 1]
        weight = affine.weight.value.astype(float)
        of_parameters = signals[start].T @ delta, delta.sum(axis=0)
        found.append(Layer(signals[z], signals[a], signals[stop], slope, delta, gradients[a], weight, *of_parameters))
    return found


class Watched:
    """A trainer that is watched: the batch, the weights and the plain layers of its last forward pass."""

    def __init__(self, trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trainer, self.network = trainer, trainer.network
        self.forward = trainer.network.forward
        monkeypatch.setattr(trainer.network, "forward", self._forward)

    def _forward(self, x: Array, labels: NDArray[np.intp]) -> float:
        self.images, self.labels = x.astype(float), labels.copy()
        self.layers = plain_layers(self.network, self.images, self.labels)
        return self.forward(x, labels)

    def step(self) -> Record | None:
        """The record of the next iteration if one is due."""
        self.trainer.step()
        return next(iter(self.trainer.collect(wait=True)), None)

    def records(self) -> list[tuple[Record, list[Layer]]]:
        """Every record to the end of the run with what it is of."""
        found = []
        with self.trainer:
            while not self.trainer.done:
                record = self.step()
                if record:
                    found.append((record, self.layers))
        return found


def expected(layer: Layer) -> dict[str, float]:
    """The figures of a layer as the docstring of LayerRecord defines them."""
    return {
        "activation_mean": float(layer.a.mean()),
        "activation_std": float(layer.a.std()),
        "activation_rms": rms(layer.a),
        "signal_std": float(np.sqrt(layer.signal.var(axis=0).mean())),
        "mean_slope": float(np.abs(layer.slope).mean()),
        "delta_rms": rms(layer.delta),
        "activation_gradient_rms": rms(layer.a_gradient),
        "weight_gradient_rms": rms(layer.weight_gradient),
        "bias_gradient_rms": rms(layer.bias_gradient),
        "weight_rms": rms(layer.weight),
    }


def check_figures(record: Record, layers: list[Layer], numbers: str) -> None:
    """Compare all figures but the update with the plain ones, relative to their own size."""
    near, rounding = PRECISION[numbers], float(np.finfo(numbers).eps)
    for layer, plain in zip(record.all_layers, layers, strict=True):
        right = expected(plain)
        # What is left of large numbers that cancel is only right to the rounding of those.
        cancelling = {
            "activation_mean": 8 * rounding * rms(plain.a),
            "activation_std": 8 * rounding * rms(plain.a),
            "signal_std": 8 * rounding * rms(plain.signal),
            "bias_gradient_rms": 8 * rounding * len(plain.delta) * rms(plain.delta),
        }
        for name, figure in right.items():
            assert getattr(layer, name) == pytest.approx(figure, rel=near, abs=cancelling.get(name, 0)), name


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Placement)
@pytest.mark.parametrize("activation", Activation)
def test_that_every_figure_of_every_record_is_that_of_the_plain_network(
    activation: Activation, placement: Placement, numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(activation=activation.key, batch_norm=placement.key, numbers=numbers)
    found = Watched(Trainer(config, tiny), monkeypatch).records()
    assert [record.iteration for record, _ in found] == list(range(13))
    for record, layers in found:
        check_figures(record, layers, numbers)


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize(
    "settings",
    [
        {"hidden": []},
        {"hidden": [1]},
        {"hidden": [30, 1, 9], "activation": "tanh"},
        {"hidden": [12] * 8, "activation": "sigmoid", "init": "xavier"},
        {"hidden": [40, 30], "init": "gauss", "init_std": 1e-4, "activation": "selu"},
        {"hidden": [200, 10], "optimizer": "adam", "learning_rate": 0.01},
        {"batch_size": 2, "activation": "softplus"},
        {"batch_size": 130, "sampling": "epochs", "clip_norm": 0.01, "weight_decay": 0.1},
    ],
    ids=str,
)
def test_that_figures_are_right_for_any_shape_and_setting(
    settings: dict[str, object], numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(Trainer(config_of(**settings, numbers=numbers), tiny), monkeypatch)
    for record, layers in watched.records():
        check_figures(record, layers, numbers)


@pytest.mark.parametrize("numbers", PRECISION)
def test_that_the_input_and_the_answer_are_those_of_the_batch(
    numbers: str, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(Trainer(config_of(numbers=numbers, iterations=40), tiny), monkeypatch)
    answers = set()
    with watched.trainer:
        while not watched.trainer.done:
            record = watched.step()
            assert record is not None
            spread = float(np.sqrt(watched.images.var(axis=0).mean()))
            assert record.input_std == pytest.approx(spread, rel=PRECISION[numbers])
            given = watched.layers[-1].a.argmax(axis=1).tolist()
            counts = [given.count(number) for number in range(3)]
            assert record.answer_share == max(counts) / 20
            assert counts[record.answer] == max(counts)
            answers.add((record.answer, record.answer_share))
    assert len(answers) > 3, "an answer that never changes proves nothing"


def test_that_a_network_of_zeros_gives_one_answer_to_all(tiny: Dataset) -> None:
    first = next(iter(Trainer(config_of(init="zeros"), tiny)))
    assert (first.answer, first.answer_share) == (0, 1)
    assert first.output.signal_std == 0


@pytest.mark.parametrize("placement", Placement)
@pytest.mark.parametrize("activation", Activation)
def test_that_units_are_alike_in_a_network_of_zeros_and_in_no_other(
    activation: Activation, placement: Placement, tiny: Dataset
) -> None:
    settings = {"activation": activation.key, "batch_norm": placement.key, "hidden": [8, 1, 6], "iterations": 0}
    (zeros,) = Trainer(config_of(**settings, init="zeros"), tiny)
    assert [layer.alike for layer in zeros.all_layers] == [True, False, True, True], "one unit is like no other"
    (small,) = Trainer(config_of(**settings, init="gauss", init_std=0.01), tiny)
    # ReLU may shut the one unit in between, and then all behind it hear nothing and answer alike.
    behind = [False, False] if small.layers[1].activation_std > 0 else [layer.alike for layer in small.all_layers[2:]]
    assert [layer.alike for layer in small.all_layers] == [False, False, *behind]


@pytest.mark.parametrize("activation", [Activation.SIGMOID, Activation.SOFTPLUS])
def test_that_units_that_start_alike_stay_alike_while_their_weights_grow(activation: Activation, tiny: Dataset) -> None:
    records = list(Trainer(config_of(activation=activation.key, init="zeros", iterations=60, learning_rate=0.3), tiny))
    assert all(layer.alike for record in records for layer in record.layers)
    assert not records[-1].output.alike, "classes differ by how frequent they are"
    assert records[-1].layers[1].weight_rms > 0.001


def test_that_one_unit_among_many_that_differs_a_little_makes_a_layer_not_alike(tiny: Dataset) -> None:
    for change, alike in ((0.0, True), (0.01, False)):
        with Trainer(config_of(activation="sigmoid", hidden=[200, 6], init="zeros", iterations=0), tiny) as trainer:
            trainer.network.affines[0].bias.value[7] = change
            trainer.step()
            (record,) = trainer.collect(wait=True)
        assert [layer.alike for layer in record.layers] == [alike, True]


OPTIMIZERS: dict[str, dict[str, Any]] = {
    key: {"optimizer": key, "learning_rate": 0.003 if key in ("adam", "rmsprop", "adagrad") else 0.03}
    for key in Optimizer.kinds
}
EXTRAS: list[dict[str, Any]] = [
    {},
    {"weight_decay": 0.2},
    {"clip_norm": 0.05},
    {"weight_decay": 0.2, "clip_norm": 0.05, "batch_norm": "before"},
    {"batch_norm": "after"},
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


@pytest.mark.parametrize("placement", Placement)
@pytest.mark.parametrize("key", OPTIMIZERS)
def test_that_the_last_record_and_a_peek_change_neither_weights_nor_memory(
    key: str, placement: Placement, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
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
    config = config_of(**OPTIMIZERS[key], batch_norm=placement.key, iterations=6, weight_decay=0.1)
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


def shown(histogram: Histogram | None) -> Histogram:
    assert histogram is not None
    return histogram


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Placement)
@pytest.mark.parametrize("activation", [Activation.RELU, Activation.TANH, Activation.GELU, Activation.IDENTITY])
@pytest.mark.parametrize("iterations", [0, 9])
def test_that_every_histogram_is_that_of_the_arrays_in_the_network(
    activation: Activation, placement: Placement, numbers: str, iterations: int, tiny: Dataset
) -> None:
    config = config_of(
        activation=activation.key, batch_norm=placement.key, numbers=numbers, iterations=iterations, hidden=[30, 9]
    )
    trainer = Trainer(config, tiny)
    record, network = list(trainer)[-1], trainer.network
    assert record.pictured
    slack = {"float32": 1e-5, "float64": 1e-9}[numbers]
    place = 0
    for layer, affine in zip(record.all_layers, network.affines, strict=True):
        stages = network.hidden[network.affines.index(affine)].stages if affine is not network.output else (affine,)
        active = [k for k, stage in enumerate(stages) if isinstance(stage, Activate)]
        histograms = layer.histograms
        z = network.signals[place + (active[0] if active else 1)]
        check_linear(shown(histograms.z), z, slack)
        if active:
            a = network.signals[place + active[0] + 1]
            check_linear(shown(histograms.a), a, slack)
            assert (shown(histograms.a).zeros > 0) == (activation is Activation.RELU and bool((a == 0).any()))
        else:
            assert histograms.a is None
        check_decades(shown(histograms.delta), network.gradients[place + 1])
        check_decades(shown(histograms.weight_gradient), affine.weight.gradient)
        check_linear(shown(histograms.weight), affine.weight.value, slack)
        place += len(stages)
    for name in ("z", "a", "weight"):
        found = [getattr(layer.histograms, name) for layer in record.all_layers]
        assert len({(each.low, each.high) for each in found if each}) == 1, "all layers share one axis"


def quantiles(histogram: Histogram, levels: Floats) -> Floats:
    """Where the values of a histogram reach each level, to the width of a bin."""
    edges = np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)
    reached = (histogram.below + histogram.zeros) + np.concatenate([[0], np.cumsum(histogram.shares)])
    found: Floats = np.interp(levels, reached, edges)
    return found


def test_that_histograms_of_many_weights_spread_as_all_of_them_do(mnist: Dataset) -> None:
    """The 78,400 weights of MNIST's first layer are sampled, not counted one by one."""
    trainer = Trainer(config_of(hidden=[100, 30], iterations=20, activation="tanh", batch_size=50), mnist)
    record, network = list(trainer)[-1], trainer.network
    levels = np.linspace(0.1, 0.9, 9)
    for layer, affine in zip(record.layers, network.affines, strict=False):
        held = shown(layer.histograms.weight)
        width = (held.high - held.low) / 50
        right = np.quantile(affine.weight.value.astype(float), levels)
        np.testing.assert_allclose(quantiles(held, levels), right, atol=width)
        gradient = np.abs(affine.weight.gradient.astype(float))
        zeros = (gradient == 0).mean()
        of_gradient = shown(layer.histograms.weight_gradient)
        assert of_gradient.zeros == pytest.approx(zeros, abs=0.02)
        lit = np.log10(gradient[gradient > 0])
        ranks = zeros + of_gradient.below + (1 - zeros - of_gradient.below) * levels
        np.testing.assert_allclose(quantiles(of_gradient, ranks), np.quantile(lit, levels), atol=0.15)


def written(value: object) -> list[str]:
    """All numbers and names to the bit; NaN is NaN."""
    return [repr(part) for part in contents(value)]


def untested(record: Record) -> list[str]:
    """The figures without histograms and without what the evaluation adds."""
    bare = record.bare()
    return [str(bare.iteration), *written((bare.loss, bare.train_accuracy, bare.layers, bare.output)),
            *written((bare.input_std, bare.answer, bare.answer_share))]  # fmt: skip


SHOWN_RUNS: list[dict[str, Any]] = [
    {},
    {"optimizer": "adam", "learning_rate": 0.01, "numbers": "float64"},
    {"activation": "identity", "batch_norm": "before", "weight_decay": 0.01},
    {"activation": "leaky-relu", "batch_norm": "after", "clip_norm": 0.5, "optimizer": "nesterov"},
    {"hidden": []},
]
LENGTH = 150


def run_of(**settings: Any) -> Config:
    return config_of(**{"iterations": LENGTH, "record_every": 7, **settings})


def stepped(config: Config, dataset: Dataset, shows: Callable[[int], bool]) -> tuple[list[Record], dict[int, Record]]:
    """All records of a run, and what it showed where it was asked to."""
    records, seen = [], {}
    with Trainer(config, dataset) as trainer:
        while not trainer.done:
            iteration = trainer.iteration
            if shows(iteration):
                record = trainer.step(show=Z)
                assert record is not None
                seen[iteration] = record
            else:
                assert trainer.step() is None
            records += trainer.collect(wait=True)
    return records, seen


@pytest.mark.parametrize("run", SHOWN_RUNS, ids=str)
@pytest.mark.parametrize(("of", "every"), [(0, 1), (0, 2), (1, 2), (2, 5), (LENGTH, LENGTH + 1)])
def test_that_showing_an_iteration_leaves_every_record_as_it_is_to_the_bit(
    run: dict[str, Any], of: int, every: int, tiny: Dataset
) -> None:
    alone, _ = stepped(run_of(**run), tiny, lambda iteration: False)
    records, seen = stepped(run_of(**run), tiny, lambda iteration: iteration % every == of)
    assert seen
    assert [record.iteration for record in records] == [n for n in range(LENGTH + 1) if remembered(run_of(**run), n)]
    for record, same in zip(records, alone, strict=True):
        assert written(record) == written(same)


@pytest.mark.parametrize("run", SHOWN_RUNS, ids=str)
def test_that_what_is_shown_has_the_figures_of_a_record_there_and_the_histogram_asked_for(
    run: dict[str, Any], tiny: Dataset
) -> None:
    config = run_of(**run)
    _, seen = stepped(config, tiny, lambda iteration: True)
    every, _ = stepped(config.replace(record_every=1), tiny, lambda iteration: False)
    combinations = set()
    for record in every:
        n = record.iteration
        combinations.add((remembered(config, n), recorded(config, n), pictured(config, n) and remembered(config, n)))
        assert untested(seen[n]) == untested(record)
        assert isnan(seen[n].test_accuracy)
        assert seen[n].has(Z)
        for layer in seen[n].all_layers:
            assert shown(layer.histograms.z).shares.sum() > 0.99
    assert combinations == {
        (False, False, False), (True, False, False), (True, False, True), (True, True, False), (True, True, True),
    }, "every kind of iteration is shown"  # fmt: skip


def z_of(layers: list[Layer]) -> list[Floats]:
    return [layer.z for layer in layers]


def test_that_the_histogram_that_is_shown_is_that_of_z(tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(Trainer(run_of(numbers="float64"), tiny), monkeypatch)
    with watched.trainer:
        while not watched.trainer.done:
            record = watched.trainer.step(show=Z)
            watched.trainer.collect(wait=True)
            assert record is not None
            for layer, z in zip(record.all_layers, z_of(watched.layers), strict=True):
                check_linear(shown(layer.histograms.z), z, 1e-9)


def names_of(layer: LayerRecord) -> set[str]:
    return {name for name in EVERY_HISTOGRAM if getattr(layer.histograms, name) is not None}


@pytest.mark.parametrize("wanted", [frozenset(), Z, frozenset({"delta", "weight"}), EVERY_HISTOGRAM], ids=len)
def test_that_what_is_shown_has_the_histograms_asked_for_where_none_are_due(
    wanted: frozenset[str], tiny: Dataset
) -> None:
    with Trainer(run_of(), tiny) as trainer:
        while not trainer.done:
            n = trainer.iteration
            record = trainer.step(show=wanted)
            trainer.collect(wait=True)
            assert record is not None
            due = remembered(trainer.config, n) and pictured(trainer.config, n)
            expected = set(EVERY_HISTOGRAM if due else wanted)
            assert [names_of(layer) for layer in record.layers] == [expected] * 2
            assert names_of(record.output) == expected - {"a"}


@pytest.mark.parametrize("numbers", PRECISION)
@pytest.mark.parametrize("placement", Placement)
def test_that_a_snapshot_is_the_network_of_its_moment(placement: Placement, numbers: str, tiny: Dataset) -> None:
    config = config_of(batch_norm=placement.key, numbers=numbers, bn_momentum=0.5, activation="tanh")
    taken = []
    with Trainer(config, tiny) as trainer:
        while not trainer.done:
            taken.append((trainer.snapshot(), logits(trainer.network, tiny.test_images)))
            trainer.step()
            trainer.collect(wait=True)
        taken.append((trainer.snapshot(), logits(trainer.network, tiny.test_images)))
    assert [snapshot.iteration for snapshot, _ in taken] == [*range(13), 12]
    for snapshot, right in taken:  # after the whole run: it is a copy
        network = Network(config, tiny.inputs, tiny.classes)
        network.take(snapshot.state)
        np.testing.assert_array_equal(logits(network, tiny.test_images), right)
    assert not np.array_equal(taken[0][1], taken[-1][1])
    np.testing.assert_array_equal(taken[-2][1], taken[-1][1])


def test_that_nobody_can_change_the_network_through_a_snapshot(tiny: Dataset) -> None:
    config = config_of(batch_norm="before")
    runs = []
    for spoil in (False, True):
        with Trainer(config, tiny) as trainer:
            while not trainer.done:
                snapshot = trainer.snapshot()
                for array in snapshot.state if spoil else ():
                    array.fill(7)
                trainer.step()
                trainer.collect(wait=True)
            runs.append(trainer.network.theta.copy())
    np.testing.assert_array_equal(runs[0], runs[1])
