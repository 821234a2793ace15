"""Commands of the menu bar as data: each part of the window declares its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QMenu

from model.base.language import message


class Menu(StrEnum):
    """The menus of the window, in their order; their titles are looked up when they are made."""

    FILE = message("&File")
    EDIT = message("&Edit")
    RUN = message("&Run")
    RUNS = message("R&uns")
    PRESETS = message("&Presets")
    VIEW = message("&View")
    LESSONS = message("&Lessons")
    HELP = message("&Help")


@dataclass(frozen=True)
class MenuCommand:
    """An entry of a menu.

    `menu` is a Menu, and after a slash a menu within it: '&File/Export &page', both of them messages that are looked up
    when the menu is made. `name` is the action's object name. In
    a menu entries stand in the order of their `group`, with a separator between groups. `exclusive` marks one of
    several choices, of which `checked` is the present one. `also` is a second key, where a keyboard has the first only
    with Shift. One with `possible` can be chosen only after that has carried True, until it carries False. `worded`
    carries another text for it. One with `ticked` is on or off: that carries which, and `checked` is how it begins.
    `language` is the code of the language that its text is in, '' for the one in use.
    """

    menu: str
    name: str
    text: str
    slot: Callable[[], object]
    key: str = ""
    tip: str = ""
    group: int = 0
    exclusive: bool = False
    checked: bool = False
    also: str = ""
    possible: SignalInstance | None = None
    worded: SignalInstance | None = None
    ticked: SignalInstance | None = None
    language: str = ""


@dataclass(frozen=True)
class LazyMenu:
    """A menu within a menu that `fill` fills when it is first opened, because that takes imports."""

    menu: str
    fill: Callable[[QMenu], None]
    group: int = 0
