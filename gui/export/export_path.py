"""Which file the answer of a dialog means."""

from collections.abc import Container
from pathlib import Path

from model.base.errors import InputError


def target(chosen: str, suffixes: Container[str], default: str) -> Path:
    """The file called `chosen`, with the `default` suffix if it has none of `suffixes`.

    Raises InputError where that is there already: the dialog has asked only about the name without its ending.
    """
    path = Path(chosen)
    if path.suffix.lower() in suffixes:
        return path
    path = Path(chosen + default)
    if path.exists():
        raise InputError(f"{path.name} is there already; choose it by its whole name to replace it.")
    return path
