"""The prognosis: what it knows of networks that it has not seen, and that its coefficients are those of its data."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from model.config.config import Config
from model.config.presets import PRESETS
from model.diagnosis.prognosis import FILE, TOGETHER, chance, traits
from tests.interventions import fit
from tests.support.hypothesis_strategies import settings_of_a_run

# What a coefficient may differ by on another machine's linear algebra.
TOLERANCE = 2e-5
LEARN = ("relu-he", "sigmoid-xavier", "sigmoid-gauss-bn", "deep-layer-norm")
FAIL = ("zeros", "deep-sigmoid", "raw-pixels")


@pytest.fixture(scope="module")
def trained() -> Any:
    """The networks that the prognosis has learned from."""
    return fit.used(fit.stored())


def test_that_the_coefficients_are_those_of_the_networks_that_are_stored(trained: Any) -> None:
    kept, fitted = json.loads(FILE.read_text("utf-8")), fit.coefficients(trained)
    assert kept["coefficients"].keys() == traits(Config()).keys() == fitted["coefficients"].keys()
    assert kept["intercept"] == pytest.approx(fitted["intercept"], abs=TOLERANCE)
    assert kept["coefficients"] == pytest.approx(fitted["coefficients"], abs=TOLERANCE)


def test_that_networks_it_has_not_seen_learn_as_often_as_it_says(trained: Any) -> None:
    """Every fifth network is left out of the fit; of those it is sure of, nine in ten do what it says."""
    held = trained[::5]
    seen = [each for place, each in enumerate(trained) if place % 5]
    fitted = fit.coefficients(seen)
    table = np.array([list(traits(case.config).values()) for case, _ in held])
    odds = fitted["intercept"] + table @ np.array(list(fitted["coefficients"].values()))
    learns = np.array([learned for _, learned in held])
    sure, sure_not = odds > np.log(4), odds < -np.log(4)
    assert sure.sum() > 100
    assert sure_not.sum() > 100
    assert learns[sure].mean() > 0.88
    assert learns[sure_not].mean() < 0.12


@pytest.mark.parametrize("preset", [each for each in PRESETS if each.name in LEARN + FAIL], ids=lambda each: each.name)
def test_that_presets_that_learn_are_told_from_those_that_do_not(preset: Any) -> None:
    assert (chance(preset.config) > 0.8) if preset.name in LEARN else (chance(preset.config) < 0.3)


@given(settings_of_a_run())
def test_that_a_chance_is_a_share_for_every_network(chosen: dict[str, Any]) -> None:
    config = Config.from_json(chosen)
    found = traits(config)
    assert all(np.isfinite(value) for value in found.values())
    assert 0 <= chance(config) <= 1
    assert {name for pair in TOGETHER for name in pair} <= found.keys()
