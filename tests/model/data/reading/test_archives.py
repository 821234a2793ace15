"""Archives, sound and hostile: members are checked before any is read."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.base.errors import InputError
from model.data.datasets import load_dataset
from model.data.reading.entries import MOST_FILES
from tests.support.data_layouts import four, npz, small, tarred, zipped
from tests.support.idx_files import NAMES, header

MEMORY = 50 << 20
SOUND = four(small())


def refused(data: bytes, folder: Path, name: str = "archive") -> str:
    """The sentence with which an archive is refused, in little memory."""
    path = folder / name
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            load_dataset(str(path))
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "C:\\windows\\x", "..\\x"])
def test_that_a_member_that_leads_outside_is_named(pack: object, name: str, tmp_path: Path) -> None:
    assert callable(pack)
    message = refused(pack({**SOUND, name: b"x"}), tmp_path)
    assert "leads out of the archive" in message


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_that_too_many_members_are_refused(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    assert "more than 10,000 members" in refused(
        pack({f"{number}.png": b"" for number in range(MOST_FILES + 1)}), tmp_path
    )


def test_that_links_are_no_files(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in NAMES:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    assert "no data set" in refused(made.getvalue(), tmp_path) or "is empty" in refused(made.getvalue(), tmp_path)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_that_a_bomb_is_not_unpacked(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    bomb = header(1_000_000, 16, 16) + bytes(256_000_000)
    assert "unpack" in refused(pack({**SOUND, NAMES[0]: bomb}), tmp_path)


def test_that_a_bomb_in_a_member_that_is_packed_itself_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(header(1_000_000, 16, 16) + bytes(256_000_000), 9)
    data = zipped({**{name: data for name, data in SOUND.items() if name != NAMES[0]}, f"{NAMES[0]}.gz": bomb})
    assert "unpack" in refused(data, tmp_path) or "labels for" in refused(data, tmp_path)


def test_that_a_text_of_gigabytes_in_front_of_a_tar_member_is_not_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.XHDTYPE, 8 << 30
    data = gzip.compress(
        info.tobuf(tarfile.USTAR_FORMAT if info.size < 8 << 30 else tarfile.GNU_FORMAT) + bytes(200 << 20)
    )
    refused(data, tmp_path)


def test_that_a_zip_archive_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(SOUND))
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = (50_000_000).to_bytes(4, "little")
    refused(bytes(data), tmp_path)


def test_that_a_password_and_an_unusual_packer_are_said(tmp_path: Path) -> None:
    data = bytearray(zipped(SOUND))
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(magic) + offset] |= 1
    assert "password" in refused(bytes(data), tmp_path)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(NAMES[0], SOUND[NAMES[0]])
    assert "unusual way" in refused(made.getvalue(), tmp_path)


def test_that_an_archive_without_a_data_set_says_what_is_in_it(tmp_path: Path) -> None:
    message = refused(zipped({"a.png": b"", "b.png": b"", "c.txt": b""}), tmp_path)
    assert "2 .png files and 1 .txt file" in message
    assert "four IDX or NumPy files" in message


def test_that_an_archive_in_an_archive_is_not_searched(tmp_path: Path) -> None:
    assert "no data set" in refused(zipped({"inner.zip": zipped(SOUND)}), tmp_path)


changes = st.lists(
    st.tuples(st.sampled_from(["set", "cut", "insert"]), st.integers(0, 3_000), st.integers(0, 255)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=changes, kind=st.sampled_from(["zip", "tar", "tar.gz", "npz"]), from_end=st.booleans())
def test_that_no_change_of_bytes_raises_anything_but_a_sentence(
    made: list[tuple[str, int, int]], kind: str, from_end: bool, tmp_path: Path
) -> None:
    parts = small()
    packers = {
        "zip": lambda: zipped(SOUND),
        "tar": lambda: tarred(SOUND, "w"),
        "tar.gz": lambda: tarred(SOUND),
        "npz": lambda: npz(x_train=parts[0], y_train=parts[1], x_test=parts[2], y_test=parts[3]),
    }
    data = bytearray(packers[kind]())
    for what, place, byte in made:
        at = max(len(data) - 1 - place, 0) if from_end else min(place, len(data) - 1)
        if what == "set":
            data[at] = byte
        elif what == "cut":
            del data[at : at + byte]
        else:
            data.insert(at, byte)
    path = tmp_path / f"changed.{kind}"
    path.write_bytes(bytes(data))
    said = ""
    try:
        load_dataset(str(path))
    except InputError as error:
        said = str(error)
    assert "\n" not in said
