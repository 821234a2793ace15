"""A run made again from its recipe is the same run, to the bit; so is a branch that changes nothing."""

from itertools import count
from typing import Any

import pytest

from model.base.errors import Diverged, InputError
from model.config.config import Config
from model.config.precision import Numbers
from model.config.recipe import Change, LayerScale, Recipe
from model.config.schedule import pictured, recorded, remembered
from model.data.batch_sampling import Sampling
from model.data.datasets import Dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition
from model.history.checkpoints import BUDGET_BYTES, FEWEST_CHECKPOINTS, StartingPoint
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.training.replay import ReplayCancelled, snapshot_at, start_of, train_recipe, trainer_of
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from tests.support.recorded_stories import measured
from tests.support.reference_formulas import contents
from tests.support.reference_layers import config_of

AT, END = 23, 60
KINDS = [{"optimizer": kind, "learning_rate": 0.01} for kind in Optimizer.kinds]


def recipe_of(**settings: Any) -> Recipe:
    return Recipe(config_of(**{"iterations": END, "record_every": 7, "activation": "tanh", **settings}))


def stepped(trainer: Trainer) -> list[Record]:
    """All records of a run, those without a test accuracy too."""
    records = []
    with trainer:
        while not trainer.done:
            trainer.step()
            records += trainer.collect(wait=trainer.done)
    return records


@pytest.mark.parametrize("numbers", Numbers)
@pytest.mark.parametrize("placement", Norm)
@pytest.mark.parametrize("sampling", Sampling)
@pytest.mark.parametrize("kind", Optimizer.kinds)
def test_that_a_branch_without_a_change_goes_on_as_its_parent_to_the_bit(
    kind: str, sampling: Sampling, placement: Norm, numbers: Numbers, tiny: Dataset
) -> None:
    settings: dict[str, Any] = {"optimizer": kind, "sampling": sampling, "norm": placement, "numbers": numbers}
    parent = recipe_of(**settings, learning_rate=0.01, record_every=1, weight_decay=0.001, clip_norm=2.0)
    with trainer_of(parent, tiny) as trainer:
        while trainer.iteration < AT:
            trainer.step()
            trainer.collect(wait=True)
        checkpoint = trainer.checkpoint()
        later = stepped(trainer)
        end = trainer.checkpoint()
    with trainer_of(parent.branched(AT), tiny, checkpoint) as trainer:
        assert measured(stepped(trainer)) == measured(later)
        assert contents((*trainer.checkpoint().state, *trainer.checkpoint().memory)) == contents(
            (*end.state, *end.memory)
        )


@pytest.mark.parametrize("settings", KINDS, ids=Optimizer.kinds)
def test_that_replaying_gives_the_weights_that_were_kept_to_the_bit(settings: dict[str, Any], tiny: Dataset) -> None:
    recipe = recipe_of(**settings, norm="batch-before", sampling="epochs")
    book = train_recipe(recipe, tiny)
    assert [kept.iteration for kept in book.history.weights.kept] == [
        n for n in range(END + 1) if pictured(recipe.config, n)
    ]
    for kept in book.history.weights.kept[:: len(book.history.weights.kept) // 4]:
        again = snapshot_at(recipe, tiny, kept.iteration)
        assert again.iteration == kept.iteration
        assert contents((*again.state, *again.memory)) == contents((*kept.state, *kept.memory))


def test_that_a_branch_from_kept_weights_is_the_one_from_weights_trained_again(tiny: Dataset) -> None:
    parent = recipe_of(optimizer="adam", learning_rate=0.01)
    child = parent.branched(16, [LayerScale(2, 0.5)], activation="relu", norm="batch-after")
    grandchild = child.branched(30, learning_rate=0.02)
    kept = train_recipe(child, tiny).history.weights.at(30)
    assert kept is not None
    assert kept.iteration == 30
    with trainer_of(grandchild, tiny, kept) as one, trainer_of(grandchild, tiny) as other:
        assert measured(stepped(one)) == measured(stepped(other))


def test_that_adam_counts_its_steps_since_it_began(tiny: Dataset) -> None:
    """Bias correction belongs to the memory: it goes on with it, and begins anew without it."""
    parent = recipe_of(optimizer="momentum", record_every=10)
    child = parent.branched(10, optimizer="adam")
    grandchild = child.branched(20)
    starts = [start_of(each, tiny) for each in (child, grandchild)]
    assert [(start.since, len(start.memory)) for start in starts if start] == [(10, 0), (10, 2)]
    with trainer_of(child, tiny) as one, trainer_of(grandchild, tiny) as other:
        assert measured(stepped(one), since=20) == measured(stepped(other))


def test_that_a_run_of_its_own_has_no_start(tiny: Dataset) -> None:
    assert start_of(recipe_of(), tiny) is None


def test_that_weights_without_the_memory_that_is_needed_are_trained_again(tiny: Dataset) -> None:
    parent = recipe_of(optimizer="momentum")
    whole = snapshot_at(parent, tiny, AT)
    with trainer_of(parent, tiny) as trainer:
        while trainer.iteration < AT:
            trainer.advance()
        bare = trainer.checkpoint(memory=False)
    assert bare.memory == ()
    calls = count()
    child = parent.branched(AT)
    start = start_of(child, tiny, bare, lambda: next(calls) >= 0)
    assert start
    assert contents(start.memory) == contents(whole.memory)
    assert next(calls) == AT
    for fresh in (parent.branched(AT, fresh=True), parent.branched(AT, optimizer="sgd")):
        start = start_of(fresh, tiny, bare, lambda: next(calls) >= 0)
        assert start
        assert start.memory == ()
    assert next(calls) == AT + 1, "where none is needed, nothing is trained again"


@pytest.mark.parametrize("kind", ["sgd", "momentum"])
def test_that_planned_changes_are_those_that_were_made_by_hand(kind: str, tiny: Dataset) -> None:
    recipe = recipe_of(optimizer=kind, learning_rate=0.05)
    changes = [Change(0, "learning_rate", 0.02), Change(31, "learning_rate", 0.2), Change(31, "learning_rate", 0.01)]
    by_hand = []
    with trainer_of(recipe, tiny) as trainer:
        while not trainer.done:
            for change in changes:
                if change.iteration == trainer.iteration:
                    trainer.change(**{change.name: change.value})
            trainer.step()
            by_hand += trainer.collect(wait=trainer.done)
    changed = recipe.changed(changes)
    assert measured(stepped(trainer_of(changed, tiny))) == measured(by_hand)
    book = train_recipe(changed, tiny)
    assert book.changes == changes
    assert recipe.changed(book.changes) == changed
    assert contents(snapshot_at(changed, tiny, END).state) == contents(trainer.checkpoint().state)


def test_that_a_branch_follows_the_schedule_from_its_start(tiny: Dataset) -> None:
    parent = recipe_of(iterations=400, record_every=50)
    records = stepped(trainer_of(parent.branched(173), tiny))
    assert [record.iteration for record in records] == [n for n in range(173, 401) if remembered(parent.config, n, 173)]
    assert [record.iteration for record in records if record.tested] == [173, 200, 250, 300, 350, 400]
    assert all(record.pictured for record in records[:32])
    for record in records:
        assert record.tested == recorded(parent.config, record.iteration, 173)
        assert record.pictured == pictured(parent.config, record.iteration, 173)


def test_that_the_run_log_of_a_branch_begins_with_a_record_that_has_everything(tiny: Dataset) -> None:
    book = train_recipe(recipe_of().branched(AT, norm="batch-before"), tiny)
    first = book.history.first
    assert first is not None
    assert (first.iteration, first.tested, first.pictured) == (AT, True, True)
    assert first.test_accuracy > 0.5
    assert book.history.weights.kept[0].iteration == AT
    assert book.history.timeline.moments[0] is first
    assert (book.ended, book.iteration) == (True, END)


def test_that_a_run_into_a_run_log_is_what_the_trainer_yields(tiny: Dataset) -> None:
    recipe = recipe_of()
    book = train_recipe(recipe, tiny)
    diagnosis, expected = Diagnosis(recipe.config, tiny.class_shares), stepped(trainer_of(recipe, tiny))
    for record in expected:
        diagnosis.read(record)
    assert measured(book.history.timeline.moments) == measured(expected)
    assert book.verdict() == diagnosis.verdict


def test_that_a_run_that_diverged_is_a_run_log_too(tiny: Dataset) -> None:
    recipe = recipe_of(activation="identity", learning_rate=1e3, init="gauss", init_std=100.0)
    with pytest.raises(Diverged):
        stepped(trainer_of(recipe, tiny))
    book = train_recipe(recipe, tiny)
    verdict = book.verdict()
    assert book.ended
    assert verdict
    assert verdict.condition is Condition.DIVERGED


def test_that_a_branch_off_a_run_that_has_diverged_cannot_begin(tiny: Dataset) -> None:
    parent = recipe_of(activation="identity", learning_rate=1e3, init="gauss", init_std=100.0)
    book = RunLog()
    with pytest.raises(InputError, match=r"The run to branch off at iteration 50 has diverged by then, at [0-9]+\."):
        train_recipe(parent.branched(50), tiny, book)
    assert book.ended


@pytest.mark.parametrize("granted", [0, 5, 22])
def test_that_a_replay_can_be_interrupted(granted: int, tiny: Dataset) -> None:
    calls = count()
    with pytest.raises(ReplayCancelled):
        snapshot_at(recipe_of(), tiny, AT, lambda: next(calls) < granted)
    calls = count()
    book = train_recipe(recipe_of().branched(AT), tiny, None, lambda: next(calls) < granted)
    assert book.ended
    assert len(book.history) == 0


def test_that_an_interrupted_run_keeps_what_it_has(tiny: Dataset) -> None:
    calls = count()
    book = train_recipe(recipe_of(), tiny, None, lambda: next(calls) < 15)
    assert (book.iteration, book.ended) == (15, True)
    assert book.history.iterations.rows[:, 0].tolist() == [0, 7, 14]


@pytest.mark.parametrize(("parts", "memories"), [(1, 0), (3, 2)])
def test_that_weights_are_kept_without_the_optimisers_memory_where_only_they_fit(
    parts: int, memories: int, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe_of(optimizer="adam")
    with trainer_of(recipe, tiny) as trainer:
        monkeypatch.setattr(
            "model.history.checkpoints.BUDGET_BYTES", FEWEST_CHECKPOINTS * (parts * trainer.network.theta.nbytes + 8)
        )
    book = train_recipe(recipe, tiny)
    assert book.history.weights.kept
    assert {len(kept.memory) for kept in book.history.weights.kept} == {memories}


def test_that_of_too_large_networks_no_weights_are_kept(tiny: Dataset) -> None:
    units = 1_500
    recipe = Recipe(Config(hidden=(units, units), iterations=1, batch_size=2))
    assert units**2 * 4 * FEWEST_CHECKPOINTS > BUDGET_BYTES
    assert not train_recipe(recipe, tiny).history.weights.kept


def test_that_a_start_needs_no_memory(tiny: Dataset) -> None:
    recipe = recipe_of(optimizer="adam")
    state = snapshot_at(recipe, tiny, AT).state
    one, other = (Trainer(recipe.config, tiny, StartingPoint(AT, state, (), since)) for since in (0, AT))
    assert measured(stepped(one)) == measured(stepped(other))


def test_that_a_driver_marks_what_is_changed_by_hand(tiny: Dataset) -> None:
    recipe, book = recipe_of(), RunLog()
    with trainer_of(recipe, tiny) as trainer:
        loop = TrainingLoop(trainer, book)
        while not trainer.done:
            if trainer.iteration == 12:
                loop.change("learning_rate", 0.3)
            loop.step()
        loop.deliver(wait=True)
    assert book.changes == [Change(12, "learning_rate", 0.3)]
    again = train_recipe(recipe.changed(book.changes), tiny)
    assert measured(again.history.timeline.moments) == measured(book.history.timeline.moments)
