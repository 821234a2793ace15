"""IDX files, sound and hostile."""

import gzip
import tracemalloc
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.base.errors import InputError
from model.data.idx import read_idx
from tests.support.idx_files import header, packed

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 3, 4), np.uint8)
LABELS = np.arange(5, dtype=np.uint8)
GIGABYTES = header(1_000_000, 32, 32)


def refused(path: Path, dimensions: int = 3) -> str:
    """The sentence with which the file is refused; it starts with the file's name."""
    with pytest.raises(InputError) as caught:
        read_idx(path, dimensions)
    message = str(caught.value)
    assert message.startswith(path.name)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def written(folder: Path, data: bytes, name: str = "images") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("values", [IMAGES, LABELS, IMAGES[:1, :1, :1]])
@pytest.mark.parametrize("name", ["file", "file.gz"])
def test_that_what_was_written_is_read(values: np.ndarray, name: str, tmp_path: Path) -> None:
    data = packed(values)
    found = read_idx(written(tmp_path, gzip.compress(data) if name.endswith("gz") else data, name), values.ndim)
    np.testing.assert_array_equal(found.values, values)
    assert found.digest == sha256(data).hexdigest()


def test_that_a_gzip_file_of_several_members_is_read_whole(tmp_path: Path) -> None:
    data = packed(IMAGES)
    path = written(tmp_path, gzip.compress(data[:30]) + gzip.compress(data[30:]), "images.gz")
    np.testing.assert_array_equal(read_idx(path, 3).values, IMAGES)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "does not start with an IDX header"),
        (packed(IMAGES)[:15], "does not start with an IDX header"),
        (b"\0\1" + packed(IMAGES)[2:], "does not start with an IDX header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "does not start with an IDX header"),
        (gzip.compress(packed(IMAGES)), "does not start with an IDX header"),
        (header(6, 3, 4, kind=0x0D) + bytes(288), "type 0x0d"),
        (header(6, 12) + bytes(72), "2 dimensions instead of 3"),
        (header(6, 3, 2, 2) + bytes(72), "4 dimensions instead of 3"),
        (header(0, 3, 4), "0 x 3 x 4"),
        (header(6, 0, 4), "6 x 0 x 4"),
        (header(6, 3, 0), "6 x 3 x 0"),
        (header(1, 257, 1) + bytes(257), "1 x 257 x 1"),
        (header(1_000_001, 1, 1) + bytes(10), "1,000,001 x 1 x 1"),
        (header(2**32 - 1, 2**32 - 1, 2**32 - 1), "4,294,967,295"),
        (header(1_000_000, 256, 256), "1,000,000 x 256 x 256"),
        (packed(IMAGES)[:-1], "ends after 71 of the 72 bytes"),
        (header(6, 3, 4), "ends after 0 of the 72 bytes"),
        (packed(IMAGES) + b"\0", "longer than the 72 bytes"),
    ],
)
@pytest.mark.parametrize("zipped", [False, True])
def test_that_a_bad_file_is_refused_in_words(data: bytes, says: str, zipped: bool, tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(data), "bad.gz") if zipped else written(tmp_path, data)
    assert says in refused(path)


@pytest.mark.parametrize("cut", [1, 5, 9, 12, 20, 40, -1, -4, -8, -9])
def test_that_a_truncated_gzip_file_is_refused(cut: int, tmp_path: Path) -> None:
    refused(written(tmp_path, gzip.compress(packed(IMAGES))[:cut], "images.gz"))


@pytest.mark.parametrize("at", [0, 2, 15, 30, -1, -6])
def test_that_a_damaged_gzip_file_is_refused(at: int, tmp_path: Path) -> None:
    data = bytearray(gzip.compress(packed(IMAGES)))
    data[at] ^= 0xFF
    refused(written(tmp_path, bytes(data), "images.gz"))


def test_that_rubbish_behind_a_gzip_file_is_refused(tmp_path: Path) -> None:
    refused(written(tmp_path, gzip.compress(packed(IMAGES)) + b"rubbish", "images.gz"))


def test_that_a_plain_file_named_gz_is_refused(tmp_path: Path) -> None:
    assert "gzip" in refused(written(tmp_path, packed(IMAGES), "images.gz"))


def test_that_a_missing_file_and_a_directory_in_its_place_are_refused(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "absent")
    (tmp_path / "folder.gz").mkdir()
    assert "cannot be read" in refused(tmp_path / "folder.gz")


@pytest.mark.parametrize("name", ["images", "images.gz"])
def test_that_a_header_that_announces_a_gigabyte_reserves_nothing(name: str, tmp_path: Path) -> None:
    data = GIGABYTES + bytes(1000)
    path = written(tmp_path, gzip.compress(data) if name.endswith("gz") else data, name)
    tracemalloc.start()
    try:
        assert "ends after 1,000 of the 1,024,000,000 bytes" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


def test_that_a_gzip_bomb_is_unpacked_no_further_than_announced(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(packed(IMAGES) + bytes(200 << 20), 1), "images.gz")
    tracemalloc.start()
    try:
        assert "longer than the 72 bytes" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


def check_read_or_refused(path: Path, dimensions: int) -> None:
    try:
        found = read_idx(path, dimensions)
    except InputError as error:
        refusal = str(error)
    else:
        assert found.values.ndim == dimensions
        assert found.values.dtype == np.uint8
        return
    assert refusal.startswith(path.name)


mutations = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 120), st.integers(0, 255)),
        st.tuples(st.just("cut"), st.integers(0, 120), st.just(0)),
        st.tuples(st.just("insert"), st.integers(0, 120), st.integers(0, 255)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=mutations, name=st.sampled_from(["images", "images.gz"]), before=st.booleans())
def test_that_no_change_of_bytes_raises_anything_else_or_takes_memory(
    changes: list[tuple[str, int, int]], name: str, before: bool, tmp_path: Path
) -> None:
    def changed(data: bytes) -> bytes:
        mutable = bytearray(data)
        for what, at, byte in changes:
            if what == "set" and at < len(mutable):
                mutable[at] = byte
            elif what == "cut":
                del mutable[at:]
            elif what == "insert":
                mutable.insert(at, byte)
        return bytes(mutable)

    data = changed(packed(IMAGES)) if before or name == "images" else packed(IMAGES)
    if name.endswith("gz"):
        data = gzip.compress(data) if before else changed(gzip.compress(data))
    path = written(tmp_path, data, name)
    tracemalloc.start()
    try:
        check_read_or_refused(path, 3)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 << 20


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), name=st.sampled_from(["x", "x.gz"]), dimensions=st.sampled_from([1, 3]))
def test_that_any_bytes_are_either_read_or_refused(data: bytes, name: str, dimensions: int, tmp_path: Path) -> None:
    check_read_or_refused(written(tmp_path, data, name), dimensions)
