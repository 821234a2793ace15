"""A keyboard at an X server: it hands its keys to whichever window has them, as it does with those of a real one.

X Window System Protocol (X11R7.7), chapters 8 and 9 and appendix B; XTEST Extension Protocol 2.2, FakeInput.
"""

import socket
import struct
from types import TracebackType
from typing import Self

from PySide6.QtCore import Qt

Key, Modifier = Qt.Key, Qt.KeyboardModifier

LITTLE_ENDIAN, VERSION = ord("l"), 11
QUERY_EXTENSION, GET_KEYBOARD_MAPPING = 98, 101  # requests of the core protocol
FAKE_INPUT, PRESS, RELEASE = 2, 2, 3  # of XTEST
ERROR, REPLY = 0, 1
SHIFT_COLUMN = 1  # of the keysyms of a key

# <X11/keysymdef.h>; letters, digits and signs of Latin 1 are their own.
KEYSYMS = {
    Key.Key_Tab: 0xFF09, Key.Key_Backtab: 0xFF09, Key.Key_Return: 0xFF0D, Key.Key_Escape: 0xFF1B, Key.Key_Home: 0xFF50,
    Key.Key_Left: 0xFF51, Key.Key_Up: 0xFF52, Key.Key_Right: 0xFF53, Key.Key_Down: 0xFF54, Key.Key_End: 0xFF57,
    **{Key(Key.Key_F1.value + k): 0xFFBE + k for k in range(12)},
}  # fmt: skip
MODIFIERS = {Modifier.ShiftModifier: 0xFFE1, Modifier.ControlModifier: 0xFFE3, Modifier.AltModifier: 0xFFE9}


class XKeyboard:
    """The keyboard of a display such as ':1' on this machine, which asks nobody who they are."""

    def __init__(self, display: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        self.socket.sendall(struct.pack("<BxHHHHxx", LITTLE_ENDIAN, VERSION, 0, 0, 0))
        accepted, length = struct.unpack("<BxxxxxH", self._read(8))
        setup = self._read(4 * length)
        assert accepted == 1, setup
        first, last = setup[26:28]  # keycodes
        name = b"XTEST"
        reply, _ = self._ask(struct.pack("<BxHHxx8s", QUERY_EXTENSION, 4, len(name), name))
        present, self.xtest = reply[8:10]
        assert present
        reply, keysyms = self._ask(struct.pack("<BxHBBxx", GET_KEYBOARD_MAPPING, 2, first, last - first + 1))
        columns = reply[1]
        # By its keysym, the keycode of a key and the column in which it stands there.
        self.places: dict[int, tuple[int, int]] = {}
        for place, (keysym,) in enumerate(struct.iter_unpack("<I", keysyms)):
            code, column = first + place // columns, place % columns
            if column <= SHIFT_COLUMN:  # the others are of a second layout
                self.places.setdefault(keysym, (code, column))

    def strike(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> int:
        """Press a key, or that of a letter, and let it go, with modifiers around it; returns how many were let go."""
        code, column = self.places[self._keysym(key)]
        held = [self.places[keysym][0] for modifier, keysym in MODIFIERS.items() if modifier & modifiers]
        shift = self.places[MODIFIERS[Modifier.ShiftModifier]][0]
        if column == SHIFT_COLUMN and shift not in held:
            held.append(shift)
        for each in (*held, code):
            self._fake(PRESS, each)
        for each in (code, *reversed(held)):
            self._fake(RELEASE, each)
        return 1 + len(held)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def _keysym(self, key: Qt.Key | str) -> int:
        if isinstance(key, str):
            return ord(key)
        return KEYSYMS.get(key) or ord(chr(key.value).lower())

    def _fake(self, kind: int, code: int) -> None:
        self.socket.sendall(struct.pack("<BBHBB2xII8xhh7xB", self.xtest, FAKE_INPUT, 9, kind, code, 0, 0, 0, 0, 0))

    def _ask(self, request: bytes) -> tuple[bytes, bytes]:
        """The reply to a request: its first 32 bytes, and all others."""
        self.socket.sendall(request)
        while (head := self._read(32))[0] != REPLY:  # events go to everybody
            assert head[0] != ERROR, head
        (length,) = struct.unpack_from("<I", head, 4)
        return head, self._read(4 * length)

    def _read(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            more = self.socket.recv(count - len(found))
            assert more, "the X server has gone"
            found += more
        return found
