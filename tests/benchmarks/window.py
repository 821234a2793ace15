"""How much of its speed training keeps beside a window that draws ten layers, and how long events have to wait."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter, sleep

from PySide6.QtWidgets import QApplication

from gui.pages.dashboard.dashboard import PLOTS_A_FRAME
from gui.runs.training_thread import TrainingThread
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.history.run_log import RunLog
from model.network.evaluation_process import EvaluationProcess
from tests.benchmarks._figures import Figure, compare
from tests.benchmarks._windows import FRAMES, SECONDS, delay_figures, delays, platform, speed, wait, window
from tests.support.window_page import WindowPage

DEPTHS = (10, 30)
DEEPEST = 50  # of the view that costs the most with many layers
LEAST_FRAMES = 0.95 * FRAMES  # by so much are Qt's timers coarse
LEAST = 0.90  # of the speed without a window
TURNS = 4
SETTLE = 0.3
SHORT, LONG = 200, 1_000_000


def measure() -> Iterator[Figure]:
    """Throughput and delays of every view at 30 frames a second, and at 60; a frame's cost early in a run and late."""
    with EvaluationProcess() as evaluation:
        for depth in DEPTHS:
            with window(_config(depth)) as shown:
                for view in ViewKind:
                    shown.show_view(view)
                    yield from _beside_training(shown, evaluation, depth, FRAMES)
                if depth == DEPTHS[0]:
                    shown.show_view(ViewKind.ACTIVATIONS)
                    yield from _beside_training(shown, evaluation, depth, 60)
                    yield _late_frame(shown)
        with window(_config(DEEPEST)) as shown:
            shown.show_view(ViewKind.TIMELINE)
            yield from _beside_training(shown, evaluation, DEEPEST, FRAMES)
            yield _frame_rate(shown)


def _config(depth: int) -> Config:
    return Config(hidden=(50,) * depth, iterations=10_000_000)


def _beside_training(shown: WindowPage, evaluation: EvaluationProcess, depth: int, frames: int) -> Iterator[Figure]:
    ratios: list[float] = []
    delays: list[float] = []
    for _ in range(TURNS):
        headless = _headless(shown, evaluation, _config(depth))
        drawn, late = _drawn(shown, _config(depth), frames)
        ratios.append(drawn / headless)
        delays += late
    plots = sum(card.plots for card in shown.board.drawn)
    name = f"{depth} layers, {shown.board.detail.view.view.label}, {frames} fps"
    detail = f"{platform()}; {min(PLOTS_A_FRAME, plots)} of {plots} plots a frame, in turns"
    yield Figure(f"training / headless, {name}", median(ratios), LEAST, at_least=True, detail=detail)
    yield from delay_figures(delays, name, detail)


def _headless(shown: WindowPage, evaluation: EvaluationProcess, config: Config) -> float:
    """Iterations a second of the same thread while the window does nothing."""
    if shown.run.is_running():
        shown.pause()
    shown.stop_frames()
    thread = TrainingThread(Recipe(config), shown.run.dataset, evaluation=evaluation)
    thread.pace.set_paused(False)
    thread.start()
    sleep(SETTLE)
    first, start = thread.run_log.iteration, perf_counter()
    sleep(SECONDS)
    found = (thread.run_log.iteration - first) / (perf_counter() - start)
    thread.halt()
    return found


def _drawn(shown: WindowPage, config: Config, frames: int) -> tuple[float, list[float]]:
    """Iterations a second beside the drawing window, and by how much each tick of a fast timer was late."""
    shown.draw_often(frames)
    shown.take_config(config)
    shown.train()
    wait(SETTLE)
    return speed(shown), delays()


def _frame_rate(shown: WindowPage) -> Figure:
    """Frames a second beside training; a timer leaves out those that it is too late for."""
    frames: list[float] = []
    shown.draw_often(FRAMES)
    shown.count_frames(lambda: frames.append(perf_counter()))
    wait(2 * SECONDS)
    found = (len(frames) - 1) / (frames[-1] - frames[0])
    name = f"frames a second, {DEEPEST} layers, {ViewKind.TIMELINE.label}, {FRAMES} asked for"
    return Figure(name, found, LEAST_FRAMES, at_least=True, detail=platform())


def _late_frame(shown: WindowPage) -> Figure:
    """A frame with its painting after many records over one after few, nothing training meanwhile."""
    shown.pause()
    shown.stop_frames()
    wait(SETTLE)
    dashboard, run_log = shown.board, shown.run.log
    record = run_log.shown
    assert record is not None
    bare = record.bare()

    def frame_of(records: int) -> RunLog:
        filled = RunLog()
        every = shown.settings.config.iterations // records
        for number in range(records):
            noise = 0.5 + 0.4 * (number * 7919 % 100) / 100
            base = replace(bare if number else record, iteration=number * every, loss=noise)
            filled.put(replace(base, train_accuracy=noise, test_accuracy=noise))
        return filled

    def draw(filled: RunLog) -> None:
        for card in dashboard.curves:
            card.run_log = filled
        dashboard.run_log, dashboard.version = filled, -1
        dashboard.frame(plots=sum(card.plots for card in dashboard.drawn))
        QApplication.processEvents()

    long, short = frame_of(LONG), frame_of(SHORT)
    found = compare(lambda: draw(long), lambda: draw(short), turns=40)
    detail = f"{found.first * 1e3:.1f} ms / {found.second * 1e3:.1f} ms"
    return Figure(f"a frame after {LONG:,} records / after {SHORT}", found.ratio, 1.5, detail=detail)
