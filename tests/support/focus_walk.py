"""Tab stops of a window as Tab reaches them, and what can be seen of the focus."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gui.style.contrast import GRAPHICS

MARGIN = 3  # pixels around a widget in which its parent may show that it has the focus
LEAST_PIXELS = 12  # of a difference that can be seen
MOST_STOPS = 400
SLACK = 4  # pixels by which what stands side by side may overlap
CHANGE = 2.0  # contrast of a pixel with itself before


def stops(top: QWidget) -> list[QWidget]:
    """What Tab leads to in a window, from its first to where it begins again."""
    top.activateWindow()
    while not top.isActiveWindow():
        QApplication.processEvents()
    for widget in _chain(top):
        if widget.isEnabled() and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            break
    found: list[QWidget] = []
    passed = 0
    for _ in range(MOST_STOPS):
        focus = top.focusWidget()
        if focus in found[:-1]:
            break
        if found and focus is found[-1]:  # a text leads from link to link first
            QTest.keyClick(focus, Qt.Key.Key_Tab)
            continue
        if focus.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(focus)
        else:
            passed += 1
            if passed > 1:
                break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return found


def _chain(top: QWidget) -> Iterator[QWidget]:
    widget: QWidget | None = top.nextInFocusChain()
    while widget is not None and widget is not top:
        yield widget
        widget = widget.nextInFocusChain()


def _luminances(image: QImage) -> NDArray[np.float64]:
    """Relative luminance of each pixel, (height, width)."""
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    blue, green, red = (bits[:, k : 4 * made.width() : 4] / 255 for k in range(3))
    linear = [np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4) for v in (red, green, blue)]
    found: NDArray[np.float64] = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return found


def contrast_of_change(before: QImage, after: QImage) -> NDArray[np.float64]:
    """Contrast between the same pixels of two pictures, (height, width)."""
    one, other = _luminances(before), _luminances(after)
    changed: NDArray[np.float64] = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return changed


def focus_difference(widget: QWidget) -> int:
    """How many pixels in and around a widget change when Tab leads to it, and then stand out 3:1 from what is around.

    WCAG 2.2, 2.4.7 and 1.4.11. A pixel changes where its contrast to what was there is at least CHANGE.
    """
    top = widget.window()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()  # what lies out of sight is scrolled there
    place = QRect(widget.mapTo(top, QPoint()), widget.size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    widget.clearFocus()
    QApplication.processEvents()
    before = top.grab(place).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = top.grab(place).toImage()
    changed = contrast_of_change(before, after) >= CHANGE
    now = _luminances(after)
    ground = np.median(np.concatenate((now[0], now[-1], now[:, 0], now[:, -1])))
    lighter, darker = np.maximum(now, ground), np.minimum(now, ground)
    return int((changed & ((lighter + 0.05) / (darker + 0.05) >= GRAPHICS)).sum())


def unread(found: list[QWidget]) -> Iterator[str]:
    """Where stops do not follow the eye: within each part of a window from top to bottom, and from left to right.

    Parts are what a widget contains; the stops of one come together, and those of another before or after them.
    """
    parts: dict[QWidget, list[QWidget]] = {}
    for stop in found:
        child, part = stop, stop.parentWidget()
        while part is not None and not child.isWindow():
            children = parts.setdefault(part, [])
            if not children or children[-1] is not child:
                children.append(child)
            child, part = part, part.parentWidget()
    for part, children in parts.items():
        for twice in {each for each in children if children.count(each) > 1}:
            yield f"{described(part)}: comes back to {described(twice)}"
        for before, after in pairwise(children):
            if _reads_before(after, before):
                yield f"{described(part)}: {described(before)} before {described(after)}"


def _reads_before(one: QWidget, other: QWidget) -> bool:
    first, second = one.geometry(), other.geometry()
    if first.bottom() <= second.top() + SLACK:
        return True
    return first.top() < second.bottom() - SLACK and first.right() <= second.left() + SLACK


def described(widget: QWidget) -> str:
    """What a widget is, and what it says."""
    text = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    return f"{type(widget).__name__} {widget.objectName()} {text}".strip()
