"""Coefficients of the prognosis, from networks that were trained: a logistic regression, written to resources."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.config.config import Config
from model.diagnosis.prognosis import FILE, traits
from tests.interventions.cases import Case

STORED = Path(__file__).parent / "trained.jsonl.gz"
# Strength of the penalty on the squared coefficients of traits of unit spread.
PENALTY = 1 / 0.3
STEPS = 50
# Data sets that ail a network by themselves, whatever its settings.
LEFT_OUT = ("tiny",)
DIGITS = 6

Floats = NDArray[np.float64]


def stored() -> list[tuple[Case, bool]]:
    """Read the networks that were trained, and whether each learned."""
    with gzip.open(STORED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(Case(row["data"], Config.from_json(row["settings"])), row["learns"]) for row in rows]


def store(trained: Sequence[tuple[Case, bool]]) -> None:
    """Keep networks beside those that are stored, the same bytes for the same networks."""
    known = {case.key: (case, learns) for case, learns in [*(stored() if STORED.is_file() else []), *trained]}
    lines = [
        json.dumps({"data": case.data, "learns": learns, "settings": case.settings}) for case, learns in known.values()
    ]
    text = "\n".join(sorted(lines)) + "\n"
    STORED.write_bytes(gzip.compress(text.encode(), mtime=0))


def used(trained: Sequence[tuple[Case, bool]]) -> list[tuple[Case, bool]]:
    """Leave out networks on data that ails them."""
    return [(case, learns) for case, learns in trained if case.data not in LEFT_OUT]


def coefficients(trained: Sequence[tuple[Case, bool]]) -> dict[str, Any]:
    """Fit intercept and coefficients by Newton's method on the penalised log-likelihood."""
    names = list(traits(Config()))
    table = np.array([list(traits(case.config).values()) for case, _ in trained])
    learns = np.array([learned for _, learned in trained], float)
    mean, spread = table.mean(0), table.std(0)
    spread[spread == 0] = 1.0
    scaled = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    weights = _newton(scaled, learns)
    slopes = weights[1:] / spread
    intercept = float(weights[0] - slopes @ mean)
    return {
        "intercept": round(intercept, DIGITS),
        "coefficients": {name: round(float(slope), DIGITS) for name, slope in zip(names, slopes, strict=True)},
    }


def _newton(table: Floats, learns: Floats) -> Floats:
    weights = np.zeros(table.shape[1])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 0.0
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-(table @ weights)))
        gradient = table.T @ (expected - learns) + penalty * weights
        hessian = (table * (expected * (1 - expected))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def write() -> None:
    """Write the coefficients of the stored networks, whole or not at all."""
    part = FILE.with_suffix(".json-part")
    part.write_text(json.dumps(coefficients(used(stored())), indent=1, ensure_ascii=False) + "\n", "utf-8")
    part.replace(FILE)
