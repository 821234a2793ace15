"""Names of runs and words of settings are of the language in use when they are read, not when they were made."""

import pickle
from dataclasses import replace

import pytest

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.language import InContext, english, tr
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import PRESETS
from model.config.recipe import Change, LayerScale, Recipe
from model.config.run_names import RunNames, describe, names_of, usual_name
from model.config.setting_words import phrase, subtitle
from model.data.orientation import Orientation
from model.data.pixel_scaling import Pixels
from tests.support.catalogues import OfWords, speaking
from tests.support.pseudo_language import CODE, PLAIN, PseudoCatalogue, pseudo

NAMES_OF_THINGS = {"ReLU", "SGD", "MNIST", "float32", "He"}


def recipes() -> list[Recipe]:
    """Runs that differ, branch off and are changed on the way."""
    first = Recipe(Config())
    return [
        first,
        Recipe(Config(seed=3, hidden=(), weight_decay=0.5)),
        first.branched(300, [LayerScale(1, 2.0)]),
        first.branched(300, batch_size=100),
        first.changed([Change(100, "learning_rate", 0.5)]),
        first.changed([Change(100, "learning_rate", 0.5), Change(200, "learning_rate", 0.25)]),
    ]


def test_that_names_change_with_the_language_and_back() -> None:
    names: RunNames[int] = RunNames()
    made = list(enumerate(recipes()))
    plain = list(names.of(made).values())
    with speaking(PseudoCatalogue(), CODE):
        said = list(names.of(made).values())
        assert not set(said) & set(plain)
        with english():
            assert list(names.of(made).values()) == plain
        assert list(names.of(made).values()) == said == names_of(recipes())
    assert list(names.of(made).values()) == plain == names_of(recipes())


@pytest.mark.parametrize("setting", every_setting(), ids=lambda setting: setting.name)
def test_that_every_setting_is_told_in_words_that_were_looked_up(setting: object) -> None:
    kept = setting.default  # type: ignore[attr-defined]
    with speaking(PseudoCatalogue(), CODE):
        said = phrase(setting, kept)  # type: ignore[arg-type]
        assert said
        for name in NAMES_OF_THINGS:
            said = said.replace(name, "")
        assert not any(letter in PLAIN for letter in said), said


def test_that_a_configs_words_are_kept_apart_for_each_language() -> None:
    config = Config(seed=7)
    with speaking(PseudoCatalogue(), CODE):
        assert pseudo("seed {value}").format(value=7) in config.words.words
        with english():
            assert "seed 7" in config.words.words
    assert "seed 7" in config.words.words
    assert config.words is config.words, "they are made once"
    again = pickle.loads(pickle.dumps(config))
    assert again == config


def test_that_a_description_is_put_together_of_whole_messages() -> None:
    words = {
        "{initializer} weights": "初期値{initializer}",
        "batch {value}": "ミニバッチ{value}",
        "seed {value}": "乱数の種{value}",
    }
    with speaking(OfWords(words)):
        assert describe(Config(), None, 300).split("  ·  ") == [
            "40-20", "ReLU", "初期値He", "SGD 0.1", "ミニバッチ100", "乱数の種0", "branch at 300",
        ]  # fmt: skip
    assert describe(Config(), None) == "40-20  ·  ReLU  ·  He weights  ·  SGD 0.1  ·  batch 100  ·  seed 0"


def test_that_a_subtitle_is_a_template_around_the_words_of_a_value() -> None:
    hidden = next(setting for setting in every_setting() if setting.name == "hidden")
    assert subtitle(hidden, (40, 20)) == "hidden layers 40-20"
    with speaking(OfWords({"hidden layers {value}": "隠れ層{value}"})):
        assert subtitle(hidden, (40, 20)) == "隠れ層40-20"


def test_that_presets_are_found_by_name_and_called_in_the_language() -> None:
    with speaking(PseudoCatalogue(), CODE):
        assert [usual_name(preset.config) for preset in PRESETS] == [preset.label for preset in PRESETS]
        assert PRESETS[0].label == pseudo("Sigmoid + Gaussian 0.01")
    assert PRESETS[0].label == "Sigmoid + Gaussian 0.01"


@pytest.mark.parametrize("kind", [Pixels, Orientation])
def test_that_choices_are_parsed_by_what_they_are_called_in_english(kind: type[Choice]) -> None:
    with speaking(PseudoCatalogue(), CODE):
        for member in kind:
            assert kind.named(member.key) is member
            assert all(letter not in "⟦⟧" for name in member.other_names for letter in name)


def test_that_one_word_may_be_two_in_another_language() -> None:
    setting = next(setting for setting in every_setting() if setting.name == "loss")

    class Contexts(OfWords):
        def pgettext(self, context: str, message: str, /) -> str:
            return "損失関数" if (context, message) == ("setting", "Loss") else message

    with speaking(Contexts({"Loss": "損失"})):
        assert (setting.label, tr("Loss")) == ("損失関数", "損失")
    assert setting.label == "Loss"
    with english():
        assert isinstance(replace(setting).label, InContext)
    assert pickle.loads(pickle.dumps(InContext("setting", "Loss"))).context == "setting"


def test_that_errors_with_labels_are_told_in_the_language_of_whoever_reads_them() -> None:
    with pytest.raises(InputError) as raised:
        Recipe(Config()).branched(10, seed=5)
    assert str(raised.value) == "A branch keeps its parent's 'Seed'; start a new run to change it."
    with speaking(OfWords({"Seed": "乱数の種"})):
        assert "'乱数の種'" in str(raised.value)
        assert "'乱数の種'" in str(pickle.loads(pickle.dumps(raised.value)))


def test_that_words_that_are_not_there_are_not_looked_up() -> None:
    """Gettext answers the empty message with the head of the catalogue."""
    seed = next(setting for setting in every_setting() if setting.name == "seed")
    with speaking(OfWords({"": "Content-Type: text/plain"})):
        assert (seed.off, seed.told_off, phrase(seed, 0)) == ("", "", "seed 0")
