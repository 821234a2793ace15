"""Repeats: which runs there are to be, what is kept of them, their band, and the sentence that follows."""

from collections.abc import Sequence
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.config.config import Config
from model.diagnosis.verdict import Condition
from model.nn.initializers import Initializer
from model.sweeps.repeats import LAST_SEED, RepeatedConfig, Repeats, SeedResults, bundle
from model.sweeps.repeats_sentences import conclusion, difference, points, verdicts
from tests.support.catalogues import speaking
from tests.support.pseudo_language import CODE, PLAIN, PseudoCatalogue
from tests.support.repeat_results import result_of, sample_of

HE, XAVIER = Config(), Config(init=Initializer.XAVIER)
ACCURACY = st.integers(0, 10_000).map(lambda right: right / 10_000)


def sample(name: str, *accuracies: float | None, first: int = 0, dead: int = 0) -> SeedResults:
    return sample_of(name, dict(enumerate(accuracies, first)), dead)


def plain(samples: Sequence[SeedResults]) -> str:
    """The conclusion without narrow spaces."""
    return conclusion(samples).replace("\u202f", " ")


def test_that_nothing_is_run_before_anything_is_chosen() -> None:
    repeats = Repeats()
    assert repeats.wanted() == repeats.missing() == []
    assert repeats.samples() == []


def test_that_seeds_count_from_that_of_the_first_config_and_pairs_are_run_together() -> None:
    repeats = Repeats()
    repeats.choose([RepeatedConfig("He", HE.replace(seed=7)), RepeatedConfig("Xavier", XAVIER)], 3)
    assert [(run.seed, run.init.key) for run in repeats.wanted()] == [
        (7, "he"), (7, "xavier"), (8, "he"), (8, "xavier"), (9, "he"), (9, "xavier"),
    ]  # fmt: skip


def test_that_seeds_stay_below_the_last_there_is() -> None:
    repeats = Repeats()
    repeats.choose([RepeatedConfig("He", HE.replace(seed=LAST_SEED))], 3)
    assert [run.seed for run in repeats.wanted()] == [LAST_SEED - 2, LAST_SEED - 1, LAST_SEED]


def test_that_what_is_complete_is_never_run_again() -> None:
    repeats = Repeats()
    repeats.choose([RepeatedConfig("He", HE)], 2)
    for run in repeats.wanted():
        repeats.results[run] = result_of(run)
    assert not repeats.missing()
    repeats.choose([RepeatedConfig("He", HE)], 4)
    assert [run.seed for run in repeats.missing()] == [2, 3]
    repeats.choose([RepeatedConfig("Xavier", XAVIER), RepeatedConfig("He again", HE)], 2)
    assert repeats.missing() == [XAVIER, XAVIER.replace(seed=1)]
    assert [list(sample.results) for sample in repeats.samples()] == [[], [0, 1]]


def test_that_the_same_config_on_both_sides_is_run_once() -> None:
    repeats = Repeats()
    repeats.choose([RepeatedConfig("one", HE), RepeatedConfig("other", HE)], 3)
    assert len(repeats.wanted()) == 3
    repeats.results[HE] = result_of(HE)
    assert [list(sample.results) for sample in repeats.samples()] == [[0], [0]]


def test_that_the_band_spans_all_seeds_but_those_that_diverged() -> None:
    curves = {3: (0.1, 0.4, 0.8), 1: (0.1, 0.6, 1.0), 2: (0.1, 0.0)}
    results = {
        seed: result_of(HE, condition=Condition.DIVERGED if seed == 2 else Condition.LEARNING, curve=curve)
        for seed, curve in curves.items()
    }
    found = bundle(SeedResults("He", results), "test_accuracy")
    assert found.seeds == (1, 2, 3)
    assert found.x.tolist() == [0, 10, 20]
    assert found.values[1, :2].tolist() == [0.1, 0.0]
    assert isnan(found.values[1, 2]), "it had ended by then"
    assert found.band.mean == pytest.approx([0.1, 0.5, 0.9])
    assert found.band.low.tolist() == [0.1, 0.4, 0.8]
    assert found.band.high.tolist() == [0.1, 0.6, 1.0]
    assert found.band.std == pytest.approx([0, np.std([0.4, 0.6], ddof=1), np.std([0.8, 1.0], ddof=1)])
    assert bundle(SeedResults("He", results), "loss").band.mean == pytest.approx([0.9, 0.5, 0.1])


def test_that_a_loss_that_is_not_a_number_is_left_out_of_the_band() -> None:
    results = {0: result_of(HE, curve=(0.1, np.nan)), 1: result_of(HE, curve=(0.3, 0.5))}
    found = bundle(SeedResults("He", results), "test_accuracy")
    assert found.band.mean == pytest.approx([0.2, 0.5])


@pytest.mark.parametrize("results", [{}, {0: result_of(HE, None, curve=())}])
def test_that_no_curves_are_an_empty_bundle(results: dict[int, object]) -> None:
    found = bundle(SeedResults("He", results), "loss")  # type: ignore[arg-type]  # an empty dict has no types
    assert found.values.shape == (len(results), 0)


def test_that_a_diverged_seed_has_no_final_accuracy() -> None:
    assert sample("He", 0.9, None, 0.8).accuracies == {0: 0.9, 2: 0.8}
    assert SeedResults("He", {0: result_of(HE, None)}).accuracies == {}


def test_that_verdicts_are_counted() -> None:
    assert verdicts(sample("He", 0.1, 0.9, None, 0.9, dead=1)) == ["2 learning", "1 dead", "1 diverged"]


@pytest.mark.parametrize(
    ("share", "signed", "text"),
    [
        (0.0025, False, "0.25"), (-0.012, False, "\u22121.20"), (0.0025, True, "+0.25"), (-0.00001, True, "0.00"),
        (0.0, True, "0.00"), (0.123, False, "12.3"), (-0.5, True, "\u221250.0"),
    ],
)  # fmt: skip
def test_how_differences_are_written(share: float, signed: bool, text: str) -> None:
    assert points(share, signed=signed) == text


def test_that_there_is_nothing_to_say_before_the_first_result() -> None:
    assert conclusion([]) == conclusion([sample("He")]) == conclusion([sample("He"), sample("Xavier")]) == ""


SPREAD = (0.94, 0.945, 0.95)


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        ([sample("He", 0.9428)], "He ends at 94.28 % with one seed: how far that is chance takes more seeds to see."),
        ([sample("He", *SPREAD)],
         "He ends at 94.50 % on average, and chance alone puts its seeds up to 1.00 points apart: "
         "a smaller difference between two single runs proves nothing."),
        ([sample("He", 0.9, 0.9)], "He ends at 90.00 % with each of 2 seeds."),
        ([sample("He", None)], "He diverged with its only seed."),
        ([sample("He", None, None)], "He diverged with all 2 seeds."),
        ([sample("He", 0.9, None)],
         "He ends at 90.00 % with one seed: how far that is chance takes more seeds to see. "
         "He diverged with 1 of 2 seeds, which is left out."),
        ([sample("Gauss", 0.1135, 0.1135, dead=2)],
         "Gauss ends at 11.35 % with each of 2 seeds. Gauss is dead with all 2 seeds."),
        ([sample("Xavier"), sample("He", 0.9)],
         "He ends at 90.00 % with one seed: how far that is chance takes more seeds to see."),
        ([sample("Xavier", 0.9), sample("He", 0.9025)],
         "He is better by 0.25 points with one seed: whether that is chance takes at least 3 to see."),
        ([sample("Xavier", 0.9025), sample("He", 0.9)],
         "Xavier is better by 0.25 points with one seed: whether that is chance takes at least 3 to see."),
        ([sample("Xavier", 0.2, 0.9), sample("He", 0.9, 0.2125)],
         "He is better by 0.62 points with 2 seeds: whether that is chance takes at least 3 to see."),
        ([sample("Xavier", 0.2, 0.9, 0.9), sample("He", 0.9, 0.2, None)],
         "On average they end equal with 2 seeds: whether that is chance takes at least 3 to see. "
         "He diverged with 1 of 3 seeds, which is left out."),
        ([sample("Xavier", 0.0, 0.0, 0.9), sample("He", 0.9, 0.9, 0.0)],
         "He is better by 30.0 points (95 % interval \u2212100.0 to 100.0): with 3 seeds they cannot be told apart."),
        ([sample("Xavier", 0.9), sample("He", 0.9)], "Xavier and He end equal with one seed."),
        ([sample("Xavier", *SPREAD), sample("He", *SPREAD)], "Xavier and He end equal with each of 3 seeds."),
        ([sample("Xavier", *SPREAD), sample("He", *SPREAD, first=3)],
         "Xavier and He have no seed in common: there is no pair to compare."),
        ([sample("Xavier", None, 0.9), sample("He", 0.9, None)],
         "Xavier and He have no accuracy with the same seed: there is no pair to compare. "
         "Xavier diverged with 1 of 2 seeds, which is left out. He diverged with 1 of 2 seeds, which is left out."),
        ([sample("Xavier", 0.9, 0.91, 0.5), sample("He", 0.91, 0.9, 0.5)],
         "On average they end equal (95 % interval \u22122.48 to 2.48): with 3 seeds they cannot be told apart."),
        ([sample("Xavier", 0.90, 0.91, 0.92), sample("He", 0.905, 0.913, 0.921)],
         "He is better by 0.30 points (95 % interval \u22120.20 to 0.80): with 3 seeds they cannot be told apart."),
        ([sample("Xavier", 0.90, 0.91, 0.92), sample("He", 0.91, 0.921, 0.932)],
         "He is better by 1.10 points (95 % interval 0.85 to 1.35), in 3 of 3 seeds."),
        ([sample("He", 0.91, 0.921, 0.932), sample("Xavier", 0.90, 0.91, 0.92)],
         "He is better by 1.10 points (95 % interval 0.85 to 1.35), in 3 of 3 seeds."),
        ([sample("Xavier", 0.90, 0.91, 0.92, None, None), sample("He", 0.91, 0.921, 0.932, 0.9)],
         "He is better by 1.10 points (95 % interval 0.85 to 1.35), in 3 of 3 seeds. "
         "Xavier diverged with 2 of 5 seeds, which are left out."),
    ],
)  # fmt: skip
def test_what_follows_for_a_learner(samples: list[SeedResults], said: str) -> None:
    assert plain(samples) == said


def test_that_the_difference_is_the_second_less_the_first_over_the_seeds_that_both_have() -> None:
    first = sample_of("A", {0: 0.5, 1: 0.6, 2: 0.7, 5: 0.1})
    second = sample_of("B", {2: 0.8, 1: 0.5, 0: 0.8, 9: 0.9})
    found = difference(first, second)
    assert found.difference == pytest.approx((0.3 - 0.1 + 0.1) / 3)
    assert (found.wins, found.losses, found.n) == (2, 1, 3)


@given(st.lists(st.none() | ACCURACY, max_size=8), st.lists(st.none() | ACCURACY, max_size=8), st.integers(0, 9))
def test_that_there_is_a_sentence_for_any_results(
    a: list[float | None], b: list[float | None], first: int
) -> None:  # fmt: skip
    said = conclusion([sample("A", *a), sample("B", *b, first=first)])
    assert bool(said) == bool(a or b)
    assert "nan" not in said
    assert "None" not in said


@given(st.lists(ACCURACY, min_size=2, max_size=8), st.data())
def test_that_the_sentence_does_not_depend_on_which_side_is_which(a: list[float], data: st.DataObject) -> None:
    b = data.draw(st.lists(ACCURACY, min_size=len(a), max_size=len(a)))
    forth = plain([sample("He", *a), sample("Xavier", *b)])
    back = plain([sample("Xavier", *b), sample("He", *a)])
    if "is better" in forth:
        assert forth == back


@given(
    st.lists(ACCURACY | st.none(), max_size=4), st.lists(ACCURACY | st.none(), max_size=4), st.integers(0, 2),
)  # fmt: skip
def test_that_conclusions_are_whole_messages_in_every_language(
    first: list[float | None], second: list[float | None], dead: int
) -> None:
    samples = [sample("1", *first, dead=min(dead, len(first))), sample("2", *second)]
    with speaking(PseudoCatalogue(), CODE):
        said = [conclusion(samples), *map(verdicts, samples)]
    assert not [letter for text in said for letter in text if letter in PLAIN]
