"""Labels of the clinic's runs: stored in English, shown in the user's language."""

import pytest

from model.clinic.run_labels import run_label, shown_label
from model.clinic.therapies import Therapy
from tests.support.catalogues import OfWords, speaking

WORDS = {
    "Patient {place} of {number}": "症例{place}（番号{number}）",
    "Patient {place} of {number}: {therapy}": "症例{place}（番号{number}）：{therapy}",
    "Batch norm": "バッチ正規化",
}


def test_that_what_is_stored_is_english_in_any_language() -> None:
    with speaking(OfWords(WORDS)):
        assert run_label(3, 17) == "Patient 3 of 17"
        assert run_label(3, 17, Therapy.BATCH_NORM) == "Patient 3 of 17: Batch norm"


def test_that_it_is_shown_in_the_language_in_use() -> None:
    with speaking(OfWords(WORDS)):
        assert shown_label(run_label(3, 17)) == "症例3（番号17）"
        assert shown_label(run_label(3, 17, Therapy.BATCH_NORM)) == "症例3（番号17）：バッチ正規化"


@pytest.mark.parametrize("label", ["", "Mine", "Patient", "Patient 1 of many"])
def test_that_a_name_that_was_typed_stays_as_it_is(label: str) -> None:
    with speaking(OfWords({"Mine": "私"})):
        assert shown_label(label) == label


@pytest.mark.parametrize("therapy", Therapy)
def test_that_a_label_is_shown_in_english_as_it_is_stored(therapy: Therapy) -> None:
    assert shown_label(run_label(1, 2, therapy)) == run_label(1, 2, therapy)
