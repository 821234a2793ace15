"""Config: what it takes, what it refuses and with which words, and its way to JSON and back."""

import json
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.base.params import Param, params
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.hidden_layers import MAX_LAYERS, MAX_UNITS
from model.nn.activations import Activation
from model.nn.normalization import Norm
from model.nn.optimizers import SGD, Adam, Momentum
from tests.support.hypothesis_strategies import settings_of_a_run
from tests.support.setting_values import needs

NUMBERS = [setting for setting in every_setting() if setting.type in (int, float)]


def refused(**values: object) -> str:
    """The message with which Config refuses `values`: one sentence on one line."""
    with pytest.raises(InputError) as caught:
        Config.from_json(values)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@given(settings_of_a_run())
def test_that_any_run_survives_json(values: dict[str, Any]) -> None:
    config = Config.from_json(values)
    written = json.dumps(config.to_json(), allow_nan=False)
    again = Config.from_json(json.loads(written))
    assert again == config
    assert hash(again) == hash(config)
    for name, value in values.items():
        assert config.to_json()[name] == value


@given(settings_of_a_run())
def test_that_a_run_tells_all_its_settings_by_name(values: dict[str, Any]) -> None:
    config = Config.from_json(values)
    names = [setting.name for setting in config.settings()]
    assert names == list(config.to_json())
    assert set(names) == {setting.name for setting in (*params(Config), *params(config.optimizer))}
    assert config.replace() == config


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_that_numbers_outside_their_range_are_refused_by_name(setting: Param) -> None:
    assert setting.low is not None
    assert setting.high is not None
    outside: list[Any] = [setting.high * 2 + 1, setting.low - 1, float("nan"), float("inf"), -float("inf"), 10**400]
    wrong_kind: list[Any] = [True, None, "many", [1], {}, *([1.5] if setting.type is int else [])]
    for value in outside + wrong_kind:
        assert refused(**needs(setting), **{setting.name: value}).startswith(setting.option + " ")


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_that_the_ends_of_a_range_belong_to_it(setting: Param) -> None:
    for end in (setting.low, setting.high):
        config = Config.from_json({**needs(setting), setting.name: end})
        assert config.value(setting.name) == end
        assert type(config.value(setting.name)) is setting.type


@pytest.mark.parametrize("setting", every_setting(), ids=lambda setting: setting.name)
def test_that_nonsense_is_refused_by_name(setting: Param) -> None:
    for value in (object(), {"a": 1}, 1j, b"relu"):
        assert refused(**needs(setting), **{setting.name: value}).startswith(setting.option)


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_that_text_is_read_as_the_command_line_writes_it(setting: Param) -> None:
    assert setting.parse(str(setting.default)) == setting.default
    for text in ("abc", "", "nan", "inf", "1e999", "9" * 400, "9" * 5000, "-7", "0x10", "1,5"):
        with pytest.raises(InputError, match="^" + setting.option):
            setting.parse(text)


@pytest.mark.parametrize(
    ("text", "hidden"), [("40,20", (40, 20)), ("7", (7,)), ("", ()), (" 3 , 4 ", (3, 4)), ([5, 6], (5, 6)), ((), ())]
)
def test_that_hidden_layers_are_read(text: object, hidden: tuple[int, ...]) -> None:
    assert Config.from_json({"hidden": text}).hidden == hidden


@pytest.mark.parametrize(
    "hidden",
    ["40,abc", "40,,20", "40,", ",", "0", "-3", "2001", "1000000", "40.5", "1e2", [40.5], [0], [True], [None], [[1]],
     ["x"], 40, 4.0, None, {"40": 20}, float("nan"), [float("nan")], [float("inf")], [1] * 51, [2**70], [10**400],
     "9" * 5000],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_that_bad_hidden_layers_are_refused(hidden: object) -> None:
    assert refused(hidden=hidden).startswith("--hidden takes")


def test_that_the_largest_network_is_allowed() -> None:
    assert Config(hidden=(MAX_UNITS,) * MAX_LAYERS).hidden == (2000,) * 50


@pytest.mark.parametrize("values", [None, 5, "text", [], [("seed", 1)], float("nan")])
def test_that_a_configuration_is_an_object(values: object) -> None:
    with pytest.raises(InputError, match=r"^A configuration must be an object of settings\.$"):
        Config.from_json(values)


def test_that_only_a_number_is_asked_for_as_one() -> None:
    assert Config(seed=7).number("seed") == 7
    assert Config().number("learning_rate") == 0.1
    with pytest.raises(TypeError, match="activation"):
        Config().number("activation")


def test_that_unknown_settings_are_refused() -> None:
    assert "'speed'" in refused(speed=1)
    assert "'momentum' with the optimiser sgd" in refused(momentum=0.9)
    assert "'eta'" in refused(optimizer="adam", eta=1)
    assert "relu" in refused(activation="rel")
    assert "adam" in refused(optimizer="adm")


def test_that_batch_norm_needs_two_images() -> None:
    assert "--batch-size" in refused(batch_size=1, norm="batch-before")
    assert Config(batch_size=1).batch_size == 1


def test_that_configs_are_frozen_and_serve_as_keys() -> None:
    config = Config()
    with pytest.raises(FrozenInstanceError):
        config.seed = 1  # type: ignore[misc]  # that it cannot be assigned is the test
    assert {config: 1}[Config()] == 1
    assert len({config, Config(seed=1), Config().replace(learning_rate=0.2), Config()}) == 3


def test_that_replacing_keeps_all_other_settings() -> None:
    config = Config(seed=7).replace(learning_rate=0.5)
    changed = config.replace(hidden=[3], norm="batch-after", activation=Activation.TANH)
    assert (changed.seed, changed.value("learning_rate"), changed.hidden) == (7, 0.5, (3,))
    assert (changed.norm, changed.activation) == (Norm.BATCH_AFTER, Activation.TANH)


def test_that_another_optimiser_starts_with_its_own_learning_rate() -> None:
    config = Config(seed=7).replace(learning_rate=0.5)
    assert config.replace(optimizer="adam") == Config(seed=7, optimizer=Adam())
    assert config.replace(optimizer="adam", learning_rate=0.02).optimizer == Adam(learning_rate=0.02)
    assert config.replace(optimizer="sgd") == config
    assert config.replace(optimizer="adam", beta1=0.5).replace(optimizer="sgd").optimizer == SGD()


def test_that_an_optimiser_itself_can_replace_another() -> None:
    config = Config(seed=7).replace(optimizer=Momentum(learning_rate=0.3, momentum=0.4))
    assert config == Config(seed=7, optimizer=Momentum(learning_rate=0.3, momentum=0.4))
    assert config.replace(optimizer=Adam()).optimizer == Adam()


def test_that_replacing_by_nonsense_is_refused() -> None:
    nonsense: list[dict[str, object]] = [
        {"seed": -1}, {"beta1": 0.5}, {"optimizer": "adam", "momentum": 0.5}, {"colour": "red"},
    ]  # fmt: skip
    for changes in nonsense:
        with pytest.raises(InputError):
            Config().replace(**changes)


@given(st.text(max_size=12))
def test_that_members_are_found_by_key_alone(text: str) -> None:
    keys = {member.key for member in Activation}
    if text.strip().lower().replace("_", "-") in keys:
        assert Activation.named(text).key in keys
    else:
        with pytest.raises(InputError, match="is not one of sigmoid, "):
            Activation.named(text)
