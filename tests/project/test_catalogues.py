"""The catalogues of other languages: complete, with the figures of the English, compiled; marks that can be found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from model.base.language import languages
from model.base.user_paths import ROOT
from tests.words.catalogues import (
    code_of,
    complaints,
    mo_bytes,
    placeholders,
    po_bytes,
    po_files,
    read,
    renewed,
    written,
)
from tests.words.marked import MarkedWords, all_marked, marked

FIGURE = st.one_of(st.text(), st.integers(), st.floats())
PO = po_files()


@pytest.fixture(scope="module")
def words() -> list[MarkedWords]:
    return all_marked()


def test_that_every_catalogue_is_complete_and_compiled() -> None:
    """In a process of its own, since what is declared is heard while it is imported."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.words"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stdout[-20_000:] + result.stderr


def test_that_every_language_of_the_window_has_its_catalogue() -> None:
    assert [code_of(path) for path in PO] == [code for code in languages() if code != "en"]
    assert PO


@pytest.mark.parametrize("path", PO, ids=code_of)
@given(figure=FIGURE)
def test_that_every_translation_takes_the_figures_of_its_message(path: Path, figure: object) -> None:
    for message in written(_read(path)):
        sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        figures = dict.fromkeys(set().union(*(placeholders(each) for each in sources)), figure)
        for text in strings if figures else ():
            assert placeholders(text) or text is not strings[-1]
            assert not placeholders(text) or str(figure) in str(text).format(**figures)


_KNOWN: dict[Path, Catalog] = {}


def _read(path: Path) -> Catalog:
    return _KNOWN.setdefault(path, read(path))


def test_that_marks_are_given_literals_so_that_they_can_be_found(words: list[MarkedWords]) -> None:
    """A name may stand for words that a `message` has marked."""
    formatted = [each.place for each in words if each.formatted]
    assert not formatted, "an f-string is no template"


def test_that_every_call_gives_its_template_just_the_figures_that_it_has(words: list[MarkedWords]) -> None:
    wrong = [
        f"{each.place}: {each.text}"
        for each in words
        if each.text and each.figures and each.figures != (placeholders(each.text) | placeholders(each.many))
    ]
    assert len(words) > 200
    assert not wrong, "\n".join(wrong)


def test_that_figures_are_named_and_formatted_beforehand(words: list[MarkedWords]) -> None:
    wrong = [
        f"{each.place}: {each.text}"
        for each in words
        if each.text and each.figures and ("{}" in each.text or "{0" in each.text or "!r}" in each.text)
    ]
    assert not wrong, "\n".join(wrong)


SOURCE = """
tr("Open {path}", path=p)
tr_in("a verb", "Open")
tr_count("{n} run", "{n} runs", 3)
raise InputError("no {x}" " at all", x=1)
tr(f"bad {x}")
other("not found")
"""


def test_that_marks_are_found_where_they_are() -> None:
    found = {each.text or "": each for each in marked(SOURCE, "a.py")}
    assert set(found) == {"Open {path}", "Open", "{n} run", "no {x} at all", ""}
    assert found["Open"].context == "a verb"
    assert found["{n} run"].many == "{n} runs"
    assert found[""].formatted
    assert found["no {x} at all"].place == "a.py:5"


def catalogue(**strings: str) -> Catalog:
    made = Catalog("ja", fuzzy=False)
    for text, said in strings.items():
        made.add(text.replace("_", " {x} "), said)
    return made


def test_that_what_a_catalogue_lacks_is_named() -> None:
    words = catalogue(a_b="", c="", d="")
    told = [*complaints(catalogue(a_b="いろ", c="", gone="無"), words)]
    assert told == [
        "other figures than the English: a {x} b", "not translated: c", "new: d", "no longer used: gone",
    ]  # fmt: skip
    assert not [*complaints(catalogue(a_b="い{x}", c="し", d="で"), words)]


@pytest.mark.parametrize(
    ("forms", "right"),
    [
        (("un jour de {x}", "{n} jours de {x}"), True),
        (("{n} jour de {x}", "{n} jours de {x}"), True),
        (("{n}日の{x}",), True),
        (("一日の{x}",), False),
        (("un jour", "{n} jours de {x}"), False),
        (("{n} {m} {x}", "{n} jours de {x}"), False),
    ],
)
def test_that_a_form_may_leave_out_the_number_as_english_does_but_not_the_last_one(
    forms: tuple[str, ...], right: bool
) -> None:
    asked = ("one day of {x}", "{n} days of {x}")
    words, made = Catalog("fr", fuzzy=False), Catalog("fr", fuzzy=False)
    words.add(asked)
    made.add(asked, forms)
    assert ([*complaints(made, words)] == []) is right


def test_that_renewing_keeps_what_is_translated_and_drops_what_is_gone() -> None:
    made = renewed(catalogue(c="し", gone="無"), catalogue(c="", d=""), "ja")
    assert [(each.id, each.string) for each in written(made)] == [("c", "し"), ("d", None)]
    assert po_bytes(made) == po_bytes(renewed(made, catalogue(c="", d=""), "ja"))
    assert mo_bytes(made) == mo_bytes(made)


ANOTHER = """
import sys
from pathlib import Path
from model.base import user_paths
from tests.words.catalogues import begin, complaints, mo_bytes, read, template, written
from tests.support.pseudo_language import CODE, pseudo

resources = Path(sys.argv[1])
words = template()
path = begin(CODE, words, resources / "locale")
catalogue = read(path)
assert len([*complaints(catalogue, words)]) == len([*written(words)]) > 900
for message in written(catalogue):
    forms = [message.id] if isinstance(message.id, str) else message.id
    message.string = pseudo(forms[0]) if isinstance(message.id, str) else tuple(map(pseudo, forms))
assert not [*complaints(catalogue, words)]
path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
user_paths.RESOURCES = resources
from model.base.language import language, languages, tr, tr_count, use
assert languages() == ("en", CODE)
use(CODE)
assert language() == CODE
assert tr("Reset") == pseudo("Reset")
assert tr_count("{n} setting", "{n} settings", 3) == pseudo("{n} settings").format(n=3)
"""


def test_that_a_third_language_is_added_as_the_docs_say(tmp_path: Path) -> None:
    """By the pseudo-language, in a process of its own."""
    made = subprocess.run([sys.executable, "-c", ANOTHER, str(tmp_path)], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, timeout=300, check=False)  # fmt: skip
    assert made.returncode == 0, made.stderr
