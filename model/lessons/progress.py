"""What a learner has done in the lessons: the step of each, and the bets, in one JSON file beside the settings.

Nothing of it leaves the machine. A damaged file costs what was in it and nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf, isfinite
from pathlib import Path
from typing import Any, Self

from model.base.errors import InputError
from model.base.files import write_whole
from model.lessons.judgement import Guess
from model.lessons.votes import Votes

FILE_NAME = "lessons.json"
MOST_BYTES = 1_000_000
LONGEST_WORDS = 2_000  # letters of the learner's own answer


@dataclass(frozen=True)
class PlacedBet:
    """A bet of the learner: the guess and, once it was measured, whether it was `right`; None for not judged.

    An infinite guess says never.
    """

    guess: Guess
    right: bool | None = None


@dataclass(frozen=True)
class LessonProgress:
    """Where a learner is in one lesson: the id of the step, the bets by their ids, and whether it was `done` once.

    `votes` are those of a class, by the ids of the bets.
    """

    step: str = ""
    bets: Mapping[str, PlacedBet] = field(default_factory=dict)
    done: bool = False
    votes: Mapping[str, Votes] = field(default_factory=dict)

    def at(self, step: str) -> Self:
        """At another step."""
        return replace(self, step=step)

    def with_bet(self, key: str, guess: Guess, right: bool | None = None) -> Self:
        """With a bet placed or judged."""
        return replace(self, bets={**self.bets, key: PlacedBet(guess, right)})

    def with_votes(self, key: str, votes: Votes) -> Self:
        """With other votes of a class on a bet."""
        return replace(self, votes={**self.votes, key: votes})

    @property
    def score(self) -> tuple[int, int]:
        """How many of the judged bets were right, and how many were judged."""
        judged = [bet.right for bet in self.bets.values() if bet.right is not None]
        return sum(judged), len(judged)


@dataclass(frozen=True)
class LearnerProgress:
    """The progress in all lessons by their names. `started` says that the first start has been; it never comes again.

    A change makes a new one, which `write_progress` keeps.
    """

    lessons: Mapping[str, LessonProgress] = field(default_factory=dict)
    started: bool = False

    def of(self, lesson: str) -> LessonProgress:
        """The progress in one lesson, that of a new one if it was never opened."""
        return self.lessons.get(lesson, LessonProgress())

    def with_lesson(self, lesson: str, progress: LessonProgress) -> Self:
        """With another progress in one lesson."""
        return replace(self, lessons={**self.lessons, lesson: progress}, started=True)

    def reset(self, lesson: str = "") -> Self:
        """Without what was done in one lesson, or for '' in all."""
        kept = {key: each for key, each in self.lessons.items() if lesson and key != lesson}
        return replace(self, lessons=kept)

    def to_json(self) -> dict[str, Any]:
        """In types that JSON knows."""
        lessons = {
            key: {
                "step": each.step,
                "done": each.done,
                "bets": {name: _bet_json(bet) for name, bet in each.bets.items()},
                **({"votes": {name: votes.to_json() for name, votes in each.votes.items()}} if each.votes else {}),
            }
            for key, each in self.lessons.items()
        }
        return {"started": self.started, "lessons": lessons}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """The reverse of to_json; raises InputError for anything else."""
        try:
            lessons = {_text(key): _lesson(each) for key, each in values["lessons"].items()}
            return cls(lessons, _flag(values["started"]))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError("The progress in the lessons cannot be read.") from None


def _bet_json(bet: PlacedBet) -> dict[str, Any]:
    guess: Any = list(bet.guess) if isinstance(bet.guess, tuple) else bet.guess
    return {"guess": None if guess == inf else guess, "right": bet.right}  # JSON knows no infinity


def _lesson(values: Any) -> LessonProgress:
    bets = {
        _text(key): PlacedBet(_guess(bet["guess"]), None if bet["right"] is None else _flag(bet["right"]))
        for key, bet in values["bets"].items()
    }
    votes = {_text(key): Votes.from_json(each) for key, each in values.get("votes", {}).items()}  # none before 0.1
    return LessonProgress(_text(values["step"]), bets, _flag(values["done"]), votes)


def _guess(value: Any) -> Guess:
    if value is None:
        return inf
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return tuple(map(_text, value))
        return tuple(map(_number, value))
    return _text(value) if isinstance(value, str) else _number(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value[:LONGEST_WORDS]


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def read_progress(path: Path) -> tuple[LearnerProgress, str]:
    """The progress, and a note for the user: '' or why it begins anew."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError
        return LearnerProgress.from_json(json.loads(path.read_text("utf-8"))), ""
    except FileNotFoundError:
        return LearnerProgress(), ""
    except (OSError, ValueError, OverflowError, RecursionError):
        # Whoever has a file is not here for the first time.
        return LearnerProgress(started=True), f"The progress in {path} could not be read, so the lessons begin anew."


def write_progress(path: Path, progress: LearnerProgress) -> str:
    """Keep the progress, whole or not at all; '' or a note for the user why it could not be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(progress.to_json(), indent=1, allow_nan=False).encode())
    except (OSError, ValueError) as error:
        return f"The progress in the lessons is not remembered: {error}"
    return ""
