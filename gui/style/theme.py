"""Light and dark theme: colours by role, and the program's font."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from gui.style import text_size
from gui.style.contrast import GRAPHICS, TEXT, mixed, palest, until

FAMILY = "Inter"
SELECTED = 0.14  # share of the accent in the ground of a chosen row


@dataclass(frozen=True)
class Theme:
    """Colours by role. `train` and `test` are Okabe-Ito's blue and orange; `layers` runs from input to output.

    `edge` bounds what can be used, such as fields, and is what else must be seen; `line` only parts what is told apart
    without it, such as cards, rows and the fields of a grid.

    `runs` are chosen to lie far apart, and far from `train` and `test`, with red-green colour blindness too.
    """

    name: str
    window: str
    panel: str
    card: str
    field: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    train: str
    test: str
    warning: str
    layers: tuple[tuple[int, int, int], ...]
    runs: tuple[str, ...]

    def layer_colors(self, count: int) -> list[QColor]:
        """Interpolate `count` colours along the sequential scale `layers`, the first layer's first."""
        last = len(self.layers) - 1
        colors = []
        for index in range(count):
            place = last * index / max(count - 1, 1)
            low = min(int(place), last - 1)
            share = place - low
            pairs = zip(self.layers[low], self.layers[low + 1], strict=True)
            colors.append(QColor(*(round(a + share * (b - a)) for a, b in pairs)))
        return colors

    @property
    def selected(self) -> str:
        """The ground of a chosen row."""
        return mixed(self.panel, self.accent, SELECTED).name()

    def as_text(self, color: str | QColor) -> str:
        """The colour of a line or bar, changed until text in it can be read on every ground."""
        return until(QColor(color).name(), self.text, (self.card, self.window, self.selected), TEXT)

    def as_mark(self, color: str | QColor) -> str:
        """The colour of a line, changed until it stands out from the ground of a chosen row too."""
        return until(QColor(color).name(), self.text, (self.card, self.window, self.selected), GRAPHICS)

    def pale(self, color: str | QColor) -> str:
        """The colour of a line, as pale as what lies behind others may be and still be seen."""
        return palest(QColor(color).name(), self.card, GRAPHICS)


LIGHT = Theme(
    name="light", window="#f2f4f6", panel="#ffffff", card="#ffffff", field="#ffffff", line="#dfe3e8", edge="#858d97",
    text="#1c2127", muted="#5f6975", accent="#0b62c4", accent_hover="#0a55aa", on_accent="#ffffff",
    train="#0072b2", test="#d55e00", warning="#a95500",
    layers=((70, 40, 125), (60, 82, 150), (36, 128, 142), (45, 157, 102)),
    runs=("#6a1fb0", "#1c9d60", "#c96aa5", "#5c5202", "#f12c49", "#5c78f8", "#6e0022", "#2d285b"),
)  # fmt: skip
DARK = Theme(
    name="dark", window="#14171a", panel="#1b1f23", card="#1b1f23", field="#14171a", line="#31373e", edge="#656d76",
    text="#e7eaed", muted="#98a1ab", accent="#4a9dff", accent_hover="#6fb2ff", on_accent="#0b1420",
    train="#56b4e9", test="#e69f00", warning="#f0a63c",
    layers=((146, 116, 222), (92, 140, 214), (48, 172, 164), (140, 200, 84)),
    runs=("#a855b5", "#81f798", "#fd7795", "#e8e060", "#23d9dc", "#6d7dfb", "#9c6b20", "#1f8558"),
)  # fmt: skip


THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_named(name: str) -> Theme:
    """Theme called `name`; the system's for '' or an unknown name."""
    return THEMES.get(name) or system_theme()


def system_theme() -> Theme:
    """Theme that matches the system's colour scheme."""
    return DARK if QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def widget_font(pixels: int = 13, weight: QFont.Weight = QFont.Weight.Normal, within: QWidget | None = None) -> QFont:
    """The program's font in widgets, `within` one that may be magnified: `pixels` high at the normal text size."""
    return font(text_size.scaled(pixels, within), weight)


def font(pixels: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's font at a size in pixels, for canvases, plots and rows, which are magnified as a whole.

    Tabular figures keep changing numbers from moving.
    """
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
