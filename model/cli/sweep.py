"""The command `sweep`: trains many runs without a window, writes their results, prints a table."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from model.base.console import Progress, complain, say
from model.base.ending import Interruption
from model.base.params import params
from model.cli.command import HeadlessCommand, PrintText
from model.cli.options import Spread
from model.cli.worker_processes import worker_pool
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of, parsed
from model.sweeps.axes import SweepAxis, cells
from model.sweeps.results_csv import Results
from model.sweeps.sweep import SweepCell, sweep
from model.sweeps.sweep_report import report

ABOUT = (
    "Trains every combination of the values that --vary lists, each with several seeds, in as many processes as there "
    "are processors. Lists of layers have / between them, as in hidden=40,20/100,100; numbers can be a range, as in "
    "depth=1..5 or init_std=0.01..1x5 for five values. depth and width make the hidden layers all alike."
)


@dataclass(frozen=True)
class Sweep(HeadlessCommand):
    """The command `sweep` with its cells."""

    cells: tuple[SweepCell, ...]
    options: Spread

    def run(self) -> int:
        """Run the cells that have no result in the file yet, write it, print the table.

        Returns 0, or the code of the signal if cells are left; raises InputError.
        """
        with Interruption() as interruption:
            results = Results(Path(self.options.out), self.cells)
            if results.finished:
                complain(f"{len(results.finished):,} of {len(self.cells):,} runs are in '{results.path}' already.")
            if len(results.arithmetics) > 1:
                complain(_mixed(results))
            if results.missing:
                self._complete(results, interruption)
            say(report(self.cells, results.finished) or "No run is finished.")
            missing = len(results.missing)
            if missing:
                say(f"Interrupted; {missing:,} runs are left, and the same command goes on with them.")
        return interruption.code if missing else 0

    def _complete(self, results: Results, interruption: Interruption) -> None:
        progress = RunsProgress(len(self.cells), len(results.finished))
        told = len(results.arithmetics) > 1

        def pulse() -> bool:
            results.write_if_due()
            progress.show(len(results.finished))
            return interruption.wished

        try:
            with executor(self.options) as workers:
                for result in sweep(results.missing, workers, pulse):
                    results.add(result)
                    if len(results.arithmetics) > 1 and not told:
                        told = True
                        progress.clear()
                        complain(_mixed(results))
        finally:
            progress.end(len(results.finished))
            results.write()


def _mixed(results: Results) -> str:
    *first, last = map(str, results.arithmetics)
    return f"'{results.path}' has runs computed with {'; '.join(first)} and with {last}: their last digits can differ."


class RunsProgress(Progress):
    """Progress in finished runs, with the time left at the pace so far."""

    def text(self, done: int, seconds: float) -> str:
        """Format the line: '12 / 40 runs, 1:05 left'; `seconds` is the time since the start."""
        text = f"{done:,} / {self.total:,} runs"
        if not self.first < done < self.total:
            return text
        minutes, second = divmod(round(seconds / (done - self.first) * (self.total - done)), 60)
        hours, minute = divmod(minutes, 60)
        return f"{text}, {hours}:{minute:02d}:{second:02d} left" if hours else f"{text}, {minute}:{second:02d} left"


@contextmanager
def executor(options: Spread) -> Iterator[Executor]:
    """Context with an executor: the Dask cluster, or worker processes of this machine. Raises InputError."""
    if options.scheduler:
        from model.sweeps.dask_executor import cluster_executor

        with cluster_executor(options.scheduler) as workers:
            yield workers
        return
    with worker_pool(options.jobs) as pool:
        yield pool.executor


def parse(arguments: list[str]) -> PrintText | Sweep:
    """Parse the arguments of `sweep`; raises InputError."""
    parser = OptionParser("sweep", ABOUT)
    parser.offer(params(Spread))
    parser.offer(RUN_SETTINGS)
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    options = Spread(**parsed(params(Spread), given))
    axes = [SweepAxis.parse(text) for text in options.vary]
    return Sweep(tuple(cells(config_of(given), axes, options.seeds)), options)
