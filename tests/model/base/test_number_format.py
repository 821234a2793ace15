"""How the screen writes numbers: three significant digits, narrow spaces, times to wait."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.base import number_format

BACK = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> float:
    """The number that a text of ours means."""
    mantissa, _, power = text.replace(number_format.THIN, "").partition("·10")
    return float(f"{mantissa}e{power.translate(BACK) or 0}")


@given(st.floats(-1e308, 1e308))
@example(5e-324)
@example(0.00099999)
@example(999_999.9)
@example(-1e300)
def test_that_three_significant_digits_are_near_and_short(value: float) -> None:
    text = number_format.significant(value)
    assert read(text) == pytest.approx(value, rel=0.0051, abs=5e-324)
    assert len(text) <= 13
    mantissa = text.partition("·10")[0].lstrip("-")
    if "·10" in text:
        assert 1 <= float(mantissa) < 10
    else:
        assert value == 0 or 0.00009 < abs(value) < 10_000_000


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.0123, "0.0123"), (12.345, "12.3"), (123456, "123\u202f000"), (4.5e-7, "4.50·10⁻⁷"), (-2.5, "-2.50"),
     (1e6, "1\u202f000\u202f000"), (1e7, "1.00·10⁷"), (9.99999e-5, "0.000100"), (9.99e-5, "9.99·10⁻⁵"), (99.99, "100")],
)  # fmt: skip
def test_that_numbers_look_as_people_write_them(value: float, text: str) -> None:
    assert number_format.significant(value) == text


@given(st.floats(-1e300, 1e300), st.integers(1, 6))
def test_that_a_sentence_and_a_figure_write_the_same_number(value: float, digits: int) -> None:
    figure, word = number_format.significant(value, digits), number_format.rounded(value, digits)
    assert read(word) == read(figure)
    assert len(word) <= len(figure)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-3, "0 s"), (0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (130, "2 min 10 s"), (3599.6, "1 h 00 min"),
     (11_100, "3 h 05 min")],
)  # fmt: skip
def test_that_times_to_wait_are_told_in_two_units(seconds: float, text: str) -> None:
    assert number_format.duration(seconds).replace(number_format.THIN, " ") == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 kB"), (640, "0.64 kB"), (64_000, "64 kB"), (999_400, "999 kB"), (2_850_000, "2.9 MB"),
     (812_000_000, "812 MB"), (2_000_000_000, "2 GB"), (2.94e9, "2.9 GB"), (1.5e12, "1 500 GB")],
)  # fmt: skip
def test_that_files_have_sizes_as_file_managers_write_them(size: float, text: str) -> None:
    assert number_format.file_size(size).replace(number_format.THIN, " ") == text


def test_that_counts_have_thin_spaces_and_shares_one_decimal() -> None:
    assert number_format.count(1_234_567) == "1\u202f234\u202f567"
    assert number_format.percent(0.12345) == "12.3\u202f%"


@pytest.mark.parametrize("value", [0.9, 0.99, 0.999, 0.9999, 0.99999])
def test_that_what_is_just_below_1_is_not_written_as_1(value: float) -> None:
    assert number_format.short_of_one(value) == str(value)


@given(st.floats(-1e300, 1e300) | st.floats(0.99, 1))
def test_that_1_is_all_that_has_digits_more(value: float) -> None:
    word = number_format.short_of_one(value)
    assert read(word) < 1 or value >= 1
    assert word == number_format.rounded(value) or number_format.rounded(value) == "1"
