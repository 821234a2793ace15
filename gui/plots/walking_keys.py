"""The keys that walk through what a picture shows, cell by cell or point by point."""

from PySide6.QtCore import Qt

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
NEXT = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
PLAIN, FINE = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier

FRAME_PIXELS = 2.0  # of the frame around where they are
