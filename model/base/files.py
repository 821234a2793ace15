"""Atomic writing of files: the whole file is replaced, or nothing is changed."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from model.base.errors import InputError
from model.base.language import Message
from model.base.system_reason import system_reason


def check_target(path: Path) -> None:
    """Check that a file can be written at `path`; raises InputError with the reason if not."""
    try:
        _check(_real(path))
    except (OSError, ValueError) as error:
        raise _complaint(path, error) from None


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`; on failure leave it untouched and raise InputError."""
    build_whole(path, lambda temporary: _write(temporary, data))


def build_whole(path: Path, build: Callable[[Path], None]) -> None:
    """Replace the file at `path` by the one that `build` writes to the temporary path it is given.

    On failure leave it untouched and raise InputError, with the reason of an OSError or InputError raised by `build`.
    """
    try:
        target = _real(path)
        _check(target)
        _replace(target, build)
    except (OSError, ValueError) as error:
        raise _complaint(path, error) from None


def _real(path: Path) -> Path:
    # A link stays one, and the file that it leads to is replaced.
    return Path(os.path.realpath(path))


def _check(target: Path) -> None:
    if target.is_dir():
        raise InputError("it is a folder; add a file name")
    if not target.parent.is_dir():
        raise InputError("there is no folder '{folder}'", folder=target.parent)
    if target.exists() and not target.is_file():
        raise InputError("it is not an ordinary file")
    for place, needed in ((target.parent, os.W_OK | os.X_OK), (target, os.W_OK)):
        if place.exists() and not os.access(place, needed):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _write(temporary: Path, data: bytes) -> None:
    temporary.write_bytes(data)


def _replace(target: Path, build: Callable[[Path], None]) -> None:
    # Beside its target, because only within one file system is a rename all or nothing.
    temporary = target.with_name(f".layerscope-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            build(temporary)
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # Makes the new name outlast a power cut where folders can be synced, which Windows does not offer.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _complaint(path: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, PermissionError):
        reason = Message("there is no permission to do so; choose another folder")
    elif isinstance(error, OSError):
        reason = system_reason(error)
    else:
        return InputError("'{path}' cannot be written: {reason}.", path=path, reason=error)
    return InputError("'{path}' cannot be written: {reason}.", path=path, reason=reason)
