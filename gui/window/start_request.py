"""What a second start hands over to the window that is open already: one line of JSON."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.cli.open_lesson import OpenLesson

LONGEST = 1 << 16  # bytes of a line


@dataclass(frozen=True)
class StartRequest:
    """A file to open, a lesson to open at a step (from `folder`, '' for the program's own), or '' for neither.

    `choice` is what the user has just chosen for second starts, '' for nothing new; `show` asks for the window to be
    raised, `token` is what the desktop gave the second start so that it may do so.
    """

    file: str = ""
    lesson: str = ""
    step: int = 1
    folder: str = ""
    choice: str = ""
    token: str = ""
    show: bool = True

    @classmethod
    def of(cls, file: str, lesson: "OpenLesson | None", token: str) -> "StartRequest":
        """A request with paths that mean the same in another process."""
        file = str(Path(file).absolute()) if file else ""
        if lesson is None:
            return cls(file, token=token)
        folder = str(lesson.folder.absolute()) if lesson.folder else ""
        return cls(file, lesson.which, lesson.step, folder, token=token)

    def line(self) -> bytes:
        """It as a line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "StartRequest | None":
        """The request that a line holds; None for anything else. What a newer version adds is left out."""
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(values, dict):
            return None
        known = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        if any(type(value) is not type(getattr(cls, name)) for name, value in known.items()):
            return None
        return cls(**known)
