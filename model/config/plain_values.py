"""Values of settings in types that JSON knows."""

from typing import Any

from model.base.choices import Choice
from model.nn.optimizers import Optimizer


def plain(value: Any) -> Any:
    """The key of a choice or an optimiser, a list for a tuple; others as they are."""
    if isinstance(value, Choice | Optimizer):
        return value.key
    return list(value) if isinstance(value, tuple) else value
