"""The menu Help: the keyboard sheet, what the cards show, and what this program is."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.run_list.actions import RUN_ACTIONS
from gui.style.text_size import scaled
from gui.widgets.card_help import HelpPanel, in_lessons
from gui.widgets.card_texts import CARD_TEXTS, CardText
from gui.widgets.command import LazyMenu, Menu, MenuCommand
from gui.widgets.dialog_fit import fit_dialog
from gui.widgets.focus_frame import FocusFrame
from gui.widgets.japanese_text import LINE_HEIGHT, is_spoken, set_html
from gui.widgets.mnemonics import plain
from model.base.language import message, tr

ABOUT = message(
    "<b>Layerscope {version}</b> shows why a deep network learns or fails to: the vanishing gradient and its remedies."
    "<br><br>"
    "MNIST is by Y. LeCun, C. Cortes and C. Burges, derived from NIST (CC BY-SA 3.0). "
    "The typefaces are Inter and, for Japanese, a part of Noto Sans CJK (both SIL OFL 1.1)."
)
LIST = message("In the list of runs")
SHEET_SIZE = (460, 620)


def keys_of(entries: Sequence[MenuCommand | LazyMenu]) -> dict[str, list[tuple[str, str]]]:
    """By menu, as `Menu` has it: the text and the key of every command that has one; the list of runs is LIST."""
    found: dict[str, list[tuple[str, str]]] = {}
    for menu in Menu:
        commands = sorted((each for each in entries if isinstance(each, MenuCommand)), key=lambda each: each.group)
        of_menu = [(_full_text(each), each.key) for each in commands if each.menu.startswith(menu) and each.key]
        if of_menu:
            found[menu] = of_menu
    found[LIST] = [(each.text, each.key) for each in RUN_ACTIONS if each.key]
    return found


def _full_text(command: MenuCommand) -> str:
    """What a command is called where its menu does not show: 'Export page: SVG …'."""
    within = "/".join(plain(tr(each)) for each in command.menu.split("/")[1:])
    return tr("{menu}: {entry}", menu=within, entry=command.text) if within else command.text


def lessons_of(card: str) -> Sequence[int]:
    """The numbers of the lessons in which a card is used; reads them when first asked."""
    from model.lessons.card_lessons import own_lessons_using

    return own_lessons_using(card)


class HelpSheet(QDialog):
    """A text in HTML that scrolls, under a title."""

    def __init__(self, title: str, html: str, parent: QWidget) -> None:
        from PySide6.QtWidgets import QDialogButtonBox

        from gui.widgets.phrased_label import PhrasedBrowser

        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(*map(scaled, SHEET_SIZE))
        fit_dialog(self)
        self.text = PhrasedBrowser()
        self.text.setAccessibleName(title)
        if is_spoken():
            self.text.document().setDefaultStyleSheet(f"p {{ line-height: {LINE_HEIGHT}% }}")
        self.text.setHtml(set_html(html))
        FocusFrame(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)


def _section(menu: str, keys: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td width='{scaled(150)}'>{key}</td><td>{text}</td></tr>" for text, key in keys)
    return f"<h4>{menu}</h4><table cellspacing='3'>{rows}</table>"


def _of_card(text: CardText, lessons: Sequence[int]) -> str:
    from html import escape  # brings a table of all entities

    sentences = "".join(
        f"<p><i>{tr('{heading}.', heading=heading)}</i> {escape(sentence)}</p>" for heading, sentence in text.parts()
    )
    return f"<h4>{text.title}</h4>{sentences}" + (f"<p>{in_lessons(lessons)}</p>" if lessons else "")


class HelpCommands:
    """Shows its sheets over `parent`; `entries` are all that the window declares.

    `lessons_of` maps a card's key to the numbers of the lessons in which it is used.
    """

    def __init__(
        self, entries: Sequence[MenuCommand | LazyMenu], lessons_of: Callable[[str], Sequence[int]], parent: QWidget
    ) -> None:
        self.entries, self.lessons_of, self.over = entries, lessons_of, parent

    def show_keyboard(self) -> None:
        """Show every key and what it does."""
        keys = keys_of([*self.entries, *self.commands()])
        self._show_sheet(tr("Keyboard"), "".join(_section(plain(tr(menu)), of_menu) for menu, of_menu in keys.items()))

    def show_cards(self) -> None:
        """Show of every card what its "?" says."""
        of_cards = (_of_card(text, self.lessons_of(key)) for key, text in CARD_TEXTS.items())
        self._show_sheet(tr("What the cards show"), "".join(of_cards))

    def _show_sheet(self, title: str, html: str) -> None:
        sheet = HelpSheet(title, html, self.over)
        sheet.finished.connect(sheet.deleteLater)
        sheet.show()

    def show_card(self, key: str, beside: QWidget) -> None:
        """Show what a card shows, beside its "?"."""
        HelpPanel(key, self.lessons_of(key), self.over).pop_up(beside)

    def show_about(self) -> None:
        """Say what this program is."""
        from PySide6.QtWidgets import QMessageBox

        from model.base.version import version

        QMessageBox.about(self.over, "Layerscope", tr(ABOUT, version=version()))

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu Help."""
        return [
            MenuCommand(Menu.HELP, "keyboard", tr("Keyboard"), self.show_keyboard, "F1"),
            MenuCommand(Menu.HELP, "cards", tr("What the cards show"), self.show_cards, "Shift+F1"),
            MenuCommand(Menu.HELP, "about", tr("About Layerscope"), self.show_about, group=1),
        ]
