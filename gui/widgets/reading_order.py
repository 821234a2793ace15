"""Tab goes through a window as one reads it: from top to bottom and left to right, part by part, by what shows now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

SLACK = 4  # pixels by which neighbours may overlap
Part = tuple[QRect, list[QWidget]]  # where a part of a widget lies, and its stops


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next stop of Tab in a window, or to the one before; False if there is none."""
    stops = reading_order(window)
    if not stops:
        return False
    focus = window.focusWidget()
    step = 1 if forward else -1
    place = stops.index(focus) + step if focus in stops else min(step, 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[place % len(stops)].setFocus(reason)
    return True


def reading_order(part: QWidget) -> list[QWidget]:
    """The stops in a widget, its own before those within it."""
    own = [part] if _is_stop(part) else []
    within: list[Part] = []
    for child in part.children():
        if isinstance(child, QWidget) and child.isVisibleTo(part) and not child.isWindow():
            stops = reading_order(child)
            if stops:
                within.append((child.geometry(), stops))
    return own + [stop for _, stops in _read(within) for stop in stops]


def _is_stop(widget: QWidget) -> bool:
    """A field within a field, such as the text of a spin box, leaves the focus to that."""
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return takes and widget.isEnabled() and widget.focusProxy() is None


def _read(parts: Sequence[Part]) -> Sequence[Part]:
    """Parts in their order: rows one below the other, in each row columns side by side, in each column rows again."""
    for begin, end in ((QRect.top, QRect.bottom), (QRect.left, QRect.right)):
        groups = _cut(parts, begin, end)
        if len(groups) > 1:
            return [each for group in groups for each in _read(group)]
    return sorted(parts, key=lambda part: (part[0].top(), part[0].left()))


def _cut(parts: Sequence[Part], begin: Callable[[QRect], int], end: Callable[[QRect], int]) -> list[list[Part]]:
    """Parts in groups with room between them."""
    groups: list[list[Part]] = []
    reached = 0
    for part in sorted(parts, key=lambda part: begin(part[0])):
        if groups and begin(part[0]) < reached - SLACK:
            groups[-1].append(part)
            reached = max(reached, end(part[0]))
        else:
            groups.append([part])
            reached = end(part[0])
    return groups
