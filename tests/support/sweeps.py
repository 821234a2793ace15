"""Small sweeps to test with."""

from collections.abc import Sequence

from model.config.config import Config
from model.sweeps.axes import SweepAxis, cells
from model.sweeps.sweep import Result, SweepCell, run_cell

QUICK = ("--hidden", "5", "--iterations", "30", "--batch-size", "20")
VARY = ("--vary", "activation=sigmoid,relu", "--vary", "init=gauss,he", "--seeds", "2")


def small(folder: str, *texts: str, seeds: int = 1, **settings: object) -> list[SweepCell]:
    """Cells that are quickly run, varied by these texts."""
    base = Config(hidden=(5,), iterations=30, batch_size=20, data=folder).replace(**settings)
    return cells(base, [SweepAxis.parse(text) for text in texts], seeds)


def serially(found: Sequence[SweepCell]) -> list[Result]:
    """What comes of the cells in this process, one after the other."""
    return [run_cell(cell) for cell in found]


def in_order(results: Sequence[Result]) -> list[Result]:
    """Results in the order of their cells."""
    return sorted(results, key=lambda result: result.cell.index)
