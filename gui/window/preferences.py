"""What the window remembers between starts, in one JSON file. A broken or unwritable file never stops the program."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QStandardPaths

from model.base.errors import InputError
from model.base.files import write_whole
from model.base.language import Message, message, tr
from model.base.system_reason import system_reason

if TYPE_CHECKING:
    from model.config.config import Config

NAME = "layerscope"  # of the folder of the settings
UNREADABLE = message("The settings in {path} could not be read, so these are the defaults.")


@dataclass
class Preferences:
    """The window's place (base64), the last Config (JSON), the theme's name ('' follows the system) and the speed.

    `text` is the factor of the text size. `unfolded` has the keys of the settings' sections that show although they
    fold, `lesson_width` the pixels of the Lesson tab, 0 as many as usual. `second_start` is the key of a SecondStart,
    '' while nobody has chosen, `crash_offered` the name of the newest crash report that was offered. `layout` has the
    shares of the parts of each split that the user has divided, by its name, `data_sets` the paths opened last, `calm`
    the choice of CalmDrawing. `language` is the code of the one to speak, '' for the system's.
    """

    geometry: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    theme: str = ""
    text: float = 1.0
    speed: int = -1
    unfolded: list[str] = field(default_factory=list)
    lesson_width: int = 0
    second_start: str = ""
    crash_offered: str = ""
    layout: dict[str, list[float]] = field(default_factory=dict)
    data_sets: list[str] = field(default_factory=list)
    language: str = ""
    calm: str = ""

    def remembered(self) -> "tuple[Config, str]":
        """The Config of the last session, or the default and a note why."""
        from model.config.config import Config  # brings NumPy, which the window's frame does not wait for

        try:
            return Config.from_json(self.config), ""
        except InputError as error:
            return Config(), tr("The settings of the last session cannot be used: {error}", error=error)


def preferences_path() -> Path:
    """Where the settings are kept, also before there is an application."""
    QCoreApplication.setApplicationName(NAME)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)) / "settings.json"


def read_preferences(path: Path) -> tuple[Preferences, Message | str]:
    """The settings and a note for the user: '' or why defaults are used.

    The note has no language yet, as the settings say which one the window speaks.
    """
    defaults = Preferences()
    try:
        values = json.loads(path.read_text("utf-8"))
        for each in fields(Preferences):
            if each.name in values and type(values[each.name]) is not type(getattr(defaults, each.name)):
                raise ValueError(each.name)
        return Preferences(**values), ""
    except FileNotFoundError:
        return defaults, ""
    except (OSError, ValueError, TypeError, RecursionError):
        return defaults, Message(UNREADABLE, path=path)


def write_preferences(path: Path, settings: Preferences) -> str:
    """Keep the settings; '' or a note for the user why they could not be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(settings), indent=1).encode())
    except OSError as error:
        return tr("Settings are not remembered: {reason}.", reason=system_reason(error))
    except InputError as error:
        return tr("Settings are not remembered: {error}", error=error)
    return ""
