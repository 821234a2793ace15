"""Light and dark theme: colours by role, the palette and the style sheet for Qt's Fusion style."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.style import text_size
from model.base.user_paths import RESOURCES

FAMILY = "Inter"


@dataclass(frozen=True)
class Theme:
    """Colours by role. `train` and `test` are Okabe-Ito's blue and orange; `layers` runs from input to output.

    `runs` are chosen to lie far apart, and far from `train` and `test`, with red-green colour blindness too.
    """

    name: str
    window: str
    panel: str
    card: str
    field: str
    line: str
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


LIGHT = Theme(
    name="light", window="#f2f4f6", panel="#ffffff", card="#ffffff", field="#ffffff", line="#dfe3e8",
    text="#1c2127", muted="#5f6975", accent="#0b62c4", accent_hover="#0a55aa", on_accent="#ffffff",
    train="#0072b2", test="#d55e00", warning="#b35a00",
    layers=((70, 40, 125), (60, 82, 150), (36, 128, 142), (46, 160, 104)),
    runs=("#6a1fb0", "#1fa665", "#cf73ac", "#5c5202", "#f12c49", "#5c78f8", "#6e0022", "#2d285b"),
)  # fmt: skip
DARK = Theme(
    name="dark", window="#14171a", panel="#1b1f23", card="#1b1f23", field="#14171a", line="#31373e",
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
    from PySide6.QtCore import Qt  # makes the 93 Enums of its namespace, for which the window's frame does not wait

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


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Set palette, font and style sheet of the whole application, for the present text size."""
    application.setFont(widget_font())
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))
    text_size.tell_followers()


def palette(theme: Theme) -> QPalette:
    """Fusion's palette in the theme's colours."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.window,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.ToolTipBase: theme.card,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.line,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made


def style_sheet(theme: Theme, within: QWidget | None = None) -> str:
    """Style sheet for widgets by object name: cards, buttons and fields with 1-pixel lines and round corners."""
    scaled = partial(text_size.scaled, within=within)
    letters = f"QWidget {{ font-size: {scaled(13)}px; }}" if within else ""  # which it has from the application else
    return f"""{letters}
    QMainWindow, #dashboard {{ background: {theme.window}; }}
    #card {{ background: {theme.card}; border: 1px solid {theme.line}; border-radius: 8px; }}
    #panel, #panelContent {{ background: {theme.panel}; border: none; }}
    #rule {{ background: {theme.line}; border: none; }}
    #side {{ background: {theme.panel}; border: none; border-right: 1px solid {theme.line}; }}
    #toolbar {{ background: {theme.panel}; border-bottom: 1px solid {theme.line}; }}
    #statusline {{ background: {theme.panel}; border-top: 1px solid {theme.line}; }}
    QMenuBar {{ background: {theme.panel}; border: none; }}
    QMenuBar::item {{ padding: 4px 10px; background: transparent; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {theme.window}; }}
    QLabel {{ background: transparent; }}
    #title {{ font-weight: 600; }}
    #muted, #axis {{ color: {theme.muted}; }}
    #hint {{ color: {theme.muted}; background: {theme.card}; padding: 2px 4px; }}
    #small {{ color: {theme.muted}; font-size: {scaled(11)}px; }}
    #tiny {{ color: {theme.muted}; font-size: {scaled(10)}px; }}
    #covered {{ color: {theme.muted}; padding: {scaled(16)}px; }}
    #note {{ color: {theme.accent}; font-size: {scaled(11)}px; }}
    #heading {{ color: {theme.muted}; font-size: {scaled(11)}px; font-weight: 600; }}
    #step {{ font-size: {scaled(17)}px; font-weight: 600; }}
    #lesson {{ background: transparent; border: 1px solid transparent; padding: 0; }}
    #lesson:focus {{ border-color: {theme.accent}; }}
    #never:checked {{ border-color: {theme.accent}; color: {theme.accent}; font-weight: 600; }}
    #answer {{ background: {theme.window}; border: none; border-left: 3px solid {theme.accent}; }}
    #gadget {{ background: {theme.window}; border: none; border-radius: 6px; }}
    #rank {{ background: {theme.field}; border: 1px solid {theme.line}; border-radius: 5px; }}
    #rank:focus {{ border-color: {theme.accent}; }}
    #rank::item {{ padding: {scaled(5)}px {scaled(6)}px; border-bottom: 1px solid {theme.line}; color: {theme.text}; }}
    #rank::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    #message {{ color: {theme.text}; }}
    #readout {{ background: {theme.card}; border: 1px solid {theme.line}; border-radius: 4px; padding: 3px 6px; }}
    QPushButton, QToolButton {{
        background: {theme.field}; border: 1px solid {theme.line}; border-radius: 5px; padding: 5px 12px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {theme.muted}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {theme.window}; }}
    QPushButton:focus, QToolButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.muted}; background: {theme.window}; }}
    #primary {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent};
        font-weight: 600; min-width: {scaled(76)}px; }}
    #primary:hover, #primary:focus {{ background: {theme.accent_hover}; border-color: {theme.accent_hover}; }}
    #primary:focus {{ border: 2px solid {theme.text}; padding: 4px 11px; }}
    #primary:disabled {{ background: {theme.line}; color: {theme.muted}; border-color: {theme.line}; }}
    #apply {{ border-radius: 0; border-width: 1px 0 0 0; padding: 9px; color: {theme.accent}; font-weight: 600; }}
    #remedy {{ border: none; background: transparent; padding: 4px 6px; color: {theme.accent}; font-weight: 600; }}
    #remedy::menu-indicator {{ image: none; }}
    #remedy:hover {{ color: {theme.accent_hover}; text-decoration: underline; }}
    #remedy:focus {{ border: 1px solid {theme.accent}; padding: 3px 5px; }}
    #flat {{ border: none; background: transparent; padding: 2px 5px; color: {theme.muted}; }}
    #flat:disabled {{ color: {theme.line}; }}
    #flat:hover, #flat:checked {{ color: {theme.accent}; }}
    #flat:checked {{ font-weight: 600; }}
    #flat:focus {{ border: 1px solid {theme.accent}; border-radius: 4px; padding: 1px 4px; }}
    #tab {{ border: none; border-radius: 5px; background: transparent; padding: 5px 10px; color: {theme.muted}; }}
    #tab:hover {{ color: {theme.text}; }}
    #tab:checked {{ background: {theme.window}; color: {theme.text}; font-weight: 600; }}
    #page {{ border: none; border-radius: 5px; background: transparent; padding: 3px 9px; color: {theme.muted}; }}
    #page:hover {{ color: {theme.text}; }}
    #page:checked {{ background: {theme.card}; color: {theme.text}; font-weight: 600; }}
    #page:focus {{ border: 1px solid {theme.accent}; padding: 2px 8px; }}
    #help {{ border: 1px solid {theme.line}; border-radius: {scaled(10)}px; padding: 0; color: {theme.muted};
        background: transparent; font-size: {scaled(11)}px; font-weight: 600; }}
    #fill {{ border: 1px solid transparent; border-radius: {scaled(4)}px; padding: 0; color: {theme.muted};
        background: transparent; }}
    #fill:hover, #fill:focus {{ color: {theme.accent}; border-color: {theme.accent}; }}
    #help:hover {{ color: {theme.accent}; border-color: {theme.accent}; }}
    #help:focus {{ border-color: {theme.accent}; color: {theme.accent}; }}
    #popup {{ background: {theme.card}; border: 1px solid {theme.muted}; }}
    #disclosure {{ border: 1px solid transparent; background: transparent; padding: 0; }}
    #disclosure:hover {{ background: {theme.window}; }}
    #disclosure:focus {{ border-color: {theme.accent}; }}
    #compact {{ padding: 4px 2px; font-size: {scaled(12)}px; }}
    QSpinBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QComboBox {{
        background: {theme.field}; border: 1px solid {theme.line}; border-radius: 5px; padding: 4px 6px;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QSpinBox, QDoubleSpinBox {{ padding: 2px 6px; }} /* what is within takes more: now they are as tall as a box */
    QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
        border-color: {theme.accent}; }}
    QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
        subcontrol-origin: border; subcontrol-position: top right; width: 0; height: 0; border: none; }}
    QComboBox {{ padding-right: 2px; }}
    QComboBox::drop-down {{ border: none; width: {scaled(20)}px; }}
    QComboBox::down-arrow {{
        image: url({(RESOURCES / "icons" / f"chevron-{theme.name}.svg").as_posix()});
        width: {scaled(12)}px; height: {scaled(12)}px; }}
    #timeline {{ min-height: 16px; }}
    #timeline::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.line}; }}
    #timeline::sub-page:horizontal {{ border-radius: 2px; background: {theme.accent}; }}
    #timeline::sub-page:horizontal:disabled {{ background: {theme.line}; }}
    #timeline::handle:horizontal {{ width: 10px; margin: -5px 0; border-radius: 7px;
        background: {theme.card}; border: 2px solid {theme.accent}; }}
    #timeline::handle:horizontal:focus {{ background: {theme.accent}; }}
    #timeline::handle:horizontal:disabled {{ border-color: {theme.line}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.line}; border-radius: 4px; margin: 1px;
        min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QComboBox QAbstractItemView {{ background: {theme.field}; border: 1px solid {theme.line}; padding: 2px; }}
    QProgressBar {{ background: {theme.line}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QToolTip {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    #strip {{ background: transparent; }}
    #runs {{ background: {theme.panel}; }}
    """
