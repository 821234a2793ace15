"""The lesson's six with one click: begun together, shown alone, trained in workers to the same bits."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.runs.background_runner import start_lesson
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from model.config.presets import LESSON, PRESETS, preset_named
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.training.replay import train_recipe
from model.workers.pool import WorkerPool
from tests.support.reference_formulas import contents
from tests.support.windows import TIMEOUT_MS
from tests.support.worker_pools import PATIENCE, workers


@pytest.fixture
def runs(qapp: QApplication) -> Iterator[RunRegistry]:
    made = RunRegistry.open(None, Viewed())
    yield made
    made.autosaver.close()


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(2)
    yield made
    made.close()
    assert not workers()


def test_that_the_lesson_is_each_activation_with_each_initialiser() -> None:
    found = [(preset.config.activation, preset.config.init) for preset in LESSON]
    sizes = (Initializer.GAUSS, Initializer.XAVIER, Initializer.HE)
    assert found == [(activation, init) for activation in (Activation.SIGMOID, Activation.RELU) for init in sizes]
    assert set(LESSON) == set(PRESETS[:6])
    assert len({preset.config.hidden for preset in LESSON}) == 1


def test_that_one_click_begins_all_six_and_shows_only_these(
    runs: RunRegistry, pool: WorkerPool, folder: str, tiny: Dataset, qtbot: QtBot
) -> None:
    before = runs.begin(Recipe(preset_named("zeros").config), RunLog())
    entries = start_lesson(runs, pool, seed=3, data=folder)
    assert [entry.recipe.config for entry in entries] == [
        preset.config.replace(seed=3, data=folder) for preset in LESSON
    ]
    assert runs.shown == entries
    assert before in runs.entries
    assert len({entry.listing.color for entry in entries}) == 6
    qtbot.waitUntil(lambda: all(entry.summary().ended for entry in entries), timeout=TIMEOUT_MS)
    last = entries[-1]
    assert last.run_log
    alike = train_recipe(last.recipe, tiny).history
    assert repr(contents(last.run_log.history.timeline.moments)) == repr(contents(alike.timeline.moments))
    assert all(entry.summary().verdict for entry in entries)


def test_that_a_missing_data_set_is_said_in_the_window(runs: RunRegistry, pool: WorkerPool, qtbot: QtBot) -> None:
    said: list[str] = []
    runs.said.connect(said.append)
    entries = start_lesson(runs, pool, seed=0, data="/nowhere")
    qtbot.waitUntil(lambda: len(said) == 6, timeout=1_000 * PATIENCE)
    assert "/nowhere" in said[0]
    assert not any(entry.going for entry in entries)
