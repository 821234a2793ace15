"""Contrast as WCAG 2.2 AA asks: text 4.5:1, lines and borders that are more than decoration 3:1, in both themes."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from gui.style.contrast import GRAPHICS, TEXT, contrast, mixed, palest, until
from gui.style.style_sheet import style_sheet
from gui.style.theme import DARK, LIGHT, Theme
from tests.gui.style.test_theme import contrast as measured

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
ROLES = ("text", "muted", "accent", "accent_hover", "warning")
GROUNDS = ("card", "panel", "window", "field", "selected")
COLORS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: QColor(*parts).name())
GUI = Path("gui")
# Lines that only part what is told apart without them, by the objects that the style sheet names.
PARTING = ("#card", "#side", "#toolbar", "#statusline", "#readout", "#rank::item", "#rule")
# Colours that no theme has, and why.
APART = {
    "gui/lessons/formula_picture.py": "is replaced by the colour of the text",
    "gui/views/digit/share_scales.py": "the one of black and white that can be read on a cell",
    "gui/pages/map/marks.py": "white within black shows on every colour of the map",
}


def rules(theme: Theme) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and declarations of the style sheet."""
    sheet = re.sub(r"/\*.*?\*/", "", style_sheet(theme), flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        pairs = (each.partition(":") for each in body.split(";") if ":" in each)
        yield " ".join(selectors.split()), {name.strip(): value.strip() for name, _, value in pairs}


@given(COLORS, COLORS)
def test_that_contrast_is_as_the_standard_defines_it(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(measured(one, other))
    assert 1 <= contrast(one, other) <= 21


@BOTH
@pytest.mark.parametrize(("role", "ground"), [*product(ROLES, GROUNDS)])
def test_that_all_text_can_be_read_where_it_stands(theme: Theme, role: str, ground: str) -> None:
    if (role, ground) == ("warning", "selected"):
        assert contrast(theme.warning, theme.selected) >= GRAPHICS, "a mark there, never a text"
    else:
        assert contrast(getattr(theme, role), getattr(theme, ground)) >= TEXT


@BOTH
@pytest.mark.parametrize("ground", ["card", "panel", "window", "field"])
def test_that_borders_handles_lines_and_bars_are_seen_where_they_stand(theme: Theme, ground: str) -> None:
    layers = [color.name() for count in (1, 2, 5, 50) for color in theme.layer_colors(count)]
    for color in (theme.edge, theme.train, theme.test, theme.warning, theme.accent, *theme.runs, *layers):
        assert contrast(color, getattr(theme, ground)) >= GRAPHICS, color


@BOTH
def test_that_the_style_sheet_writes_text_that_can_be_read(theme: Theme) -> None:
    found = 0
    for selectors, style in rules(theme):
        if "color" in style and ":disabled" not in selectors:
            ground = style.get("background", "")
            grounds = [ground] if ground.startswith("#") else [getattr(theme, each) for each in GROUNDS]
            assert all(contrast(style["color"], each) >= TEXT for each in grounds), selectors
            found += 1
    assert found > 20


@BOTH
def test_that_the_style_sheet_bounds_whatever_can_be_used_so_that_it_is_seen(theme: Theme) -> None:
    found = 0
    for selectors, style in rules(theme):
        lines = [value for name, value in style.items() if name.startswith("border") and "#" in value]
        if selectors.startswith(PARTING) or ":disabled" in selectors:
            continue
        for color in re.findall(r"#[0-9a-f]{6}", " ".join(lines)):
            assert all(contrast(color, getattr(theme, each)) >= GRAPHICS for each in ("card", "window")), selectors
            found += 1
        if "handle" in selectors and "background" in style and "border" not in style and ":" not in selectors[-9:]:
            assert contrast(style["background"], theme.card) >= GRAPHICS, selectors
    assert found > 15


@BOTH
@pytest.mark.parametrize("kind", ["QPushButton", "QToolButton", "QLineEdit", "QPlainTextEdit", "QSpinBox", "QComboBox"])
def test_that_fields_and_buttons_have_a_border_that_is_seen(theme: Theme, kind: str) -> None:
    (border,) = {
        style["border"] for selectors, style in rules(theme) if kind in selectors.split(", ") and "border" in style
    }
    color = border.split()[-1]
    assert contrast(color, theme.card) >= GRAPHICS
    assert contrast(color, theme.panel) >= GRAPHICS


@BOTH
@given(color=COLORS)
def test_that_any_colour_can_be_made_a_text_or_a_mark(theme: Theme, color: str) -> None:
    for made, least in ((theme.as_text(color), TEXT), (theme.as_mark(color), GRAPHICS)):
        assert all(contrast(made, ground) >= least for ground in (theme.card, theme.window, theme.selected))
        if all(contrast(color, ground) >= least for ground in (theme.card, theme.window, theme.selected)):
            assert made == color, "no more is changed than must be"


@given(COLORS, COLORS)
def test_that_a_pale_colour_is_still_seen_if_the_colour_is(color: str, ground: str) -> None:
    made = palest(color, ground, GRAPHICS)
    if contrast(color, ground) >= GRAPHICS:
        assert contrast(made, ground) >= GRAPHICS
    else:
        assert made == color


@given(COLORS, COLORS, st.floats(0, 1))
def test_that_mixing_stays_between_both(one: str, other: str, share: float) -> None:
    made = mixed(one, other, share)
    for part in (QColor.red, QColor.green, QColor.blue):
        low, high = sorted((part(QColor(one)), part(QColor(other))))
        assert low <= part(made) <= high
    assert (mixed(one, other, 0).name(), mixed(one, other, 1).name()) == (one, other)


def test_that_a_colour_that_is_good_enough_is_left_alone() -> None:
    assert until("#000000", "#ffffff", ("#ffffff",), TEXT) == "#000000"


def literal_colors(path: Path) -> Iterator[str]:
    """Colours that a source file names itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Constant(value=str() as text) if re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
                yield text
            case ast.Call(func=ast.Name(id="QColor"), args=[ast.Constant(value=int()), *_]):
                yield ast.unparse(node)
            case ast.Attribute(value=ast.Attribute(attr="GlobalColor"), attr=name) if name != "transparent":
                yield name


def test_that_no_colour_is_used_that_no_theme_has() -> None:
    found = {
        path.as_posix(): colors
        for path in sorted(GUI.rglob("*.py"))
        if path.parent.name != "style"
        and (colors := [each for each in literal_colors(path) if each != "QColor(0, 0, 0, 0)"])
    }
    assert set(found) == set(APART), found
