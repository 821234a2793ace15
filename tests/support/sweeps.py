"""Small sweeps to test with."""

from collections.abc import Sequence

from model.config.config import Config
from model.sweeps.axes import Axis, cells
from model.sweeps.sweep import Cell, Result, run_cell

QUICK = ("--hidden", "5", "--iterations", "30", "--batch-size", "20")
VARY = ("--vary", "activation=sigmoid,relu", "--vary", "init=gauss,he", "--seeds", "2")


def small(folder: str, *texts: str, seeds: int = 1, **settings: object) -> list[Cell]:
    """Cells that are quickly run, varied by these texts."""
    base = Config(hidden=(5,), iterations=30, batch_size=20, data=folder).replace(**settings)
    return cells(base, [Axis.parse(text) for text in texts], seeds)


def serially(found: Sequence[Cell]) -> list[Result]:
    """What comes of the cells in this process, one after the other."""
    return [run_cell(cell) for cell in found]


def in_order(results: Sequence[Result]) -> list[Result]:
    """Results in the order of their cells."""
    return sorted(results, key=lambda result: result.cell.index)
