"""What makes a run more than its settings, read from the command line."""

import json
import re

from model.errors import InputError
from model.recipe import Branch, Change, Scale


def parse_changes(values: object) -> tuple[Change, ...]:
    """Changes from texts such as '500:learning_rate=0.01'; raises InputError."""
    assert isinstance(values, list | tuple)
    return tuple(value if isinstance(value, Change) else _change(str(value)) for value in values)


def _change(text: str) -> Change:
    found = re.fullmatch(r"\s*([0-9]{1,9}):([a-z0-9_-]+)=(.+)", text)
    try:
        assert found
        return Change(int(found[1]), found[2].replace("-", "_"), float(found[3]))
    except (AssertionError, ValueError):
        raise InputError(
            f"--change takes ITERATION:SETTING=VALUE such as 500:learning_rate=0.01, not '{text}'."
        ) from None


def parse_scales(values: object) -> tuple[Scale, ...]:
    """Rescaled layers from texts such as '2=0.5'; raises InputError."""
    assert isinstance(values, list | tuple)
    return tuple(value if isinstance(value, Scale) else _scale(str(value)) for value in values)


def _scale(text: str) -> Scale:
    found = re.fullmatch(r"\s*([0-9]{1,9})=(.+)", text)
    try:
        assert found
        return Scale(int(found[1]), float(found[2]))
    except (AssertionError, ValueError):
        raise InputError(f"--scale takes LAYER=FACTOR such as 2=0.5, layers counted from 1, not '{text}'.") from None


def parse_branch(value: object) -> Branch | None:
    """A branch from its JSON; raises InputError."""
    if value is None or isinstance(value, Branch):
        return value
    try:
        return Branch.from_json(json.loads(str(value)))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("--branch takes JSON as 'Copy as command' writes it, and this is none.") from None
