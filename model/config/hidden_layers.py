"""The hidden layers of a run: how many, how wide, and how they are written."""

from typing import Any

from model.base.errors import InputError

MAX_LAYERS = 50
MAX_UNITS = 2_000


def parse_hidden(value: Any) -> tuple[int, ...]:
    """Hidden layer widths from '40,20', [40, 20] or '' for none; raises InputError."""
    parts = [part for part in value.split(",") if value.strip()] if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        raise InputError("--hidden takes layer sizes such as 40,20, not {value}.", value=repr(value))
    try:
        whole = [part for part in parts if not isinstance(part, float) or part == int(part)]
        widths = tuple(int(part) for part in whole if not isinstance(part, bool))
    except (TypeError, ValueError, OverflowError):
        raise InputError("--hidden takes layer sizes such as 40,20, not '{value}'.", value=value) from None
    if len(widths) > MAX_LAYERS:
        raise InputError(
            "--hidden takes at most {most} layers, not {layers}.", most=MAX_LAYERS, layers=f"{len(widths):,}"
        )
    if len(widths) != len(parts):
        raise InputError("--hidden takes layer sizes such as 40,20, not '{value}'.", value=value)
    for width in widths:
        if not 1 <= width <= MAX_UNITS:
            raise InputError(
                "--hidden takes layers of 1 to {most} units, not {units}.", most=f"{MAX_UNITS:,}", units=f"{width:,}"
            )
    return widths
