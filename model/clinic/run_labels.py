"""Labels of the clinic's runs: in English, as the library holds them, and what the screen calls them."""

import re

from model.base.language import english, tr
from model.clinic.therapies import Therapy

LABEL = re.compile("Patient ([0-9]+) of ([0-9]+)(?:: (.+))?")


def run_label(place: int, number: int, therapy: Therapy | None = None) -> str:
    """The label of a patient by its place in the clinic of a number, or of the run that a therapy made of it."""
    with english():
        return f"Patient {place} of {number}" + (f": {therapy.label}" if therapy else "")


def shown_label(label: str) -> str:
    """What the screen calls a run with this label: one that the user has typed stays as it is."""
    found = LABEL.fullmatch(label)
    if not found:
        return label
    place, number, therapy = found.groups()
    if therapy:
        return tr("Patient {place} of {number}: {therapy}", place=place, number=number, therapy=tr(therapy))
    return tr("Patient {place} of {number}", place=place, number=number)
