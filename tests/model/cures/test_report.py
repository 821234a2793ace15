"""What is said of a search: the smallest cure, or honestly that there is none; figures as the window and JSON have."""

import json
import re
from math import nan

import pytest

from model.config.config import Config
from model.cures.report import conclusion, reach_words, result_json, search_json, spark_text, trial_table
from model.cures.search import CureSearch
from model.cures.trial import Trial
from tests.support.catalogues import NoLatin, speaking
from tests.support.cures import dead, result_of

SICK = Config().replace(activation="sigmoid", init="gauss")


def played(most: int, accuracy: float) -> CureSearch:
    """A search all of whose trials have this result."""
    search = CureSearch(SICK, dead(SICK), most)
    while trials := search.next_trials(1):
        search.add(result_of(trials[0], accuracy))
    return search


def test_that_it_is_said_honestly_when_nothing_within_two_changes_cures() -> None:
    search = played(10_000, 0.1)
    assert search.exhausted
    assert conclusion(search) == (
        f"Nothing within two changes cures this run: {len(search.results)} were tried. "
        "The closest is Xavier weights with 10\u202f%."
    )


@pytest.mark.parametrize(("most", "tried"), [(1, "1 change"), (12, "12 changes")])
def test_that_a_search_with_a_limit_does_not_claim_to_have_tried_all(most: int, tried: str) -> None:
    assert conclusion(played(most, 0.1)).startswith(f"None of {tried} cures, and there are more")


def test_that_a_search_that_goes_on_says_so_far() -> None:
    search = CureSearch(SICK, dead(SICK))
    assert conclusion(search) == "Nothing has been tried yet."
    assert trial_table(CureSearch(SICK)) == ""
    search.add(result_of(search.next_trials(1)[0], 0.1))
    assert conclusion(search).startswith("None of 1 change cures so far.")


def test_that_the_smallest_cure_heads_the_table_with_a_mark() -> None:
    search = played(5, 0.9)
    head, first, *rest = trial_table(search).splitlines()
    assert " ".join(head.split()) == "change test accuracy verdict iterations layer 1 receives on the way"
    assert search.cure
    assert first.startswith(f"*  {search.cure.trial.label}")
    assert first.endswith("0.9000  Learning       2,000              25\u202f%  ▂▇")
    assert all(line.startswith("   ") for line in rest)


def test_that_results_are_json_without_nan() -> None:
    search = played(3, nan)
    found = [result_json(result, SICK) for result in search.ranking]
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found[0]["settings"] == {"init": "xavier"}
    assert found[0]["test_accuracy"] is None
    assert found[0]["verdict"]["class"] == "diverged"
    ended = search_json(search)
    assert json.loads(json.dumps(ended, allow_nan=False)) == ended
    assert (ended["cure"], ended["trials"], ended["exhausted"]) == (None, 3, False)


def test_that_a_spark_line_of_letters_rises_with_the_accuracy() -> None:
    assert spark_text((0.0, 0.5, 1.0, nan)) == "▁▅█"


def test_that_the_gradient_that_arrives_is_told_as_in_the_verdict() -> None:
    assert reach_words(result_of(Trial(SICK), 0.9)) == "25\u202f%"


def test_that_the_window_s_words_are_translated_and_those_in_json_are_not() -> None:
    searches = [played(10_000, 0.1), played(1, 0.1), played(5, 0.9), CureSearch(SICK, dead(SICK))]
    stored = [search_json(search) for search in searches]
    results = [result_json(result, SICK) for result in searches[0].ranking]
    with speaking(NoLatin()):
        for search in searches:
            labels = [result.trial.label for result in search.ranking]
            assert not re.search("[A-Za-z]", " ".join([conclusion(search), *labels]))
        assert [search_json(search) for search in searches] == stored
        assert [result_json(result, SICK) for result in searches[0].ranking] == results
