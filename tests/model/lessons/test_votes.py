"""Votes of a class: counts of two rounds, kept with the progress."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.lessons.progress import LearnerProgress, LessonProgress
from model.lessons.votes import MOST_VOTES, Votes

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, MOST_VOTES))


@given(COUNTS, COUNTS)
def test_that_votes_come_back_from_the_file_of_the_progress(first: dict[str, int], second: dict[str, int]) -> None:
    progress = LearnerProgress().with_lesson("1", LessonProgress().with_votes("end", Votes((first, second))))
    again = LearnerProgress.from_json(json.loads(json.dumps(progress.to_json())))
    assert again == progress


def test_that_progress_of_before_there_were_votes_opens() -> None:
    old = {"started": True, "lessons": {"1": {"step": "end", "done": True, "bets": {}}}}
    assert LearnerProgress.from_json(old).of("1") == LessonProgress("end", done=True)


@pytest.mark.parametrize("votes", [[{}], [{}, {}, {}], [{"a": -1}, {}], [{"a": 1.5}, {}], [{"a": True}, {}], 3, "ab"])
def test_that_votes_that_are_none_cost_one_sentence(votes: object) -> None:
    damaged = {"started": True, "lessons": {"1": {"step": "", "done": False, "bets": {}, "votes": {"end": votes}}}}
    with pytest.raises(InputError, match="cannot be read"):
        LearnerProgress.from_json(damaged)


@given(COUNTS)
def test_that_the_shares_of_a_round_are_of_those_who_voted_in_it(counts: dict[str, int]) -> None:
    votes = Votes(({}, counts))
    assert sum(votes.share(2, option) for option in "abcd") == pytest.approx(1.0 if any(counts.values()) else 0.0)
    assert not any(votes.share(1, option) for option in "abcd")
    assert bool(votes) == any(counts.values())


def test_that_a_count_changes_its_option_and_round_alone() -> None:
    votes = Votes().with_count(1, "a", 12).with_count(2, "a", 3).with_count(1, "b", 5).with_count(1, "a", 4_000)
    assert votes == Votes(({"a": MOST_VOTES, "b": 5}, {"a": 3}))
