"""Text size: one factor on all text, and on every size in pixels that was chosen for the text within.

A part of the window may be magnified by itself beyond that: what lies in it takes the product of both.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

NORMAL = 1.0
LARGE = 1.5  # above it, what stands side by side at smaller sizes stands one below the other
STEPS = (0.8, 0.9, NORMAL, 1.1, 1.25, 1.5, 1.75, 2.0)

# Points of text that nobody has made larger or smaller, by Qt's name of the platform; elsewhere as desktops differ.
USUAL_POINTS = {"windows": (9.0, 9.0), "cocoa": (13.0, 13.0)}
USUAL_ELSEWHERE = (9.0, 11.0)

_factor = NORMAL
_system = NORMAL  # times the size of which all text was made in the system's settings
# By widget: the methods to call, each with sizes in pixels at the normal text size.
_followers: WeakKeyDictionary[Any, dict[str, tuple[float, ...]]] = WeakKeyDictionary()
_magnified: "WeakKeyDictionary[QWidget, float]" = WeakKeyDictionary()


def allowed(size: float) -> float:
    """Return `size` if it is one of STEPS, else the normal one."""
    return size if size in STEPS else NORMAL


def factor(within: Any = None) -> float:
    """The present factor, of a widget `within` which text stands or of the whole window; 1 is the normal text size."""
    if within is None or not _magnified:
        return _factor
    return _factor * next((times for part, times in list(_magnified.items()) if _lies_in(within, part)), NORMAL)


def _lies_in(widget: Any, part: "QWidget") -> bool:
    return isValid(part) and widget.isWidgetType() and (widget is part or part.isAncestorOf(widget))


def of_points(points: float, platform: str) -> float:
    """How many times as large as usual text of so many points is on a platform, between the ends of STEPS.

    Dots per inch do not count: Qt scales the whole window by them. A font in pixels has -1 points, and counts as usual.
    """
    low, high = USUAL_POINTS.get(platform, USUAL_ELSEWHERE)
    times = points / min(max(points, low), high) if points > 0 else NORMAL
    return min(max(times, STEPS[0]), STEPS[-1])


def take_system(times: float) -> None:
    """Take over how large the system's text is; the text size that is chosen in the window multiplies it."""
    global _system  # noqa: PLW0603  as below
    _system = times


def system() -> float:
    """How many times as large as usual the system's text is."""
    return _system


def scaled(pixels: float, within: Any = None) -> int:
    """Convert pixels at the normal text size to pixels at the present one, `within` a widget."""
    return round(pixels * factor(within))


def follow(method: Callable[..., Any], *pixels: float) -> None:
    """Call a Qt object's method with these pixels `scaled`, now and after each change of the text size.

    The last call counts for each method of an object.
    """
    owner: Any = method.__self__  # type: ignore[attr-defined]  # what a bound method is bound to
    _followers.setdefault(owner, {})[method.__name__] = pixels
    method(*(scaled(each, owner) for each in pixels))
    if _magnified:  # it may be put into a magnified part only after this
        QTimer.singleShot(0, owner, partial(_tell, owner))


def set_factor(wanted: float) -> None:
    """Take another factor; theme.apply_theme lets it be seen."""
    global _factor  # noqa: PLW0603  one for the whole program, as the application's font is
    _factor = wanted


def magnify(part: "QWidget", times: float) -> None:
    """Take another factor for all that lies in `part`, NORMAL as everywhere; magnified.dress lets it be seen."""
    _magnified.pop(part, None)
    if times != NORMAL:
        _magnified[part] = times


def tell_followers(within: "QWidget | None" = None) -> None:
    """Call all methods that `follow` again, of all objects or of those that lie in a part of the window."""
    for owner in list(_followers):
        if isValid(owner) and (within is None or _lies_in(owner, within)):
            _tell(owner)


def _tell(owner: Any) -> None:
    for name, pixels in list(_followers.get(owner, {}).items()):
        getattr(owner, name)(*(scaled(each, owner) for each in pixels))
