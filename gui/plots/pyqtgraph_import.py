"""Imports pyqtgraph without its copies of Qt.

`pyqtgraph.Qt` copies every name of QtCore, QtGui and QtWidgets, for which PySide makes all their classes: half of the
time that pyqtgraph takes, and 9 MiB. Here its modules look names up in PySide6 when somebody asks for them.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import PySide6

COPIED = ("QtCore", "QtGui", "QtWidgets")


class _Delegate(ModuleType):
    """A module that has what another one has, and lists none of it."""

    def __init__(self, name: str, module: ModuleType) -> None:
        super().__init__(name)
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)

    def __dir__(self) -> list[str]:
        return []


def import_pyqtgraph() -> None:
    """Import pyqtgraph, to be called before anything else imports it; from then on it is imported as usual."""
    if "pyqtgraph" in sys.modules:
        return
    modules = {name: import_module(f"PySide6.{name}") for name in COPIED}
    for name, module in modules.items():
        sys.modules[f"pyqtgraph.Qt.{name}"] = _Delegate(f"pyqtgraph.Qt.{name}", module)
        setattr(PySide6, name, _Delegate(module.__name__, module))  # of this one it makes the list
    try:
        import_module("pyqtgraph")
    finally:
        for name, module in modules.items():
            setattr(PySide6, name, module)
