"""What is declared once and read by many: every choice and every setting says all that its readers need."""

import importlib
import pkgutil
import re
from enum import Enum

import pytest

import model
from model.base.choices import Choice
from model.base.params import Param, params
from model.config.config import Config, Numbers, every_setting
from model.config.presets import PRESETS, Preset, preset_named, preset_of
from model.data.sampling import Sampling
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Placement
from model.nn.optimizers import Optimizer

for module in pkgutil.walk_packages(model.__path__, "model."):
    importlib.import_module(module.name)
CHOICES = Choice.__subclasses__()
MEMBERS = [member for choice in CHOICES for member in choice]
KINDS = list(Optimizer.kinds.values())


def check_texts(label: str, help: str) -> None:
    assert label
    assert label == label.strip()
    assert help.endswith(".")
    assert help[0].isupper()
    assert len(help) < 200
    assert "\n" not in help + label


def test_that_the_settings_of_a_run_use_these_choices() -> None:
    used = {setting.type for setting in every_setting() if isinstance(setting.type, type)}
    assert {kind for kind in used if issubclass(kind, Enum)} == {Activation, Initializer, Placement, Sampling, Numbers}


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_that_every_member_has_a_label_and_a_help(member: Choice) -> None:
    check_texts(member.label, member.help)


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_that_every_member_is_found_by_its_key(member: Choice) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", member.key)
    for text in (member.key, member.key.upper(), f" {member.name} "):
        assert type(member).named(text) is member


@pytest.mark.parametrize("choice", CHOICES)
def test_that_no_two_members_share_a_label(choice: type[Choice]) -> None:
    assert len({member.label for member in choice}) == len(choice)
    assert len(choice.__members__) == len(choice), "two members with one value: one is an alias that no list shows"


@pytest.mark.parametrize("member", [*Activation, *Initializer], ids=str)
def test_that_activations_and_initialisers_have_a_formula(member: Activation | Initializer) -> None:
    assert member.value.formula.strip()


def test_that_the_issue_s_lists_are_complete() -> None:
    assert [member.key for member in Activation] == [
        "sigmoid", "tanh", "relu", "leaky-relu", "elu", "selu", "gelu", "silu", "softplus", "softsign", "identity",
    ]  # fmt: skip
    assert [member.key for member in Initializer] == [
        "zeros", "gauss", "xavier", "glorot-normal", "glorot-uniform", "he", "he-uniform", "lecun", "orthogonal",
    ]  # fmt: skip
    assert [member.key for member in Placement] == ["none", "before", "after"]
    assert list(Optimizer.kinds) == ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]


@pytest.mark.parametrize("kind", KINDS)
def test_that_every_optimiser_says_what_it_is(kind: type[Optimizer]) -> None:
    check_texts(kind.label, kind.help)
    assert kind.formula
    assert kind().learning_rate > 0
    assert next(iter(params(kind))).name == "learning_rate"


@pytest.mark.parametrize("owner", [Config, *KINDS])
def test_that_every_setting_says_what_it_is(owner: type) -> None:
    for setting in params(owner):
        check_texts(setting.label, setting.help)
        assert re.fullmatch(r"--[a-z0-9][a-z0-9-]*", setting.option)
        if setting.type in (int, float):
            check_range(setting)
        assert not setting.when or isinstance(getattr(Config(), setting.when), bool)


def check_range(setting: Param) -> None:
    assert setting.low is not None
    assert setting.high is not None
    assert setting.low <= setting.default <= setting.high
    assert setting.low < setting.high
    assert type(setting.default) is setting.type
    if setting.log:
        assert setting.low > 0 or setting.off, "a logarithmic scale cannot show 0 unless 0 means off"
    low, high = (float(text.replace(",", "")) for text in setting.range.split(" to "))
    assert low == pytest.approx(setting.low)
    assert high == pytest.approx(setting.high)


def test_that_whole_numbers_are_written_out_in_full() -> None:
    for setting in every_setting():
        if setting.type is int:
            assert "e" not in setting.range, f"{setting.option}: {setting.range}"


def test_that_a_setting_of_the_same_name_is_the_same_setting_in_every_optimiser() -> None:
    seen: dict[str, Param] = {}
    for setting in (setting for kind in KINDS for setting in params(kind)):
        first = seen.setdefault(setting.name, setting)
        told = (setting.label, setting.help, setting.low, setting.high, setting.live, setting.log)
        assert told == (first.label, first.help, first.low, first.high, first.live, first.log)


def test_that_learning_rate_and_momentum_change_live_and_nothing_that_shapes_the_network_does() -> None:
    assert {setting.name for setting in every_setting() if setting.live} == {"learning_rate", "momentum"}


def test_that_every_setting_appears_once() -> None:
    names = [setting.name for setting in every_setting()]
    assert len(names) == len(set(names))
    assert set(names) == {setting.name for owner in (Config, *KINDS) for setting in params(owner)}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_that_every_preset_is_found_and_recognised(preset: Preset) -> None:
    check_texts(preset.label, preset.look)
    assert preset_named(preset.name) is preset
    assert preset_of(preset.config.replace(seed=99, data="elsewhere")) is preset
    assert preset_of(preset.config.replace(batch_size=99)) is None
    assert Config.from_json(preset.config.to_json()) == preset.config


def test_that_the_presets_are_those_of_the_lesson() -> None:
    assert [preset.name for preset in PRESETS] == [
        "sigmoid-gauss", "sigmoid-he", "sigmoid-xavier", "relu-gauss", "relu-he", "relu-xavier",
        "sigmoid-xavier-small", "zeros", "sigmoid-gauss-bn", "deep-sigmoid", "deep-sigmoid-bn",
    ]  # fmt: skip
    for preset in PRESETS[:6]:
        config = preset.config
        activation, _, init = preset.name.partition("-")
        assert (config.hidden, config.activation.key, config.init.key) == ((40, 20), activation, init)
        assert (config.init_std, config.batch_size, config.iterations, config.record_every) == (0.01, 100, 2000, 10)
        assert config.optimizer.key == "sgd"
        assert config.optimizer.learning_rate == 0.1
    hidden = {preset.name: preset.config.hidden for preset in PRESETS}
    assert hidden["sigmoid-xavier-small"] == (20, 10)
    assert hidden["deep-sigmoid"] == hidden["deep-sigmoid-bn"] == (100,) * 5
