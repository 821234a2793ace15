"""The search for a cure: remedies first, single changes, pairs of the closest; the smallest change that cures."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from math import nan
from typing import Any

import pytest
from hypothesis import given, settings

from model.base.errors import InputError
from model.config.config import Config
from model.config.presets import preset_named
from model.cures.report import conclusion
from model.cures.search import CureSearch, run_search
from model.cures.single_changes import single_changes, together
from model.cures.trial import Trial, TrialResult
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.workers.pool import WorkerPool
from tests.support.cures import DEEP, TWICE, InProcess, dead, result_of, searched
from tests.support.hypothesis_strategies import settings_of_a_run

SICK = Config().replace(activation="sigmoid", init="gauss")
OFFERED = remedies(Cause.SMALL_WEIGHTS, SICK)
DEAD = replace(dead(SICK), verdict=Verdict(Condition.DEAD, 0, Cause.SMALL_WEIGHTS, {}, OFFERED))


def played(search: CureSearch, judge: Callable[[Trial], TrialResult], at_once: int = 1) -> list[Trial]:
    """All trials of a search whose results `judge` decides, in the order of beginning."""
    made: list[Trial] = []
    while trials := search.next_trials(at_once):
        made += trials
        for trial in trials:
            search.add(judge(trial))
    assert search.finished
    return made


def hopeless(trial: Trial) -> TrialResult:
    """The result of a run that guesses."""
    return result_of(trial, 0.1)


def test_that_remedies_come_first_then_single_changes_then_pairs() -> None:
    made = played(CureSearch(SICK, DEAD, 10_000), hopeless)
    offered = [trial for trial in made if trial.offered]
    assert offered == made[: len(OFFERED)]
    assert [trial.label for trial in offered] == [remedy.label for remedy in OFFERED]
    sizes = [len(trial.changes) for trial in made]
    assert sizes == sorted(sizes)
    assert {trial.config for trial in made} >= {change.of(SICK) for change in single_changes(SICK)}


def test_that_a_single_cure_spares_the_pairs_but_not_the_other_single_changes() -> None:
    search = CureSearch(SICK, DEAD)
    made = played(search, lambda trial: result_of(trial, 0.9 if trial.offered else 0.1))
    assert {len(trial.changes) for trial in made} == {1}
    assert len(made) == len(search.singles) == search.planned
    assert search.more_is_left
    assert not search.tried_pairs


def test_that_pairs_follow_a_single_cure_when_they_are_asked_for() -> None:
    search = CureSearch(SICK, DEAD)
    played(search, lambda trial: result_of(trial, 0.9))
    search.go_on()
    assert not search.finished
    more = played(search, lambda trial: result_of(trial, 0.99))
    assert {len(trial.changes) for trial in more} == {2}
    assert search.exhausted
    assert not search.more_is_left
    assert search.cure
    assert len(search.cure.trial.changes) == 1  # the smallest, not the one with the best accuracy


def test_that_the_first_pair_that_cures_ends_the_search() -> None:
    search = CureSearch(SICK, DEAD, 10_000)
    made = played(search, lambda trial: result_of(trial, 0.9 if len(trial.changes) > 1 else 0.1))
    assert len(made) == len(search.singles) + 1
    assert search.cure
    assert search.cure.trial is made[-1]
    assert search.more_is_left
    search.go_on()
    more = played(search, hopeless)
    assert search.exhausted
    assert len({trial.config for trial in (*made, *more)}) == len(made) + len(more)


def test_that_pairs_of_the_closest_single_changes_come_first() -> None:
    search = CureSearch(SICK, DEAD)
    closest = {trial.config: place for place, (trial, _) in enumerate(reversed(search.singles.values()))}

    def judge(trial: Trial) -> TrialResult:
        return result_of(trial, 0.6 - closest.get(trial.config, 0) / 100, Condition.SLOW)

    made = played(search, judge)
    labels = [trial.label for trial, _ in reversed(search.singles.values())]
    pairs = [trial for trial in made if len(trial.changes) == 2]
    sums = [sum(labels.index(label) for label in pair.changes) for pair in pairs]
    assert sums == sorted(sums)
    assert sums[0] < 5


def test_that_of_runs_that_guess_the_one_with_the_strongest_signal_is_closest() -> None:
    search = CureSearch(SICK, DEAD, 5)
    signals = iter((1e-3, 1e-6, 1e-1, 0.0, nan))
    played(search, lambda trial: result_of(trial, 0.1, signal=next(signals)))
    assert [result.signal for result in search.ranking][:3] == [1e-1, 1e-3, 1e-6]


def test_that_cures_are_ranked_before_what_learns_slowly_and_that_before_divergence() -> None:
    search = CureSearch(SICK, DEAD, 4)
    found = iter(((nan, None), (0.1, None), (0.69, Condition.SLOW), (0.71, Condition.LEARNING)))
    played(search, lambda trial: result_of(trial, *next(found)))
    assert [result.verdict.condition for result in search.ranking] == [
        Condition.LEARNING, Condition.SLOW, Condition.DEAD, Condition.DIVERGED
    ]  # fmt: skip


@pytest.mark.parametrize("most", [1, 5, 14])
def test_that_no_more_trials_are_made_than_wanted(most: int) -> None:
    search = CureSearch(SICK, None, most)
    made = played(search, hopeless, at_once=3)
    assert sum(bool(trial.changes) for trial in made) == most == search.planned
    assert not search.exhausted


def test_that_a_search_that_came_to_its_limit_goes_on_when_it_is_asked_to() -> None:
    search = CureSearch(SICK, DEAD, 3)
    made = played(search, hopeless)
    assert len(made) == 3
    assert search.more_is_left
    search.go_on()
    made += played(search, lambda trial: result_of(trial, 0.9 if len(trial.changes) > 1 else 0.1))
    assert [len(trial.changes) for trial in made[-2:]] == [1, 2], "the first pair that cures ends it again"
    assert len({trial.config for trial in made}) == len(made)


def test_that_without_a_verdict_the_run_itself_comes_first_and_alone() -> None:
    search = CureSearch(SICK)
    (first,) = search.next_trials(9)
    assert first == Trial(SICK)
    assert not search.next_trials(9)
    search.add(result_of(first, 0.1))
    assert len(search.next_trials(9)) == 9


def test_that_a_healthy_run_is_not_cured() -> None:
    search = CureSearch(SICK)
    assert played(search, lambda trial: result_of(trial, 0.95)) == [Trial(SICK)]
    assert conclusion(search).startswith("This run needs no cure: 95\u202f% of the images are right")


def test_that_a_run_too_short_to_be_judged_is_refused() -> None:
    with pytest.raises(InputError, match=r"^A cure takes runs of at least 100 iterations: before, .*\.$"):
        CureSearch(SICK.replace(iterations=99))


def test_that_the_ranking_does_not_depend_on_who_was_faster() -> None:
    trials = CureSearch(SICK, DEAD).next_trials(6)
    rankings = []
    for order in (trials, trials[::-1]):
        search = CureSearch(SICK, DEAD)
        search.next_trials(6)
        for trial in order:
            search.add(result_of(trial))
        rankings.append(search.ranking)
    assert [each.trial for each in rankings[0]] == [each.trial for each in rankings[1]] == trials


@settings(max_examples=15)
@given(settings_of_a_run())
def test_that_every_trial_is_another_run_that_can_be_made(chosen: dict[str, Any]) -> None:
    config = Config.from_json({**chosen, "iterations": 100})
    search = CureSearch(config, dead(config))
    made = played(search, hopeless, at_once=2)
    assert len({config, *(trial.config for trial in made)}) == len(made) + 1
    for trial in made:
        assert Config.from_json(trial.config.to_json()) == trial.config
        assert (trial.config.seed, trial.config.data) == (config.seed, config.data)
        assert len(set(trial.changes)) == len(trial.changes)


def test_that_changes_of_the_same_thing_are_no_pair() -> None:
    changes = {change.key: change for change in single_changes(DEEP.replace(init="zeros"))}
    sick = DEEP.replace(init="zeros")
    assert together(sick, changes["tenth-rate"], changes["norm-batch-before"])
    for one, other in (
        ("tenth-rate", "tenfold-rate"),
        ("norm-batch-before", "norm-layer-before"),
        ("initial-weights", "activation"),
    ):
        assert not together(sick, changes[one], changes[other])


def test_that_fewer_and_wider_layers_are_a_pair() -> None:
    changes = {change.key: change for change in single_changes(DEEP)}
    pair = together(DEEP, changes["width"], changes["depth"])
    assert pair
    assert pair.hidden == (50, 50)


def test_that_one_change_cures_a_deep_sigmoid_network(folder: str) -> None:
    search = searched(DEEP.replace(data=folder))
    assert search.sick
    assert search.sick.verdict.condition is Condition.DEAD
    assert search.cure
    assert len(search.cure.trial.changes) == 1
    assert search.cure.reach > 100 * search.sick.reach
    assert all(first.cured or not then.cured for first, then in pairwise(search.ranking))
    assert conclusion(search).startswith("Smallest change that cures: ")


def test_that_a_pair_cures_what_no_single_change_does(folder: str) -> None:
    search = searched(TWICE.replace(data=folder), most=60)
    assert search.cure
    assert not any(result.cured for result in search.results if len(result.trial.changes) == 1)
    assert search.cure.trial.changes[0] == "He weights"  # which alone came closest
    label = search.cure.trial.label
    assert conclusion(search).startswith(f"No single change cures. Smallest change that cures: {label}, ")


def test_that_worker_processes_find_the_same(folder: str) -> None:
    config = DEEP.replace(data=folder)
    here, there = searched(config), CureSearch(config)
    with closing(WorkerPool(2)) as pool:
        run_search(there, pool.executor, pool.size)
    assert repr(there.ranking) == repr(here.ranking)


def test_that_nothing_begins_once_the_search_is_to_stop(folder: str) -> None:
    executor, search = InProcess(), CureSearch(DEEP.replace(data=folder))
    run_search(search, executor, 1, lambda: len(executor.given) == 3)
    assert len(executor.given) == 3
    assert len(search.results) == 2
    assert conclusion(search)


def test_that_data_that_cannot_be_read_end_the_search_with_their_sentence() -> None:
    with pytest.raises(InputError, match="There is no folder"):
        searched(DEEP.replace(data="/no/such/folder"))


def test_that_the_deep_sigmoid_preset_is_cured_on_mnist() -> None:
    search = CureSearch(preset_named("deep-sigmoid").config.replace(iterations=1_000), most=2)
    run_search(search, InProcess(), 1)
    assert search.cure
    assert search.cure.trial.label == "ReLU with He weights"
    assert search.cure.accuracy > 0.9
