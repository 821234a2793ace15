"""What 1 to 50 shown runs cost the window, in processor time: behind the run on the screen, and side by side.

All have ended, so that the frames alone are measured, of curves as long as the lesson's.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from PySide6.QtWidgets import QApplication

from gui.pages.compare.compare_page import FEWEST_RUNS, MOST_RUNS
from model.config.presets import preset_named
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.history.run_log import RunLog
from model.training.replay import train_recipe
from tests.benchmarks._figures import Cost
from tests.benchmarks._network_costs import typical
from tests.benchmarks._windows import platform, wait, window
from tests.support.window_page import WindowPage

RUNS = (1, 2, 5, 10, 20, 50)
RECIPE = Recipe(preset_named("relu-he").config)
SETTLE = 0.5


def measure() -> Iterator[Cost]:
    """Frames of the Run page, with nothing new and with records of all, and of the Compare page."""
    with window(RECIPE.config) as shown:
        dataset = shown.run.dataset
        trained = train_recipe(RECIPE, dataset)
        shown.runs.keep_nothing()
        for seed in range(max(RUNS)):
            run_log = RunLog.restored(trained.history, trained.verdicts, [], trained.iteration)
            shown.runs.begin(Recipe(RECIPE.config.replace(seed=seed)), run_log)
        shown.runs.open(shown.runs.entries[0])
        shown.stop_frames()
        for runs in RUNS:
            shown.show_page(PageKind.RUN)
            shown.runs.show_only(shown.runs.entries[:runs])
            wait(SETTLE)
            yield _cost("a frame of all plots", runs, _frame(shown))
            yield _cost("that frame, all with a new record", runs, _frame(shown, going=True))
            if runs >= FEWEST_RUNS:
                shown.show_page(PageKind.COMPARE)
                wait(SETTLE)
                drawn = min(runs, MOST_RUNS)
                yield _cost(f"Compare at another iteration, {MOST_RUNS} at most", runs, _moment(shown), drawn)


def _cost(what: str, runs: int, function: Callable[[], None], drawn: int = 0) -> Cost:
    seconds, calls = typical(function)
    return Cost(f"shown runs: {what}", f"{runs}", seconds, drawn or runs, "run", f"{platform()}; median of {calls}")


def _frame(shown: WindowPage, *, going: bool = False) -> Callable[[], None]:
    board = shown.board

    def frame() -> None:
        for overlay in board.overlays.all if going else ():
            overlay.run_log.version += 1
        board.redraw()
        board.finish()
        QApplication.processEvents()

    return frame


def _moment(shown: WindowPage) -> Callable[[], None]:
    moments = cycle((200, 1_200))

    def move() -> None:
        shown.page.go_to(next(moments))
        shown.page.finish()
        QApplication.processEvents()

    return move
