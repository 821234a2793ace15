"""The axis that all images share: it holds every histogram of a run, a few of them in a turn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.pages.dashboard.dashboard import Dashboard
from gui.views.over_time import value_span
from gui.views.over_time.histogram_images import HistogramImages
from gui.views.over_time.value_span import NOTHING, ValueSpan
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.history.run_log import RunLog
from model.measurement.histograms import Histogram
from model.measurement.records import Histograms, Record
from tests.support.records import layer_of, record_of
from tests.support.timed_runs import choose, over_time
from tests.support.windows import settle

ENDS = st.tuples(st.floats(-50, 50), st.floats(0.1, 50), st.integers(0, 3))


def picture(iteration: int, *ends: tuple[float, float, int]) -> Record:
    """A record with a histogram for each layer: its low end, its width and how many bins are empty at the left."""
    layers = []
    for low, width, empty in ends:
        each = Histogram(low, low + width, np.array([0.0] * empty + [1.0]), 0.0, 0.0, 0.0)
        layers.append(layer_of(histograms=Histograms(z=each, a=each, delta=each, weight_gradient=each, weight=each)))
    return record_of(iteration, layers=tuple(layers[:-1]), output=layers[-1])


@given(st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=9), st.integers(1, 7), st.booleans())
def test_that_it_comes_to_the_same_in_any_number_of_turns(
    found: list[tuple[tuple[float, float, int], ...]], at_once: int, decades: bool
) -> None:
    pictures = [picture(iteration, *ends) for iteration, ends in enumerate(found)]
    whole, parts = (ValueSpan("delta", decades=decades) for _ in range(2))
    assert whole.cover(pictures, 2)
    turns = 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(value_span, "HISTOGRAMS_AT_ONCE", 2 * at_once)
        while not parts.cover(pictures, 2):
            turns += 1
    assert turns == max(-(-len(found) // at_once), 1)
    assert parts.ends == whole.ends != NOTHING
    low, high = whole.ends
    for low_end, width, empty in (each for ends in found for each in ends):
        assert high >= low_end + width
        assert low <= low_end + width * empty / (empty + 1) + 1e-9


def test_that_images_of_a_long_run_are_drawn_once_the_axis_holds_it_and_not_in_one_turn(
    board: Dashboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(hidden=(5,), iterations=90)), run_log, None)
    for iteration in range(90):
        run_log.put(picture(iteration, (iteration - 90.0, 1.0, 0), (iteration - 90.0, 1.0, 0)))
    view = over_time(board)
    settle(board)
    monkeypatch.setattr(value_span, "HISTOGRAMS_AT_ONCE", 8)  # four records
    choose(view, "delta")
    page = view.page
    assert isinstance(page, HistogramImages)
    axis, frames = page.scale.plot.automatic, 0
    while board.frame() and page.span.covered < 90:
        frames += 1
        assert all(not plot.iterations for plot in page.layers)
        assert page.scale.plot.automatic == axis, "an axis that grew in sight would flicker"
    assert frames >= 5
    settle(board)
    assert board.detail.view.view is ViewKind.TIMELINE
    assert all(len(plot.iterations) == 90 for plot in page.layers)
    assert page.scale.plot.automatic != axis
