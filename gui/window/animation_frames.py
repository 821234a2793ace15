"""A run played back into a file: the dashboard drawn at one moment after the other."""

import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

from gui.export.animation_file import AnimationFile
from gui.export.picture import image
from model.base.errors import InputError
from model.history.timeline import thinned

if TYPE_CHECKING:
    from gui.pages.dashboard.dashboard import Dashboard

MOST_FRAMES = 150
SAMPLES = 3  # pictures that the colours are chosen from: the first, one in the middle, the last


class FrameProgress(NamedTuple):
    """How many frames have been drawn, of how many."""

    done: int
    total: int


Steps = Generator[FrameProgress, None, None]


def animate(board: "Dashboard", film: AnimationFile) -> Steps:
    """Draw, encode and write in small steps, so that a window stays alive in between; raises InputError.

    Closing the generator early writes nothing. In the end the board shows what it showed before.
    """
    with board.run_log.lock:
        moments = board.run_log.history.timeline.iterations()
    iterations = [moments[place] for place in thinned(moments, MOST_FRAMES)] if moments else []
    if len(iterations) < 2:
        raise InputError("There is nothing to play back yet; press Train.")
    before, total = board.viewed.at, len(iterations)
    run_log, size = board.run_log, board.size()

    def draw(iteration: int) -> QImage:
        if board.run_log is not run_log or board.size() != size:
            raise InputError("The animation was given up: it needs the same run and a window of the same size.")
        board.go_to(iteration)
        board.frame(plots=sys.maxsize)
        board.update_text()
        return image(board, 1)

    try:
        samples = []
        for sample in range(SAMPLES):
            samples.append(draw(iterations[sample * (total - 1) // (SAMPLES - 1)]))
            yield FrameProgress(0, total)
        film.prepare(samples)
        for done, iteration in enumerate(iterations, 1):
            yield FrameProgress(done, total)
            picture = draw(iteration)
            yield FrameProgress(done, total)
            film.add(picture, last=done == total)
        for _ in film.write():
            yield FrameProgress(total, total)
    finally:
        if board.run_log is run_log:
            board.go_to(before)
