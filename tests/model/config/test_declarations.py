"""What is declared once and read by many: every choice and every setting says all that its readers need."""

import importlib
import pkgutil
import re
from dataclasses import dataclass

import pytest

import model
from model.base.choices import Choice
from model.base.errors import InputError
from model.base.params import Param, param, params
from model.base.run_settings import RunSetting, run_setting, run_settings
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of
from model.config.presets import PRESETS, Preset, preset_named, preset_of
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.sweeps.axes import SweepAxis

for module in pkgutil.walk_packages(model.__path__, "model."):
    importlib.import_module(module.name)
CHOICES = [kind for kind in Choice.__subclasses__() if kind.__module__.startswith("model.")]  # the window has its own
MEMBERS = [member for choice in CHOICES for member in choice]
KINDS = list(Optimizer.kinds.values())
# Files and command lines of version 0.1 hold these, which nothing may rename; what came later is not listed.
WRITTEN_BY_0_1 = [
    (name, key)
    for name, keys in {
        "activation": "sigmoid tanh relu leaky-relu elu selu gelu silu softplus softsign identity",
        "init": "zeros gauss xavier glorot-normal glorot-uniform he he-uniform lecun orthogonal",
        "optimizer": "sgd momentum nesterov adagrad rmsprop adam",
        "sampling": "replacement epochs",
        "numbers": "float32 float64",
    }.items()
    for key in keys.split()
]


def check_texts(label: str, help: str) -> None:
    assert label
    assert label == label.strip()
    assert help.endswith(".")
    assert help[0].isupper()
    assert len(help) < 200
    assert "\n" not in help + label


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_that_every_member_has_a_label_and_a_help(member: Choice) -> None:
    check_texts(member.label, member.help)


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_that_every_member_is_found_by_its_key(member: Choice) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", member.key)
    for text in (member.key, member.key.upper(), f" {member.name} ", *member.other_names):
        assert type(member).named(text) is member


@pytest.mark.parametrize("choice", CHOICES)
def test_that_no_two_members_share_a_label(choice: type[Choice]) -> None:
    assert len({member.label for member in choice}) == len(choice)
    assert len(choice.__members__) == len(choice), "two members with one value: one is an alias that no list shows"


@pytest.mark.parametrize("member", [*Activation, *Initializer], ids=str)
def test_that_activations_and_initialisers_have_a_formula(member: Activation | Initializer) -> None:
    assert member.value.formula.strip()


@pytest.mark.parametrize(("name", "key"), WRITTEN_BY_0_1)
def test_that_what_stands_in_files_of_earlier_versions_is_still_known(name: str, key: str) -> None:
    assert Config.from_json({name: key}).to_json()[name] == key


@pytest.mark.parametrize(
    ("written", "norm"), [("none", Norm.NONE), ("before", Norm.BATCH_BEFORE), ("after", Norm.BATCH_AFTER)]
)
def test_that_the_batch_norm_of_earlier_versions_is_a_normalisation_now(written: str, norm: Norm) -> None:
    assert Config.from_json({"batch_norm": written}) == Config(norm=norm) == Config().replace(batch_norm=written)
    assert config_of({"norm": norm.key}) == Config(norm=norm)
    assert SweepAxis.parse(f"batch-norm={written}") == SweepAxis("norm", (norm,))
    parser = OptionParser("train", "Trains.")
    parser.offer(RUN_SETTINGS)
    assert config_of(parser.read(["--batch-norm", written])) == Config(norm=norm)
    with pytest.raises(InputError, match="--batch-norm is what --norm was called; give one of them"):
        parser.read(["--batch-norm", written, "--norm", "none"])
    with pytest.raises(InputError, match="--batch-norm takes none, before, after, not 'behind'"):
        parser.read(["--batch-norm", "behind"])


def test_that_an_option_may_stand_without_its_usual_value() -> None:
    parser = OptionParser("train", "Trains.")
    parser.offer(RUN_SETTINGS)
    for arguments, residual in ((["--residual"], "on"), (["--residual", "off"], "off"), ([], "off")):
        assert config_of(parser.read([*arguments, "--seed", "1"])).to_json()["residual"] == residual


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


def test_that_the_learning_rate_changes_live_and_nothing_that_is_not_an_optimisers_own_does() -> None:
    assert all(next(iter(params(kind))).live for kind in KINDS)
    assert not [setting.name for setting in params(Config) if setting.live]


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


def test_that_the_first_presets_are_the_lessons_networks() -> None:
    pairs = [(activation, init) for activation in ("sigmoid", "relu") for init in ("gauss", "he", "xavier")]
    for preset, (activation, init) in zip(PRESETS, pairs, strict=False):
        config = preset.config
        assert preset.name == f"{activation}-{init}"
        assert (config.hidden, config.activation.key, config.init.key) == ((40, 20), activation, init)
        assert (config.init_std, config.batch_size, config.iterations, config.record_every) == (0.01, 100, 2000, 10)
        assert config.optimizer.key == "sgd"
        assert config.optimizer.learning_rate == 0.1
    assert preset_named("sigmoid-xavier-small").config.hidden == (20, 10)
    assert preset_named("zeros").config.init is Initializer.ZEROS
    for name in ("sigmoid-gauss", "deep-sigmoid"):
        plain, rescued = preset_named(name).config, preset_named(f"{name}-bn").config
        assert rescued == plain.replace(norm="batch-before")
    assert preset_named("deep-sigmoid").config.hidden == (100,) * 5


@dataclass(frozen=True)
class Undecided:
    """A setting of a run that says no more than an option of a command does."""

    label_smoothing: float = param(0.0, "Label smoothing", "Spreads a share of the right class.", low=0, high=1)


def test_that_a_setting_of_a_run_must_say_what_panel_branches_and_maps_do_with_it() -> None:
    with pytest.raises(TypeError, match=r"Undecided\.label_smoothing is a setting of a run: declare it with run_sett"):
        run_settings(Undecided)
    with pytest.raises(TypeError, match="'section', 'shared_with_branch', and 'on_map'"):
        run_setting(0.0, "Label smoothing", "Spreads a share of the right class.", low=0, high=1)  # type: ignore[call-arg]  # that it is refused is the test


def test_that_what_belongs_to_an_optimiser_can_change_in_a_branch() -> None:
    assert not [own.name for kind in KINDS for own in run_settings(kind) if own.shared_with_branch]


@pytest.mark.parametrize("setting", [each for each in every_setting() if each.usual], ids=lambda setting: setting.name)
def test_that_the_usual_values_of_a_setting_lie_in_its_range(setting: RunSetting) -> None:
    assert setting.usual
    assert setting.check(setting.usual[0]) < setting.check(setting.usual[1])
