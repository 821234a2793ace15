"""Names of layers and stages: what the screen calls those that records, gains and divergences name."""

from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import Diverged
from model.base.language import english
from model.base.layer_names import INPUT, LOSS_PLACE, OUTPUT_PLACE, layer_name, shown_layer, shown_stage
from model.config.config import Config
from model.measurement.gains import AROUND, RESIDUAL, THROUGH
from model.nn.batch_norm import BatchNorm
from model.nn.layer_norm import LayerNorm
from model.nn.layers import Activate, Affine
from model.nn.loss import OutputSlope
from tests.support.catalogues import Figures, OfWords, speaking

JAPANESE = OfWords({"Layer {number}": "第{number}層", "Input": "入力", "Output": "出力", "the output layer": "出力層",
                    "the loss": "損失", "slope": "傾き"})  # fmt: skip
STAGES = (*(kind.name for kind in (Affine, Activate, BatchNorm, LayerNorm, OutputSlope)), RESIDUAL, THROUGH, AROUND)


@given(st.integers(1, 999))
def test_that_a_layer_s_number_stands_where_the_language_puts_it(number: int) -> None:
    name = layer_name(number)
    assert shown_layer(name) == name
    with speaking(JAPANESE):
        assert shown_layer(name) == f"第{number}層"


def test_that_all_layers_of_a_network_are_called_in_the_user_s_language() -> None:
    with speaking(JAPANESE):
        names = [INPUT, *Config(hidden=(9, 8)).layer_names, OUTPUT_PLACE, LOSS_PLACE]
        assert [shown_layer(name) for name in names] == ["入力", "第1層", "第2層", "出力", "出力層", "損失"]
        assert shown_stage("slope") == "傾き"


def test_that_names_stay_keys() -> None:
    with speaking(Figures()):
        assert Config(hidden=(9,)).layer_names == ["Layer 1", "Output"]


def test_that_every_stage_has_a_name_on_screen_which_in_english_is_its_key() -> None:
    assert [shown_stage(name) for name in STAGES] == list(STAGES)
    with speaking(Figures()):
        assert {shown_stage(name) for name in STAGES} == {"「」"}


def test_that_what_has_no_name_is_called_nothing() -> None:
    with speaking(JAPANESE):
        assert (shown_layer(""), shown_stage("")) == ("", "")


def test_that_a_divergence_names_its_place_in_the_language_it_is_read_in() -> None:
    error = Diverged(7, layer_name(2))
    with speaking(JAPANESE):
        assert "values of 第2層 are" in str(error)
        with english():
            assert "values of Layer 2 are" in str(error)
