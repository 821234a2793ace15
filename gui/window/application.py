"""The one QApplication."""

import gc
import sys

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.style import text_size
from gui.style.theme import widget_font
from gui.style.typeface import load_fonts
from gui.window.preferences import NAME
from gui.window.qt_startup import start_qt
from gui.window.qt_translator import install_qt_translator
from model.base.language import language
from model.base.user_paths import FOLDER_NAME, RESOURCES

ICON = RESOURCES / "icon.svg"


def make_application() -> QApplication:
    """The one QApplication, dressed, with typefaces and Qt's own texts for the language in use.

    Python no longer collects garbage by itself: see GarbageCollector. It would do so in whichever thread makes objects.
    A training thread that destroys a widget while this thread does waits for it for ever, and it for that thread: one
    holds Qt's lock and wants Python's, the other the reverse.
    """
    gc.disable()
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
    else:
        application = start_qt(sys.argv[:1])
        points, platform = application.font().pointSizeF(), application.platformName()  # before it is dressed
        text_size.take_system(text_size.of_points(points, platform))
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("Layerscope")
    application.setDesktopFileName(FOLDER_NAME)  # of the desktop entry, so that its icon shows
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(ICON)))
    install_qt_translator(application, language())
    load_fonts(language())
    application.setFont(widget_font())
    return application
