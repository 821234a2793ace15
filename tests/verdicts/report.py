"""The confusion matrix and the misfires as Markdown, for the docs; the truths as JSON, for the tests."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.diagnosis.verdict import Condition
from tests.verdicts.grid import READ_AT, RUN_TO
from tests.verdicts.truth import HORIZON, MEANINGS, Truth

TRUTHS = Path(__file__).parent / "truth.json"


@dataclass(frozen=True)
class Tried:
    """A run by its name: what was said of it at READ_AT, and what came true."""

    name: str
    truth: Truth
    said: Condition

    @property
    def right(self) -> bool:
        """Whether the verdict is what then came true."""
        return self.said is self.truth.condition


def matrix(tried: Sequence[Tried]) -> str:
    """Rows: what came true. Columns: the verdict."""
    counts = Counter((each.truth.condition, each.said) for each in tried)
    said = [each for each in Condition if each in MEANINGS or any(count[1] is each for count in counts)]
    lines = [
        f"| came true ↓, said at {READ_AT:,} → | {' | '.join(each.key for each in said)} | |",
        f"|---|{'---:|' * len(said)}---|",
    ]
    for truth, meaning in MEANINGS.items():
        cells = [_cell(counts[truth, verdict], truth is verdict) for verdict in said]
        lines.append(f"| **{truth.key}** | {' | '.join(cells)} | {meaning} |")
    return "\n".join(lines)


def _cell(count: int, diagonal: bool) -> str:
    return f"**{count}**" if count and diagonal else str(count or "")


def misfires(tried: Sequence[Tried]) -> str:
    """Every run of which something else was said than came true."""
    lines = ["| misfire | said | came true | left guessing at |", "|---|---|---|---:|"]
    for each in tried:
        if not each.right:
            when = f"{each.truth.escape:,}" if each.truth.escape else f"not by {RUN_TO:,}"
            lines.append(f"| {each.name} | {each.said.key} | {each.truth.condition.key} | {when} |")
    return "\n".join(lines)


def summary(tried: Sequence[Tried]) -> str:
    """How many are right, and how many of those called dead were alive much later."""
    dead = [each for each in tried if each.said is Condition.DEAD]
    late = [each for each in dead if each.truth.escape and each.truth.escape > HORIZON]
    return (
        f"{sum(each.right for each in tried)} of {len(tried)} verdicts at iteration {READ_AT:,} came true. "
        f"Of the {len(dead)} runs called dead, {len(late)} did leave guessing between {HORIZON:,} and {RUN_TO:,}."
    )


def text(tried: Sequence[Tried]) -> str:
    """All of it."""
    return f"{summary(tried)}\n\n{matrix(tried)}\n\n{misfires(tried)}"


def stored_text() -> str:
    """All of it, of what is stored."""
    return text([Tried(name, truth, said) for name, (truth, said) in stored().items()])


def store(tried: Sequence[Tried]) -> None:
    """Keep what came true, and what was said, by the name of the config."""
    found = {
        each.name: {"truth": each.truth.condition.key, "escape": each.truth.escape, "verdict": each.said.key}
        for each in tried
    }
    TRUTHS.write_text(json.dumps(found, indent=0) + "\n", "utf-8")


def stored() -> dict[str, tuple[Truth, Condition]]:
    """What came true, and what was said when that was stored."""
    found = json.loads(TRUTHS.read_text("utf-8"))
    return {
        name: (Truth(Condition.named(each["truth"]), each["escape"]), Condition.named(each["verdict"]))
        for name, each in found.items()
    }
