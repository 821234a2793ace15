"""Which digit is looked at: the next mistake, and networks and data sets of any size."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.views.digit.digit_view import ALL_RIGHT
from model.data.datasets import Dataset
from model.measurement.saliency import saliency_of
from tests.support.digit_views import alone, network_at, opened, shares, shown_answers
from tests.support.window_page import OpenWindow
from tests.support.windows import SMALL, TIMEOUT_MS, click


def test_that_images_are_chosen_by_number_and_with_the_arrows(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    tools, last = view.tools, len(tiny.test_labels) - 1
    click(tools.on)
    click(tools.on)
    assert tools.number.value() == 2
    assert view.image is not None
    assert (view.image == tiny.test_images[2]).all()
    assert view.pictures.pad.caption.text == f"a {tiny.test_labels[2]}"
    for _ in range(3):
        click(tools.back)
    assert tools.number.value() == last
    assert view.explanation is not None
    assert view.explanation.label == tiny.test_labels[last]
    tools.number.setFocus()
    QTest.keyClick(tools.number, Qt.Key.Key_Up)
    assert tools.number.value() == 0


def test_that_the_next_mistake_really_is_one(qtbot: QtBot, tiny: Dataset) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    network = network_at(SMALL, tiny, 0)
    answers = [int(saliency_of(network, image, None).label) for image in tiny.test_images]
    wrong = np.flatnonzero(np.array(answers) != tiny.test_labels).tolist()
    assert 2 < len(wrong) < len(answers)
    seen = []
    for _ in range(len(wrong) + 1):
        click(view.tools.mistake)
        qtbot.waitUntil(lambda: not view.search.timer.isActive(), timeout=TIMEOUT_MS)
        seen.append(view.tools.number.value())
        assert view.explanation is not None
        assert view.explanation.label == tiny.test_labels[seen[-1]] != view.explanation.outputs.argmax()
    first = wrong.index(seen[0])
    assert seen == [*wrong[first:], *wrong[:first], wrong[first]], "one after the other, and around"
    assert not view.search.timer.isActive()


def test_that_it_says_when_no_image_is_wrong(qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    monkeypatch.setattr("gui.views.digit.mistake_search.mistakes", lambda *_: iter([None, None]))
    click(view.tools.mistake)
    qtbot.waitUntil(lambda: ALL_RIGHT in view.key.text(), timeout=TIMEOUT_MS)
    click(view.tools.on)
    assert ALL_RIGHT not in view.key.text()


def test_that_leaving_the_tab_ends_the_search(qtbot: QtBot, tiny: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    view, _ = alone(qtbot, SMALL, tiny)
    monkeypatch.setattr("gui.views.digit.mistake_search.mistakes", lambda *_: iter([None] * 1_000_000))
    click(view.tools.mistake)
    assert view.search.timer.isActive()
    view.hide()
    assert not view.search.timer.isActive()


def test_that_networks_too_large_to_keep_weights_of_say_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(hidden=(1100, 1000), iterations=1))
    view = opened(window)
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    assert "parameters keep no weights" in view.key.text()
    assert "1\u202f048\u202f576" in view.key.text()
    assert view.explanation is None
    assert not view.tools.mistake.isEnabled()
    assert not view.pictures.gradient.item.isVisible()
    click(view.tools.on)
    assert view.explanation is None
    assert view.pictures.pad.caption.text, "the digit itself is there"


def test_that_another_data_set_is_shown_in_its_own_shape(open_window: OpenWindow, qtbot: QtBot, other: str) -> None:
    window = open_window()
    view = opened(window)
    view.tools.number.setValue(60)
    window.take_config(SMALL.replace(data=other))
    qtbot.waitUntil(lambda: len(shown_answers(view)) == 4, timeout=TIMEOUT_MS)

    def there() -> bool:
        window.draw()
        return view.explanation is not None

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)
    assert view.pictures.pad.shape == (7, 5)
    assert view.tools.number.maximum() == 23
    image = view.pictures.gradient.item.pixmap().toImage()
    assert image.height() * 5 == image.width() * 7
    assert len(shares(view)) == 4
