"""Words that are declared: what the fields of `@shown` classes are given while the program is imported."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from unittest.mock import patch

from model.base.language import ShownText
from tests.words.marked import ENGLISH_ALONE, ROOMS

ENGLISH_MODULES = tuple(path.replace("/", ".") for path in ENGLISH_ALONE)


def declared() -> dict[str, str]:
    """Every word declared at module level, with the module that declares it.

    Only what has not been imported yet is heard: to be called in a process of its own, before anything else.
    """
    with _heard() as found:
        for room in ROOMS:
            package = importlib.import_module(room)
            for module in pkgutil.walk_packages(package.__path__, f"{room}."):
                if not module.name.startswith(ENGLISH_MODULES):
                    importlib.import_module(module.name)
    return found


@contextmanager
def _heard() -> Iterator[dict[str, str]]:
    found: dict[str, str] = {}
    keep = ShownText.__set__

    def hear(field: ShownText, owner: Any, text: str) -> None:
        keep(field, owner, text)
        module = _imported(sys._getframe(1))
        if text and not module.startswith(ENGLISH_MODULES):
            found.setdefault(text, module)

    with patch.object(ShownText, "__set__", hear):
        yield found


def _imported(frame: FrameType | None) -> str:
    """The module whose import runs in a frame."""
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame is not None else ""
