"""Light and dark: readable, distinct, dressing everything, following the system until the user chooses."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

import gui.style.theme
from gui.style.style_sheet import apply_theme
from gui.style.theme import DARK, FAMILY, LIGHT, Theme, font, system_theme
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    """Whatever a test here puts on, the next finds the application in light."""
    yield
    apply_theme(qapp, LIGHT)


def luminance(color: str | QColor) -> float:
    """WCAG 2's relative luminance."""
    red, green, blue = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str | QColor, other: str | QColor) -> float:
    """WCAG 2's contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_that_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@THEMES
@pytest.mark.parametrize("ground", ["card", "panel", "window", "field"])
@pytest.mark.parametrize("role", ["text", "muted", "accent"])
def test_that_text_can_be_read_on_every_ground(theme: Theme, role: str, ground: str) -> None:
    assert contrast(getattr(theme, role), getattr(theme, ground)) >= 4.5


@THEMES
def test_that_what_stands_on_the_accent_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5


@THEMES
@pytest.mark.parametrize("role", ["train", "test", "warning"])
def test_that_curves_stand_out_from_the_card(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.card) >= 3


@THEMES
@pytest.mark.parametrize("layers", [1, 2, 5, 10, 50])
def test_that_every_layer_has_its_own_colour_on_one_scale(theme: Theme, layers: int) -> None:
    colors = theme.layer_colors(layers)
    assert len({color.name() for color in colors}) == len(colors) == layers
    for color in colors:
        assert contrast(color, theme.card) >= 2.5
    if 1 < layers <= 5:
        for left, right in pairwise(colors):
            red, green, blue = left.red() - right.red(), left.green() - right.green(), left.blue() - right.blue()
            assert abs(red) + abs(green) + abs(blue) > 40
    assert luminance(colors[-1]) >= luminance(colors[0])


def dressed(window: WindowPage, theme: Theme) -> None:
    """Check that everything in a window wears a theme."""
    for plot in window.plots():
        assert plot.view.backgroundBrush().color().name() == theme.card
        texts = [
            item
            for item in plot.view.scene().items()
            if isinstance(item, QGraphicsSimpleTextItem) and item.isVisible() and item.text()
        ]
        assert texts
        assert {item.brush().color().name() for item in texts} == {theme.muted}
    board = window.board
    assert board.loss.train.line.pen().color().name() == theme.train
    assert board.accuracy.test.pen().color().name() == theme.test
    shown = board.activations.layers[: board.activations.shown]
    colors = [color.name() for color in theme.layer_colors(len(shown))]
    assert [layer.bars.brush().color().name() for layer in shown] == colors
    picture = window.grab().toImage()
    place = board.mapTo(window.widget, board.rect().topLeft())
    assert picture.pixelColor(place.x() + 2, place.y() + 2).name() == theme.window
    assert QApplication.palette().color(QPalette.ColorRole.WindowText).name() == theme.text


def test_that_both_themes_dress_every_plot_and_can_be_changed_at_any_time(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(SMALL.replace(activation="relu"))
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    for name, theme in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        window.choose_theme(name)
        QApplication.processEvents()
        assert window.theme_name == name
        dressed(window, theme)


def test_that_plots_made_later_wear_the_theme_too(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.choose_theme("dark")
    window.take_config(SMALL.replace(hidden=[3] * 6, data=window.settings.config.data))
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    dressed(window, DARK)


def test_that_the_window_follows_the_system_until_the_user_chooses(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    hints = QApplication.styleHints()
    for theme, scheme in ((DARK, Qt.ColorScheme.Dark), (LIGHT, Qt.ColorScheme.Light), (DARK, Qt.ColorScheme.Dark)):
        monkeypatch.setattr(gui.style.theme, "system_theme", lambda theme=theme: theme)
        hints.colorSchemeChanged.emit(scheme)
        assert window.colors is theme
        dressed(window, theme)
    window.choose_theme("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.colors is LIGHT
    window.choose_theme("")
    assert window.colors is DARK, "back to the system's at once"


def test_that_the_look_of_the_system_is_asked_from_qt(qapp: QApplication) -> None:
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert system_theme() is (DARK if dark else LIGHT)


def test_that_inter_with_tabular_figures_is_the_font_everywhere(open_window: OpenWindow) -> None:
    window = open_window()
    assert QFontInfo(font()).family() == FAMILY
    for widget in (window.button("train"), window.transport_bar.figures, window.settings.field("seed")):
        assert QFontInfo(widget.font()).family() == FAMILY
    metrics = window.transport_bar.figures.fontMetrics()
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


@THEMES
def test_that_a_combo_box_has_an_arrow_in_the_themes_colour(open_window: OpenWindow, theme: Theme) -> None:
    window = open_window()
    window.choose_theme(theme.name)
    box = window.settings.field("activation")
    assert isinstance(box, QComboBox)
    picture = box.grab().toImage()
    right = {
        picture.pixelColor(x, y).name()
        for x in range(box.width() - 20, box.width() - 6)
        for y in range(6, box.height() - 6)
    }
    assert len(right) > 1, "the arrow is not there"
