"""Figures of a verdict: what is kept of numbers, and which layer and place they name."""

import json
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.layer_names import LOSS_PLACE, OUTPUT_PLACE
from model.config.config import Config
from model.diagnosis.figures import (
    known,
    layer_words,
    number,
    place_figures,
    place_name,
    whole,
)

DEEP = Config(hidden=(9, 8, 7))


def test_that_what_is_not_known_is_left_out_and_what_is_beyond_all_numbers_is_remembered() -> None:
    figures = known({"reach": nan, "first_loss": inf, "slope": 0.25})
    assert figures == {"first_loss": None, "slope": 0.25}
    assert isnan(number(figures, "reach"))
    assert number(figures, "first_loss") == inf
    assert number(figures, "slope") == 0.25
    assert (whole(figures, "reach"), whole(figures, "first_loss")) == (0, 0)


def test_that_a_text_is_no_number() -> None:
    assert isnan(number({"layer": "relu"}, "layer"))


def test_that_numbers_of_numpy_become_those_that_json_can_hold() -> None:
    found = {"reach": np.float32(0.5), "loss": np.float32(inf), "rate": np.float64(0.1), "nothing": np.float64(nan)}
    assert json.dumps(known(found), allow_nan=False) == '{"reach": 0.5, "loss": null, "rate": 0.1}'


def test_that_figures_that_are_kept_do_not_change_with_those_they_were_made_from() -> None:
    found = {"slope": 0.25}
    figures = known(found)
    found["slope"] = 1.0
    assert figures == {"slope": 0.25}


@pytest.mark.parametrize("index", range(4))
def test_that_a_layer_is_called_what_it_is_called_everywhere(index: int) -> None:
    assert layer_words({"layer": index, "layers": 3}) == DEEP.layer_names[index].lower()


def test_that_a_layer_that_is_not_known_is_any() -> None:
    assert layer_words({}) == "a layer"


@given(st.integers(0, 50), st.data())
def test_that_every_place_of_a_divergence_is_found_again(layers: int, data: st.DataObject) -> None:
    names = [*Config(hidden=(1,) * layers).layer_names[:-1], OUTPUT_PLACE, LOSS_PLACE]
    place = data.draw(st.sampled_from(names))
    figures = place_figures(place, layers)
    assert json.loads(json.dumps(figures)) == figures
    assert place_name(figures) == place


def test_that_a_place_that_is_not_in_the_network_is_not_known() -> None:
    figures = place_figures("Layer 4", 3)
    assert figures == {"layers": 3}
    assert place_name(figures) == ""
