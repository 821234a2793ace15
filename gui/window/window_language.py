"""The language that the window speaks: one of one's own choice, or the system's; another one from the next start on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale

from gui.widgets.command import Menu, MenuCommand
from gui.window.preferences import Preferences
from model.base.language import ENGLISH, languages, message, tr, use

MENU = f"{Menu.VIEW}/{message('Lan&guage')}"


def speak(chosen: str) -> None:
    """Use the language with this code from now on, or for '' the system's; English where it is none of ours.

    To be called before the application is made, which loads typefaces for it.
    """
    use(chosen or system_language())


def system_language() -> str:
    """The code of the first language of ours that the user has told the system to speak."""
    wanted = [name.partition("-")[0] for name in QLocale.system().uiLanguages()]
    if wanted[:1] == [ENGLISH]:  # no need to look for others
        return ENGLISH
    return next((code for code in wanted if code in languages()), ENGLISH)


def name_of(code: str) -> str:
    """What a language calls itself."""
    return "English" if code == ENGLISH else QLocale(code).nativeLanguageName() or code


class LanguageCommands:
    """The choice in the menu, kept in `preferences`; `changed` is called then, and `tell` with what comes of it."""

    def __init__(self, preferences: Preferences, changed: Callable[[], object], tell: Callable[[str], object]) -> None:
        self.preferences, self.changed, self.tell = preferences, changed, tell

    def choose(self, code: str) -> None:
        """Speak another language from the next start on."""
        self.preferences.language = code
        self.changed()
        self.tell(tr("The language changes when Layerscope is started again."))

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu View."""
        names = {"": tr("As the system"), **{code: name_of(code) for code in languages()}}
        present = self.preferences.language if self.preferences.language in names else ""
        return [
            MenuCommand(MENU, f"language-{code or 'system'}", name, partial(self.choose, code), group=2,
                        exclusive=True, checked=code == present, language=code)
            for code, name in names.items()
        ]  # fmt: skip
