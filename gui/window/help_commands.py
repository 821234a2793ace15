"""The menu Help: the keyboard sheet and what this program is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QTextBrowser, QVBoxLayout, QWidget

from gui.run_list.actions import RUN_ACTIONS
from gui.style.text_size import scaled
from gui.widgets.command import LazyMenu, Menu, MenuCommand

ABOUT = (
    "<b>Layerscope</b> shows why a deep network learns or fails to: the vanishing gradient and its remedies.<br><br>"
    "MNIST is by Y. LeCun, C. Cortes and C. Burges, derived from NIST (CC BY-SA 3.0). "
    "The typeface is Inter (SIL OFL 1.1)."
)
LIST = "In the list of runs"
SHEET_SIZE = (460, 620)


def keys_of(entries: Sequence[MenuCommand | LazyMenu]) -> dict[str, list[tuple[str, str]]]:
    """By menu: the text and the key of every command that has one, those of the list of runs at the end."""
    found: dict[str, list[tuple[str, str]]] = {}
    for menu in Menu:
        commands = sorted((each for each in entries if isinstance(each, MenuCommand)), key=lambda each: each.group)
        of_menu = [(_full_text(each), each.key) for each in commands if each.menu.startswith(menu) and each.key]
        if of_menu:
            found[menu.replace("&", "")] = of_menu
    found[LIST] = [(each.text, each.key) for each in RUN_ACTIONS if each.key]
    return found


def _full_text(command: MenuCommand) -> str:
    """What a command is called where its menu does not show: 'Export page: SVG …'."""
    within = command.menu.partition("/")[2].replace("&", "")
    return f"{within}: {command.text}" if within else command.text


class KeyboardSheet(QDialog):
    """Every key and what it does, by menu."""

    def __init__(self, entries: Sequence[MenuCommand | LazyMenu], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        self.resize(*map(scaled, SHEET_SIZE))
        self.text = QTextBrowser()
        self.text.setAccessibleName("Keyboard")
        self.text.setHtml("".join(_section(menu, keys) for menu, keys in keys_of(entries).items()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)


def _section(menu: str, keys: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td width='{scaled(150)}'>{key}</td><td>{text}</td></tr>" for text, key in keys)
    return f"<h4>{menu}</h4><table cellspacing='3'>{rows}</table>"


class HelpCommands:
    """Shows the sheet and the sentence over `parent`; `entries` are all that the window declares."""

    def __init__(self, entries: Sequence[MenuCommand | LazyMenu], parent: QWidget) -> None:
        self.entries, self.over = entries, parent

    def show_keyboard(self) -> None:
        """Show every key and what it does."""
        sheet = KeyboardSheet([*self.entries, *self.commands()], self.over)
        sheet.finished.connect(sheet.deleteLater)
        sheet.show()

    def show_about(self) -> None:
        """Say what this program is."""
        QMessageBox.about(self.over, "Layerscope", ABOUT)

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu Help."""
        return [
            MenuCommand(Menu.HELP, "keyboard", "Keyboard", self.show_keyboard, "F1"),
            MenuCommand(Menu.HELP, "about", "About Layerscope", self.show_about, group=1),
        ]
