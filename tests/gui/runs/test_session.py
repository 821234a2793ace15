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
from tests.support.windows import (
    LONG,
    SMALL,
    TIMEOUT_MS,
    OpenWindow,
    collected,
    dashboard_of,
    drawn,
    edit,
    ended,
    headless,
    paths,
    points,
    reached,
    run_log_of,
    same,
)


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
    window.session.set_speed(300.0)
    window.train_or_pause()
    reached(window, 20, qtbot)
    edit(window, name, value)
    qtbot.waitUntil(lambda: len(run_log_of(window).changes) == 1, timeout=TIMEOUT_MS)
    window.session.set_speed(0.0)
    ended(window, qtbot)
    drawn(window)
    ((at, changed, to),) = run_log_of(window).changes
    assert (changed, to) == (name, value)
    assert 20 <= at < 2000
    assert same(records, with_change(config, tiny, at, **{name: value}))
    assert not same(records, headless(config, tiny))
    for card in dashboard_of(window).curves:
        assert set(points(card.marks.path())[:, 0]) == {at}


def test_that_reset_forgets_live_changes_and_takes_the_settings_as_they_are(
    open_window: OpenWindow, qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    window.session.step(10)
    reached(window, 10, qtbot)
    edit(window, "learning_rate", 0.7)
    edit(window, "learning_rate", 0.6)
    window.session.step(1)
    qtbot.waitUntil(lambda: len(run_log_of(window).changes) == 1, timeout=TIMEOUT_MS)
    records = collected(monkeypatch)
    window.reset()
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    assert run_log_of(window).changes == []
    assert all(card.marks.path().isEmpty() for card in dashboard_of(window).curves)
    assert same(records, headless(SMALL.replace(learning_rate=0.6), tiny))


def test_that_reset_returns_to_the_same_initial_weights(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation="tanh"))
    qtbot.waitUntil(lambda: run_log_of(window).shown is not None, timeout=TIMEOUT_MS)
    first = run_log_of(window).shown
    drawn(window)
    before = [layer.bars.path() for layer in dashboard_of(window).activations.layers]
    window.session.step(10)
    reached(window, 10, qtbot)
    drawn(window)
    assert [layer.bars.path() for layer in dashboard_of(window).activations.layers] != before
    window.reset()
    qtbot.waitUntil(lambda: run_log_of(window).shown is not None, timeout=TIMEOUT_MS)
    drawn(window)
    again = run_log_of(window).shown
    assert first is not None
    assert again is not None
    assert same([again], [first])
    assert [layer.bars.path() for layer in dashboard_of(window).activations.layers] == before


def test_that_stop_keeps_what_is_drawn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    window.train_or_pause()
    reached(window, 500, qtbot)
    window.transport.stop.click()
    ended(window, qtbot)
    drawn(window)
    history = run_log_of(window).history
    assert len(history) >= 10
    board = dashboard_of(window)
    for card in (board.accuracy, board.loss):
        assert points(card.train.line.path())[-1, 0] == history.iterations.rows[-1, 0]
    assert "Ended at iteration" in window.status.lasting
    assert not window.transport.stop.isEnabled()
    assert not window.transport.step.isEnabled()
    assert window.transport.train.isEnabled()


def test_that_train_after_the_end_starts_over(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    runs = []
    for _ in range(2):
        records = collected(monkeypatch)
        window.train_or_pause()
        ended(window, qtbot)
        runs.append(list(records))
        monkeypatch.undo()
    assert same(runs[0][-16:], runs[1])


def test_that_a_new_runs_plots_never_receive_data_of_the_old(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    for seed in range(1, 12):
        window.train_or_pause()
        reached(window, 60, qtbot)
        old = run_log_of(window)
        window.take_config(LONG.replace(seed=seed, hidden=[seed], data=window.session.config.data))
        new, size = run_log_of(window), len(old.history)
        assert new is not old
        assert dashboard_of(window).run_log is new
        assert all(card.run_log is new for card in dashboard_of(window).curves)
        drawn(window)
        assert len(new.history) <= 1
        assert len(points(dashboard_of(window).loss.train.line.path())) <= 2
        assert dashboard_of(window).activations.shown == 1
        qtbot.wait(5)
        assert len(old.history) == size, "a replaced run has gone on"


@pytest.mark.parametrize("numbers", ["float32", "float64"])
@pytest.mark.parametrize("activation", ["leaky-relu", "identity"])
def test_that_divergence_names_iteration_and_layer_and_draws_nothing_that_is_not_finite(
    open_window: OpenWindow, qtbot: QtBot, activation: str, numbers: str
) -> None:
    config = SMALL.replace(hidden=[8] * 4, activation=activation, learning_rate=1000, numbers=numbers, record_every=1)
    window = open_window(config)
    window.train_or_pause()
    ended(window, qtbot)
    drawn(window)
    said = window.status.text.text()
    assert said.startswith("The run diverged at iteration ")
    assert any(place in said for place in ("Layer", "layer", "the loss", "output", "Output")), said
    assert all(np.isfinite(points(path)).all() for path in paths(window))
    for curve in run_log_of(window).history.curves.values():
        assert np.isfinite(curve.values.rows).all()
        assert all(np.isfinite(level.rows).all() for level in curve.levels)
    window.reset()
    window.session.step(1)
    reached(window, 1, qtbot)


def test_that_a_mistake_of_ours_in_the_worker_is_said_and_reported(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(LONG)

    def fail(run_log: RunLog, record: Record) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(RunLog, "put", fail)
    with capture_exceptions() as reported:
        window.train_or_pause()
        ended(window, qtbot)
    assert "Training stopped: ZeroDivisionError: on purpose" in window.status.text.text()
    assert [kind for kind, _, _ in reported] == [ZeroDivisionError]
    monkeypatch.undo()
    window.reset()
    window.session.step(1)
    reached(window, 1, qtbot)


def test_that_reset_brings_the_texts_up_to_date_once(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    page = dashboard_of(window)
    refreshed: list[int] = []
    monkeypatch.setattr(page, "update_text", lambda: refreshed.append(1))
    window.frame_timer.stop()
    window.reset()
    assert len(refreshed) == 1
