"""Compressed data from files that anybody may have written: never more memory than they say they need."""

import zlib

from model.base.errors import InputError


def inflate(data: bytes, size: int, what: str) -> bytes:
    """Decompress to exactly `size` bytes, without allocating more; raises InputError about `what` otherwise."""
    machine = zlib.decompressobj()
    try:
        plain = machine.decompress(data, size) if size else machine.decompress(data, 1)
        if len(plain) != size or machine.decompress(machine.unconsumed_tail, 1) or not machine.eof:
            raise InputError(f"{what} have another length than their description says")
    except zlib.error:
        raise InputError(f"{what} cannot be decompressed") from None
    return plain
