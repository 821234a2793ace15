"""The one QApplication."""

import gc
import sys

from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from gui.style.theme import widget_font
from gui.window.preferences import NAME
from gui.window.qt_startup import start_qt
from model.base.user_paths import FOLDER_NAME, RESOURCES

FONTS, ICON = RESOURCES / "fonts", RESOURCES / "icon.svg"


def make_application() -> QApplication:
    """The one QApplication, dressed. Python no longer collects garbage by itself: see GarbageCollector.

    It would do so in whichever thread makes objects. A training thread that destroys a widget while this thread does
    waits for it for ever, and it for that thread: one holds Qt's lock and wants Python's, the other the reverse.
    """
    gc.disable()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else start_qt(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("Layerscope")
    application.setDesktopFileName(FOLDER_NAME)  # of the desktop entry, so that its icon shows
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(ICON)))
    _load_fonts(application)
    return application


def _load_fonts(application: QApplication) -> None:
    """Load Inter and make it the application's font, so that pictures look alike on every system."""
    for path in sorted(FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
    application.setFont(widget_font())
