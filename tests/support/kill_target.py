"""A program to be killed: `python -m tests.support.kill_target FOLDER SEED` makes children that train and save.

For each line on its input one child, and when it is dead one line: which run it was and when it was killed.
"""

import os
import random
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np

from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.autosave import Autosaver
from model.training.trainer import Trainer
from model.training.training_loop import TrainingLoop
from tests.support.saved_runs import noise

LONGEST = 1.6  # seconds that a child lives
SHORT = 0.2  # every fifth dies within so many, while the library is being opened
PER_SECOND = 300  # records
BEAT = 0.02  # seconds between two signs of life of a machine that is not too busy
ENTRY = np.dtype([("iteration", "<i8"), ("time", "<f8")])
HEARTBEAT = -1
SIZES = ((6,), (200, 50))  # the second fills the log so fast that it is taken into the library every second


def recipe(size: int) -> Recipe:
    """What children train; it never ends by itself."""
    return Recipe(Config().replace(hidden=SIZES[size], batch_size=8, record_every=1, iterations=100_000))


class Diary(RunLog):
    """Writes down when each record came, in a file that outlives the process."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, iteration: int) -> None:
        os.write(self.file, np.array((iteration, time.monotonic()), ENTRY).tobytes())


def beat(diary: Diary) -> None:
    while True:
        diary.note(HEARTBEAT)
        time.sleep(BEAT)


def _write(path: Path, text: str) -> None:
    path.write_text(text)


def live(folder: Path, card: RunListing, dataset: Dataset) -> None:
    """Train and save until killed."""
    diary = Diary(folder / f"{card.id}.diary")
    threading.Thread(target=beat, args=(diary,), daemon=True).start()
    autosaver = Autosaver(folder / "library.sqlite", partial(_write, folder / f"{card.id}.told"))
    autosaver.track(card, diary)
    start = time.monotonic()
    with Trainer(card.recipe.config, dataset) as trainer:
        loop = TrainingLoop(trainer, diary)
        while True:
            loop.step()
            loop.deliver(wait=True)
            diary.note(trainer.updates - 1)
            time.sleep(max(start + trainer.updates / PER_SECOND - time.monotonic(), 0))


def main(folder: Path, seed: int) -> None:
    rng, dataset = random.Random(seed), noise()
    for number, _ in enumerate(sys.stdin):
        card = RunListing(recipe(rng.randrange(len(SIZES))), id=f"run{number}", created=float(number))
        lifetime = rng.uniform(0, SHORT if number % 5 == 0 else LONGEST)
        child = os.fork()  # nothing in this process has a thread; the child starts warm
        if not child:
            try:
                live(folder, card, dataset)
            finally:
                os._exit(1)
        time.sleep(lifetime)
        killed = time.monotonic()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write(f"{card.id} {SIZES.index(card.recipe.config.hidden)} {killed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
