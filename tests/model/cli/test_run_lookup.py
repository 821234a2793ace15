"""Which run a word means: a number, a name or the beginning of an id; never another run than the one meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.cli.run_lookup import find
from model.history.run_summary import RunListing
from tests.support.finished_runs import small

NAMES = ["Sigmoid", "tired net", "ReLU"]
CARDS = [RunListing(small("", seed=seed), id=f"{seed}" * 32) for seed in range(1, 4)]


@given(st.text(max_size=8) | st.from_regex(r"[0-9]{1,6}", fullmatch=True))
def test_that_any_word_is_a_run_or_none(text: str) -> None:
    try:
        place = find(text, CARDS, NAMES)
    except InputError as error:
        assert str(error).endswith(".")  # noqa: PT017  most texts raise, some do not
    else:
        assert text in (str(place + 1), NAMES[place]) or CARDS[place].id.startswith(text)


def test_that_a_name_that_two_have_is_told_by_number() -> None:
    with pytest.raises(InputError, match="runs 1, 3"):
        find("Net", CARDS, ["net", "other", "NET"])


def test_that_a_name_like_a_number_is_found_where_no_run_has_it() -> None:
    assert find("7", CARDS, ["net", "7", "other"]) == 1
    assert find("2", CARDS, ["2", "net", "other"]) == 1
