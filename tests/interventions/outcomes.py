"""What came of training: the records of a sick run, and whether a change cures it; kept in files by their case."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
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
from tests.verdicts.truth import HORIZON, Truth, truth_of


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
        diagnosis = Diagnosis(case.config, data_set(case.data).class_shares)
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
        """Train a case as the search for a cure does."""
        found: TrialResult = self._once(f"{case.key}.trial", lambda: try_on(Trial(case.config), data_set(case.data)))
        return found

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
            while not trainer.done:
                trainer.step()
                records += [record.bare() for record in trainer.collect(wait=False)]
        except Diverged as error:
            broke_at, place = error.iteration, error.place
        records += [record.bare() for record in trainer.collect(wait=True)]
    return Observed(tuple(records), broke_at, place)
