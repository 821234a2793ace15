"""Target path of an export: add the missing suffix to a name chosen in a save dialog."""

from collections.abc import Container
from pathlib import Path

from model.base.errors import InputError


def target(chosen: str, suffixes: Container[str], default: str) -> Path:
    """Path for the name `chosen`, with the suffix `default` unless it has one of `suffixes`.

    Raises InputError if the completed path exists: the dialog has asked only about the name as it was typed.
    """
    path = Path(chosen)
    if path.suffix.lower() in suffixes:
        return path
    path = Path(chosen + default)
    if path.exists():
        raise InputError("{file} is there already; choose it by its whole name to replace it.", file=path.name)
    return path
