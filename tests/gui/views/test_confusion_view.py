"""The confusion matrix of One digit: counts of the moment shown, cells by mouse and keyboard, many classes."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.plots.diverging_scale import color_table
from gui.style.theme import DARK, LIGHT, Theme
from gui.views.digit.confusion_matrix import HEAD, LEFT
from gui.views.digit.digit_view import DigitView
from gui.views.digit.key_line import DIVERGED
from gui.views.digit.mode_switch import DigitMode
from gui.views.digit.share_scales import REACHES, ink_on, reach_of, shades_of
from gui.widgets import focus_frame
from model.config.config import Config
from model.data.datasets import Dataset
from model.history.checkpoints import Checkpoint
from model.measurement.confusion import Confusion
from model.measurement.misclassified import answers
from tests.support.digit_views import alone, draw, network_at, opened
from tests.support.window_page import OpenWindow
from tests.support.windows import LONG, SMALL, TIMEOUT_MS, click


def confused(qtbot: QtBot, config: Config, dataset: Dataset, size: tuple[int, int] = (740, 200)) -> DigitView:
    """The tab by itself with the counts at the start of a run."""
    view, record = alone(qtbot, config, dataset, size)
    click(view.switch.buttons[DigitMode.CONFUSION])
    draw(view, record)
    qtbot.waitUntil(lambda: view.count.checkpoint is not None, timeout=TIMEOUT_MS)
    return view


def expected(config: Config, dataset: Dataset, iteration: int) -> Confusion:
    """The counts of a run that no window knows of."""
    answered = answers(network_at(config, dataset, iteration), dataset.test_images)
    return Confusion(dataset.test_labels, answered, dataset.classes)


def written(view: DigitView) -> list[int]:
    """The counts on the screen, row by row."""
    texts = [text for text in view.confusion.matrix.counts.items if text.item.isVisible()]
    return [int(text.text.replace("\u202f", "")) for text in texts]


def counted(view: DigitView, wanted: Checkpoint) -> bool:
    """Whether the counts are those of this checkpoint."""
    return view.count.checkpoint is wanted


def press_cell(view: DigitView, true: int, answer: int) -> None:
    """Click on the cell of a true class and an answer."""
    matrix = view.confusion.matrix
    x, y = matrix._middle(true, answer)
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=matrix.mapFromScene(x, y))


def with_classes(classes: int) -> Dataset:
    """A data set with this many classes, three images of 6 × 5 pixels in each."""
    labels = np.tile(np.arange(classes), 3)
    images = np.random.default_rng(5).integers(0, 256, (len(labels), 30), dtype=np.uint8)
    return Dataset("letters", images, labels, images, labels, (6, 5), classes)


def test_that_the_counts_are_those_of_the_moment_shown(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    view = opened(window)
    click(view.switch.buttons[DigitMode.CONFUSION])
    window.train()
    window.wait_until_ended(qtbot)
    seen = []
    for iteration in (60, 0, 32):
        window.go_to(iteration)
        window.draw()
        wanted = view.weights.checkpoint
        assert wanted is not None
        qtbot.waitUntil(partial(counted, view, wanted), timeout=TIMEOUT_MS)
        found = expected(SMALL, tiny, wanted.iteration)
        assert written(view) == found.counts.reshape(-1).tolist()
        assert view.key.text().startswith(f"weights of iteration {wanted.iteration}")
        seen.append(written(view))
    assert all(one != other for one, other in pairwise(seen))


def test_that_a_run_that_trains_is_counted_again_and_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(LONG)
    view = opened(window)
    click(view.switch.buttons[DigitMode.CONFUSION])
    counted: set[int] = set()

    def followed() -> bool:
        window.draw()
        if view.count.checkpoint:
            counted.add(view.count.checkpoint.iteration)
        return len(counted) > 2

    window.train()
    qtbot.waitUntil(followed, timeout=TIMEOUT_MS)
    window.pause()


def test_that_a_picture_waits_for_the_count(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    view.choose_mode(DigitMode.CONFUSION)
    draw(view, record)
    view.finish()
    assert written(view) == expected(SMALL, tiny, 0).counts.reshape(-1).tolist()
    assert view.count.counting is None


def test_that_an_exported_picture_has_the_counts(open_window: OpenWindow, qtbot: QtBot, tiny: Dataset) -> None:
    window = open_window(SMALL)
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    view.choose_mode(DigitMode.CONFUSION)
    with window.export.posed("digit"):
        assert written(view) == expected(SMALL, tiny, 60).counts.reshape(-1).tolist()
        assert "test images right" in view.key.toolTip()


def test_that_a_click_shows_the_images_of_the_cell_one_after_the_other(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny)
    found = view.count.confusion
    assert found is not None
    true, answer = max(np.ndindex(found.counts.shape), key=lambda place: int(found.counts[place]))
    images = found.images(true, answer).tolist()
    assert len(images) > 2
    view.tools.number.setValue(next(at for at in range(len(tiny.test_labels)) if at not in images))
    assert view.confusion.images.at is None
    for number in (*images, images[0]):
        press_cell(view, true, answer)
        assert view.tools.number.value() == number
        assert view.image is not None
        assert (view.image == tiny.test_images[number]).all()
        assert view.confusion.images.frame.isVisible()
    assert view.confusion.images.title.text == f"true {true}, answered {answer}"
    assert view.confusion.images.caption.text.startswith(f"{len(images)} of {found.counts[true].sum()} images")


def test_that_arrow_keys_walk_the_cells_and_enter_shows_their_images(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny)
    matrix, found = view.confusion.matrix, view.count.confusion
    assert found is not None
    assert matrix.place == found.worst, "the commonest mistake shows first"
    matrix.point((0, 0))
    matrix.setFocus()
    assert matrix.focus_frame.isVisible()
    for key, place in ((Qt.Key.Key_Right, (0, 1)), (Qt.Key.Key_Down, (1, 1)), (Qt.Key.Key_Down, (2, 1)),
                       (Qt.Key.Key_Down, (2, 1)), (Qt.Key.Key_Left, (2, 0)), (Qt.Key.Key_Up, (1, 0))):  # fmt: skip
        before = view.tools.number.value()
        QTest.keyClick(matrix, key)
        assert matrix.place == place
        assert view.confusion.images.found.tolist() == found.images(*place).tolist()
        assert f"true {place[0]}, answered {place[1]}" in matrix.accessibleDescription()
        assert view.tools.number.value() == before, "walking chooses no image"
    matrix.point(found.worst)
    view.confusion._point()
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert found.worst is not None
    assert view.tools.number.value() in found.images(*found.worst)


def test_that_tiles_are_chosen_with_the_mouse_and_walked_with_the_keys(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny, (1000, 300))
    images = view.confusion.images
    numbers = images.found.tolist()
    assert len(numbers) > 2
    assert images.grid is not None
    high, wide = images._tile
    row, column = divmod(2, images.grid.columns)
    place = QPoint(column * wide + wide // 2, int(images.item.y()) + row * high + high // 2)
    QTest.mouseClick(images.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.tools.number.value() == numbers[2]
    QTest.keyClick(images, Qt.Key.Key_Left)
    assert view.tools.number.value() == numbers[1]
    for _ in range(3):
        QTest.keyClick(images, Qt.Key.Key_Left)
    assert view.tools.number.value() == numbers[0]


def test_that_the_frame_of_the_focus_runs_through_none_of_the_images_and_texts(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny)
    images = view.confusion.images
    shown = [text.item for text in (images.title, images.caption, images.page) if text.item.isVisible()]
    assert images.item.isVisible()
    for item in (*shown, images.item):
        place = item.sceneBoundingRect()
        assert place.isEmpty() or place.left() > focus_frame.WIDTH
        assert place.right() < images.width() - focus_frame.WIDTH


def test_that_a_long_cell_shows_the_page_with_the_chosen_image(qtbot: QtBot) -> None:
    dataset = with_classes(2)
    many = np.tile(dataset.test_images, (40, 1))
    dataset = Dataset("many", many, np.zeros(240, np.intp), many, np.zeros(240, np.intp), (6, 5), 2)
    view = confused(qtbot, SMALL, dataset)
    images = view.confusion.images
    images.show_cell("all", "", np.arange(240))
    assert images.grid is not None
    tiles = images.grid.tiles
    assert 1 < tiles < 240
    view.tools.number.setValue(239)
    assert images.first == 239 // tiles * tiles
    assert images.page.text == f"{images.first + 1}–240"
    assert images.frame.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_counts_are_readable_on_every_shade(theme: Theme) -> None:
    for rgb in color_table(theme):
        shades = [_luminance(QColor(rgb)), _luminance(QColor(ink_on(rgb)))]
        assert (max(shades) + 0.05) / (min(shades) + 0.05) >= 4.5


def _luminance(color: QColor) -> float:
    shares = [color.redF(), color.greenF(), color.blueF()]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def test_that_right_and_wrong_have_a_scale_each_that_begins_at_0(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny)
    labels = np.repeat([0, 1, 2], 100)
    answered = labels.copy()
    answered[:4], answered[100:103] = 1, 2
    found = Confusion(labels, answered, 3)
    view.confusion.show_confusion(found)
    assert reach_of(found) == 0.05, "the next round share above 4 %"
    middle = int(shades_of(Confusion(labels, labels, 3)).max())
    shades = shades_of(found).reshape(3, 3).astype(int) - middle
    assert shades[0].tolist() == [-121, 101, 0], "96 % of the class is right, 4 of 5 % are wrong"
    assert shades[1].tolist() == [0, -122, 76]
    assert [high.text.partition("%")[0].strip() for high in view.confusion.scales.highs] == ["100", "5"]
    assert {reach_of(Confusion(labels, (labels + 1) % 3, 3)), REACHES[-1]} == {1.0}


@pytest.mark.parametrize("classes", [2, 10, 26, 47])
@pytest.mark.parametrize("size", [(700, 186), (1280, 330)])
def test_that_many_classes_stay_within_the_view(qtbot: QtBot, classes: int, size: tuple[int, int]) -> None:
    view = confused(qtbot, SMALL, with_classes(classes), size)
    matrix = view.confusion.matrix
    width, height = matrix.cells.size
    assert LEFT + width <= matrix.viewport().width()
    assert HEAD + height <= matrix.viewport().height()
    assert len(written(view)) in ((0,) if matrix.cells.height < 8 else (0, classes**2))
    assert len(written(view)) == classes**2 or classes > 10
    for pool, axis in ((matrix.rows, "y"), (matrix.columns, "x")):
        names = [name for name in pool.items[:classes] if name.text]
        places = [getattr(name, axis) for name in names]
        assert names[0].text == "0"
        assert min(np.diff(places), default=99) >= 10, "no name lies over the next"
    matrix.point((classes - 1, 0))
    assert matrix.place_at(matrix.frame.rect().center()) == (classes - 1, 0)
    assert "true" in matrix.read(matrix.frame.rect().center())


def test_that_a_network_that_has_diverged_has_no_counts(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    view.choose_mode(DigitMode.CONFUSION)
    checkpoint = view.weights.checkpoint
    assert view.run is not None
    assert checkpoint is not None
    view.run.run_log.show_weights(Checkpoint(3, tuple(np.full_like(array, np.nan) for array in checkpoint.state)))
    draw(view, record)
    view.finish()
    assert view.count.diverged
    assert written(view) == []
    assert "iteration 3" in view.key.toolTip()
    assert DIVERGED in view.key.text()


def test_that_leaving_the_mode_or_the_tab_ends_the_count(qtbot: QtBot, tiny: Dataset) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    leaves: list[Callable[[], None]] = [partial(view.choose_mode, DigitMode.LAYERS), view.hide]
    for leave in leaves:
        view.show()
        view.choose_mode(DigitMode.CONFUSION)
        view.count.checkpoint = None
        draw(view, record)
        leave()
        assert not view.count.timer.isActive()
        assert not view.count.pause.isActive()


def test_that_the_matrix_has_a_name_and_says_what_it_shows(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny, (1280, 330))
    found = view.count.confusion
    assert found is not None
    assert found.worst is not None
    true, answer = found.worst
    sentence = f"most often a {true} is answered {answer}: {found.counts[found.worst]} times"
    assert sentence in view.key.text()
    assert sentence in view.confusion.matrix.accessibleDescription()
    for part in (view.confusion.matrix, view.confusion.images):
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_a_past_moment_is_counted_at_once_and_a_live_one_in_its_turn(qtbot: QtBot, tiny: Dataset) -> None:
    view = confused(qtbot, SMALL, tiny)
    first = view.count.checkpoint
    assert first is not None
    live, past = (Checkpoint(iteration, first.state) for iteration in (7, 5))
    begun = []
    for checkpoint, of_now in ((live, True), (past, False), (live, False)):
        view.count.want(checkpoint, live=of_now)
        begun.append(view.count.counting)
    assert begun == [None, past, live], "a live one waits a little, a past one gives up the half of another count"
    view.count.finish()
    assert view.count.checkpoint is live


def test_that_a_count_that_takes_long_is_followed_by_a_pause_as_long(
    qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, record = alone(qtbot, SMALL, tiny)
    view.choose_mode(DigitMode.CONFUSION)
    times = iter([100.0, 102.5])
    monkeypatch.setattr("gui.views.digit.confusion_count.monotonic", lambda: next(times))
    draw(view, record)
    view.finish()
    assert view.count.pause.interval() == 2500


def test_that_classes_that_do_not_fit_are_said(qtbot: QtBot) -> None:
    view = confused(qtbot, SMALL, with_classes(200))
    assert view.confusion.notes == [f"the first {view.confusion.matrix.fitting} of 200 classes fit"]
    assert 0 < view.confusion.matrix.fitting < 200
    assert confused(qtbot, SMALL, with_classes(10)).confusion.notes == []
