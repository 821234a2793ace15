"""What is remembered of the clinic."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.clinic.answer import INSTRUMENTS, Answer, JudgedAnswer
from model.clinic.draw import HIGHEST_NUMBER
from model.clinic.records import MOST_BYTES, ClinicRecords, read_records, write_records
from model.clinic.therapies import Therapy
from model.diagnosis.verdict import Cause, Condition

ANSWERS = st.builds(
    Answer, st.sampled_from(Condition), st.sampled_from(Cause), st.sampled_from(INSTRUMENTS), st.sampled_from(Therapy)
)
JUDGED = st.builds(JudgedAnswer, ANSWERS, st.booleans(), st.booleans(), st.none() | st.booleans())
RECORDS = st.builds(
    ClinicRecords,
    st.integers(0, HIGHEST_NUMBER),
    st.integers(0, 1000),
    st.lists(JUDGED, max_size=4).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
NAMES = st.sampled_from(["number", "place", "answers", "cause", "cured"])


@given(RECORDS)
def test_that_records_come_back_from_json_as_they_were(records: ClinicRecords) -> None:
    assert ClinicRecords.from_json(json.loads(json.dumps(records.to_json()))) == records


@given(st.dictionaries(NAMES, JSON) | JSON)
def test_that_anything_else_is_refused_in_a_sentence(values: Any) -> None:
    said = "."
    try:
        ClinicRecords.from_json(values)
    except InputError as error:
        said = str(error)
    assert said.endswith(".")


def test_that_an_answer_makes_place_for_the_next_patient_and_its_cure_is_noted_later() -> None:
    answer = JudgedAnswer(Answer(Condition.DEAD, Cause.SLOPE, INSTRUMENTS[0], Therapy.LEAKY), True, False)
    records = ClinicRecords(5).answered(answer)
    assert (records.number, records.place) == (5, 1)
    assert records.treated(cured=True).answers[-1].points == 2
    assert records.treated(cured=False).answers[-1].points == 1
    assert ClinicRecords().treated(cured=True) == ClinicRecords()


def test_that_another_number_begins_at_its_first_patient_and_keeps_the_answers() -> None:
    records = ClinicRecords(5, 3)
    assert records.numbered(8) == ClinicRecords(8, 0)
    with pytest.raises(InputError, match="between 0 and"):
        records.numbered(HIGHEST_NUMBER + 1)


def test_that_a_reset_forgets_all_answers_but_not_the_number() -> None:
    answer = JudgedAnswer(Answer(Condition.DEAD, Cause.SLOPE, INSTRUMENTS[0], Therapy.LEAKY), True, False)
    assert ClinicRecords(5).answered(answer).reset() == ClinicRecords(5)


def test_that_records_are_kept_in_a_file_and_a_damaged_one_costs_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "new" / "clinic.json"
    assert read_records(path) == (ClinicRecords(), "")
    assert write_records(path, ClinicRecords(7, 2)) == ""
    assert read_records(path) == (ClinicRecords(7, 2), "")
    for damaged in ("{", "[]", '{"number": -1, "place": 0, "answers": []}', "9" * (MOST_BYTES + 1)):
        path.write_text(damaged)
        records, note = read_records(path)
        assert records == ClinicRecords()
        assert note.endswith("begins anew.")


def test_that_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "clinic.json").mkdir()
    assert "not remembered" in write_records(tmp_path / "clinic.json", ClinicRecords())
