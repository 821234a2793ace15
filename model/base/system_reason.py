"""Why the system refuses something, in words for the user."""

import errno

from model.base.language import Message, message

REASONS = {
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("the disk quota is used up"),
    errno.EFBIG: message("it would be larger than files may be here"),
    errno.ENAMETOOLONG: message("the name is too long"),
    errno.EROFS: message("the disk can only be read"),
    errno.EACCES: message("there is no permission to do so"),
    errno.EPERM: message("there is no permission to do so"),
    errno.ENOENT: message("there is no such file or folder"),
    errno.ENOTDIR: message("part of its path is no folder"),
    errno.EISDIR: message("it is a folder"),
    errno.EEXIST: message("it exists already"),
    errno.EIO: message("the disk does not answer"),
}


def system_reason(error: OSError) -> Message:
    """Why the system could not do something, in words that follow a colon; the system's own for what is rare."""
    return Message(REASONS.get(error.errno or 0) or error.strerror or str(error))
