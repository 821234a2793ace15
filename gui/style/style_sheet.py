"""Palette and style sheet for Qt's Fusion style in a theme's colours, and how the application puts them on."""

from functools import partial

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.style import text_size
from gui.style.theme import Theme, widget_font
from model.base.user_paths import RESOURCES


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
        QPalette.ColorRole.Mid: theme.edge,
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
    QMenuBar::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
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
    #rank {{ background: {theme.field}; border: 1px solid {theme.edge}; border-radius: 5px; }}
    #rank:focus {{ border: 2px solid {theme.accent}; }}
    #rank::item {{ padding: {scaled(5)}px {scaled(6)}px; border-bottom: 1px solid {theme.line}; color: {theme.text}; }}
    #rank::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
    #message {{ color: {theme.text}; }}
    #readout {{ background: {theme.card}; border: 1px solid {theme.line}; border-radius: 4px; padding: 3px 6px; }}
    QPushButton, QToolButton {{
        background: {theme.field}; border: 1px solid {theme.edge}; border-radius: 5px; padding: 5px 12px;
        outline: none; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {theme.text}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {theme.window}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {theme.accent}; padding: 4px 11px; }}
    QPushButton:disabled, QToolButton:disabled {{
        color: {theme.muted}; background: {theme.window}; border-color: {theme.line}; }}
    #primary {{ background: {theme.accent}; color: {theme.on_accent}; border-color: {theme.accent};
        font-weight: 600; min-width: {scaled(76)}px; }}
    #primary:hover, #primary:focus {{ background: {theme.accent_hover}; border-color: {theme.accent_hover}; }}
    #primary:focus {{ border: 2px solid {theme.text}; padding: 4px 11px; }}
    #primary:disabled {{ background: {theme.line}; color: {theme.muted}; border-color: {theme.line}; }}
    #apply:focus {{ border: 2px solid {theme.accent}; padding: 8px; }}
    #apply {{ border-radius: 0; border-width: 1px 0 0 0; padding: 9px; color: {theme.accent}; font-weight: 600; }}
    #remedy {{ border: none; background: transparent; padding: 4px 6px; color: {theme.accent}; font-weight: 600; }}
    #remedy::menu-indicator {{ image: none; }}
    #remedy:hover {{ color: {theme.accent_hover}; text-decoration: underline; }}
    #remedy:focus {{ border: 1px solid {theme.accent}; padding: 3px 5px; }}
    #flat {{ border: none; background: transparent; padding: 2px 5px; color: {theme.muted}; }}
    #flat:disabled {{ color: {theme.edge}; }}
    #flat:hover, #flat:checked {{ color: {theme.accent}; }}
    #flat:checked {{ font-weight: 600; }}
    #flat:focus {{ border: 1px solid {theme.accent}; border-radius: 4px; padding: 1px 4px; }}
    #tab {{ border: none; border-radius: 5px; background: transparent; padding: 5px 9px; color: {theme.muted}; }}
    #tab:hover {{ color: {theme.text}; }}
    #tab:focus {{ border: 1px solid {theme.accent}; padding: 4px 8px; }}
    #tab:checked {{ background: {theme.window}; color: {theme.text}; font-weight: 600; }}
    #page {{ border: none; border-radius: 5px; background: transparent; padding: 3px 9px; color: {theme.muted}; }}
    #page:hover {{ color: {theme.text}; }}
    #page:checked {{ background: {theme.card}; color: {theme.text}; font-weight: 600; }}
    #page:focus {{ border: 1px solid {theme.accent}; padding: 2px 8px; }}
    #help {{ border: 1px solid {theme.edge}; border-radius: {scaled(10)}px; padding: 0; color: {theme.muted};
        background: transparent; font-size: {scaled(11)}px; font-weight: 600; }}
    #fill {{ border: 1px solid transparent; border-radius: {scaled(4)}px; padding: 0; color: {theme.muted};
        background: transparent; }}
    #fill:hover {{ color: {theme.accent}; border-color: {theme.accent}; }}
    #fill:focus {{ color: {theme.accent}; border: 1px solid {theme.accent}; padding: 0; }}
    #help:hover {{ color: {theme.accent}; border-color: {theme.accent}; }}
    #help:focus {{ border: 2px solid {theme.accent}; padding: 0; color: {theme.accent}; }}
    #popup {{ background: {theme.card}; border: 1px solid {theme.muted}; }}
    #disclosure {{ border: 1px solid transparent; background: transparent; padding: 0; }}
    #disclosure:hover {{ background: {theme.window}; }}
    #disclosure:focus {{ border: 1px solid {theme.accent}; padding: 0; }}
    #compact {{ padding: 4px 2px; font-size: {scaled(12)}px; }}
    #compact:focus {{ padding: 3px 1px; }}
    QSpinBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QComboBox {{
        background: {theme.field}; border: 1px solid {theme.edge}; border-radius: 5px; padding: 4px 6px;
        selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; }}
    QSpinBox, QDoubleSpinBox {{ padding: 2px 6px; }} /* what is within takes more: now they are as tall as a box */
    QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
        border: 2px solid {theme.accent}; padding: 3px 5px; }}
    QSpinBox:focus, QDoubleSpinBox:focus {{ padding: 1px 5px; }}
    QComboBox:focus {{ padding-right: 1px; }}
    QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
    QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
        subcontrol-origin: border; subcontrol-position: top right; width: 0; height: 0; border: none; }}
    QComboBox {{ padding-right: 2px; }}
    QComboBox::drop-down {{ border: none; width: {scaled(20)}px; }}
    QComboBox::down-arrow {{
        image: url({(RESOURCES / "icons" / f"chevron-{theme.name}.svg").as_posix()});
        width: {scaled(12)}px; height: {scaled(12)}px; }}
    QSlider {{ min-height: 16px; }}
    QSlider::groove:horizontal {{ height: 3px; border: 1px solid {theme.edge}; border-radius: 2px;
        background: {theme.line}; }}
    QSlider::sub-page:horizontal {{ border: 1px solid {theme.accent}; border-radius: 2px; background: {theme.accent}; }}
    QSlider::sub-page:horizontal:disabled {{ border-color: {theme.edge}; background: {theme.line}; }}
    QSlider::handle:horizontal {{ width: 10px; margin: -6px 0; border-radius: 7px;
        background: {theme.card}; border: 2px solid {theme.accent}; }}
    QSlider::handle:horizontal:focus {{ background: {theme.accent}; }}
    QSlider::handle:horizontal:disabled {{ border-color: {theme.edge}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.edge}; border-radius: 2px; margin: 3px;
        min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QComboBox QAbstractItemView {{ background: {theme.field}; border: 1px solid {theme.edge}; padding: 2px; }}
    QProgressBar {{ background: {theme.line}; border: 1px solid {theme.edge}; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
    QToolTip {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.edge}; padding: 4px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    #strip {{ background: transparent; }}
    #runs {{ background: {theme.panel}; }}
    """
