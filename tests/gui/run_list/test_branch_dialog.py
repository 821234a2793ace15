"""Branching off a run: the dialog that asks what shall be another, and the thread that trains it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.run_list.branch_dialog import BranchDialog
from gui.run_list.branch_form import OFFERED
from gui.runs.training_thread import TrainingThread
from gui.style.theme import DARK, LIGHT
from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Change, LayerScale, Recipe
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.nn.optimizers import Optimizer
from model.training.branch_sentences import NOTHING_CHANGED, WEIGHTS_UNCHANGED, consequences
from model.training.replay import snapshot_at, train_recipe
from tests.support.recorded_stories import measured
from tests.support.windows import SMALL, TIMEOUT_MS, click, dispose, put

AT = 20
PARENT = Recipe(SMALL.replace(optimizer="momentum", activation="tanh"))
KEPT = Checkpoint(AT, (), (SMALL,))  # type: ignore[arg-type]  # nobody looks into it

Ask = Callable[..., BranchDialog]
Begin = Callable[..., TrainingThread]


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Ask]:
    """Opens dialogs about a run, and disposes of them after the test."""
    opened: list[BranchDialog] = []

    def ask_about(parent: Recipe = PARENT, checkpoint: Checkpoint = KEPT, shown: int | None = None) -> BranchDialog:
        opened.append(BranchDialog(parent, checkpoint.iteration, checkpoint, LIGHT, shown))
        opened[-1].show()
        qtbot.waitExposed(opened[-1])
        return opened[-1]

    yield ask_about
    dispose(*opened)


@pytest.fixture
def begin(qtbot: QtBot, tiny: Dataset) -> Iterator[Begin]:
    """Starts threads, unpaused, and ends them after the test."""
    begun: list[TrainingThread] = []

    def begin_one(recipe: Recipe, checkpoint: Checkpoint | None = None, *, paused: bool = False) -> TrainingThread:
        begun.append(TrainingThread(recipe, tiny, checkpoint))
        begun[-1].pace.set_paused(paused)
        begun[-1].start()
        return begun[-1]

    yield begin_one
    for thread in begun:
        thread.halt()


def test_that_the_dialog_first_repeats_the_parent(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask()
    assert dialog.said.text() == NOTHING_CHANGED
    with qtbot.waitSignal(dialog.wanted) as wanted:
        click(dialog.button)
    assert wanted.args == [PARENT.branched(AT), KEPT]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "relu"},
        {"norm": "batch-before", "iterations": 100},
        {"optimizer": "adam", "learning_rate": 0.02},
        {"momentum": 0.5},
    ],
    ids=str,
)
def test_that_what_is_edited_is_what_is_wanted(ask: Ask, qtbot: QtBot, settings: dict[str, Any]) -> None:
    dialog = ask()
    for name, value in settings.items():
        put(dialog.form.editors[name], value)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert wanted.args == [PARENT.branched(AT, **settings), KEPT]


def test_that_one_layer_can_be_rescaled(ask: Ask) -> None:
    dialog = ask()
    assert not dialog.form.factor.widget.isEnabled()
    assert [dialog.form.layer.itemText(n) for n in range(1, 4)] == SMALL.layer_names
    dialog.form.layer.setCurrentIndex(3)
    assert dialog.recipe() == PARENT.branched(AT), "a factor of 1 rescales nothing"
    put(dialog.form.factor, 0.25)
    assert dialog.recipe() == PARENT.branched(AT, [LayerScale(3, 0.25)])
    assert "Output: the weights are multiplied by 0.25" in dialog.said.text()
    dialog.form.layer.setCurrentIndex(0)
    assert dialog.said.text() == NOTHING_CHANGED


def test_that_a_changed_setting_tells_what_it_was(ask: Ask) -> None:
    dialog = ask(PARENT.changed([Change(AT, "learning_rate", 0.2), Change(AT + 1, "learning_rate", 0.3)]))
    rate = dialog.form.editors["learning_rate"]
    assert rate.value() == 0.2, "the value that is in force at that moment"
    assert not any(note.text() for note in dialog.form.notes.values())
    put(rate, 0.5)
    put(dialog.form.editors["activation"], "relu")
    assert dialog.form.notes["learning_rate"].text() == "was 0.2"
    assert dialog.form.notes["activation"].text() == "was Tanh"
    put(rate, 0.2)
    assert dialog.form.notes["learning_rate"].text() == ""


@pytest.mark.parametrize("kind", Optimizer.kinds)
def test_that_only_settings_that_matter_show(ask: Ask, kind: str) -> None:
    dialog = ask(Recipe(SMALL.replace(optimizer=kind)))
    shown = {name for name, editor in dialog.form.editors.items() if editor.widget.isVisible()}
    live = {"learning_rate", "momentum"} & set(SMALL.replace(optimizer=kind).to_json())
    assert shown == {"activation", "norm", "residual", "loss", "pixels", "optimizer", "iterations", *live}
    assert shown <= {setting.name for setting in OFFERED}


def test_that_it_says_which_iteration_it_really_is(ask: Ask) -> None:
    assert ask().heading.text() == "Branch off at iteration 20"
    assert "kept" not in ask(shown=AT).about.text()
    assert "up to iteration 23 are those of 20." in ask(shown=23).about.text()


def test_that_a_branch_off_the_end_has_somewhere_to_go(ask: Ask) -> None:
    dialog = ask(PARENT, Checkpoint(60, (), KEPT.memory))
    assert dialog.recipe().config.iterations == 120
    put(dialog.form.editors["iterations"], 3)
    assert dialog.recipe().config.iterations == 60, "no branch ends before it begins"


def test_that_what_cannot_be_is_refused_in_the_dialog(ask: Ask) -> None:
    dialog = ask(Recipe(Config(batch_size=1)))
    put(dialog.form.editors["norm"], "batch-before")
    assert "at least 2 with batch norm" in dialog.said.text()
    assert not dialog.button.isEnabled()
    assert dialog.form.editors["norm"].value() == "none"
    put(dialog.form.editors["activation"], "sigmoid")
    assert dialog.button.isEnabled()


def test_that_an_optimiser_whose_memory_was_not_kept_begins_without(ask: Ask) -> None:
    dialog = ask(PARENT, Checkpoint(AT, ()))
    branch = dialog.recipe().branch
    assert branch
    assert branch.fresh
    assert dialog.said.text() == "Momentum forgets past gradients, which were not kept."
    put(dialog.form.editors["optimizer"], "adam")
    branch = dialog.recipe().branch
    assert branch
    assert not branch.fresh


@pytest.mark.parametrize(
    ("parent", "settings", "expected"),
    [
        ({}, {"activation": "tanh"}, [WEIGHTS_UNCHANGED]),
        ({"norm": "batch-before"}, {"norm": "none"}, ["The old batch norm is folded"]),
        ({}, {"norm": "batch-after"}, ["Batch norm begins with γ = 1"]),
        ({"norm": "batch-before"}, {"norm": "batch-after"}, ["The old", "Batch norm begins"]),
        ({"norm": "batch-before"}, {"activation": "tanh"}, ["Batch norm keeps γ and β"]),
        ({"optimizer": "adam"}, {"learning_rate": 0.5}, ["Adam goes on"]),
        ({"optimizer": "adam"}, {"norm": "batch-after"}, ["Batch norm", "Adam forgets past gradients, which were of"]),
        ({"optimizer": "adam"}, {"optimizer": "rmsprop"}, ["RMSProp begins without"]),
        ({"optimizer": "adam"}, {"optimizer": "sgd"}, [WEIGHTS_UNCHANGED]),
    ],
)
def test_that_sentences_say_what_restarts_and_what_is_folded(
    parent: dict[str, Any], settings: dict[str, Any], expected: list[str]
) -> None:
    sentences = consequences(Recipe(SMALL.replace(**parent)).branched(AT, **settings))
    assert len(sentences) == len(expected)
    for sentence, start in zip(sentences, expected, strict=True):
        assert sentence.startswith(start)


def test_that_every_sentence_fits(ask: Ask) -> None:
    dialog = ask(Recipe(SMALL.replace(optimizer="momentum", norm="batch-before")))
    put(dialog.form.editors["norm"], "batch-after")
    dialog.form.layer.setCurrentIndex(1)
    put(dialog.form.factor, 0.000123)
    dialog.apply_theme(DARK)
    said = dialog.said
    assert len(said.text().splitlines()) == 4
    assert said.height() >= said.heightForWidth(said.width())
    assert dialog.rect().contains(dialog.button.geometry())


@pytest.mark.parametrize("replays", [False, True])
def test_that_the_thread_trains_a_branch_as_it_is_without_a_window(
    begin: Begin, qtbot: QtBot, tiny: Dataset, replays: bool
) -> None:
    child = PARENT.branched(AT, [LayerScale(1, 0.5)], activation="relu", norm="batch-before")
    thread = begin(child, None if replays else snapshot_at(PARENT, tiny, AT))
    qtbot.waitUntil(thread.isFinished, timeout=TIMEOUT_MS)
    book, expected = thread.run_log, train_recipe(child, tiny)
    assert measured(book.history.timeline.moments) == measured(expected.history.timeline.moments)
    assert [kept.iteration for kept in book.history.weights.kept] == [
        kept.iteration for kept in expected.history.weights.kept
    ]
    assert (book.ended, book.iteration) == (True, 60)
    assert thread.config is child.config


def test_that_the_start_of_a_branch_shows_while_it_is_paused(begin: Begin, qtbot: QtBot) -> None:
    run_log = begin(PARENT.branched(AT), paused=True).run_log
    assert run_log.iteration == AT
    qtbot.waitUntil(lambda: run_log.shown is not None and run_log.checkpoint is not None, timeout=TIMEOUT_MS)
    assert run_log.shown
    assert run_log.shown.iteration == AT
    assert not run_log.ended


def test_that_changes_of_the_recipe_and_of_the_user_are_marked_and_replay_to_the_bit(
    begin: Begin, qtbot: QtBot, tiny: Dataset
) -> None:
    recipe = PARENT.changed([Change(15, "learning_rate", 0.03), Change(30, "momentum", 0.5)])
    thread = begin(recipe, paused=True)
    thread.pace.allow(30)
    qtbot.waitUntil(lambda: thread.run_log.iteration == 30, timeout=TIMEOUT_MS)
    thread.pace.change("momentum", 0.7)
    thread.pace.set_paused(False)
    qtbot.waitUntil(thread.isFinished, timeout=TIMEOUT_MS)
    changes = thread.run_log.changes
    assert changes == [*recipe.changes, Change(30, "momentum", 0.7)], "what the user does now comes last"
    again = train_recipe(PARENT.changed(changes), tiny)
    assert measured(again.history.timeline.moments) == measured(thread.run_log.history.timeline.moments)


def test_that_a_run_that_is_stopped_while_its_parent_is_trained_again_ends_at_once(begin: Begin, qtbot: QtBot) -> None:
    endless = Recipe(SMALL.replace(iterations=10_000_000)).branched(9_000_000)
    thread = begin(endless)
    failures: list[Exception] = []
    thread.failed.connect(failures.append, Qt.ConnectionType.DirectConnection)
    thread.halt()
    assert thread.run_log.ended
    assert failures == []


def test_that_a_run_that_fails_has_ended(begin: Begin, qtbot: QtBot) -> None:
    diverging = SMALL.replace(activation="identity", learning_rate=1e3, init="gauss", init_std=100.0)
    failures: list[Exception] = []
    thread = begin(Recipe(diverging).branched(50), paused=True)
    thread.failed.connect(failures.append, Qt.ConnectionType.DirectConnection)
    qtbot.waitUntil(thread.isFinished, timeout=TIMEOUT_MS)
    assert thread.run_log.ended
    assert all(isinstance(error, InputError) for error in failures)
