"""Text size: one factor on all text, and on every size in pixels that was chosen for the text within."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from shiboken6 import isValid

NORMAL = 1.0
STEPS = (0.8, 0.9, NORMAL, 1.1, 1.25, 1.5, 1.75, 2.0)

_factor = NORMAL
# By widget: the methods to call, each with sizes in pixels at the normal text size.
_followers: WeakKeyDictionary[Any, dict[str, tuple[float, ...]]] = WeakKeyDictionary()


def allowed(size: float) -> float:
    """Return `size` if it is one of STEPS, else the normal one."""
    return size if size in STEPS else NORMAL


def factor() -> float:
    """The present factor; 1 is the normal text size."""
    return _factor


def scaled(pixels: float) -> int:
    """Convert pixels at the normal text size to pixels at the present one."""
    return round(pixels * _factor)


def follow(method: Callable[..., Any], *pixels: float) -> None:
    """Call a Qt object's method with these pixels `scaled`, now and after each change of the text size.

    The last call counts for each method of an object.
    """
    owner: Any = method.__self__  # type: ignore[attr-defined]  # what a bound method is bound to
    _followers.setdefault(owner, {})[method.__name__] = pixels
    method(*map(scaled, pixels))


def set_factor(wanted: float) -> None:
    """Take another factor; theme.apply_theme lets it be seen."""
    global _factor  # noqa: PLW0603  one for the whole program, as the application's font is
    _factor = wanted


def tell_followers() -> None:
    """Call all methods that `follow` again."""
    for owner, methods in list(_followers.items()):
        if isValid(owner):
            for name, pixels in methods.items():
                getattr(owner, name)(*map(scaled, pixels))
