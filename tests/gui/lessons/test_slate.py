"""The slate: sliders by mouse and keyboard, numbers of the chain, answers held back, both themes, small and large."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.lessons.chain_drawing import HELD, ChainArrow
from gui.lessons.slate import REACH, Slate
from gui.style.theme import DARK, LIGHT, Theme
from model.measurement.chain_rule import ChainRule
from tests.support.windows import visible


def opened(qtbot: QtBot, theme: Theme = LIGHT, size: tuple[int, int] = (560, 260)) -> Slate:
    slate = Slate(theme)
    qtbot.addWidget(slate)
    slate.resize(*size)
    slate.show()
    qtbot.waitExposed(slate)
    return slate


def number(text: str) -> float:
    return float(text.replace("−", "-").removeprefix("× "))


def row(slate: Slate) -> list[str]:
    return [box.value.text for box in slate.drawing.boxes.items]


def test_that_it_begins_at_one_and_two_where_the_answer_is_six(qtbot: QtBot) -> None:
    slate = opened(qtbot)
    assert {name: node.value.text for name, node in slate.drawing.nodes.items()} == {
        "x": "1.0", "y": "2.0", "t": "3.0", "z": "9.00"
    }  # fmt: skip
    assert row(slate) == ["6.0", "1", "6.000", "6.000"]
    assert [arrow.label.text for arrow in slate.drawing.arrows.values()] == ["× 1", "× 1", "× 6.0"]


@pytest.mark.parametrize(("x", "y"), [(-3.4, 1.2), (0, 0), (5, 5), (-5, -5), (2.5, -2.5)])
def test_that_all_numbers_are_those_of_the_place(qtbot: QtBot, x: float, y: float) -> None:
    slate = opened(qtbot)
    told: list[ChainRule] = []
    slate.changed.connect(told.append)
    slate.go_to(x, y)
    chain = ChainRule(x, y)
    assert slate.chain == told[-1] == chain
    shown = [number(node.value.text) for node in slate.drawing.nodes.values()]
    assert shown == pytest.approx([chain.x, chain.y, chain.t, chain.z], abs=0.005)
    expected = [chain.dz_dt, chain.dt_dx, chain.product, chain.difference]
    assert [number(text) for text in row(slate)] == pytest.approx(expected, abs=0.0005)
    assert [number(value.text()) for value in slate.values.values()] == [x, y]
    assert number(slate.drawing.arrows["t", "z"].label.text) == pytest.approx(chain.dz_dt)


def test_that_the_keyboard_moves_the_sliders_to_their_ends_and_no_further(qtbot: QtBot) -> None:
    slate = opened(qtbot)
    slider = slate.sliders["x"]
    slider.setFocus()
    for key, x in ((Qt.Key.Key_Right, 1.1), (Qt.Key.Key_Left, 1.0), (Qt.Key.Key_PageUp, 2.0),
                   (Qt.Key.Key_Home, -REACH), (Qt.Key.Key_Left, -REACH), (Qt.Key.Key_End, REACH)):  # fmt: skip
        QTest.keyClick(slider, key)
        assert slate.chain.x == pytest.approx(x)
    slate.go_to(99, -99)
    assert (slate.chain.x, slate.chain.y) == (REACH, -REACH)


def test_that_the_derivatives_can_be_held_back(qtbot: QtBot) -> None:
    slate = opened(qtbot)
    slate.reveal(revealed=False)
    slate.go_to(2, 2)
    assert row(slate) == [HELD] * 4
    texts = [arrow.label.text for arrow in slate.drawing.arrows.values()]
    assert texts == [f"× {HELD}"] * 3
    assert slate.drawing.nodes["z"].value.text == "16.00", "the values themselves show"
    held = slate.drawing.accessibleDescription() + " ".join(box.caption.text for box in slate.drawing.boxes.items)
    assert "2t" not in held
    assert "8" not in held
    slate.reveal(revealed=True)
    assert row(slate)[2] == "8.000"


def test_that_every_control_has_a_name_and_the_drawing_tells_its_numbers(qtbot: QtBot) -> None:
    slate = opened(qtbot)
    for name, slider in slate.sliders.items():
        assert slider.accessibleName() == name
        assert slider.toolTip()
        assert slider.focusPolicy() & Qt.FocusPolicy.TabFocus
    buddies = [text.buddy() for text in visible(slate, QLabel) if text.text() in slate.sliders]
    assert buddies == list(slate.sliders.values())
    assert slate.drawing.accessibleName() == "Chain rule"
    said = slate.drawing.accessibleDescription()
    assert said == ("x 1.0, y 2.0, t 3.0, z 9.00: dz/dt = 2t 6.0 × ∂t/∂x 1 = ∂z/∂x 6.000 ≈ central difference 6.000")


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_that_the_path_from_x_to_z_stands_out_in_both_themes(qtbot: QtBot, theme: Theme) -> None:
    slate = opened(qtbot, LIGHT)
    slate.apply_theme(theme)

    def accented(arrow: ChainArrow) -> bool:
        return arrow.line.pen().color().name() == theme.accent

    assert [ends for ends, arrow in slate.drawing.arrows.items() if accented(arrow)] == [("x", "t"), ("t", "z")]
    framed = [name for name, node in slate.drawing.nodes.items() if node.frame.pen().color().name() == theme.accent]
    assert framed == ["x", "t", "z"]
    assert slate.drawing.backgroundBrush().color().name() == theme.card


@pytest.mark.parametrize("size", [(400, 250), (560, 260), (1200, 700)])
def test_that_nothing_lies_over_anything_or_outside(qtbot: QtBot, size: tuple[int, int]) -> None:
    slate = opened(qtbot, LIGHT, size)
    slate.go_to(-5, -5)
    drawing = slate.drawing
    nodes = [node.frame.path().boundingRect() for node in drawing.nodes.values()]
    boxes = [box.ground.rect() for box in drawing.boxes.items]
    areas = [*nodes, *boxes]
    whole = QRectF(drawing.viewport().rect())
    for place, area in enumerate(areas):
        assert whole.contains(area)
        assert not any(area.intersects(other) for other in areas[place + 1 :])
    for box in drawing.boxes.items:
        metrics = QFontMetricsF(box.value.item.font())
        assert metrics.horizontalAdvance(box.value.text) <= box.ground.rect().width()
    for arrow in drawing.arrows.values():
        label = arrow.label.item.sceneBoundingRect()
        assert not any(label.intersects(area) for area in areas)
    note = drawing.boxes.items[-1].note.item.sceneBoundingRect()
    assert note.right() <= whole.right()
