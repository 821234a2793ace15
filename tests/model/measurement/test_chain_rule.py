"""The slate's derivatives against differences and plain algebra."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.measurement.chain_rule import STEP, ChainRule

places = st.floats(-100, 100)


@given(places, places)
def test_that_the_chain_rule_agrees_with_the_central_difference(x: float, y: float) -> None:
    found = ChainRule(x, y)
    assert found.difference == pytest.approx(found.product, rel=1e-6, abs=1e-6)
    assert found.product == found.dz_dt * found.dt_dx


@given(places, places)
def test_that_each_link_is_the_derivative_of_its_own_step(x: float, y: float) -> None:
    found, moved, beside = ChainRule(x, y), ChainRule(x + STEP, y), ChainRule(x, y + STEP)
    assert (moved.t - found.t) / STEP == pytest.approx(found.dt_dx, abs=1e-6)
    assert (beside.t - found.t) / STEP == pytest.approx(found.dt_dx, abs=1e-6), "y moves t as x does"
    by_t = (moved.z - found.z) / (moved.t - found.t)
    assert by_t == pytest.approx(found.dz_dt, abs=2 * STEP), "but for what the square bends"


def test_that_at_one_and_two_it_is_six() -> None:
    found = ChainRule(1.0, 2.0)
    assert (found.t, found.z, found.dz_dt, found.dt_dx, found.product) == (3, 9, 6, 1, 6)
    assert f"{found.difference:.3f}" == "6.000"
