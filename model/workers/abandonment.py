"""Function calls that nobody waits for any more: how a worker process tells the function, which asks when it can."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class CallAbandoned(Exception):  # noqa: N818  a wish, not a mistake
    """Ends a function call whose result nobody waits for."""


class _Present:
    """The call that this process is making."""

    wanted: Callable[[], bool] | None = None


@contextmanager
def abandoned_unless(wanted: Callable[[], bool]) -> Iterator[None]:
    """Context of a function call whose result is of use while `wanted()` holds."""
    _Present.wanted = wanted
    try:
        yield
    finally:
        _Present.wanted = None


def check_wanted() -> None:
    """Raise CallAbandoned if this process is making a function call for which nobody waits any more."""
    if _Present.wanted and not _Present.wanted():
        raise CallAbandoned
