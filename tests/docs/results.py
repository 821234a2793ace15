"""Blocks made of the sweeps that are stored in docs/results."""

import shlex
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from model.cli.options import Spread
from model.cli.sweep import Sweep
from model.config.presets import PRACTICE, PRESETS
from model.sweeps.results_csv import Results
from model.sweeps.sweep import Result, SweepCell
from model.sweeps.sweep_report import report
from tests.docs.tables import table

SEEDS = 10
SIX = "sweep --vary activation=sigmoid,relu --vary init=gauss,he,xavier --seeds 10 --out docs/results/six.csv"


def six_sweep() -> Sweep:
    """The lesson's six networks over ten seeds."""
    asked = parse(shlex.split(SIX))
    assert isinstance(asked, Sweep)
    return replace(asked, options=replace(asked.options, out=str(ROOT / asked.options.out)))


def preset_sweep() -> Sweep:
    """Every preset once, as it is declared."""
    cells = (SweepCell(index, each.config, (("preset", each.name),)) for index, each in enumerate(PRESETS))
    return Sweep(tuple(cells), Spread(out=str(ROOT / "docs/results/presets.csv")))


def practice_sweep() -> Sweep:
    """The presets of practice over ten seeds."""
    runs = [(preset, seed) for preset in PRACTICE for seed in range(SEEDS)]
    cells = (
        SweepCell(index, preset.config.replace(seed=seed), (("preset", preset.name),))
        for index, (preset, seed) in enumerate(runs)
    )
    return Sweep(tuple(cells), Spread(out=str(ROOT / "docs/results/practice.csv")))


def finished(asked: Sweep) -> Mapping[int, Result]:
    """The results that the sweep's file has, by the index of their cell; raises InputError for other contents."""
    with TemporaryDirectory() as folder:
        # Results may write what they read; nobody who only looks changes a file of the checkout.
        copy = Path(folder) / "results.csv"
        if Path(asked.options.out).exists():
            shutil.copy(asked.options.out, copy)
        return Results(copy, asked.cells).finished


def run_missing() -> None:
    """Train what the stored sweeps do not have yet, into their files; raises InputError."""
    for asked in (six_sweep(), preset_sweep(), practice_sweep()):
        if len(finished(asked)) < len(asked.cells):
            asked.run()


def six() -> str:
    """The command of the sweep over the lesson's six networks, and what it prints where nothing is left to be run."""
    asked = six_sweep()
    return f"```\n$ python3 run.py {SIX}\n{report(asked.cells, finished(asked))}\n```"


def accuracies() -> str:
    """The test accuracy and the verdict of every preset at its end."""
    results = finished(preset_sweep())
    rows = []
    for index, preset in enumerate(PRESETS):
        result = results.get(index)
        accuracy = result.final_test_accuracy if result else None
        rows.append((
            f"`{preset.name}`",
            "" if accuracy is None else f"{100 * accuracy:.1f} %",
            result.condition.label.lower() if result else "not trained yet",
        ))  # fmt: skip
    return table(("preset", "test accuracy", "verdict"), rows, "|---|---:|---|")


def practice() -> str:
    """Test accuracies and verdicts of the presets of practice over ten seeds."""
    results, rows = finished(practice_sweep()), []
    for place, preset in enumerate(PRACTICE):
        found = [results[index] for index in range(SEEDS * place, SEEDS * (place + 1)) if index in results]
        ended = [result.accuracy for result in found if result.accuracy is not None]
        verdicts = Counter(result.condition.label.lower() for result in found)
        said = ", ".join(f"{times} {verdict}" for verdict, times in verdicts.most_common())
        figures = [f"{100 * figure(ended):.1f} %" if ended else "" for figure in (min, median, max)]
        rows.append((f"`{preset.name}`", *figures, said))
    return table(("preset", "lowest", "median", "highest", "verdicts"), rows, "|---|---:|---:|---:|---|")
