"""The watch over threads and timers sees what is left behind, and where it was started."""

from threading import Event, Thread

from PySide6.QtCore import QThread, QTimer

from tests.support.leak_watch import LeakWatch
from tests.support.windows import dispose


class Waiting(QThread):
    """A thread that runs until it is told to end."""

    def __init__(self) -> None:
        super().__init__()
        self.end = Event()

    def run(self) -> None:
        self.end.wait()


def test_that_a_running_thread_is_named(qapp: object, watch: LeakWatch) -> None:
    thread = Waiting()
    thread.start()
    (left,) = watch.left_behind()
    assert left.startswith("Waiting started in test_leak_watch.py:")
    thread.end.set()
    thread.wait()
    assert watch.left_behind() == []


def test_that_an_active_timer_is_named(qapp: object, watch: LeakWatch) -> None:
    timer = QTimer()
    timer.start(1000)
    (left,) = watch.left_behind()
    assert left.startswith("QTimer started in test_leak_watch.py:")
    timer.stop()
    assert watch.left_behind() == []


def test_that_a_deleted_timer_is_not_left_behind(qapp: object, watch: LeakWatch) -> None:
    timer = QTimer()
    timer.start(1000)
    dispose_of(timer)
    assert watch.left_behind() == []


def dispose_of(timer: QTimer) -> None:
    timer.deleteLater()
    dispose()


def test_that_an_evaluation_thread_is_named(qapp: object, watch: LeakWatch) -> None:
    end = Event()
    thread = Thread(target=end.wait, name="evaluation_0")
    thread.start()
    assert watch.left_behind() == ["thread 'evaluation_0'"]
    end.set()
    thread.join()
    assert watch.left_behind() == []


def test_that_tests_without_a_window_are_not_watched(watch: LeakWatch | None) -> None:
    assert watch is None
