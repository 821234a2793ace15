"""Initial weights: sizes against the published formulas, the shapes of their distributions, shared noise."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from model.config.config import Config
from model.data.pixel_scaling import UNIT_SCALING
from model.network.network import Network
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from tests.support.reference_formulas import Floats

N, M = 300, 200
STD = 0.037
EXPECTED = {
    "ZEROS": 0.0,
    "GAUSS": STD,
    "XAVIER": sqrt(1 / N),
    "GLOROT_NORMAL": sqrt(2 / (N + M)),
    "GLOROT_UNIFORM": sqrt(2 / (N + M)),
    "HE": sqrt(2 / N),
    "HE_UNIFORM": sqrt(2 / N),
    "LECUN": sqrt(1 / N),
    "ORTHOGONAL": sqrt(1 / max(N, M)),
    "PYTORCH": sqrt(1 / (3 * N)),
}
# The bounds as the papers and torch.nn.Linear's page print them: sqrt(6 / (n + m)), sqrt(6 / n) and sqrt(k), k = 1 / n.
BOUNDS = {"GLOROT_UNIFORM": sqrt(6 / (N + M)), "HE_UNIFORM": sqrt(6 / N), "PYTORCH": 1 / sqrt(N)}
NORMAL = ["GAUSS", "XAVIER", "GLOROT_NORMAL", "HE", "LECUN"]


def sample(init: Initializer, n_in: int = N, n_out: int = M, *, seed: int = 5, std: float = STD) -> Floats:
    return np.asarray(init.sample(np.random.default_rng(seed), n_in, n_out, std), float)


@pytest.mark.parametrize("init", Initializer)
def test_that_weights_have_the_standard_deviation_of_the_formula(init: Initializer) -> None:
    assert init.name in EXPECTED, f"write the standard deviation of {init.name} into {__file__}"
    weights = sample(init)
    assert weights.shape == (N, M)
    # 60,000 draws know their own standard deviation to 0.3 %.
    assert np.sqrt((weights**2).mean()) == pytest.approx(EXPECTED[init.name], rel=0.012)
    assert init.value.std(N, M, STD) == pytest.approx(EXPECTED[init.name], rel=1e-15)
    assert abs(weights.mean()) <= 4 * EXPECTED[init.name] / sqrt(N * M)


@pytest.mark.parametrize("name", NORMAL)
def test_that_normal_weights_are_normal(name: str) -> None:
    weights = sample(Initializer[name]).ravel() / EXPECTED[name]
    assert stats.kstest(weights, "norm").pvalue > 0.01


@pytest.mark.parametrize("name", BOUNDS)
def test_that_uniform_weights_fill_their_bounds_evenly(name: str) -> None:
    weights, bound = sample(Initializer[name]).ravel(), BOUNDS[name]
    assert np.abs(weights).max() <= bound
    assert np.abs(weights).max() > 0.999 * bound
    assert stats.kstest(weights, "uniform", args=(-bound, 2 * bound)).pvalue > 0.01


@pytest.mark.parametrize(("n_in", "n_out"), [(40, 25), (25, 40), (30, 30), (1, 6), (6, 1), (1, 1)])
def test_that_orthogonal_weights_keep_lengths(n_in: int, n_out: int) -> None:
    weights = sample(Initializer.ORTHOGONAL, n_in, n_out)
    short = weights.T @ weights if n_in >= n_out else weights @ weights.T
    np.testing.assert_allclose(short, np.eye(min(n_in, n_out)), atol=1e-12)


def test_that_orthogonal_matrices_are_drawn_without_preference() -> None:
    """A QR decomposition alone prefers signs; the corrected one has a mean trace of 0 and a mean square of 1."""
    traces = [np.trace(sample(Initializer.ORTHOGONAL, 4, 4, seed=seed)) for seed in range(2000)]
    assert abs(np.mean(traces)) < 4 / sqrt(2000)
    assert np.mean(np.square(traces)) == pytest.approx(1, abs=0.15)


def test_that_lecun_and_xavier_are_the_same_to_the_bit() -> None:
    np.testing.assert_array_equal(sample(Initializer.LECUN), sample(Initializer.XAVIER))
    assert "Xavier" in Initializer.LECUN.help


def test_that_all_normal_initialisers_scale_the_same_noise() -> None:
    first = sample(Initializer.GAUSS, std=1.0)
    for name in NORMAL:
        np.testing.assert_allclose(sample(Initializer[name]) / EXPECTED[name], first, rtol=1e-12)
    np.testing.assert_allclose(sample(Initializer.GAUSS, std=0.01), first / 100, rtol=1e-12)


def test_that_uniform_weights_rank_like_the_normal_ones() -> None:
    order = np.argsort(sample(Initializer.HE).ravel())
    assert (np.diff(sample(Initializer.HE_UNIFORM).ravel()[order]) >= 0).all()


def test_that_those_that_take_a_standard_deviation_say_so() -> None:
    assert Initializer.GAUSS.takes_std
    for init in Initializer:
        changed = not np.array_equal(sample(init, std=0.01), sample(init, std=0.02))
        assert changed == init.takes_std, init.name


def started(init: Initializer, hidden: tuple[int, ...], seed: int = 0) -> Network:
    network = Network(
        Config(hidden=hidden, init=init, activation=Activation.TANH).replace(numbers="float64"), 7, 3, UNIT_SCALING
    )
    network.initialise(np.random.default_rng(seed))
    return network


@pytest.mark.parametrize("init", Initializer)
def test_that_only_pytorch_starts_with_biases(init: Initializer) -> None:
    network = started(init, (6, 5))
    assert [affine.weight.value.shape for affine in network.affines] == [(7, 6), (6, 5), (5, 3)]
    for affine in network.affines:
        assert affine.bias.value.any() == (init is Initializer.PYTORCH)
        assert affine.weight.value.any() == (init is not Initializer.ZEROS)


def test_that_every_layer_has_a_stream_of_its_own() -> None:
    one, wider_first, deeper = (started(Initializer.HE, hidden) for hidden in ((6, 5, 4), (60, 5, 4), (6, 5, 4, 2)))
    for other, same in ((wider_first, (2, 3)), (deeper, (0, 1, 2))):
        for at in same:
            np.testing.assert_array_equal(one.affines[at].weight.value, other.affines[at].weight.value)
    square = started(Initializer.HE, (7, 7))
    assert not np.array_equal(square.affines[0].weight.value, square.affines[1].weight.value)


def test_that_another_seed_gives_other_weights() -> None:
    assert not np.array_equal(started(Initializer.HE, (6,), 0).theta, started(Initializer.HE, (6,), 1).theta)


def test_that_pytorch_draws_biases_evenly_within_the_bound_of_the_weights() -> None:
    biases = Initializer.PYTORCH.sample_bias(np.random.default_rng(5), N, 50_000)
    bound = BOUNDS["PYTORCH"]
    assert 0.999 * bound < np.abs(biases).max() <= bound
    assert stats.kstest(biases, "uniform", args=(-bound, 2 * bound)).pvalue > 0.01
    assert biases.std() == pytest.approx(Initializer.PYTORCH.value.bias_std(N), rel=0.01)


def test_that_pytorchs_bound_is_that_of_its_kaiming_uniform() -> None:
    """`reset_parameters` calls kaiming_uniform_(weight, a=sqrt(5)): sqrt(3) · gain / sqrt(n), gain² = 2 / (1 + a²)."""
    gain = sqrt(2 / (1 + sqrt(5) ** 2))
    assert sqrt(3) * gain / sqrt(N) == pytest.approx(BOUNDS["PYTORCH"], rel=1e-15)
