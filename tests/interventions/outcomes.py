"""What came of training: the records of a sick run, and whether a change cures it; kept in files by their case."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.base.errors import Diverged
from model.config.config import Config
from model.cures.trial import Trial, TrialResult, enough_accuracy
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.evidence import MOST_CHANCE
from model.diagnosis.verdict import FATAL, Cause, Condition, Verdict
from model.measurement.records import Record
from model.training.trainer import Trainer
from tests.interventions.cases import Case
from tests.interventions.data_sets import data_set
from tests.verdicts.grid import READ_AT
from tests.verdicts.truth import DECENT, HORIZON, Truth, truth_of

TESTED_EVERY = 100
# Who knows so much before the end will not know less than enough at the end.
SURE_ACCURACY = 0.85
# Who knows so little so late will not know enough at the end.
GIVEN_UP_AT, HOPELESS_ACCURACY = 1_000, 0.3


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
class Tried:
    """What a change came to: how long it was trained, its condition, and figures of its last tested record."""

    iterations: int
    condition: Condition
    accuracy: float
    signal: float


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
        found: Tried = self._once(f"{case.key}.tried", lambda: _try(case))
        self._once(f"{case.key}.case", lambda: (case.data, case.settings))
        verdict = Verdict(found.condition, 0, Cause.NONE, {})
        return TrialResult(
            Trial(case.config), found.iterations, verdict, cured=_cured(case, found), accuracy=found.accuracy,
            signal=found.signal,
        )  # fmt: skip

    def trained(self) -> list[tuple[Case, bool]]:
        """Read every change that was trained, and whether it cures."""
        kept = [(pickle.loads(file.read_bytes()), file.with_suffix(".tried")) for file in self.folder.glob("*.case")]
        cases = [(Case(data, Config.from_json(settings)), tried) for (data, settings), tried in kept]
        return [(case, _cured(case, pickle.loads(tried.read_bytes()))) for case, tried in cases]

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        file = self.folder / name
        if file.is_file():
            return pickle.loads(file.read_bytes())
        made = make()
        part = file.with_suffix(f"{file.suffix}-part")
        part.write_bytes(pickle.dumps(made))
        part.replace(file)
        return made


def _cured(case: Case, found: Tried) -> bool:
    return found.accuracy >= max(DECENT, enough_accuracy(max(data_set(case.data).class_shares)))


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


def _try(case: Case) -> Tried:
    """Train a case to its end, or until it is dead, has diverged, or knows so much that it will know enough."""
    data = data_set(case.data)
    diagnosis = Diagnosis(case.config.replace(record_every=TESTED_EVERY), data.class_shares, data.train_shares)
    sure = SURE_ACCURACY if max(data.class_shares) <= MOST_CHANCE else 1.0
    last: Record | None = None
    with Trainer(diagnosis.config, data, pictures=False) as trainer:
        while not (trainer.done or diagnosis.verdict.condition in FATAL or _is_decided(last, sure)):
            try:
                trainer.step()
            except Diverged as error:
                diagnosis.diverged(error)
            for record in trainer.collect(wait=True):
                diagnosis.read(record)
                last = record.bare() if record.tested else last
        condition, iterations = diagnosis.verdict.condition, trainer.updates
    if last is None or condition is Condition.DIVERGED:
        return Tried(iterations, condition, 0.0, 0.0)
    return Tried(iterations, condition, last.test_accuracy, last.output.signal_std)


def _is_decided(last: Record | None, sure: float) -> bool:
    """Whether it is plain from the last tested record that it will know enough, or that it will not."""
    if last is None:
        return False
    hopeless = last.iteration >= GIVEN_UP_AT and last.test_accuracy < HOPELESS_ACCURACY
    return hopeless or last.test_accuracy >= sure


def _knows(records: list[Record]) -> bool:
    """Whether so much is known that the condition cannot be another one later on."""
    return bool(records) and records[-1].test_accuracy >= DECENT
