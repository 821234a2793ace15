"""Patients in an order that a number decides, so that a whole class sees the same ones."""

from collections.abc import Iterator, Sequence
from random import Random

from model.clinic.patient import Patient

# How often the next patient is one that looks like the one before, although another cause is behind it.
TWIN_SHARE = 0.6
HIGHEST_NUMBER = 9_999


def drawn(pool: Sequence[Patient], number: int) -> Iterator[Patient]:
    """Draw patients without end, none again before all have been there; the same ones for the same number everywhere.

    First a cause is drawn and then one of its patients, so that frequent causes do not crowd out rare ones.
    """
    random = Random(number)
    waiting: list[Patient] = []
    last: Patient | None = None
    while pool:
        if not waiting:
            waiting = sorted(pool, key=lambda patient: patient.key)
        twins = [each for each in waiting if last and each.looks_like(last)]
        if random.random() < TWIN_SHARE and twins:
            found = _one_of(twins, random)
            last = None  # its own twins are told apart already
        else:
            found = last = _one_of(waiting, random)
        waiting.remove(found)
        yield found


def _one_of(patients: Sequence[Patient], random: Random) -> Patient:
    """Draw one, every cause as likely as any other."""
    causes = sorted({each.cause.key for each in patients})
    # Of Python's random numbers only random() is promised to stay the same from version to version.
    cause = causes[int(random.random() * len(causes))]
    found = [each for each in patients if each.cause.key == cause]
    return found[int(random.random() * len(found))]
