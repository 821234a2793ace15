"""A run in the window is the run without it, to the last bit, whatever the user does to its pace."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from model.config.config import Config
from model.config.presets import preset_named
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.timeline import Timeline
from model.training.trainer import Trainer
from tests.support.reference_formulas import contents
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, collected, headless, same

# Everything that carries state from one iteration to the next, so that a step too many or too few would show.
STATEFUL = Config.from_json(
    {
        "hidden": [12, 8, 6],
        "activation": "tanh",
        "norm": "batch-before",
        "optimizer": "adam",
        "sampling": "epochs",
        "weight_decay": 0.001,
        "clip_norm": 1.0,
        "batch_size": 20,
        "iterations": 400,
        "record_every": 7,
    }
)


def plainly(window: WindowPage, qtbot: QtBot) -> None:
    window.train()


def with_pauses(window: WindowPage, qtbot: QtBot) -> None:
    for goal in (1, 30, 100, 250):
        window.train()
        window.wait_until_reached(goal, qtbot)
        window.pause()
        window.draw()
    window.train()


def slowly_then_fast(window: WindowPage, qtbot: QtBot) -> None:
    window.set_speed(100.0)
    window.train()
    window.wait_until_reached(20, qtbot)
    window.set_speed(0.0)


def with_each_iteration_shown(window: WindowPage, qtbot: QtBot) -> None:
    window.set_speed(30.0)
    window.train()
    window.wait_until_reached(5, qtbot)
    window.set_speed(0.0)


def in_steps(window: WindowPage, qtbot: QtBot) -> None:
    for steps in (1, 1, 10, 1, 10):
        before = window.run.iteration
        window.step(steps)
        window.wait_until_reached(before + steps, qtbot)
        assert window.run.iteration == before + steps
    window.train()


def with_a_busy_window(window: WindowPage, qtbot: QtBot) -> None:
    window.train()
    while not window.run.has_ended():
        for _ in range(5):
            window.draw()
        qtbot.wait(1)


@pytest.mark.parametrize("config", [SMALL.replace(iterations=400), STATEFUL], ids=["small", "stateful"])
@pytest.mark.parametrize(
    "manner",
    [plainly, with_pauses, slowly_then_fast, with_each_iteration_shown, in_steps, with_a_busy_window],
)
def test_that_the_window_computes_what_a_headless_run_does(
    open_window: OpenWindow,
    qtbot: QtBot,
    tiny: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    manner: Callable[[WindowPage, QtBot], None],
) -> None:
    records = collected(monkeypatch)
    window = open_window(config)
    manner(window, qtbot)
    window.wait_until_ended(qtbot)
    assert same(records, headless(config, tiny))


def test_that_the_lesson_on_mnist_is_the_same_with_and_without_the_window(
    open_window: OpenWindow, qtbot: QtBot, mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = collected(monkeypatch)
    config = preset_named("relu-he").config.replace(iterations=120)
    window = open_window()
    window.take_config(config)
    window.train()
    window.wait_until_ended(qtbot)
    expected = headless(config, mnist)
    assert same(records[-len(expected) :], expected)
    curve = window.run.history.curves["test_accuracy"].values.rows[:, 0]
    assert np.array_equal(curve, np.array([record.test_accuracy for record in expected], np.float32))
    assert 0.8 < expected[-1].test_accuracy < 0.95


def test_that_what_the_window_asks_for_changes_nothing_of_what_is_remembered(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset
) -> None:
    """Every moment with all its histograms, though the window asks for pictures of its own all the time."""
    config = SMALL.replace(iterations=400)
    window = open_window(config)
    with_a_busy_window(window, qtbot)
    expected = Timeline()
    with Trainer(config, tiny) as trainer:
        while not trainer.done:
            trainer.step()
            for record in trainer.collect(wait=trainer.done):
                expected.append(record)
    assert same(window.run.history.timeline.moments, expected.moments)
    assert sum(record.pictured for record in expected.moments) > 60


def shows(run_log: RunLog, iteration: int) -> bool:
    return run_log.shown is not None and run_log.shown.iteration == iteration


def test_that_a_step_shows_the_iteration_it_leads_to(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    # With tanh, whose axis is fixed: others remember what was recorded before.
    each = headless(SMALL.replace(activation="tanh", record_every=1, iterations=20), tiny)
    window = open_window(SMALL.replace(activation="tanh"))
    run_log, goal = window.run.log, 0
    for steps in (1, 1, 2, 10, 3):
        window.step(steps)
        goal += steps
        qtbot.waitUntil(partial(shows, run_log, goal), timeout=TIMEOUT_MS)
        assert run_log.shown is not None
        assert same([run_log.shown.bare()], [each[goal].bare()])
        shown, expected = (record.layers[0].histograms.a for record in (run_log.shown, each[goal]))
        assert contents(shown) == contents(expected)
    recorded = run_log.history.iterations.rows[:, 0]
    assert recorded.tolist() == [0, 4, 8, 12, 16], "what is shown between records is not part of the curves"


@pytest.mark.parametrize(("button", "steps"), [("step", 1), ("step10", 10)])
def test_that_the_step_buttons_take_exactly_that_many(
    open_window: OpenWindow, qtbot: QtBot, button: str, steps: int
) -> None:
    window = open_window()
    for presses in (1, 2, 3):
        window.button(button).click()
        window.wait_until_reached(presses * steps, qtbot)
        assert window.run.iteration == presses * steps
    qtbot.wait(30)
    assert window.run.iteration == 3 * steps
    assert not window.run.is_running()
    assert window.board.run_log is window.run.log
