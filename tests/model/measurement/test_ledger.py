"""What strip and ledger read from a record or from theory: products, stages, and how shares are written."""

from math import inf, isnan, nan, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.diagnosis.ledger_summary import SMALLEST_FACTOR, signal_per_layer
from model.measurement.gains import Gain
from model.measurement.ledger import backward, forward, product, stages_in
from tests.support.records import layer_of, record_of


@given(st.lists(st.floats(1e-6, 1e6), max_size=12))
def test_that_a_chain_passes_the_product_and_nothing_once_nothing_is_left(factors: list[float]) -> None:
    assert product(factors) == pytest.approx(prod(factors))
    assert product([*factors, 0.0, nan, inf]) == 0
    assert isnan(product([*factors, nan]))


def test_that_the_mean_over_layers_reads_the_ledger_as_the_table_does() -> None:
    """A stage that passes nothing ends the way; a layer that receives nothing does not count."""
    gains = [(2.0, 3.0), (0.0, nan), (nan, 5.0), (inf, 1.0)]
    layers = tuple(
        layer_of(f"Layer {k}", signal_gain=(Gain("weights", w), Gain("slope", s))) for k, (w, s) in enumerate(gains)
    )
    record = record_of(0, layers=layers[:1], output=layers[0])
    assert signal_per_layer(record) == pytest.approx(6)
    record = record_of(0, layers=layers, output=layers[0])
    assert signal_per_layer(record) == pytest.approx((6 * SMALLEST_FACTOR * (1 / SMALLEST_FACTOR) * 6) ** (1 / 4))
    assert signal_per_layer(record_of(0, layers=layers[2:3], output=layers[2])) == 1


def test_that_a_stage_a_layer_has_twice_is_one_factor() -> None:
    twice = layer_of("Layer 1", gain=(Gain("gate", 0.5), Gain("weights", 3.0), Gain("gate", 0.2)))
    last = layer_of("Output", signal_gain=(Gain("weights", 2.0),))
    chain = record_of(0, layers=(twice,), output=last)
    start, line = backward(chain)
    assert (start.layer, start.whole, start.running) == (1, None, 1.0)
    assert line.factors == pytest.approx({"gate": 0.1, "weights": 3.0})
    assert line.whole == line.running == pytest.approx(0.3)
    assert stages_in(backward(chain), forward(chain)) == ["gate", "weights"]
