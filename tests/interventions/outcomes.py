"""What came of training: the records of a sick run, and whether a change cures it; kept in files by their case."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.base.errors import Diverged
from model.cures.trial import Trial, TrialResult, enough_accuracy, try_on
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Verdict
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.interventions.cases import Case
from tests.interventions.data_sets import data_set
from tests.verdicts.grid import READ_AT
from tests.verdicts.truth import DECENT, HORIZON, Truth, truth_of


@dataclass(frozen=True)
class Observed:
    """A run as it is: its records until HORIZON without histograms, and where and when it diverged, if it did."""

    records: tuple[Record, ...]
    broke_at: int | None
    place: str

    @property
    def diverged(self) -> bool:
        """Whether it diverged before its verdict is read."""
        return self.broke_at is not None and self.broke_at <= READ_AT

    @property
    def accuracy(self) -> float:
        """Test accuracy (0..1) where its verdict is read; 0 where it has diverged."""
        tested = [record.test_accuracy for record in self.records if record.tested and record.iteration <= READ_AT]
        return 0.0 if self.diverged or not tested else tested[-1]

    def fails(self, chance: float) -> bool:
        """Whether it knows too little at the end, or diverged."""
        return self.diverged or self.accuracy < enough_accuracy(chance)

    def truth(self, chance: float) -> Truth:
        """What it truly was where its verdict is read."""
        tests = [(record.iteration, record.test_accuracy) for record in self.records if record.tested]
        return truth_of(tests, self.diverged, chance)

    def verdict(self, case: Case) -> Verdict:
        """What is said of it where its verdict is read."""
        data = data_set(case.data)
        diagnosis = Diagnosis(case.config, data.class_shares, data.train_shares)
        for record in self.records:
            if record.iteration <= READ_AT:
                diagnosis.read(record)
        if self.broke_at is not None and self.diverged:
            return diagnosis.diverged(Diverged(self.broke_at, self.place))
        return diagnosis.verdict


@dataclass(frozen=True)
class Kept:
    """A folder in which outcomes are kept, so that rules can be tried again without training."""

    folder: Path

    def observed(self, case: Case) -> Observed:
        """Train a case as it is, to HORIZON."""
        found: Observed = self._once(f"{case.key}.records", lambda: _observe(case))
        return found

    def tried(self, case: Case) -> TrialResult:
        """Train a case as the search for a cure does; it is cured if it knows enough, whatever is said of it."""
        found: TrialResult = self._once(f"{case.key}.trial", lambda: try_on(Trial(case.config), data_set(case.data)))
        chance = max(data_set(case.data).class_shares)
        return replace(found, cured=found.accuracy >= max(DECENT, enough_accuracy(chance)))

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        file = self.folder / name
        if file.is_file():
            return pickle.loads(file.read_bytes())
        made = make()
        part = file.with_suffix(f"{file.suffix}-part")
        part.write_bytes(pickle.dumps(made))
        part.replace(file)
        return made


def _observe(case: Case) -> Observed:
    config = case.config.replace(iterations=HORIZON)
    records: list[Record] = []
    broke_at, place = None, ""
    with Trainer(config, data_set(case.data), pictures=False) as trainer:
        try:
            while not (trainer.done or (trainer.iteration > READ_AT and _knows(records))):
                trainer.step()
                records += [record.bare() for record in trainer.collect(wait=trainer.iteration > READ_AT)]
        except Diverged as error:
            broke_at, place = error.iteration, error.place
        records += [record.bare() for record in trainer.collect(wait=True)]
    return Observed(tuple(records), broke_at, place)


def _knows(records: list[Record]) -> bool:
    """Whether so much is known that the condition cannot be another one later on."""
    return bool(records) and records[-1].test_accuracy >= DECENT
