"""The frames of event files: their checksum is CRC-32C, and TensorBoard's own reader takes them."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.exports.tensorboard_events import crc32c, event, scalar

VECTORS = [
    (b"", 0),
    (b"a", 0xC1D04330),
    (b"123456789", 0xE3069283),  # the check value of CRC catalogues
    (bytes(32), 0x8A9136AA),  # this and the following: RFC 3720, B.4
    (b"\xff" * 32, 0x62A8AB43),
    (bytes(range(32)), 0x46DD794E),
    (bytes(range(31, -1, -1)), 0x113FDB5C),
]


def slow_crc(data: bytes) -> int:
    """CRC-32C bit by bit, as its definition says."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


@pytest.mark.parametrize(("data", "crc"), VECTORS)
def test_that_the_checksum_is_that_of_known_vectors(data: bytes, crc: int) -> None:
    assert crc32c(data) == crc


@given(st.binary(max_size=300))
def test_that_the_checksum_is_its_definition(data: bytes) -> None:
    assert crc32c(data) == slow_crc(data)


def test_that_the_checksum_of_much_is_its_definition() -> None:
    data = np.random.default_rng(1).bytes(100_003)
    assert crc32c(data) == slow_crc(data)


@given(st.integers(0, 2**63 - 1), st.lists(st.text(max_size=300), max_size=3))
def test_that_a_frame_says_how_long_it_is(step: int, tags: list[str]) -> None:
    frame = event(1.5, step, [scalar(tag, 0.25) for tag in tags])
    (length,) = struct.unpack("<Q", frame[:8])
    assert len(frame) == 8 + 4 + length + 4


@pytest.mark.parametrize("value", [1e300, -1e300, float("inf")])
def test_that_a_number_beyond_float32_is_infinite(value: float) -> None:
    (kept,) = struct.unpack("<f", scalar("tag", value)[-4:])
    assert abs(kept) == float("inf")
    assert (kept > 0) == (value > 0)
