"""What can be done with runs of the list, as actions that buttons, menus and keys share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.style.run_styles import look_of, looks, run_icon
from gui.style.theme import Theme


@dataclass(frozen=True)
class RunAction:
    """A command; `one` says that it takes a single run, `none` that it needs no chosen run."""

    name: str
    text: str
    tip: str
    key: str = ""
    one: bool = False
    none: bool = False


RUN_ACTIONS = (
    RunAction("open", "Open", "Show this run on the dashboard", one=True),
    RunAction(
        "rename", "Rename", "Give this run a name of your own; an empty one is made from what differs", "F2", one=True
    ),
    RunAction("toggle", "Show or hide", "Draw its curves behind those of the run on the screen, or not", "Space"),
    RunAction("only", "Show only this", "Hide the curves of all other runs"),
    RunAction("all", "Show all", "Draw the curves of every run that is listed", none=True),
    RunAction("none", "Hide all", "Draw the curves of no other run", none=True),
    RunAction("branch", "Branch off …", "Go on from one of its moments with something changed", one=True),
    RunAction("repeats", "Repeats of this …", "Run it again with other seeds, to see how much is chance", one=True),
    RunAction(
        "against", "Repeats against this …", "Set it against what the page Repeats shows, seed by seed", one=True
    ),
    RunAction("export", "Export as …", "Write what was measured for other programs to read"),
    RunAction(
        "command", "Copy as command", "Put the command line on the clipboard that makes this run again", one=True
    ),
    RunAction(
        "python", "Copy as Python", "Put the Python program on the clipboard that makes this run again", one=True
    ),
    RunAction("delete", "Delete", "Take it off the list; Ctrl+Z brings it back", "Del"),
    RunAction("undo", "Undo delete", "Bring back what was deleted last", "Ctrl+Z", none=True),
)
GROUPS = (
    ("open", "rename", "color"), ("toggle", "only", "all", "none"), ("branch", "repeats", "against"),
    ("export", "command", "python"), ("delete", "undo"),
)  # fmt: skip


def text_of(name: str) -> str:
    """The text of an action by its name."""
    return next(each.text for each in RUN_ACTIONS if each.name == name)


class RunActions:
    """The actions of one list, and the menu of all of them."""

    def __init__(self, owner: QWidget, do: dict[str, Callable[[], None]], recolor: Callable[[int], None]) -> None:
        self.owner = owner
        self.recolor = recolor
        self.made: dict[str, QAction] = {}
        for each in RUN_ACTIONS:
            action = QAction(each.text, owner)
            action.setIconText(each.text)  # what buttons show; Qt would take the dots away
            action.setToolTip(f"{each.tip} ({each.key})" if each.key else each.tip)
            action.setShortcut(QKeySequence(each.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(_call, do[each.name]))
            owner.addAction(action)
            self.made[each.name] = action

    def enable(self, chosen: int, listed: int, deleted: int) -> None:
        """Leave active what can be done with so many runs."""
        for each in RUN_ACTIONS:
            enough = bool(listed) if each.none else chosen == 1 if each.one else chosen > 0
            self.made[each.name].setEnabled(bool(deleted) if each.name == "undo" else enough)

    def menu(self, theme: Theme, colors: Sequence[int]) -> QMenu:
        """All of them; `colors` are those of the chosen runs."""
        menu = QMenu(self.owner)
        menu.setToolTipsVisible(True)
        for group in GROUPS:
            for name in group:
                if name != "color":
                    menu.addAction(self.made[name])
                elif colors:
                    menu.addMenu(self._color_menu(menu, theme, colors[0]))
            menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _color_menu(self, parent: QMenu, theme: Theme, current: int) -> QMenu:
        menu = QMenu("Colour", parent)
        ratio = self.owner.devicePixelRatioF()
        hues = len(theme.runs)
        for hue in range(hues):
            own = current if current % hues == hue else hue
            action = menu.addAction(run_icon(look_of(theme, own), ratio), f"Colour {hue + 1}")
            action.setCheckable(True)
            action.setChecked(own == current)
            action.triggered.connect(partial(_call, partial(self.recolor, own)))
        menu.addSeparator()
        other = (current + hues) % looks(theme)
        action = menu.addAction(run_icon(look_of(theme, other), ratio), "Other dashes")
        action.triggered.connect(partial(_call, partial(self.recolor, other)))
        return menu


def _call(do: Callable[[], None], _checked: bool = False) -> None:
    do()
