"""Patients: runs that fail, with what is known of them because they and their therapies were trained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from model.base.errors import InputError
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.diagnosis.verdict import HEALTHY, Cause, Condition

# Test accuracies of two curves that nobody tells apart by looking at them: nowhere further from each other.
ALIKE = 0.06


@dataclass(frozen=True)
class Patient:
    """A run that fails: its settings, what ails it, its curve, and the therapies that cure it.

    `key` says where it comes from. `curve` are its test accuracies (0..1), evenly over the run, fewer if it diverged.
    """

    key: str
    config: Config
    condition: Condition
    cause: Cause
    curve: tuple[float, ...]
    cures: tuple[Therapy, ...]

    def looks_like(self, other: "Patient") -> bool:
        """Whether the curves of both are the same to the eye, although another cause is behind them."""
        if self.cause is other.cause or self.condition is not other.condition or len(self.curve) != len(other.curve):
            return False
        return all(abs(mine - its) <= ALIKE for mine, its in zip(self.curve, other.curve, strict=True))

    def to_json(self) -> dict[str, Any]:
        """In types that JSON knows; of the settings those that differ from the usual ones."""
        usual = Config(optimizer=type(self.config.optimizer)()).to_json() | {"optimizer": Config().optimizer.key}
        settings = {name: value for name, value in self.config.to_json().items() if value != usual[name]}
        return {
            "key": self.key,
            "settings": settings,
            "condition": self.condition.key,
            "cause": self.cause.key,
            "curve": list(self.curve),
            "cures": [each.key for each in self.cures],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The reverse of to_json; raises InputError for settings or names that are not there."""
        try:
            return cls(
                values["key"], Config.from_json(values["settings"]), Condition.named(values["condition"]),
                Cause.named(values["cause"]), tuple(values["curve"]),
                tuple(Therapy.named(each) for each in values["cures"]),
            )  # fmt: skip
        except (KeyError, TypeError, AttributeError):
            raise InputError("The clinic's patients cannot be read.") from None


def named_conditions() -> Sequence[Condition]:
    """The conditions to choose from: those of runs that fail."""
    return [each for each in Condition if each is not Condition.EARLY and each not in HEALTHY]


def named_causes() -> Sequence[Cause]:
    """The causes to choose from."""
    return [each for each in Cause if each is not Cause.NONE]
