"""Qt's own texts in the language of the program: buttons of dialogs, menus of text fields, the choice of a file."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from model.base.language import ENGLISH

NAME = "qtbase"


def install_qt_translator(application: QCoreApplication, code: str) -> bool:
    """Let Qt speak the language with this code, as 'ja', in place of an earlier one; returns whether it now does."""
    for earlier in application.findChildren(QTranslator, NAME):
        application.removeTranslator(earlier)
        earlier.setParent(None)
    if code == ENGLISH:  # as it does by itself
        return True
    translator = QTranslator(application)
    translator.setObjectName(NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(f"{NAME}_{code}", folder) and application.installTranslator(translator)
