"""What a learner has answered in the clinic, in one JSON file beside the settings.

A damaged file costs what was in it and nothing else.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from model.base.errors import InputError
from model.base.files import write_whole
from model.clinic.answer import INSTRUMENTS, Answer, JudgedAnswer
from model.clinic.draw import HIGHEST_NUMBER
from model.clinic.therapies import Therapy
from model.diagnosis.verdict import Cause, Condition

FILE_NAME = "clinic.json"
MOST_BYTES = 1_000_000
# Answers that are kept; older ones are forgotten.
MOST_ANSWERS = 1_000


@dataclass(frozen=True)
class ClinicRecords:
    """The number whose patients are drawn, how many of them have been answered, and all answers, the newest last."""

    number: int = 1
    place: int = 0
    answers: tuple[JudgedAnswer, ...] = ()

    def answered(self, judged: JudgedAnswer) -> Self:
        """With one more answer, and the next patient to come."""
        return replace(self, place=self.place + 1, answers=(*self.answers, judged)[-MOST_ANSWERS:])

    def treated(self, *, cured: bool) -> Self:
        """With what the newest answer's therapy came to."""
        if not self.answers:
            return self
        return replace(self, answers=(*self.answers[:-1], self.answers[-1].treated(cured=cured)))

    def numbered(self, number: int) -> Self:
        """With the patients of another number, from the first one; raises InputError for one that is none."""
        if not 0 <= number <= HIGHEST_NUMBER:
            raise InputError(f"A clinic's number is between 0 and {HIGHEST_NUMBER:,}.")
        return replace(self, number=number, place=0)

    def reset(self) -> Self:
        """Without answers, at the first patient of the number."""
        return replace(self, place=0, answers=())

    def to_json(self) -> dict[str, Any]:
        """In types that JSON knows."""
        return {"number": self.number, "place": self.place, "answers": [_json(each) for each in self.answers]}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """The reverse of to_json; raises InputError for anything else."""
        try:
            answers = tuple(_judged(each) for each in values["answers"][-MOST_ANSWERS:])
            return cls(_count(values["number"], HIGHEST_NUMBER), _count(values["place"], 1_000_000), answers)
        except (KeyError, TypeError, AttributeError):
            raise InputError("The answers of the clinic cannot be read.") from None


def _json(judged: JudgedAnswer) -> dict[str, Any]:
    answer = judged.answer
    return {
        "condition": answer.condition.key, "cause": answer.cause.key, "instrument": answer.instrument.key,
        "therapy": answer.therapy.key, "condition_right": judged.condition_right, "cause_right": judged.cause_right,
        "cured": judged.cured,
    }  # fmt: skip


def _judged(values: Any) -> JudgedAnswer:
    instrument = next((each for each in INSTRUMENTS if each.key == values["instrument"]), None)
    if instrument is None:
        raise TypeError
    answer = Answer(
        Condition.named(values["condition"]), Cause.named(values["cause"]), instrument,
        Therapy.named(values["therapy"]),
    )  # fmt: skip
    cured = values["cured"]
    right = _flag(values["condition_right"]), _flag(values["cause_right"])
    return JudgedAnswer(answer, *right, None if cured is None else _flag(cured))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _count(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise TypeError
    return value


def read_records(path: Path) -> tuple[ClinicRecords, str]:
    """The records, and a note for the user: '' or why they begin anew."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError
        return ClinicRecords.from_json(json.loads(path.read_text("utf-8"))), ""
    except FileNotFoundError:
        return ClinicRecords(), ""
    except (OSError, ValueError, OverflowError, RecursionError):
        return ClinicRecords(), f"The answers in {path} could not be read, so the clinic begins anew."


def write_records(path: Path, records: ClinicRecords) -> str:
    """Keep the records, whole or not at all; '' or a note for the user why they could not be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(records.to_json(), indent=1).encode())
    except (OSError, ValueError) as error:
        return f"The answers of the clinic are not remembered: {error}"
    return ""
