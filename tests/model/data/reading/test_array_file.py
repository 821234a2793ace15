"""Arrays as IDX and NumPy files, sound and hostile, alone and packed."""

import gzip
import os
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.base.errors import InputError
from model.data.reading.array_file import Numbers, read_header, read_payload
from model.data.reading.contents import read_values
from model.data.reading.entries import entry_of
from tests.support.data_layouts import idx, npy
from tests.support.idx_files import header, packed

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 3, 4), np.uint8)
LABELS = np.arange(5, dtype=np.uint8)
GIGABYTES = header(1_000_000, 32, 32)


def read(path: Path) -> Numbers:
    return read_values(entry_of(path))


def refused(path: Path) -> str:
    """The sentence with which the file is refused; it starts with the file's name."""
    with pytest.raises(InputError) as caught:
        read(path)
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
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", ["file", "file.gz"])
def test_that_what_was_written_is_read_whatever_its_name_says(
    values: Numbers, name: str, zipped: bool, tmp_path: Path
) -> None:
    data = packed(values)
    found = read(written(tmp_path, gzip.compress(data) if zipped else data, name))
    np.testing.assert_array_equal(found, values)


@pytest.mark.parametrize("kind", ["u1", "i1", "i2", "i4", "f4", "f8"])
@pytest.mark.parametrize("form", [idx, npy])
def test_that_every_type_of_number_is_read(kind: str, form: object, tmp_path: Path) -> None:
    values = (np.arange(24).reshape(2, 3, 4) - (0 if kind == "u1" else 12)).astype(kind)
    assert callable(form)
    np.testing.assert_array_equal(read(written(tmp_path, form(values))), values)


@pytest.mark.parametrize("kind", ["b1", "u2", "u4", "i8", "u8", "f2", ">i4"])
def test_that_numpys_other_types_are_read_in_either_order(kind: str, tmp_path: Path) -> None:
    values = np.asfortranarray(np.arange(24).reshape(2, 3, 4).astype(kind))
    np.testing.assert_array_equal(read(written(tmp_path, npy(values))), values)


@pytest.mark.parametrize("values", [np.array([{}]), np.array(["a"]), np.array([1j]), np.array(5)])
def test_that_an_array_of_other_things_than_numbers_is_refused(values: Numbers, tmp_path: Path) -> None:
    file = BytesIO()
    np.save(file, values, allow_pickle=True)
    refused(written(tmp_path, file.getvalue()))


def test_that_the_digest_is_of_the_unpacked_bytes() -> None:
    data = packed(IMAGES)
    file = BytesIO(data)
    assert read_payload(file, "x", read_header(file, "x"), digested=True).digest == sha256(data).hexdigest()


@pytest.mark.parametrize("form", [idx, npy])
def test_that_a_file_on_the_disk_is_read_as_a_stream_is(form: Callable[[Numbers], bytes], tmp_path: Path) -> None:
    data = form(IMAGES)
    path = written(tmp_path, data)
    with path.open("rb") as file:
        found = read_payload(file, "x", read_header(file, "x"), digested=True)
    np.testing.assert_array_equal(found.values, IMAGES)
    assert found.digest == sha256(data).hexdigest()
    for wrong, says in ((data[:-1], "ends after 71 of"), (data + b"\0", "longer than the 72")):
        path.write_bytes(wrong)
        with path.open("rb") as file, pytest.raises(InputError, match=says):
            read_payload(file, "x", read_header(file, "x"))


def test_that_a_file_that_is_cut_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = idx(IMAGES)
    path = written(tmp_path, data)
    with path.open("rb", buffering=16) as file:
        known = read_header(file, "x")
        monkeypatch.setattr(os, "fstat", lambda _: SimpleNamespace(st_size=len(data)))
        os.truncate(path, len(data) - 30)
        with pytest.raises(InputError, match="ends after 42 of the 72 bytes"):
            read_payload(file, "x", known)


def test_that_a_gzip_file_of_several_members_is_read_whole(tmp_path: Path) -> None:
    data = packed(IMAGES)
    path = written(tmp_path, gzip.compress(data[:30]) + gzip.compress(data[30:]), "images.gz")
    np.testing.assert_array_equal(read(path), IMAGES)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "does not start with an IDX header"),
        (packed(IMAGES)[:15], "does not start with an IDX header"),
        (b"\0\1" + packed(IMAGES)[2:], "does not start with an IDX header"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "does not start with an IDX header"),
        (b"\0\0\x08\x03\0\0", "does not start with an IDX header"),
        (header(6, 3, 4, kind=0x0A) + bytes(288), "type 0x0a"),
        (header(1, 1, 1, 1, 1) + bytes(1), "does not start with an IDX header"),
        (npy(IMAGES)[:60], "header is damaged"),
        (npy(IMAGES).replace(b"|u1", b"|O8"), "type object"),
        (npy(IMAGES).replace(b"(6, 3, 4)", b"(6, 3,-4)"), "header is damaged"),
        (npy(IMAGES).replace(b"(6, 3, 4)", b"(6, 9999)"), "ends after 72 of the 59,994 bytes"),
        (npy(IMAGES)[:-1], "ends after 71 of the 72 bytes"),
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


@pytest.mark.parametrize(
    ("magic", "says"), [(b"BZh91AY", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"Rar!\x1a\7", "RAR"), (b"7z\xbc\xaf", "7-Zip")]
)
def test_that_another_packer_is_named(magic: bytes, says: str, tmp_path: Path) -> None:
    assert says in refused(written(tmp_path, magic + bytes(100)))


def test_that_a_file_packed_twice_is_refused(tmp_path: Path) -> None:
    assert "twice" in refused(written(tmp_path, gzip.compress(gzip.compress(packed(IMAGES)))))


def test_that_a_missing_file_and_a_directory_in_its_place_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "absent")
    (tmp_path / "folder.gz").mkdir()
    assert "cannot be read" in refused(tmp_path / "folder.gz")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (GIGABYTES + bytes(1000), "ends after 1,000 of the 1,024,000,000 bytes"),
        (gzip.compress(GIGABYTES + bytes(1000)), "unpack to more"),
        (gzip.compress(header(30_000, 32, 32) + bytes(1000)), "ends after 1,000 of the 30,720,000 bytes"),
        (gzip.compress(header(1000, 32, 32) + bytes(300 << 20), 1), "longer than the 1,024,000 bytes"),
        (npy(IMAGES).replace(b"(6, 3, 4)", b"(999999,)") + bytes(9), "ends after 81 of the 999,999 bytes"),
    ],
    ids=["IDX", "unpacks to more", "a part", "far too long", "NumPy"],  # gzip writes the time into the data
)
def test_that_a_header_that_lies_reserves_nothing(data: bytes, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, data)
    tracemalloc.start()
    try:
        assert says in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
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


def check_read_or_refused(path: Path) -> None:
    try:
        found = read(path)
    except InputError as error:
        refusal = str(error)
    else:
        assert 1 <= found.ndim <= 4
        assert found.dtype.kind in "buif"
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
        check_read_or_refused(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 << 20


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), start=st.sampled_from([b"", b"\0\0\x08\3", b"\x93NUMPY\1\0"]))
def test_that_any_bytes_are_either_read_or_refused(data: bytes, start: bytes, tmp_path: Path) -> None:
    check_read_or_refused(written(tmp_path, start + data, "x"))
