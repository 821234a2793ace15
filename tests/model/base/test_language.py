"""Words in the user's language: looked up when they are read, English for files, numbers as it writes them."""

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base import number_format
from model.base.choices import Choice, Wording
from model.base.errors import Diverged, InputError
from model.base.language import (
    ENGLISH,
    Message,
    english,
    language,
    languages,
    message,
    shown,
    tr,
    tr_count,
    tr_in,
    use,
    use_catalogue,
)
from model.base.params import Param
from model.base.system_reason import system_reason
from tests.support.pseudo_language import CODE, PseudoCatalogue, pseudo

FORMS = {
    "{n}\u202f%": "{n}%",
    "\u202f": ",",
    "{minutes}\u202fmin {seconds}\u202fs": "{minutes}分{seconds}秒",
    "{share} of {whole}": "{whole}の{share}",
}


class SomeCatalogue:
    """Knows FORMS, and turns every other message round."""

    def gettext(self, message: str, /) -> str:
        return FORMS.get(message, message[::-1])

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        return "{n}本"

    def pgettext(self, context: str, message: str, /) -> str:
        return FORMS.get(message, f"{context}: {message}")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_catalogue(ENGLISH, None)


@pytest.fixture
def other() -> None:
    """Another language is in use."""
    use_catalogue("xx", SomeCatalogue())


def test_that_english_is_spoken_as_long_as_nothing_is_in_use() -> None:
    assert language() == ENGLISH
    assert tr("No such file: {path}.", path="a/b") == "No such file: a/b."
    assert tr_in("of a file", "Open") == "Open"
    assert [tr_count("{n} run", "{n} runs", count) for count in (0, 1, 2, 1200)] == [
        "0 runs", "1 run", "2 runs", "1\u202f200 runs",
    ]  # fmt: skip


@pytest.mark.usefixtures("other")
def test_that_words_are_looked_up_and_figures_put_in_afterwards() -> None:
    assert language() == "xx"
    assert tr("abc") == "cba"
    assert tr("{share} of {whole}", share="1/3", whole="勾配") == "勾配の1/3"
    assert tr_in("a verb", "Open") == "a verb: Open"
    assert tr_count("{n} run", "{n} runs", 1200) == "1,200本"


@pytest.mark.usefixtures("other")
def test_that_english_is_spoken_meanwhile_where_it_is_asked_for() -> None:
    with english():
        assert (tr("abc"), language()) == ("abc", ENGLISH)
        with english():
            assert tr_count("{n} run", "{n} runs", 1) == "1 run"
        assert number_format.count(1200) == "1\u202f200"
        with ThreadPoolExecutor(1) as other_thread:
            assert other_thread.submit(tr, "abc").result() == "cba", "of this thread alone"
    assert tr("abc") == "cba"


def test_that_english_ends_with_an_error_too() -> None:
    use_catalogue("xx", SomeCatalogue())
    with pytest.raises(KeyError), english():
        raise KeyError
    assert tr("abc") == "cba"


def test_that_braces_of_a_text_without_figures_are_left_alone() -> None:
    assert tr("{measured: never}") == "{measured: never}"
    assert str(InputError("{measured: never}")) == "{measured: never}"


@given(st.text(), st.text())
def test_that_figures_may_hold_anything(one: str, two: str) -> None:
    assert tr("{one}|{two}", one=one, two=two) == f"{one}|{two}"


def test_that_a_language_without_a_catalogue_is_english() -> None:
    use("no such language")
    assert language() == ENGLISH
    use(ENGLISH)
    assert tr("abc") == "abc"


def test_that_the_japanese_catalogue_is_there() -> None:
    assert languages()[0] == ENGLISH
    assert "ja" in languages()
    use("ja")
    assert language() == "ja"
    assert tr("") == ""
    assert number_format.count(1340) == "1,340"
    assert number_format.rounded_percent(0.055) == "5.5%"
    assert number_format.duration(130) == "2分10秒"


@shown("label", "help")
@dataclass(frozen=True)
class Said:
    label: str
    help: str = "usual"
    key: str = "key"


class Colour(Choice):
    RED = Wording("Red", "Like a tomato.")


def test_that_declared_words_are_read_in_the_language_in_use() -> None:
    said, setting = Said("abc"), Param(1, "Rate", "How fast.", off="none")
    assert (said.label, said.help) == ("abc", "usual")
    use_catalogue("xx", SomeCatalogue())
    assert (said.label, said.help, said.key) == ("cba", "lausu", "key")
    assert (setting.label, setting.help, setting.off) == ("etaR", ".tsaf woH", "enon")
    assert (Colour.RED.label, Colour.RED.help, Colour.RED.key) == ("deR", ".otamot a ekiL", "red")
    with english():
        assert said.label == "abc"


def test_that_declared_words_are_the_same_in_every_language() -> None:
    said, known = Said("abc"), {Said("abc"): 1}
    use_catalogue("xx", SomeCatalogue())
    assert known[Said("abc")] == 1
    assert said == Said("abc") != Said("cba")
    with english():
        assert known[said] == 1


@pytest.mark.usefixtures("other")
def test_that_copies_of_declared_words_are_made_in_english() -> None:
    said = Said("abc")
    with english():
        assert replace(said, key="other").label == "abc"
        assert asdict(said)["label"] == "abc"
    copied = pickle.loads(pickle.dumps(said))
    assert copied.__dict__["label"] == "abc"


def test_that_words_are_written_once_and_not_changed() -> None:
    with pytest.raises(AttributeError):
        setattr(Said("abc"), "label", "other")  # noqa: B010  an assignment would not pass the type checker


def test_that_a_marked_message_comes_back_as_it_is() -> None:
    use_catalogue("xx", SomeCatalogue())
    assert message("abc") == "abc"
    assert str(Message("{share} of {whole}", share=1, whole=2)) == "2の1"


def test_that_an_error_is_told_in_the_language_of_whoever_reads_it() -> None:
    inner = InputError("{share} of {whole}", share="1/3", whole="x")
    error = InputError("'{path}' cannot be read: {reason}", path="a", reason=inner)
    assert str(error) == "'a' cannot be read: 1/3 of x"
    sent = pickle.loads(pickle.dumps(error))
    use_catalogue(CODE, PseudoCatalogue())
    assert (
        str(sent)
        == str(error)
        == pseudo("'{path}' cannot be read: {reason}").format(
            path="a", reason=pseudo("{share} of {whole}").format(share="1/3", whole="x")
        )
    )


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("start", [0, 7])
def test_that_a_divergence_is_told_in_whole_sentences_also_from_another_process(raw: bool, start: int) -> None:
    error = pickle.loads(pickle.dumps(Diverged(7, "layer 2", start, raw_pixels=raw)))
    assert (error.iteration, error.place) == (7, "layer 2")
    assert "at iteration 7: the values of layer 2 are" in str(error)
    assert ("smaller learning rate" in str(error)) == (start == 0)
    assert ("pixels" in str(error)) == raw
    use_catalogue(CODE, PseudoCatalogue())
    assert str(error).startswith("⟦")


def test_that_what_the_system_says_is_told_in_our_words_where_it_is_usual() -> None:
    assert str(system_reason(FileNotFoundError(2, "No such file or directory"))) == "there is no such file or folder"
    assert str(system_reason(OSError(71, "Protocol error"))) == "Protocol error"
    assert str(system_reason(OSError("odd"))) == "odd"
