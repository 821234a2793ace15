"""The weights: histograms of every layer, the first layer's as pictures on one scale of colours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.diverging_scale import STEPS, color_table, indices, pixmap
from gui.plots.tiles import FRAME_PIXELS, GAP_PIXELS, MOST_TILES, TileGrid, best_grid, tiled
from gui.style.theme import DARK, LIGHT, Theme
from gui.views.checkpoint_network import most_parameters, parameters
from gui.views.weights_view import WeightsView, power_text
from model.base.arrays import Array
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.network.network import Network
from model.nn.initializers import Initializer
from model.training.trainer import Trainer
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, open_view

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40))


def trained(window: WindowPage, qtbot: QtBot) -> WeightsView:
    """The tab after a run."""
    open_view(window.board, ViewKind.WEIGHTS)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    return view_of(window.board)


def view_of(board: Dashboard) -> WeightsView:
    """The tab."""
    view = board.detail.view
    assert isinstance(view, WeightsView)
    return view


def image_of(view: WeightsView) -> QImage:
    """The picture of all tiles."""
    return view.pictures.item.pixmap().toImage()


def tile_at(image: QImage, grid: TileGrid, shape: tuple[int, int], unit: int) -> np.ndarray:
    """One value of red minus blue for each weight of a unit."""
    pitch = [FRAME_PIXELS * 2 + GAP_PIXELS + side * grid.scale for side in shape]
    top, left = (unit // grid.columns) * pitch[0] + FRAME_PIXELS, (unit % grid.columns) * pitch[1] + FRAME_PIXELS
    found = np.empty(shape)
    for y in range(shape[0]):
        for x in range(shape[1]):
            whole = range(grid.scale)  # some of its pixels lie on a hatching
            pixels = [
                image.pixelColor(left + x * grid.scale + i, top + y * grid.scale + j) for i in whole for j in whole
            ]
            found[y, x] = max((color.red() - color.blue() for color in pixels), key=abs)
    return found


def final_weights(config: Config, dataset: Dataset) -> Array:
    """The first layer's weights at the end of a run that no window knows of."""
    with Trainer(config, dataset) as trainer:
        list(trainer)
        weights: Array = trainer.network.affines[0].weight.value.copy()
    return weights


def test_that_every_tile_is_a_units_incoming_weights(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    view = trained(window, qtbot)
    weights, grid = final_weights(SMALL, tiny), view.pictures.grid
    assert grid is not None
    assert grid.tiles == 8
    image = image_of(view)
    for unit in range(8):
        seen = tile_at(image, grid, tiny.image_shape, unit).ravel()
        clipped = np.clip(weights[:, unit], -view.pictures.axis.high, view.pictures.axis.high)
        assert np.corrcoef(seen, clipped)[0, 1] > 0.98, "warm above 0, cold below"
    assert view.pictures.units.text() == "8 of 8 units"
    assert view.pictures.title.text() == "Layer 1 as pictures"


def test_that_the_scale_is_written_beside_its_colours(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    view = trained(open_window(SMALL), qtbot)
    rms = float(np.sqrt(np.mean(np.square(final_weights(SMALL, tiny)))))
    low, high = float(view.pictures.low.text()), float(view.pictures.high.text())
    assert low == -high
    assert 3 * rms * 0.99 <= high <= 3 * rms / 0.39
    assert view.pictures.bar.isVisible()


def test_that_going_back_shows_the_weights_of_that_time(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    board = window.board
    view = trained(window, qtbot)
    last = image_of(view)
    board.go_to(0)
    window.draw()
    first, grid = image_of(view), view.pictures.grid
    assert first != last
    assert grid is not None
    with Trainer(SMALL, tiny) as trainer:
        start = trainer.network.affines[0].weight.value
        seen = tile_at(first, grid, tiny.image_shape, 3).ravel()
        assert np.corrcoef(seen, start[:, 3])[0, 1] > 0.95
    board.go_to(None)
    window.draw()
    assert image_of(view) == last


def test_that_pictures_follow_while_the_run_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(iterations=10_000_000))
    open_view(window.board, ViewKind.WEIGHTS)
    view = view_of(window.board)
    window.train()
    seen: set[int] = set()

    def followed() -> bool:
        window.frame()
        if view.pictures.weights.checkpoint:
            seen.add(view.pictures.weights.checkpoint.iteration)
        return len(seen) > 5

    qtbot.waitUntil(followed, timeout=TIMEOUT_MS)
    window.stop()


def test_that_a_network_without_hidden_layers_shows_its_output_layer(open_window: OpenWindow, qtbot: QtBot) -> None:
    view = trained(open_window(SMALL.replace(hidden=())), qtbot)
    assert view.pictures.title.text() == "Output as pictures"
    assert view.pictures.units.text() == "3 of 3 units"
    assert [plot.title.text() for plot in view.layers[: view.shown]] == ["Output"]


def test_that_a_network_too_large_says_that_it_keeps_none(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(hidden=(1000, 1000), iterations=2))
    view = trained(window, qtbot)
    assert window.run.log.checkpoint is None
    assert not view.pictures.item.isVisible()
    assert view.pictures.hint.isVisible()
    assert "1\u202f048\u202f576 parameters" in view.pictures.hint.text()
    assert view.layers[0].bars.path().elementCount(), "the histograms are there"


@pytest.mark.parametrize("hidden", [(), (4,), (3, 5, 2)])
@pytest.mark.parametrize("norm", ["NONE", "BATCH_BEFORE", "LAYER_AFTER"])
def test_that_the_count_of_parameters_is_the_networks_own(
    open_window: OpenWindow, tiny: Dataset, hidden: tuple[int, ...], norm: str
) -> None:
    placement = type(SMALL.norm)[norm]
    config = SMALL.replace(hidden=hidden, norm=placement)
    run = open_window(config).board.detail.run
    assert run is not None
    assert parameters(run) == Network.of(config, tiny).theta.size
    assert run.run_log.history.weights.fits(most_parameters(config) * 4)
    assert not run.run_log.history.weights.fits((most_parameters(config) + 1) * 4)


def test_that_the_figures_tell_size_and_update(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    window.resize(1600, 1000)
    view = trained(window, qtbot)
    for plot in view.layers[: view.shown]:
        assert plot.now is not None
        text = plot.figures.toolTip()
        assert f"RMS {plot.now.weight_rms:.3f}"[:8] in text
        assert power_text(plot.now.update_ratio) in text


def test_that_an_update_is_told_as_a_power_of_ten() -> None:
    assert [power_text(ratio) for ratio in (1e-3, 0.0005, 0.0, float("nan"))] == ["1.0·10⁻³", "5.0·10⁻⁴", "0", "–"]


def test_that_weights_that_begin_at_zero_have_their_outline_there(open_window: OpenWindow, qtbot: QtBot) -> None:
    view = trained(open_window(SMALL.replace(init=Initializer.ZEROS)), qtbot)
    box = view.layers[0].start.path().boundingRect()
    assert (box.left(), box.right()) == (0, 0)
    assert box.height() == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.usefixtures("qapp")
def test_that_colours_part_at_zero_into_blue_and_orange(theme: Theme) -> None:
    table = [QColor.fromRgb(color) for color in color_table(theme)]
    assert table[STEPS] == QColor(theme.card), "0 is the ground"
    assert table[0] == QColor(theme.train)
    assert table[2 * STEPS] == QColor(theme.test)
    assert all(color.blue() > color.red() for color in table[: STEPS // 2])
    assert all(color.red() > color.blue() for color in table[STEPS + STEPS // 2 : 2 * STEPS])
    assert pixmap(indices(np.array([[-1.0, 1.0]]), 1.0), color_table(theme)).toImage().pixelColor(0, 0) == table[0]


def test_that_a_theme_changes_the_pictures_too(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL)
    view = trained(window, qtbot)
    light = image_of(view)
    view.apply_theme(DARK)
    assert image_of(view) != light


@settings(max_examples=200)
@given(st.integers(1, 300), SHAPES, st.integers(40, 600), st.integers(220, 800))
def test_that_a_grid_fits_and_shows_what_it_says(units: int, shape: tuple[int, int], height: int, width: int) -> None:
    grid = best_grid(units, shape, height, width)
    high, wide = grid.size(shape)
    assert 1 <= grid.tiles <= min(units, MOST_TILES)
    assert high <= height
    assert wide <= width
    weights = np.random.default_rng(0).normal(size=(shape[0] * shape[1], units))
    picture = tiled(weights, shape, grid, 3.0)
    assert picture.shape == (high, wide)
    thinned = weights[:, 0].reshape(shape)[:: grid.every, :: grid.every]
    first = picture[
        FRAME_PIXELS : FRAME_PIXELS + thinned.shape[0] * grid.scale,
        FRAME_PIXELS : FRAME_PIXELS + thinned.shape[1] * grid.scale,
    ]
    assert (first[:: grid.scale, :: grid.scale] == indices(thinned, 3.0)).all()


def test_that_values_beyond_the_scale_or_none_at_all_have_a_colour() -> None:
    found = indices(np.array([-np.inf, -9.0, -1.0, 0.0, 1.0, 9.0, np.inf]), 1.0)
    assert found.tolist() == [0, 0, 0, STEPS, 2 * STEPS, 2 * STEPS, 2 * STEPS]


def test_that_before_the_run_the_place_says_what_will_fill_it(board: Dashboard) -> None:
    board.viewed.show_run(Recipe(Config(hidden=(3,))), RunLog(), None)
    open_view(board, ViewKind.WEIGHTS)
    view = view_of(board)
    assert view.pictures.hint.isVisible()
    assert "when" in view.pictures.hint.text()
    assert not view.pictures.bar.isVisible()
