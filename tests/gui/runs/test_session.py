"""What can happen to a run: live changes, Reset, Stop, another run in its place, divergence, our own mistakes."""

import numpy as np
import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from model.config.config import Config
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, collected, headless, points, same


def with_change(config: Config, dataset: Dataset, at: int, **settings: float) -> list[Record]:
    """A headless run in which live settings change before iteration `at`."""
    records = []
    with Trainer(config, dataset) as trainer:
        while not trainer.done:
            if trainer.iteration == at:
                trainer.change(**settings)
            trainer.step()
            records += [record for record in trainer.collect(wait=True) if record.tested]
    return records


@pytest.mark.parametrize(("optimizer", "name", "value"), [("sgd", "learning_rate", 0.5), ("momentum", "momentum", 0.2)])
def test_that_a_live_change_counts_from_the_iteration_it_is_marked_with(
    open_window: OpenWindow,
    qtbot: QtBot,
    tiny: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    optimizer: str,
    name: str,
    value: float,
) -> None:
    records = collected(monkeypatch)
    config = SMALL.replace(optimizer=optimizer, iterations=2000)
    window = open_window(config)
    window.set_speed(300.0)
    window.train()
    window.wait_until_reached(20, qtbot)
    window.settings.edit(name, value)
    qtbot.waitUntil(lambda: len(window.run.changes) == 1, timeout=TIMEOUT_MS)
    window.set_speed(0.0)
    window.wait_until_ended(qtbot)
    window.draw()
    ((at, changed, to),) = window.run.changes
    assert (changed, to) == (name, value)
    assert 20 <= at < 2000
    assert same(records, with_change(config, tiny, at, **{name: value}))
    assert not same(records, headless(config, tiny))
    for card in window.board.curves:
        assert set(points(card.marks.path())[:, 0]) == {at}


def test_that_reset_forgets_live_changes_and_takes_the_settings_as_they_are(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.step(10)
    window.wait_until_reached(10, qtbot)
    window.settings.edit("learning_rate", 0.7)
    window.settings.edit("learning_rate", 0.6)
    window.step(1)
    qtbot.waitUntil(lambda: len(window.run.changes) == 1, timeout=TIMEOUT_MS)
    records = collected(monkeypatch)
    window.reset()
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert window.run.changes == []
    assert all(card.marks.path().isEmpty() for card in window.board.curves)
    assert same(records, headless(SMALL.replace(learning_rate=0.6), tiny))


def test_that_reset_returns_to_the_same_initial_weights(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation="tanh"))
    qtbot.waitUntil(lambda: window.run.log.shown is not None, timeout=TIMEOUT_MS)
    first = window.run.log.shown
    window.draw()
    before = [layer.bars.path() for layer in window.board.activations.layers]
    window.step(10)
    window.wait_until_reached(10, qtbot)
    window.draw()
    assert [layer.bars.path() for layer in window.board.activations.layers] != before
    window.reset()
    qtbot.waitUntil(lambda: window.run.log.shown is not None, timeout=TIMEOUT_MS)
    window.draw()
    again = window.run.log.shown
    assert first is not None
    assert again is not None
    assert same([again], [first])
    assert [layer.bars.path() for layer in window.board.activations.layers] == before


def test_that_stop_keeps_what_is_drawn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train()
    window.wait_until_reached(500, qtbot)
    window.button("stop").click()
    window.wait_until_ended(qtbot)
    window.draw()
    history = window.run.history
    assert len(history) >= 10
    board = window.board
    for card in (board.accuracy, board.loss):
        assert points(card.train.line.path())[-1, 0] == history.iterations.rows[-1, 0]
    assert "Ended at iteration" in window.hint_text
    assert not window.button("stop").isEnabled()
    assert not window.button("step").isEnabled()
    assert window.button("train").isEnabled()


def test_that_train_after_the_end_starts_over(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    runs = []
    for _ in range(2):
        records = collected(monkeypatch)
        window.train()
        window.wait_until_ended(qtbot)
        runs.append(list(records))
        monkeypatch.undo()
    assert same(runs[0][-16:], runs[1])


def test_that_a_new_runs_plots_never_receive_data_of_the_old(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    for seed in range(1, 12):
        window.train()
        window.wait_until_reached(60, qtbot)
        old = window.run.log
        window.take_config(LONG.replace(seed=seed, hidden=[seed], data=window.run.config.data))
        new, size = window.run.log, len(old.history)
        assert new is not old
        assert window.board.run_log is new
        assert all(card.run_log is new for card in window.board.curves)
        window.draw()
        assert len(new.history) <= 1
        assert len(points(window.board.loss.train.line.path())) <= 2
        assert window.board.activations.shown == 1
        qtbot.wait(5)
        assert len(old.history) == size, "a replaced run has gone on"


def test_that_the_window_gives_no_advice_on_steps_to_a_run_that_has_made_none(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(SMALL.replace(hidden=[40] * 40, init="gauss", init_std=100.0))
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert "at iteration 0: " in window.status_text
    assert "no step has been made yet" in window.status_text
    assert "learning rate" not in window.status_text


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("activation", ["leaky-relu", "identity"])
def test_that_divergence_names_iteration_and_layer_and_draws_nothing_that_is_not_finite(
    open_window: OpenWindow, qtbot: QtBot, activation: str, numbers: str
) -> None:
    config = SMALL.replace(hidden=[8] * 4, activation=activation, learning_rate=1000, numbers=numbers, record_every=1)
    window = open_window(config)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    said = window.status_text
    assert said.startswith("The run diverged at iteration ")
    assert any(place in said for place in ("Layer", "layer", "the loss", "output", "Output")), said
    assert all(np.isfinite(points(path)).all() for path in window.paths())
    for curve in window.run.history.curves.values():
        assert np.isfinite(curve.values.rows).all()
        assert all(np.isfinite(level.rows).all() for level in curve.levels)
    window.reset()
    window.step(1)
    window.wait_until_reached(1, qtbot)


def test_that_a_mistake_of_ours_in_the_worker_is_said_and_reported(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(LONG)

    def fail(run_log: RunLog, record: Record) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(RunLog, "put", fail)
    with capture_exceptions() as reported:
        window.train()
        window.wait_until_ended(qtbot)
    assert "Training stopped: ZeroDivisionError: on purpose" in window.status_text
    assert [kind for kind, _, _ in reported] == [ZeroDivisionError]
    monkeypatch.undo()
    window.reset()
    window.step(1)
    window.wait_until_reached(1, qtbot)


def test_that_reset_brings_the_texts_up_to_date_once(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    page = window.board
    refreshed: list[int] = []
    monkeypatch.setattr(page, "update_text", lambda: refreshed.append(1))
    window.stop_frames()
    window.reset()
    assert len(refreshed) == 1
