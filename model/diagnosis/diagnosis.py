"""Diagnosis of a run from its records alone: its condition, since when, and why.

Four questions, in this order. Does it still guess (accuracy at the largest class's share and one answer to nearly all
images)? If so, is the signal at the output growing fast enough to end that within twice the run's iterations? If not,
did it guess for long? And is its pace so far enough? No absolute size of a gradient is asked for: a dead run's can be
large, and a healthy one's small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from model.base.errors import Diverged
from model.config.config import Config
from model.diagnosis.evidence import Evidence
from model.diagnosis.findings import explain, explain_divergence, explain_escape, explain_slow_escape
from model.diagnosis.subject import Subject
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.measurement.records import Record

# Before it even a network that will learn at once may still guess.
EARLIEST_ITERATION = 100
# Before it the noise of a batch's signal can hide its growth.
SURE_ITERATIONS = 300
# A run that learns so little that it guesses may be seen to do so after this part of it.
SURE_PARTS = 4
# A run that guessed until then was stuck; the slowest healthy presets begin by 100.
LONG_ITERATIONS = 200
# Skill below the first is chance, three standard deviations of a smoothed accuracy; above the second it is not.
LOW_SKILL, HIGH_SKILL = 0.03, 0.08
# With less skill than this a run still guesses as much as it knows.
KNOWN_SKILL = 0.1
# The share of its images that a guessing network gives one answer, and that a dead one does, above the largest class's.
ONE_ANSWER_SHARE, NO_OTHER_SHARE = 0.55, 0.89
# A run is dead if it would still guess after so many times its iterations.
HORIZON_RUNS = 2
# A verdict that was close must be contradicted by a quarter before it changes.
MARGIN_RATIO = 1.25
# A contradiction must last a fiftieth of the run so far, at least thirty iterations; of a forecast, a tenth.
LASTS_SHARE, FORECAST_LASTS_SHARE, LASTS_ITERATIONS = 1 / 50, 1 / 10, 30
FORECASTS = (Condition.STUCK, Condition.DEAD)
GUESSING = (Condition.EARLY, *FORECASTS)
# Figures in the sentence are renewed as often as curves on a logarithmic axis move visibly.
RENEWAL_RATIO = 1.2


@dataclass
class Plateau:
    """Plateau of a run: whether it guesses, since which iteration, and whether it escaped after guessing for long.

    `doubted` is the iteration since which the records contradict `guesses`, `known` the last one before it.
    """

    guesses: bool = True
    since: int = 0
    escaped: bool = False
    doubted: int | None = None
    known: int = 0

    def read(self, evidence: Evidence) -> bool:
        """Update from the evidence; returns whether `guesses` changed, which takes more than one such record."""
        if self._guesses(evidence) == self.guesses:
            self.doubted = None
            return False
        if self.doubted is None:
            self.doubted = evidence.iteration
            # What happened since the last record is not known: it may have changed right after it.
            self.known = evidence.iteration - evidence.gap
        if not lasted(evidence, self.doubted, LASTS_SHARE):
            return False
        self.escaped = self.guesses and self.known - self.since >= LONG_ITERATIONS
        self.guesses, self.since, self.doubted = not self.guesses, self.doubted, None
        return True

    def _guesses(self, evidence: Evidence) -> bool:
        if evidence.skill > HIGH_SKILL or evidence.drop > evidence.left_drop:
            return False
        if evidence.same_answer < ONE_ANSWER_SHARE and evidence.iteration >= EARLIEST_ITERATION:
            return False
        return self.guesses or (evidence.skill < LOW_SKILL and evidence.drop < evidence.left_drop / 2)


def lasted(evidence: Evidence, since: int, share: float) -> bool:
    """Whether a change at iteration `since` has lasted for `share` of the run, or records are too rare to wait."""
    iteration = evidence.iteration
    waits = max(LASTS_ITERATIONS, share * iteration)
    return iteration - since >= waits or (evidence.gap > iteration / 2 and iteration >= EARLIEST_ITERATION)


@dataclass(frozen=True)
class _Candidate:
    condition: Condition
    since: int


class Diagnosis:
    """Diagnosis of one run, updated by each record.

    `class_shares` are those of the test set, (classes,), `train_shares` those of the training set where they differ;
    `class_labels` what the data set calls the classes, their numbers where nothing is given.
    """

    def __init__(
        self,
        config: Config,
        class_shares: Sequence[float],
        train_shares: Sequence[float] | None = None,
        class_labels: Sequence[int] = (),
    ) -> None:
        self.config = config
        self.evidence = Evidence(config, class_shares, train_shares)
        labels = class_labels or range(len(class_shares))
        self._subject = Subject(config, dict(zip(labels, class_shares, strict=True)), self.evidence)
        self._plateau = Plateau()
        self._candidate = _Candidate(Condition.EARLY, 0)
        self._stuck: Record | None = None
        self._renewed = 0
        self._verdict = Verdict(Condition.EARLY, 0, Cause.NONE)

    @property
    def verdict(self) -> Verdict:
        """Present verdict."""
        return self._verdict

    def read(self, record: Record) -> Verdict:
        """Update from one more record, tested or not, in the order of iterations; returns the present verdict."""
        self.evidence.read(record)
        self._subject.see(record)
        if self._plateau.read(self.evidence):
            self.evidence.forget_growth()
            if self._plateau.guesses:
                self._stuck = None
        condition = self._judge()
        if self._persists(condition) or (condition is self._verdict.condition and self._is_old(record.iteration)):
            self._conclude(record, condition)
        return self._verdict

    def diverged(self, error: Diverged) -> Verdict:
        """Conclude that the run diverged; returns the final verdict."""
        why = explain_divergence(self._subject, error)
        self._verdict = Verdict(Condition.DIVERGED, error.iteration, *why)
        return self._verdict

    def _judge(self) -> Condition:
        """Judge the condition from the present evidence."""
        iteration, plateau = self.evidence.iteration, self._plateau
        if plateau.guesses:
            if iteration < EARLIEST_ITERATION:
                return Condition.EARLY
            return self._stuck_or_dead(iteration - plateau.since)
        if self._is_slow(iteration):
            return self._stuck_or_dead(iteration) if self._knows_nothing(iteration) else Condition.SLOW
        return Condition.LATE if plateau.escaped else Condition.LEARNING

    def _stuck_or_dead(self, waited: int) -> Condition:
        """Forecast from its signal, or where that tells nothing from its skill, whether a run goes on guessing."""
        if waited < SURE_ITERATIONS:
            return Condition.STUCK
        if self._plateau.guesses and not self.evidence.compares and waited < self.config.iterations / 2:
            return Condition.STUCK
        if not (self._plateau.guesses and self.evidence.compares) or self.evidence.shown:
            then = self.evidence.skill_at(HORIZON_RUNS * self.config.iterations)
            return Condition.STUCK if then >= KNOWN_SKILL else Condition.DEAD
        if not self.evidence.measured or self.evidence.same_answer < NO_OTHER_SHARE:
            return Condition.STUCK
        margin = 1 / MARGIN_RATIO if self._verdict.condition is Condition.DEAD else MARGIN_RATIO
        left = HORIZON_RUNS * self.config.iterations - self.evidence.iteration
        return Condition.STUCK if self.evidence.wait <= margin * left else Condition.DEAD

    def _knows_nothing(self, iteration: int) -> bool:
        """Whether a slow run, late enough to be sure, answers hardly better than one that guesses."""
        return iteration >= self.config.iterations / SURE_PARTS and self.evidence.skill < KNOWN_SKILL

    def _is_slow(self, iteration: int) -> bool:
        """Whether it will not know enough at the end, at the pace that it has had since it left guessing."""
        escaped, last = self._plateau.escaped, self.config.iterations
        sticky = self._verdict.condition is Condition.SLOW and iteration < last
        enough = self.evidence.decent_skill * (MARGIN_RATIO if sticky else 1)
        # What is smoothed lags behind a run that has just escaped.
        skill = max(self.evidence.skill, self.evidence.skill_of(self._subject.accuracy))
        if not escaped:
            return iteration >= LONG_ITERATIONS and skill * last / iteration < enough
        learned = iteration - self._plateau.since
        if learned < LONG_ITERATIONS and iteration < last:
            return False
        return skill * (last - self._plateau.since) / max(learned, 1) < enough

    def _persists(self, condition: Condition) -> bool:
        """Whether `condition` is new and has contradicted the verdict for long enough."""
        present = self._verdict.condition
        if condition is not self._candidate.condition:
            self._candidate = _Candidate(condition, self.evidence.iteration)
        if condition is present:
            return False
        if (condition in GUESSING) != (present in GUESSING):
            return True  # the plateau has waited already
        return lasted(
            self.evidence, self._candidate.since, FORECAST_LASTS_SHARE if condition in FORECASTS else LASTS_SHARE
        )

    def _is_old(self, iteration: int) -> bool:
        """Whether the figures in the sentence are due to be renewed; at the end they always are."""
        return iteration >= RENEWAL_RATIO * self._renewed + 10 or iteration == self.config.iterations

    def _conclude(self, record: Record, condition: Condition) -> None:
        """Replace the verdict: by another condition, or by the same one with present figures."""
        self._renewed = record.iteration
        since = self._plateau.since
        if condition is Condition.LATE:
            why = explain_escape(self._subject, self._stuck, since)
        elif condition is Condition.SLOW and self._plateau.escaped:
            why = explain_slow_escape(self._subject, record, self._stuck, since)
        else:
            why = explain(self._subject, record, condition)
        if condition in FORECASTS and self._stuck is None:
            self._stuck = record.bare()
        self._verdict = Verdict(condition, since, *why)
