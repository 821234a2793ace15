"""What a run truly was at the iteration where its verdict is read: what training then did, and nothing the rules know.

Only the test accuracy is asked, none of the figures that the diagnosis is made from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from model.diagnosis.verdict import Condition
from tests.verdicts.grid import READ_AT

# Dead is what still guesses at twice the iterations of the reading.
HORIZON = 2 * READ_AT
# Above the largest class's share (MNIST's is 0.1135): far from it for three tests in a row, or within two points of it.
SHARE, AWAY, NEAR, IN_A_ROW = 0.1135, 0.09, 0.02, 3
# A run that guessed until then was stuck.
LONG = 200
# What a run that is not slow knows where its verdict is read.
DECENT = 0.75
MEANINGS = {
    Condition.LEARNING: "none of the others",
    Condition.SLOW: f"knows less than 75 % at {READ_AT:,}",
    Condition.LATE: f"guessed for more than {LONG} iterations, then escaped and knows 75 %",
    Condition.STUCK: f"guesses at {READ_AT:,} but escapes before {HORIZON:,}",
    Condition.DEAD: f"guesses at {READ_AT:,} and still at {HORIZON:,}",
    Condition.DIVERGED: f"left the range of floating point before {READ_AT:,}",
}


@dataclass(frozen=True)
class Truth:
    """The condition, and the iteration at which the run last left guessing, up to RUN_TO; None if it never did."""

    condition: Condition
    escape: int | None


def truth_of(tests: Sequence[tuple[int, float]], diverged: bool, chance: float = SHARE) -> Truth:
    """From the iteration and accuracy of all tests of a run, and whether it diverged before its verdict was read.

    `chance` is the accuracy (0..1) of one answer to all test images.
    """
    if diverged:
        return Truth(Condition.DIVERGED, None)
    before = [accuracy for iteration, accuracy in tests if READ_AT - LONG < iteration <= READ_AT]
    if max(sorted(before)[: len(before) // 2 + 1]) < chance + AWAY:
        escape = _escape([test for test in tests if test[0] > READ_AT], chance)
        return Truth(Condition.STUCK if escape and escape <= HORIZON else Condition.DEAD, escape)
    escape = _escape(tests, chance)
    assert escape is not None
    early = [accuracy for iteration, accuracy in tests if iteration <= escape / 2]
    if escape > LONG and max(early) < chance + NEAR:
        return Truth(Condition.LATE if before[-1] >= DECENT else Condition.SLOW, escape)
    return Truth(Condition.LEARNING if before[-1] >= DECENT else Condition.SLOW, escape)


def _escape(tests: Sequence[tuple[int, float]], chance: float) -> int | None:
    for index in range(len(tests) - IN_A_ROW + 1):
        if all(accuracy > chance + AWAY for _, accuracy in tests[index : index + IN_A_ROW]):
            return tests[index][0]
    return None
