"""Compressed data from files that anybody may have written: never more memory than they say they need."""

import zlib
from typing import NamedTuple

from model.base.errors import InputError
from model.base.language import message


class Faults(NamedTuple):
    """What is said where compressed data are of another length than announced, and where they are damaged."""

    length: str
    packing: str


OF_WEIGHTS = Faults(
    message("its weights have another length than their description says"),
    message("its weights cannot be decompressed"),
)
OF_HISTOGRAMS = Faults(
    message("the histograms of a record have another length than their description says"),
    message("the histograms of a record cannot be decompressed"),
)


def inflate(data: bytes, size: int, faults: Faults) -> bytes:
    """Decompress to exactly `size` bytes, without allocating more; raises InputError with one of `faults` otherwise."""
    machine = zlib.decompressobj()
    try:
        plain = machine.decompress(data, size) if size else machine.decompress(data, 1)
        if len(plain) != size or machine.decompress(machine.unconsumed_tail, 1) or not machine.eof:
            raise InputError(faults.length)
    except zlib.error:
        raise InputError(faults.packing) from None
    return plain
