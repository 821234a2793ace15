"""What was said of failing networks against what cures them, as Markdown for the docs; kept as JSON for the tests."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from tests.docs.tables import table
from tests.interventions.cases import Case
from tests.interventions.drawing import Drawn
from tests.interventions.truths import REMOVED_BY, Found, Offered

STORED = Path(__file__).parent / "found.json"


@dataclass(frozen=True)
class Grid:
    """Networks of one seed: how many were drawn, of how many the condition was said rightly, and those that fail."""

    seed: int
    drawn: int
    right: int
    failing: tuple[Found, ...]

    @classmethod
    def of(cls, seed: int, drawn: Sequence[Drawn], failing: Iterable[Found]) -> "Grid":
        """Count the conditions of what was drawn."""
        return cls(seed, len(drawn), sum(each.said == each.truth for each in drawn), tuple(failing))

    @property
    def known(self) -> list[Found]:
        """The failing networks of which it is known what ails them."""
        return [each for each in self.failing if each.cures]

    @property
    def curable(self) -> list[Found]:
        """The failing networks that a change or a pair of changes of the settings cures."""
        return [each for each in self.failing if each.curable]

    @property
    def remedies(self) -> list[Offered]:
        """Every remedy that was offered to a network that something cures."""
        return [remedy for each in self.curable for remedy in each.remedies]


def summary(grids: Sequence[Grid]) -> str:
    """The shares that are to be reached, a line for each grid."""
    rows = [
        (
            f"`--seed {grid.seed}`",
            _share(grid.right, grid.drawn),
            _share(sum(each.cause_is_right for each in grid.known), len(grid.known)),
            _share(sum(remedy.cures for remedy in grid.remedies), len(grid.remedies)),
            _share(sum(each.is_offered_a_cure for each in grid.curable), len(grid.curable)),
            _share(sum(each.trials is not None for each in grid.curable), len(grid.curable)),
            str(len(grid.failing) - len(grid.curable)),
        )
        for grid in grids
    ]
    heads = (
        "networks", "condition right", "cause right", "remedies that cure", "offered one that cures",
        "Find a cure finds one", "nothing cures",
    )  # fmt: skip
    return table(heads, rows, "|---|" + "---:|" * (len(heads) - 1))


def cause_matrix(found: Sequence[Found]) -> str:
    """Rows: the cause that was said. Columns: how often it was right, and what would have cured where it was not."""
    rows = []
    for cause in Cause:
        said = [each for each in found if each.cause is cause and each.cures]
        if said:
            wrong = [each for each in said if not each.cause_is_right]
            cured_by = Counter(kind for each in wrong for kind in sorted(kinds_of(each)))
            words = ", ".join(f"{kind} {times}" for kind, times in cured_by.most_common())
            rows.append((cause.key, str(len(said)), str(len(said) - len(wrong)), words))
    return table(("said", "networks", "right", "what cures where it is wrong"), rows, "|---|---:|---:|---|")


def kinds_of(found: Found) -> set[str]:
    """Kinds of changes that cure, by the beginning of their keys."""
    kinds = {kind for kinds in REMOVED_BY.values() for kind in kinds}
    return {kind for keys in found.cures for key in keys for kind in kinds if key.startswith(kind)}


def remedy_matrix(found: Sequence[Found]) -> str:
    """Rows: the cause that was said. Columns: its remedies, those that cure, and networks that were offered a cure."""
    rows = []
    for cause in Cause:
        said = [each for each in found if each.cause is cause and each.curable]
        remedies = [remedy for each in said for remedy in each.remedies]
        if said:
            cured, offered = sum(remedy.cures for remedy in remedies), sum(each.is_offered_a_cure for each in said)
            rows.append((cause.key, str(len(remedies)), str(cured), str(len(said)), str(offered)))
    heads = ("said", "remedies", "cure", "curable networks", "offered a cure")
    return table(heads, rows, "|---|---:|---:|---:|---:|")


def misfires(found: Sequence[Found]) -> str:
    """Every curable network whose cause was wrong or that was offered nothing that cures."""
    rows = [
        (each.name, each.cause.key, ", ".join("+".join(keys) for keys in each.cures[:4]), _offers(each))
        for each in found
        if (each.cures and not each.cause_is_right) or (each.curable and not each.is_offered_a_cure)
    ]
    return table(("network", "said", "what cures", "offered"), rows)


def _offers(found: Found) -> str:
    return "; ".join(f"{each.label} {'✓' if each.cures else '✗'}" for each in found.remedies) or "nothing"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "–"


def text(grids: Sequence[Grid]) -> str:
    """All of it."""
    found = [each for grid in grids for each in grid.failing]
    return "\n\n".join((summary(grids), cause_matrix(found), remedy_matrix(found), misfires(found)))


def stored_text() -> str:
    """All of it, of what is stored."""
    return text(stored())


def store(grids: Sequence[Grid]) -> None:
    """Keep grids in place of what is stored of the same seeds."""
    known = {grid.seed: grid for grid in stored()} | {grid.seed: grid for grid in grids}
    found = [
        {"seed": grid.seed, "drawn": grid.drawn, "right": grid.right, "failing": [_json(each) for each in grid.failing]}
        for _, grid in sorted(known.items())
    ]
    # A line for each network, so that changes can be read.
    lines = json.dumps(found, ensure_ascii=False).replace('{"data"', '\n{"data"').replace('{"seed": ', '\n{"seed": ')
    STORED.write_text(lines + "\n", "utf-8")


def stored() -> list[Grid]:
    """The grids that are stored, by seed."""
    found = json.loads(STORED.read_text("utf-8")) if STORED.is_file() else []
    return [
        Grid(each["seed"], each["drawn"], each["right"], tuple(_found(network) for network in each["failing"]))
        for each in found
    ]


def _json(found: Found) -> dict[str, Any]:
    return {
        "data": found.case.data, "settings": found.case.settings, "condition": found.condition.key,
        "said": found.said.key, "cause": found.cause.key, "cures": found.cures, "trials": found.trials,
        "remedies": [[each.label, each.cures, round(each.accuracy, 4)] for each in found.remedies],
    }  # fmt: skip


def _found(kept: dict[str, Any]) -> Found:
    case = Case(kept["data"], Config.from_json(kept["settings"]))
    return Found(
        case, Condition.named(kept["condition"]), Condition.named(kept["said"]),
        Cause.named(kept["cause"]), tuple(tuple(keys) for keys in kept["cures"]),
        tuple(Offered(*remedy) for remedy in kept["remedies"]), kept["trials"],
    )  # fmt: skip
