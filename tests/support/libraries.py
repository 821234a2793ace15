"""Libraries as released programs have written them, kept in tests/model/library/libraries with what is in them.

`python -m tests.support.libraries` adds that of the present schema, once: files that are there are never written anew.
"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from model.base.user_paths import ROOT
from model.config.config import Config
from model.config.recipe import Branch, Change, LayerScale, Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, summarise
from model.history.timeline import SERIES
from model.library.histogram_codec import HISTOGRAMS
from model.library.library import Library
from model.library.schema import newest
from model.training.replay import train_recipe
from tests.support.saved_runs import noise

FOLDER = ROOT / "tests/model/library/libraries"


def file_of(schema: int) -> Path:
    """The saved run that the program of this schema has written."""
    return FOLDER / f"schema-{schema}.layerscope"


def summary(card: RunListing, run_log: RunLog) -> dict[str, Any]:
    """What is in a saved run, in types that JSON knows."""
    history, timeline = run_log.history, run_log.history.timeline
    pictures = [
        float(np.dot(histogram.shares, np.arange(len(histogram.shares))))
        for record in timeline.pictures
        for layer in record.all_layers
        for name in HISTOGRAMS
        if (histogram := getattr(layer.histograms, name))
    ]
    return {
        "id": card.id,
        "label": card.label,
        "color": card.color,
        "created": card.created,
        "recipe": card.recipe.to_json(),
        "accuracy": card.summary.test_accuracy,
        "iteration": run_log.iteration,
        "verdicts": [[at, verdict.sentence] for at, verdict in run_log.verdicts],
        "changes": [list(change) for change in run_log.changes],
        "curves": {name: curve.values.rows[:, 0].tolist() for name, curve in history.curves.items()},
        "series": {name: timeline.series(name)[1].tolist() for name in SERIES},
        "pictures": pictures,
        "weights": [
            [each.iteration, *(float(np.sum(a, dtype=float)) for a in each.state)] for each in history.weights.kept
        ],
    }


def run() -> tuple[RunListing, RunLog]:
    """A short branch with batch norm on random images, with a change on the way."""
    config = Config().replace(hidden=[4], batch_size=10, iterations=12, activation="sigmoid", norm="batch-before")
    branch = Branch(Recipe(config), 2, (LayerScale(1, 0.5),))
    recipe = Recipe(config.replace(optimizer="momentum", record_every=3), branch, (Change(5, "learning_rate", 0.02),))
    run_log = train_recipe(recipe, noise())
    return RunListing(recipe, 3, "A branch: δ", True, summarise(run_log), "5eed" * 8, 1.75e9), run_log


def add() -> None:
    """Write the file of the present schema and its summary, unless they are there."""
    path = file_of(newest())
    if path.exists():
        return
    card, run_log = run()
    with closing(Library.in_memory()) as library:
        library.add(card)
        library.save(card.id, run_log)
        library.write(card.id, path)
    path.with_suffix(".json").write_text(json.dumps(summary(card, run_log), indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    add()
