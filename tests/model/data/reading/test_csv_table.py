"""Tables of numbers as text: what their columns are, and what is wrong with some."""

import tracemalloc
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.data.datasets import load_dataset
from model.data.reading.csv_table import NumberTable, read_table
from tests.support.data_layouts import csv, small


def table(text: str | bytes, *, bare: bool = False) -> NumberTable:
    return read_table(BytesIO(text.encode() if isinstance(text, str) else text), "t.csv", bare=bare)


def refused(text: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        table(text)
    message = str(caught.value)
    assert message.startswith("t.csv")
    assert message.endswith(".")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    "text",
    [
        "7,1,2,3,4\n8,5,6,7,8\n",
        "7,1,2,3,4\r\n8,5,6,7,8",
        "\ufeff7, 1, 2, 3, 4\n\n8,5,6,7,8\n\n",
        "label,a,b,c,d\n7,1,2,3,4\n8,5,6,7,8\n",
        '"Label","pixel0","pixel1","pixel2","pixel3"\n"7","1","2","3","4"\n"8","5","6","7","8"\n',
        "label\t1x1\t1x2\t2x1\t2x2\n7\t1\t2\t3\t4\n8\t5\t6\t7\t8\n",
        "7;1;2;3;4\n8;5;6;7;8\n",
        "7 1 2 3 4\n8 5  6 7 8\n",
        "7.0,1.0,2.0,3.0,4.0\n8,5e0,6.00,7,8\n",
        ",label,p1,p2,p3,p4\n0,7,1,2,3,4\n1,8,5,6,7,8\n",
        "p1,p2,p3,p4,class\n1,2,3,4,7\n5,6,7,8,8\n",
        "id,y,p1,p2,p3,p4\n90,7,1,2,3,4\n91,8,5,6,7,8\n",
    ],
)
def test_that_label_and_pixels_are_told_apart(text: str) -> None:
    found = table(text)
    assert found.labels is not None
    assert found.labels.tolist() == [7, 8]
    assert found.pixels.tolist() == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_that_without_a_header_a_first_column_that_never_changes_is_a_dark_corner() -> None:
    found = table("0,2,3,4,7\n0,6,7,8,8\n")
    assert found.labels is not None
    assert found.labels.tolist() == [7, 8]
    assert found.pixels.tolist() == [[0, 2, 3, 4], [0, 6, 7, 8]]


def test_that_a_row_that_pandas_took_for_a_header_is_passed_over() -> None:
    repaired = ",".join(["0", *(f"0.{at}" for at in range(1, 325))])
    rows = [f"{label},{','.join([pixel] * 324)}" for label, pixel in (("3", "0"), ("4", "9"))]
    found = table("\n".join([repaired, *rows, ""]))
    assert found.pixels.shape == (2, 324)
    assert found.labels is not None
    assert found.labels.tolist() == [3, 4]


@pytest.mark.parametrize("text", ["1,2,3,4\n5,6,7,8\n", "pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n5,6,7,8\n"])
def test_that_a_table_of_pixels_alone_has_no_labels(text: str) -> None:
    assert table(text).labels is None
    assert table(text).pixels.shape == (2, 4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("label,p1\n", "has no rows"),
        ("1,2,3,4,5\n1,2,3,4\n", "4 values in line 2 and 5 in the first"),
        ("a,b,c,d,e\n1,2,3,4,5\n1,2,3,4,5,6\n", "6 values in line 3 and 5 in the first"),
        ("1,2,3,4,5\n1,2,x,4,5\n", "'x' in line 2 where a number"),
        ("1,2,3,4,5\n1,2,,4,5\n", "nothing in line 2 where a number"),
        ("1,2,3,4,5,6,7\n", "7 columns, which are neither"),
        (b"1,2,3,4,5\n\0\1\2", "not text"),
        (b"\0\0\0\0", "not text"),
        ("1," * 70_000, "columns; at most"),
        ("1" * 4_000_000, "a line of more than"),
    ],
)
def test_that_a_bad_table_is_refused_with_its_line(text: str | bytes, says: str) -> None:
    assert says in refused(text)


def test_that_a_line_without_an_end_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "train.csv"
    path.write_bytes(b"1,2,3,4,5\n" + b"1" * (120 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            load_dataset(str(path))
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()


numbers = st.one_of(
    st.integers(0, 255), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, width=32).map(lambda value: round(value, 3))
)


@given(st.lists(st.lists(numbers, min_size=5, max_size=5), min_size=1, max_size=6))
def test_that_any_numbers_are_read_as_they_were_written(rows: list[list[float]]) -> None:
    text = "\n".join(["label,p1,p2,p3,p4", *(",".join(map(str, row)) for row in rows)])
    found = table(text)
    assert found.labels is not None
    np.testing.assert_array_equal(found.labels, [row[0] for row in rows])
    np.testing.assert_allclose(found.pixels, np.array([row[1:] for row in rows]), rtol=1e-6)


@given(st.binary(max_size=300))
def test_that_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = table(data)
    except InputError as error:
        said = str(error)
    else:
        assert found.pixels.ndim == 2
        return
    assert said.startswith("t.csv")


def test_that_a_contests_table_without_labels_is_left_out_and_said(tmp_path: Path) -> None:
    parts = small()
    (tmp_path / "train.csv").write_bytes(csv(parts.train_images, parts.train_labels))
    (tmp_path / "test.csv").write_bytes(csv(parts.test_images, None))
    found = load_dataset(str(tmp_path))
    assert found.notes[0] == "test.csv has no labels, as of a contest, and is left out."
    assert found.notes[1].startswith("All images are in train.csv: 48 of them, chosen with seed 0,")


def test_that_a_split_is_the_same_at_every_time(tmp_path: Path) -> None:
    parts = small()
    (tmp_path / "digits.csv").write_bytes(csv(parts.train_images, parts.train_labels))
    once, again = (load_dataset(str(tmp_path / "digits.csv")) for _ in range(2))
    np.testing.assert_array_equal(once.test_images, again.test_images)
    assert once.name == "digits"


def test_that_few_shades_become_all(tmp_path: Path) -> None:
    parts = small()
    (tmp_path / "digits.csv").write_bytes(csv(parts.train_images // 16 + 1, parts.train_labels))
    found = load_dataset(str(tmp_path / "digits.csv"))
    assert found.train_images.max() == 255
    assert "Its values, which go from 0 to 16, were brought to 0 to 255." in found.notes
