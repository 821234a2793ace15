"""The confusion matrix and the misfires as Markdown, in the README; the truths as JSON, for the tests."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from model.base.user_paths import ROOT
from model.diagnosis.verdict import Condition
from tests.verdicts.grid import READ_AT, RUN_TO
from tests.verdicts.trial import Trial
from tests.verdicts.truth import HORIZON, MEANINGS, Truth

README = ROOT / "README.md"
TRUTHS = Path(__file__).parent / "truth.json"
START, END = "<!-- verdicts -->", "<!-- /verdicts -->"


def right(trial: Trial) -> bool:
    """Whether the verdict is what then came true."""
    return trial.truth is not None and trial.verdict.condition is trial.truth.condition


def matrix(trials: Sequence[Trial]) -> str:
    """Rows: what came true. Columns: the verdict."""
    counts = Counter((trial.truth.condition, trial.verdict.condition) for trial in trials if trial.truth)
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


def misfires(trials: Sequence[Trial]) -> str:
    """Every run of which something else was said than came true."""
    lines = ["| misfire | said | came true | left guessing at |", "|---|---|---|---:|"]
    for trial in trials:
        if trial.truth and not right(trial):
            said, truth, escape = trial.verdict.condition.key, trial.truth.condition.key, trial.truth.escape
            when = f"{escape:,}" if escape else f"not by {RUN_TO:,}"
            lines.append(f"| {trial.name} | {said} | {truth} | {when} |")
    return "\n".join(lines)


def summary(trials: Sequence[Trial]) -> str:
    """How many are right, and how many of those called dead were alive much later."""
    dead = [trial for trial in trials if trial.truth and trial.verdict.condition is Condition.DEAD]
    late = [trial for trial in dead if trial.truth and trial.truth.escape and trial.truth.escape > HORIZON]
    return (
        f"{sum(map(right, trials))} of {len(trials)} verdicts at iteration {READ_AT:,} came true. "
        f"Of the {len(dead)} runs called dead, {len(late)} did leave guessing between {HORIZON:,} and {RUN_TO:,}."
    )


def text(trials: Sequence[Trial]) -> str:
    """All of it."""
    return f"{summary(trials)}\n\n{matrix(trials)}\n\n{misfires(trials)}"


def write(page: str) -> str:
    """Put `page` between the README's markers; returns what was done in one sentence."""
    readme = README.read_text("utf-8")
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        return f"{README.name} has no {START} and {END} to write between; nothing was written."
    README.write_text(f"{before}{START}\n{page}\n{END}{after}", "utf-8")
    return f"The verdicts are in {README.name}."


def store(trials: Sequence[Trial]) -> None:
    """Keep what came true, and what was said, by the name of the config."""
    found = {
        trial.name: {
            "truth": trial.truth.condition.key,
            "escape": trial.truth.escape,
            "verdict": trial.verdict.condition.key,
        }
        for trial in trials
        if trial.truth
    }
    TRUTHS.write_text(json.dumps(found, indent=0) + "\n", "utf-8")


def stored() -> dict[str, tuple[Truth, Condition]]:
    """What came true, and what was said when that was stored."""
    found = json.loads(TRUTHS.read_text("utf-8"))
    return {
        name: (Truth(Condition.named(each["truth"]), each["escape"]), Condition.named(each["verdict"]))
        for name, each in found.items()
    }
