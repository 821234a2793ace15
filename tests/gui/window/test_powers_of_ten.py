"""Powers of ten are written in one way, 10⁻², wherever the window writes one; notes lie on no grid line."""

import ast
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from gui.plots.plot_note import PlotNote
from gui.style import text_size
from model.base import number_format
from model.base.user_paths import ROOT
from model.config.views import PageKind, ViewKind
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from tests.support.visible_texts import visible_texts
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS

OTHERWISE = re.compile(r"10\s?\^|10\*\*|\d[eE][-+]\d|[×x·]\s?1[eE]\d")


def typed() -> set[str]:
    """What stands in the fields that numbers are typed into, as they are typed: 1e-05."""
    fields = [each for each in QApplication.allWidgets() if isinstance(each, QAbstractSpinBox | QComboBox)]
    return {each.text() if isinstance(each, QAbstractSpinBox) else each.currentText() for each in fields}


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> WindowPage:
    """A network whose numbers are so small that they are written with powers of ten."""
    made = open_window(
        SMALL.replace(hidden=(8,) * 12, init=Initializer.GAUSS, init_std=1e-5, activation=Activation.SIGMOID)
    )
    made.resize(1600, 1000)
    made.train_to_end(qtbot, optimizer="sgd", learning_rate=1e-5)
    made.train_to_end(qtbot, seed=3)
    return made


def wrong() -> list[str]:
    return sorted(text for text in visible_texts() - typed() if OTHERWISE.search(text))


def test_that_no_text_of_the_window_writes_a_power_of_ten_otherwise(window: WindowPage, qtbot: QtBot) -> None:
    seen: set[str] = set()
    for view in ViewKind:
        window.show_view(view)
        window.draw()
        seen |= visible_texts()
        assert not wrong(), view
    window.trigger("Logarithmic loss")
    window.draw()
    assert not wrong()
    for kind in PageKind:
        window.show_page(kind)
        if kind in (PageKind.REPEATS, PageKind.MAP):
            window.page.show_example(1)
            qtbot.waitUntil(lambda: not window.page.busy, timeout=20 * TIMEOUT_MS)
        window.draw()
        assert not wrong(), kind
    assert any("10⁻" in text for text in seen), "there were some to write"
    assert any("10⁻⁵" in text for text in seen), "also that of a setting"


def strings(tree: ast.AST) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    docs = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
            yield node.value


def test_that_no_sentence_in_the_sources_writes_one_otherwise() -> None:
    files = [*(ROOT / "gui").rglob("*.py"), *(ROOT / "model" / "config").rglob("*.py")]
    files += [*(ROOT / "model" / "nn").rglob("*.py"), *(ROOT / "model" / "diagnosis").rglob("*.py")]
    found = [f"{path}: {text}" for path in files for text in strings(ast.parse(path.read_text("utf-8")))
             if OTHERWISE.search(text)]  # fmt: skip
    assert not [each for each in found if "from 1e-06 to 1e+06" not in each], "but what is typed"


def test_that_no_text_of_the_lessons_writes_one_otherwise() -> None:
    files = list((ROOT / "model" / "lessons").rglob("*.md")) + list((ROOT / "resources").rglob("*.md"))
    assert files
    for path in files:
        plain = re.sub(r"\$[^$]*\$|```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not OTHERWISE.search(plain), path


def read(text: str) -> float:
    """The number that a text tells."""
    mantissa, _, power = text.partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


@given(value=st.floats(min_value=1e-300, max_value=1e300))
def test_that_a_setting_and_a_ratio_can_be_read_back(value: float) -> None:
    setting, ratio = number_format.as_set(value), number_format.with_power(value)
    assert not OTHERWISE.search(setting + ratio)
    assert read(ratio) == pytest.approx(value, rel=1e-2)
    whole = setting if "·" in setting or setting.isascii() else f"1·{setting}"
    assert read(whole) == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (100.0, "100"), (1e-5, "10⁻⁵"), (2.5e-6, "2.5·10⁻⁶"), (1e16, "10¹⁶"), (10.0, "10")],
)
def test_that_a_setting_is_written_without_zeros_at_its_end(value: float, text: str) -> None:
    assert number_format.as_set(value) == text


def lies_on_lines(note: PlotNote) -> bool:
    """Whether a grid line that shows crosses a note."""
    plot = note.plot
    area = plot.view.mapToScene(note.geometry()).boundingRect()
    items = [each for each in (plot.grid, plot.guide, plot.guide_ground) if each.isVisible() and each.opacity()]
    lines = [each.mapToScene(each.boundingRect()).boundingRect() for each in items]
    return any(area.intersects(line.adjusted(0, -1, 0, 1)) for line in lines)


@pytest.mark.parametrize("size", [(960, 640), (1366, 768), (3840, 2160)], ids=str)
@pytest.mark.parametrize("text", [1.0, 1.5])
def test_that_notes_lie_on_no_grid_line_and_are_whole(
    open_window: OpenWindow, size: tuple[int, int], text: float
) -> None:
    window = open_window()
    window.resize(*size)
    window.choose_text(text)
    window.show_view(ViewKind.TIMELINE)
    for _ in range(3):
        QApplication.processEvents()
        window.draw()
    notes = window.visible(PlotNote)
    assert len(notes) == 3, "both curves and the lines over time"
    for note in notes:
        plot = note.plot
        area = plot.view.mapFromScene(plot.box.sceneBoundingRect()).boundingRect()
        assert not lies_on_lines(note)
        assert area.adjusted(-1, -1, 1, 1).contains(note.geometry()), note.text()
        assert note.heightForWidth(note.width()) <= note.height()
    assert text_size.factor() == text


def test_that_the_grid_comes_when_the_note_goes(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert not window.board.loss.plot.grid.isVisible()
    window.train_to_end(qtbot)
    window.draw()
    assert window.board.loss.plot.grid.isVisible()
    assert not window.visible(PlotNote)
