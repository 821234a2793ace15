"""Images of any type of number, grey or in colour, as bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.base.errors import InputError
from model.data.reading.array_file import Numbers
from model.data.reading.gray_bytes import IN_COLOR, gray_bytes, whole_labels

GRAY = np.arange(48, dtype=np.uint8).reshape(2, 4, 6) * 5


def made(values: Numbers) -> tuple[Numbers, list[str]]:
    found = gray_bytes([values, values], ["a", "b"])
    return found.images[0], list(map(str, found.notes))


def test_that_bytes_stay_as_they_are() -> None:
    found, notes = made(GRAY)
    assert found is GRAY
    assert notes == []


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        (GRAY / 255, "0", "1"),
        (GRAY / 127.5 - 1, "-1", "1"),
        ((GRAY.astype(np.int16) - 128).astype(np.int8), "-128", "127"),
        (GRAY.astype(np.float64) * 10 - 300, "-300", "2 050"),
        (GRAY.astype(np.int32) * 4, "0", "940"),
    ],
)
def test_that_values_of_any_range_become_bytes_and_a_note_says_so(values: Numbers, low: str, high: str) -> None:
    found, notes = made(values)
    assert found.dtype == np.uint8
    shown = GRAY if (low, high) in {("0", "1"), ("-1", "1"), ("-128", "127")} else np.rint(GRAY / (235 / 255))
    assert np.abs(found.astype(int) - shown).max() <= 1
    assert notes == [
        f"Its values, which go from {low} to {high}, were brought to 0 to 255.".replace("2 050", "2\u202f050")
    ]


@pytest.mark.parametrize("kind", [np.int16, np.int32, np.float32, np.float64, np.uint16])
def test_that_wider_numbers_of_bytes_are_taken_as_they_are(kind: type) -> None:
    found, notes = made(GRAY.astype(kind))
    np.testing.assert_array_equal(found, GRAY)
    assert notes == []


def test_that_training_and_test_images_are_brought_by_one_range() -> None:
    found = gray_bytes([GRAY.astype(np.int32), GRAY.astype(np.int32) * 4], ["a", "b"])
    assert found.images[0].max() == round(235 / 940 * 255)
    assert found.images[1].max() == 255


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("first", [False, True])
def test_that_colour_becomes_grey_and_a_note_says_so(channels: int, first: bool) -> None:
    values = np.stack([GRAY] * channels, axis=1 if first else 3)
    found, notes = made(values)
    np.testing.assert_array_equal(found, GRAY)
    assert notes == ([IN_COLOR] if channels > 1 else [])


def test_that_green_is_the_brightest() -> None:
    pure = np.zeros((3, 2, 2, 3), np.uint8)
    pure[[0, 1, 2], :, :, [0, 1, 2]] = 255
    assert made(pure)[0][:, 0, 0].tolist() == [76, 150, 29]


def test_that_rows_of_a_square_are_images() -> None:
    assert made(np.zeros((3, 784), np.uint8))[0].shape == (3, 28, 28)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (np.zeros((3, 785), np.uint8), "no square image"),
        (np.zeros(3, np.uint8), "one number"),
        (np.full((1, 2, 2), np.nan), "no numbers"),
        (np.full((1, 2, 2), np.inf), "no numbers"),
        (np.zeros((1, 5, 5, 2), np.uint8), "2 channels"),
    ],
)
def test_that_other_images_are_refused(values: Numbers, says: str) -> None:
    with pytest.raises(InputError, match=says):
        made(values)


@given(
    arrays.arrays(
        st.sampled_from([np.int8, np.int16, np.int32, np.float32, np.float64]).map(np.dtype),
        (3, 2, 2),
    )
)
def test_that_any_finite_values_become_bytes_in_their_order(values: Numbers) -> None:
    if not np.isfinite(values).all():
        return
    found, _ = made(values)
    order = np.argsort(values.reshape(-1), kind="stable")
    assert (np.diff(found.reshape(-1)[order].astype(int)) >= 0).all()


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (np.array([1, 2, 3], np.uint8), [1, 2, 3]),
        (np.array([[1], [2]]), [1, 2]),
        (np.array([[5, 9, 9], [6, 9, 9]]), [5, 6]),
        (np.eye(3)[[2, 0, 1]], [2, 0, 1]),
        (np.array([1.0, 2.0]), [1, 2]),
    ],
)
def test_that_labels_are_read_in_every_form(values: Numbers, labels: list[int]) -> None:
    assert whole_labels(values, "x").tolist() == labels


@pytest.mark.parametrize("values", [np.array([0.5]), np.array([np.nan]), np.array([1e30]), np.zeros((2, 2, 2))])
def test_that_other_labels_are_refused(values: Numbers) -> None:
    with pytest.raises(InputError, match="x has"):
        whole_labels(values, "x")
