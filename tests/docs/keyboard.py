"""The table of all keys, from the commands that the parts of the window declare."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.tables import table


def keys() -> str:
    """Every key by menu; opens a window that nobody sees, because its parts declare what they do."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.widgets.mnemonics import plain
    from gui.window.application import make_application
    from gui.window.help_commands import keys_of
    from gui.window.main_window import MainWindow
    from gui.window.preferences import Preferences
    from gui.window.qt_startup import without_size_hints

    make_application()
    with TemporaryDirectory() as folder, without_size_hints():
        window = MainWindow(Preferences(), "", Path(folder) / "settings.json")
        window.build()
        entries = window.content.menu_entries
        window.close()
    rows = [(key, plain(menu), text) for menu, keys in keys_of(entries).items() for text, key in keys]
    return table(("Key", "Menu", "What it does"), rows)
