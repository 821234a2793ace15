"""Runs whose numbers leave their range, in every tab: a warning of NumPy would be an error here."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.diverging_scale import STEPS, indices
from gui.views.weights_view import power_text
from model.base.arrays import Array
from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.history.run_log import RunLog
from model.measurement.gains import rms
from model.measurement.histograms import LONGEST_AXIS, BinAxis
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from tests.support.windows import open_view

EXTREME: dict[str, dict[str, Any]] = {
    "weights of 100": {"init": "gauss", "init_std": 100.0, "hidden": [20] * 4},
    "float64": {
        "init": "gauss",
        "init_std": 100.0,
        "hidden": [15] * 12,
        "activation": "identity",
        "numbers": "float64",
    },
    "weights that double": {"learning_rate": 10.0, "weight_decay": 10.0, "hidden": [10, 10], "activation": "tanh"},
    "almost no weights": {"init": "gauss", "init_std": 1e-6, "hidden": [10] * 12},
}
NUMBERS = st.floats(width=32) | st.sampled_from([np.inf, -np.inf, np.nan, 3e38, -3e38, 1e-45])


def run_of(config: Config, dataset: Dataset) -> RunLog:
    """What a run leaves, to its end or until it diverges."""
    run_log = RunLog(diagnosis_of(Recipe(config), dataset))
    with Trainer(config, dataset) as trainer:
        try:
            TrainingLoop(trainer, run_log).run(lambda: True)
        except Diverged:
            assert run_log.verdict(None) is not None
    run_log.end()
    return run_log


@pytest.mark.parametrize("name", EXTREME)
def test_that_every_tab_draws_and_copies_it(board: Dashboard, tiny: Dataset, name: str) -> None:
    config = Config.from_json({**EXTREME[name], "batch_size": 10, "iterations": 60, "record_every": 5})
    board.viewed.show_run(Recipe(config), run_of(config, tiny), tiny)
    for at in (None, 0, 20):
        board.viewed.go_to(at)
        for kind in ViewKind:
            open_view(board, kind)
            board.finish()
            board.update_text()
            for make in board.tables().values():
                assert make().csv()


@given(arrays(np.float32, (4, 5), elements=NUMBERS))
def test_that_the_size_of_any_weights_is_known_without_a_warning(weights: Array) -> None:
    size = rms(weights)
    assert np.isnan(size) == bool(np.isnan(weights).any())
    assert np.isinf(size) == (not np.isnan(weights).any() and bool(np.isinf(weights).any()))
    axis = BinAxis()
    axis.cover(-3 * size, 3 * size)
    assert -LONGEST_AXIS <= axis.low < axis.high <= LONGEST_AXIS
    colors = indices(weights, axis.high)
    assert colors.max() <= 2 * STEPS
    assert (colors[np.isnan(weights)] == STEPS).all()


@given(st.floats(min_value=0) | st.just(float("nan")))
def test_that_any_update_ratio_can_be_written(ratio: float) -> None:
    assert power_text(ratio)
    assert power_text(float("inf")) == "∞"
