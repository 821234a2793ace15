"""The command `cure`: searches for what must be changed in a run that does not learn."""

import json
from dataclasses import dataclass

from model.base.console import say
from model.base.ending import Interruption
from model.base.params import check_params, param, params
from model.cli.command import HeadlessCommand, PrintText
from model.cli.options import Workers
from model.cli.sweep import RunsProgress
from model.cli.worker_processes import worker_pool
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of, parsed
from model.cures.report import conclusion, result_json, search_json, trial_table
from model.cures.search import TRIALS, CureSearch, run_search

ABOUT = (
    "Trains a run and, unless it learns, the remedies of its verdict, then single changes of its settings, then pairs "
    "of those that came closest, with the same seed and data, in as many processes as there are processors. What will "
    "not learn is given up as soon as that is sure. Prints what each change gave, best first, and marks the smallest "
    "that cures: the run ends learning, with at least 70 % of the test images right."
)


@dataclass(frozen=True)
class Curing(Workers):
    """Options of `cure` besides the settings of the run; raises InputError."""

    trials: int = param(TRIALS, "Trials", "How many changes are tried at most, pairs included.", low=1, high=10_000)
    json: bool = param(False, "JSON", "Prints one JSON object per change tried, and a last one with the result.")

    def __post_init__(self) -> None:
        check_params(self)


@dataclass(frozen=True)
class Cure(HeadlessCommand):
    """The command `cure` with the search that it makes."""

    search: CureSearch
    options: Curing

    def run(self) -> int:
        """Search and print; returns 0, with or without a cure, or the code of the signal; raises InputError."""
        search, progress = self.search, RunsProgress(self.search.planned)
        printed = 0

        def pulse() -> bool:
            nonlocal printed
            known = [*([search.sick] if search.sick else []), *search.results]
            for result in known[printed:] if self.options.json else ():
                progress.make_room()
                say(json.dumps(result_json(result, search.config), allow_nan=False))
            printed = len(known)
            progress.total = search.planned
            progress.show(len(search.results))
            return interruption.wished

        with Interruption() as interruption, worker_pool(self.options.jobs) as pool:
            try:
                run_search(search, pool.executor, pool.size, pulse)
            finally:
                progress.end(len(search.results))
            interrupted = interruption.wished and not search.finished
            self._conclude(interrupted=interrupted)
        return interruption.code if interrupted else 0

    def _conclude(self, *, interrupted: bool) -> None:
        if self.options.json:
            ended = {**search_json(self.search), **({"interrupted": True} if interrupted else {})}
            say(json.dumps(ended, allow_nan=False))
            return
        parts = [trial_table(self.search), f"{'Interrupted. ' if interrupted else ''}{conclusion(self.search)}"]
        say("\n\n".join(part for part in parts if part))


def parse(arguments: list[str]) -> PrintText | Cure:
    """Parse the arguments of `cure`; raises InputError."""
    parser = OptionParser("cure", ABOUT)
    parser.offer(params(Curing))
    parser.offer(RUN_SETTINGS)
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    options = Curing(**parsed(params(Curing), given))
    return Cure(CureSearch(config_of(given), most=options.trials), options)
