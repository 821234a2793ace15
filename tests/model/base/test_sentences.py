"""How clauses, sentences and items follow each other: with what the language puts between them."""

import pytest

from model.base.sentences import listed, sentence, sentences
from tests.support.catalogues import OfWords, speaking

JAPANESE = OfWords({"{first}; {then}": "{first}。{then}", "{clauses}.": "{clauses}。",
                    "{first} {then}": "{first}{then}",
                    ", ": "、"})  # fmt: skip


@pytest.mark.parametrize(("clauses", "said"), [(("a",), "a."), (("a", "", "b", "c"), "a; b; c.")])
def test_that_a_sentence_is_of_the_clauses_that_there_are(clauses: tuple[str, ...], said: str) -> None:
    assert sentence(*clauses) == said


def test_that_sentences_stand_behind_each_other() -> None:
    assert sentences("A.", "", "B.") == "A. B."
    assert sentences("", "B.") == "B."
    assert sentences("", "") == sentences() == ""
    assert listed("a", "b", "c") == "a, b, c"


def test_that_a_language_puts_its_own_between_them() -> None:
    with speaking(JAPANESE):
        assert sentence("甲", "乙") == "甲。乙。"
        assert sentences("甲。", "乙。") == "甲。乙。"
        assert listed("甲", "乙", "丙") == "甲、乙、丙"
