"""What all tests share: workers, one BLAS thread, no display, the data sets."""

import gc
import os
import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

# Before NumPy and Qt are imported: both read these only once.
# The screen is larger than any window that tests want, and English is what the system speaks, wherever that is.
os.environ.update(
    LC_ALL="C.UTF-8",
    LANGUAGE="",
    OPENBLAS_NUM_THREADS="1",
    OMP_NUM_THREADS="1",
    QT_QPA_PLATFORM=f"offscreen:configfile={Path(__file__).parent / 'support' / 'offscreen.json'}",
)
# The program's own worker processes are nice to the window; among tests they must not starve beside pytest's workers.
if "PYTEST_XDIST_WORKER" in os.environ and hasattr(os, "nice"):
    os.nice(19)
# A shell that starts tests in the background has them ignore Ctrl-C, and with them every program that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # so does nohup
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
# Beside pytest's own: a folder named .hypothesis makes pytest warn, and warnings are errors.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(__file__).parent.parent / ".pytest_cache" / "hypothesis")

import hypothesis
import numpy as np
import pytest

from model.base.processors import usable_cores
from model.data.datasets import Dataset, load_dataset
from tests.support import idx_files

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.support.leak_watch import LeakWatch

# The same examples at every run: a test that fails today failed for whoever wrote the change.
hypothesis.settings.register_profile(
    "layerscope", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("layerscope")


TESTS_A_COLLECTION = 40  # of everything; what a test leaves is young, and a look through the rest takes 50 ms
collections = count(1)
FEW = 8  # test files: one process has done them before others have started and collected them a second time


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many workers as cores, where not `-n` says how many; none for a few files, nor for `-k`, which picks few."""
    paths = [config.invocation_params.dir / each.partition("::")[0] for each in config.args]
    files = sum(1 if path.is_file() else len([*path.rglob("test_*.py")]) for path in paths)
    return usable_cores() if files > FEW and not config.option.keyword else 0


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    """The whole MNIST."""
    return load_dataset()


@pytest.fixture(scope="session")
def tiny() -> Dataset:
    """Three kinds of noisy 12 x 9 images, 240 to train on and 63 to test, that any network tells apart quickly."""
    rng = np.random.default_rng(2024)
    patterns = rng.integers(0, 256, (3, 12, 9)) * (rng.random((3, 12, 9)) < 0.4)
    patterns[:, :, :2] = 0

    def images(count: int) -> tuple[np.ndarray, np.ndarray]:
        labels = rng.integers(0, 3, count)
        noise = rng.integers(0, 120, (count, 12, 9)) * (rng.random((count, 12, 9)) < 0.3)
        pixels = np.clip(patterns[labels] + noise, 0, 255).astype(np.uint8)
        pixels[:, :, 0] = 0  # a margin that is never lit
        return pixels.reshape(count, -1), labels.astype(np.intp)

    return Dataset("tiny", *images(240), *images(63), (12, 9), 3)


@pytest.fixture(scope="session")
def folder(tiny: Dataset, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small data set as a folder that the program can open."""
    parts = (
        tiny.train_images.reshape(-1, *tiny.image_shape),
        tiny.train_labels.astype(np.uint8),
        tiny.test_images.reshape(-1, *tiny.image_shape),
        tiny.test_labels.astype(np.uint8),
    )
    files = {name: idx_files.packed(part) for name, part in zip(idx_files.NAMES, parts, strict=True)}
    return idx_files.write(tmp_path_factory.mktemp("data") / "tiny", files)


def pytest_configure(config: pytest.Config) -> None:
    """Let Qt's warnings fail a test, but for those that say nothing of ours."""
    # The offscreen platform says so of smallest sizes, and when a menu opens; test_real_display.py allows nothing.
    config.addinivalue_line(
        "qt_log_ignore", r"^This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    )


@pytest.fixture(scope="session")
def qapp() -> "QApplication":
    """The application as the program makes it, in the light theme."""
    from gui.style.style_sheet import apply_theme  # tests of the model alone load no Qt
    from gui.style.theme import LIGHT
    from gui.window.application import make_application

    application = make_application()
    apply_theme(application, LIGHT)
    gc.freeze()  # what is there by now; the application has switched Python's own collections off
    return application


@pytest.fixture(autouse=True)
def collect_garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect in the main thread what a test leaves, once the application has kept all other threads from doing so."""
    yield
    if "qapp" in request.fixturenames:
        gc.disable()
    if not gc.isenabled():
        gc.collect(2 if next(collections) % TESTS_A_COLLECTION == 0 else 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds the user's own settings, library or unpacked MNIST, nor changes them."""
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> "Iterator[LeakWatch | None]":
    """No test of the window leaves a thread or a timer behind."""
    if "qapp" not in request.fixturenames:
        yield None
        return
    from tests.support.leak_watch import LeakWatch

    watch = LeakWatch(monkeypatch)
    yield watch
    left = watch.left_behind()
    assert not left, f"left behind: {', '.join(left)}"


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A data set of another shape: 7 x 5 pixels, 4 classes."""
    return idx_files.write(tmp_path / "other", idx_files.contents(90, 24, (7, 5), 4), zipped=True)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A data set whose test labels end too early."""
    files = idx_files.contents()
    files[idx_files.NAMES[3]] = files[idx_files.NAMES[3]][:-5]
    return idx_files.write(tmp_path / "broken", files)
