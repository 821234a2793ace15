"""Training without a window."""

import signal
from time import perf_counter
from types import FrameType
from typing import Self

from model.config import Config
from model.console import Progress, say
from model.datasets import Dataset, load_dataset
from model.diagnosis import Diagnosis
from model.errors import Diverged
from model.records import Record
from model.report import JsonLines, Outcome, Report, Table
from model.trainer import Trainer

INTERRUPTED = 130


class Interruption:
    """Ctrl-C as a wish, granted between two iterations so that no output is cut; a second one cuts."""

    def __init__(self) -> None:
        self.wished = False
        # In the background of a script Ctrl-C is ignored, and stays so.
        self.listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def __enter__(self) -> Self:
        if self.listens:
            signal.signal(signal.SIGINT, self._wish)
        return self

    def __exit__(self, *reason: object) -> None:
        if self.listens:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _wish(self, number: int, frame: FrameType | None) -> None:
        self.wished = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def train(config: Config, *, as_json: bool) -> int:
    """Train, print records as they come and the result; returns the exit code."""
    report: Report = JsonLines() if as_json else Table(config)
    with Interruption() as interruption:
        outcome = _run(config, load_dataset(config.data), report, interruption)
        say(report.end(outcome))
    return INTERRUPTED if outcome.interrupted else 0


def _run(config: Config, dataset: Dataset, report: Report, interruption: Interruption) -> Outcome:
    last: Record | None = None
    diverged: Diverged | None = None
    diagnosis = Diagnosis(config, dataset.class_shares)
    start = perf_counter()
    progress = Progress(config.iterations)
    with Trainer(config, dataset) as trainer:
        going = True
        while going:
            try:
                going = not (trainer.done or interruption.wished)
                if going:
                    trainer.step()
            except Diverged as error:
                diverged, going = error, False
            for record in trainer.collect(wait=not going):
                diagnosis.read(record)
                if not record.tested:
                    continue
                last = record
                if lines := report.record(record):
                    progress.make_room()
                    say(lines)
            progress.show(trainer.updates)
        progress.end(trainer.updates)
        interrupted = not trainer.done and not diverged
        verdict = diagnosis.diverged(diverged) if diverged else diagnosis.verdict
        return Outcome(config, trainer.updates, perf_counter() - start, last, diverged, interrupted, verdict)
