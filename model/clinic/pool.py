"""The file of patients, which `run.py clinic` makes from networks that were drawn, described or are presets."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from model.base.errors import InputError
from model.base.user_paths import RESOURCES
from model.clinic.patient import Patient

POOL = RESOURCES / "clinic" / "patients.json"


@cache
def read_pool(path: Path = POOL) -> tuple[Patient, ...]:
    """Every patient, in the order of their keys; raises InputError for a file that cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return tuple(Patient.from_json(each) for each in found)
    except (OSError, ValueError, TypeError):
        raise InputError("The clinic's patients cannot be read from {path}.", path=path) from None


def pool_text(patients: Iterable[Patient]) -> str:
    """What the file holds: a line for each patient, so that changes can be read."""
    ordered = sorted(patients, key=lambda each: each.key)
    lines = ",\n".join(json.dumps(each.to_json(), ensure_ascii=False) for each in ordered)
    return f"[\n{lines}\n]\n"
