"""What is true of a network that fails: its condition, the changes that cure it, and so its causes."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.config.config import Config
from model.cures.search import CureSearch
from model.cures.trial import Trial, TrialResult
from model.diagnosis.verdict import Cause, Condition
from model.nn.activations import Activation
from tests.interventions.cases import Case, changes_of
from tests.interventions.data_sets import HEALTHIER, data_set
from tests.interventions.outcomes import Kept

DATA = "data"
# What the single change is called that brings one setting to its healthy value; of others it is the setting's name.
KIND_OF = {
    "init": "initial-weights", "batch_size": "batch", "weight_decay": "weight-decay", "clip_norm": "clipping",
    "bn_momentum": "running-average",
}  # fmt: skip
# Trials of a search; the program's own makes ten more.
MOST_TRIALS = 30
# The single changes, by the beginning of their keys, that remove each cause.
REMOVED_BY: dict[Cause, tuple[str, ...]] = {
    Cause.SMALL_WEIGHTS: ("initial-weights",),
    Cause.LARGE_WEIGHTS: ("initial-weights",),
    Cause.SATURATION: ("initial-weights",),
    Cause.SYMMETRIC: ("initial-weights",),
    Cause.SLOPE: ("activation",),
    Cause.DEAD_UNITS: ("leaky",),
    Cause.LEARNING_RATE_LOW: ("higher-rate",),
    Cause.LEARNING_RATE_HIGH: ("lower-rate",),
    Cause.PIXELS: ("pixels",),
    Cause.WEIGHT_DECAY: ("weight-decay",),
    Cause.CLIPPING: ("clipping",),
    Cause.HIGH_MOMENTUM: ("momentum",),
    Cause.SMALL_BATCH: ("batch", "norm-none", "norm-layer"),
    Cause.NARROW_LAYER: ("width",),
    Cause.OUTPUT_SLOPE: ("loss",),
    Cause.STALE_AVERAGES: ("running-average",),
    Cause.TOO_DEEP: ("norm-", "residual", "depth"),
    Cause.BY_HEART: (DATA,),
}
REMOVING = tuple(kind for cause, kinds in REMOVED_BY.items() for kind in kinds if cause is not Cause.TOO_DEEP)


@dataclass(frozen=True)
class Offered:
    """A remedy that was offered, and whether it cures."""

    label: str
    cures: bool
    accuracy: float


@dataclass(frozen=True)
class Found:
    """What was said of a failing network, and what came true.

    `cures` are the single changes that cure, or, where none does, the pairs; `trials` is after how many the search for
    a cure found one, None if it did not.
    """

    case: Case
    condition: Condition
    said: Condition
    cause: Cause
    cures: tuple[tuple[str, ...], ...]
    remedies: tuple[Offered, ...]
    trials: int | None

    @property
    def name(self) -> str:
        """The name of its case."""
        return self.case.name

    @property
    def curable(self) -> bool:
        """Whether some change or pair of changes of its settings cures."""
        settings = any(DATA not in keys for keys in self.cures)
        return settings or self.trials is not None or self.is_offered_a_cure

    @property
    def cause_is_right(self) -> bool:
        """Whether the change that removes the cause that was said cures, alone or as one of a pair."""
        kinds = REMOVED_BY.get(self.cause, ())
        return any(key.startswith(kind) for keys in self.cures for key in keys for kind in kinds)

    @property
    def is_offered_a_cure(self) -> bool:
        """Whether a remedy that was offered cures."""
        return any(remedy.cures for remedy in self.remedies)


def find(case: Case, kept: Kept) -> Found:
    """Train the changes of a failing case, as the search for a cure does, and what is left of the single ones."""
    observed, chance = kept.observed(case), max(data_set(case.data).class_shares)
    verdict = observed.verdict(case)
    sick = TrialResult(Trial(case.config), case.config.iterations, verdict, cured=False, accuracy=observed.accuracy)
    search = CureSearch(case.config, sick, MOST_TRIALS)
    singles = {each: kinds_between(case.config, each.config) for each in changes_of(case)}
    # What is told of depth, norm and residual connections costs trials that nobody else makes, unless they are blamed.
    asked = (*REMOVING, *REMOVED_BY.get(verdict.cause, ()))
    removing = {each: kinds for each, kinds in singles.items() if kinds[0].startswith(asked)}
    cures = [kinds for each, kinds in removing.items() if kept.tried(each).cured]
    if case.data in HEALTHIER and kept.tried(Case(HEALTHIER[case.data], case.config)).cured:
        cures.append((DATA,))
    search.always_pairs = not cures
    trials = _run(search, case, kept)
    remedies = [(remedy, kept.tried(Case(case.data, remedy.of(case.config)))) for remedy in verdict.remedies]
    if not cures:
        tried = [result.trial.config for result in search.results if result.cured]
        found = [kinds_between(case.config, config) for config in tried]
        cures = [kinds for kinds in found if len(kinds) == 1] or found
    return Found(
        case, observed.truth(chance).condition, verdict.condition, verdict.cause, tuple(cures),
        tuple(Offered(remedy.label, result.cured, result.accuracy) for remedy, result in remedies), trials,
    )  # fmt: skip


def _run(search: CureSearch, case: Case, kept: Kept) -> int | None:
    """Make the trials one after another, pairs if they are asked for; returns after how many one cured."""
    first = None
    while trials := search.next_trials(1):
        for trial in trials:
            result = kept.tried(Case(case.data, trial.config))
            search.add(_as(result, trial))
            if first is None and result.cured:
                first = len(search.results)
        if first and not search.always_pairs:
            break
    return first


def _as(result: TrialResult, trial: Trial) -> TrialResult:
    return TrialResult(
        trial, result.iterations, result.verdict, result.cured, result.accuracy, result.reach, result.signal,
        result.spark,
    )  # fmt: skip


def kinds_between(before: Config, after: Config) -> tuple[str, ...]:
    """The kinds of single changes that lead from one config to the other, in the order of the settings."""
    then, now = before.to_json(), after.to_json()
    changed = [name for name, value in now.items() if value != then.get(name)]
    if "activation" in changed and "init" in changed and after.activation is not Activation.LEAKY_RELU:
        changed.remove("init")  # an activation is tried with the weights that fit it
    return tuple(kind for name in changed for kind in _kinds(name, before, after))


def _kinds(name: str, before: Config, after: Config) -> Iterator[str]:
    if name == "learning_rate":
        higher = after.optimizer.learning_rate > before.optimizer.learning_rate
        yield f"{'higher' if higher else 'lower'}-rate of {after.optimizer.learning_rate:g}"
    elif name == "activation":
        yield "leaky" if after.activation is Activation.LEAKY_RELU else "activation"
    elif name == "norm":
        yield f"norm-{after.norm.key}"
    elif name == "hidden":
        if len(after.hidden) < len(before.hidden):
            yield "depth"
        if after.hidden != before.hidden[: len(after.hidden)]:
            yield "width"
    else:
        yield KIND_OF.get(name, name)
