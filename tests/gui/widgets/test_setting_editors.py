"""The fields of the panel: what they write they read, they step 1-2-5, and nonsense changes nothing."""

from math import ceil, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.widgets.setting_editors import CountSpinBox, LogSpinBox, NumberSpinBox, editor, title
from model.base.choices import Choice
from model.base.params import Param
from model.config.every_setting import every_setting
from tests.support.hypothesis_strategies import values

NUMBERS = [setting for setting in every_setting() if setting.type is float]
LOGARITHMIC = [setting for setting in NUMBERS if setting.log]
SHARES = [setting for setting in NUMBERS if not setting.log]
COUNTS = [setting for setting in every_setting() if setting.type is int]
NONSENSE = [
    "",
    " ",
    "abc",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1",
    "--",
    "1..2",
    "²",
    "①",
    "9" * 5000,
    "1e",
    "0x10",
    "\n",
    "💥",
]
DONE = Qt.Key.Key_Return


def number(setting: Param) -> NumberSpinBox:
    made = editor(setting).widget
    assert isinstance(made, NumberSpinBox)
    assert isinstance(made, LogSpinBox) == setting.log
    return made


def count(setting: Param) -> CountSpinBox:
    made = editor(setting).widget
    assert isinstance(made, CountSpinBox)
    return made


def paste(field: NumberSpinBox | CountSpinBox, text: str) -> None:
    """Select all, paste and press Return."""
    QApplication.clipboard().setText(text)
    field.lineEdit().selectAll()
    field.lineEdit().paste()
    QTest.keyClick(field, DONE)


@pytest.mark.usefixtures("qapp")
@given(st.sampled_from(NUMBERS), st.data())
def test_that_a_number_survives_its_own_text(setting: Param, data: st.DataObject) -> None:
    field = number(setting)
    value = data.draw(values(setting))
    field.setValue(value)
    assert isclose(field.value(), value, rel_tol=1e-15, abs_tol=1e-29 if setting.log else 1e-7)
    text = field.textFromValue(field.value())
    assert field.validate(text, 0)[0] == QValidator.State.Acceptable
    assert field.valueFromText(text) == field.value()


@pytest.mark.usefixtures("qapp")
@given(st.sampled_from(COUNTS), st.data())
def test_that_a_count_survives_its_own_text(setting: Param, data: st.DataObject) -> None:
    field = count(setting)
    value = data.draw(values(setting))
    field.setValue(value)
    text = field.textFromValue(value)
    assert field.validate(text, 0)[0] == QValidator.State.Acceptable
    assert field.valueFromText(text) == value == field.value()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("setting", LOGARITHMIC, ids=lambda setting: setting.name)
def test_that_numbers_step_1_2_5_from_end_to_end_and_back(setting: Param) -> None:
    field = number(setting)
    assert setting.low is not None
    assert setting.high is not None
    field.setValue(setting.low)
    climbed = [field.text()]
    while field.value() < setting.high:
        field.stepBy(1)
        climbed.append(field.text())
    assert {f"{float(text):e}"[0] for text in climbed[1:-1]} <= {"1", "2", "5"}
    assert len(set(climbed)) == len(climbed) < 70
    for text in reversed(climbed[:-1]):
        field.stepBy(-1)
        assert field.text() == text
    assert not field.stepEnabled() & field.StepEnabledFlag.StepDownEnabled
    field.stepBy(-1)
    assert field.value() == setting.low


@pytest.mark.usefixtures("qapp")
@given(st.sampled_from(LOGARITHMIC), st.data(), st.integers(-40, 40))
def test_that_a_step_from_anywhere_goes_the_right_way_and_stays_inside(
    setting: Param, data: st.DataObject, steps: int
) -> None:
    assert setting.low is not None
    assert setting.high is not None
    field = number(setting)
    field.setValue(data.draw(values(setting)))
    before = field.value()
    field.stepBy(steps)
    assert setting.low <= field.value() <= setting.high
    assert (field.value() - before) * steps >= 0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("setting", SHARES, ids=lambda setting: setting.name)
def test_that_shares_step_by_twentieths_and_end_where_they_must(setting: Param) -> None:
    field = number(setting)
    assert setting.high is not None
    assert (field.minimum(), field.maximum()) == (setting.low, setting.high)
    field.setValue(0)
    for step in range(1, ceil(setting.high * 20)):
        field.stepBy(1)
        assert field.text() == f"{step / 20:g}"
    field.stepBy(1)
    assert field.value() == setting.high
    assert field.text() == f"{setting.high}"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("setting", [s for s in LOGARITHMIC if s.off], ids=lambda setting: setting.name)
def test_that_off_is_the_lowest_value_and_can_be_typed(setting: Param) -> None:
    field = number(setting)
    field.setValue(0)
    assert field.text() == "off"
    field.stepBy(1)
    assert field.value() > 0
    paste(field, "off")
    assert (field.value(), field.text()) == (0, "off")
    paste(field, "0,5")
    assert field.value() == 0.5
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 0.2


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: repr(text[:9]))
@pytest.mark.parametrize("setting", [*NUMBERS, *COUNTS], ids=lambda setting: setting.name)
def test_that_pasted_nonsense_changes_nothing(setting: Param, text: str) -> None:
    field = editor(setting).widget
    assert isinstance(field, NumberSpinBox | CountSpinBox)
    kept = 2 if setting.type is int else field.maximum() / 2
    field.setValue(kept)  # type: ignore[arg-type]  # an int where the field counts
    paste(field, text)
    assert field.value() == kept
    assert field.validate(field.text(), 0)[0] == QValidator.State.Acceptable


@pytest.mark.usefixtures("qapp")
@given(st.sampled_from([*NUMBERS, *COUNTS]), st.text(max_size=12))
def test_that_any_text_can_be_judged(setting: Param, text: str) -> None:
    field = editor(setting).widget
    assert isinstance(field, NumberSpinBox | CountSpinBox)
    state, same, position = field.validate(text, 0)
    assert (same, position) == (text, 0)
    if state == QValidator.State.Acceptable:
        assert field.minimum() <= field.valueFromText(text) <= field.maximum()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", ["12345", "12 345", "12,345", "12\u202f345"])
def test_that_counts_may_be_typed_with_or_without_spaces(text: str) -> None:
    field = count(next(setting for setting in COUNTS if setting.name == "iterations"))
    paste(field, text)
    assert (field.value(), field.text()) == (12345, "12\u202f345")


def test_that_a_setting_of_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="mystery"):
        editor(Param(b"", "Mystery", "", name="mystery", type=bytes))


def test_that_every_choice_has_a_title_that_starts_with_its_label() -> None:
    for setting in every_setting():
        if isinstance(setting.type, type) and issubclass(setting.type, Choice):
            for member in setting.type:
                assert title(member).startswith(member.label)
