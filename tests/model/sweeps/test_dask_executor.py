"""Sweeps on a Dask cluster, with a real scheduler and workers that this test starts and ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from main import main
from model.base.errors import InputError
from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from model.cli.sweep import Sweep
from model.config.config import Config
from model.sweeps.axes import SweepAxis, cells
from model.sweeps.dask_executor import cluster_executor
from model.sweeps.results_csv import Results
from model.sweeps.sweep import sweep
from tests.support.patience import PATIENCE
from tests.support.sweeps import QUICK, VARY, in_order, serially, small

Start = Callable[..., "subprocess.Popen[str]"]

# What tells a BLAS, as it is loaded, how many threads it may have.
THREADS = tuple(name for name in os.environ if name.endswith("_NUM_THREADS"))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="workers are killed as POSIX does it")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """A function that starts a part of a cluster, which ends with the module."""
    place = tmp_path_factory.mktemp("dask")
    begun: list[subprocess.Popen[str]] = []

    def one(part: str, *arguments: str, path: str = "", without: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--host", "127.0.0.1"]
        environment = {name: value for name, value in os.environ.items() if name not in without} | {"PYTHONPATH": path}
        log = (place / f"{len(begun)}.log").open("w")
        with log:
            process = subprocess.Popen(command, cwd=place, env=environment, text=True, stdout=log, stderr=log)
        process.args = Path(log.name)  # where to read what it says
        begun.append(process)
        return process

    yield one
    for process in begun:
        process.kill()
        process.wait()


def said(process: "subprocess.Popen[str]", pattern: str) -> str:
    """Wait until a part of the cluster logs something; returns it."""
    assert isinstance(process.args, Path)
    end = time.monotonic() + PATIENCE
    while not (found := re.search(pattern, process.args.read_text("utf-8"))):
        assert process.poll() is None, process.args.read_text("utf-8")
        assert time.monotonic() < end
        time.sleep(0.05)
    return found[1]


def begin_scheduler(start: Start) -> "subprocess.Popen[str]":
    """A scheduler, which has none of this program's modules."""
    return start("scheduler", "--port", "0", "--no-dashboard")


def address_of(scheduler: "subprocess.Popen[str]") -> str:
    """Where it listens, once it does."""
    return said(scheduler, r"Scheduler at:\s+(tcp://\S+)")


@pytest.fixture(scope="module")
def scheduler(start: Start) -> str:
    """The address of a scheduler."""
    return address_of(begin_scheduler(start))


def begin_worker(
    start: Start, scheduler: str, path: str = str(ROOT), threads: str = "1", without: tuple[str, ...] = ()
) -> "subprocess.Popen[str]":
    """A worker that is ready, without a nanny, which would limit its threads."""
    arguments = ("--nthreads", threads, "--no-nanny", "--no-dashboard")
    process = start("worker", scheduler, *arguments, path=path, without=without)
    said(process, r"(Registered to):")
    return process


@pytest.fixture(scope="module")
def worker(start: Start, scheduler: str) -> "subprocess.Popen[str]":
    """A worker of this scheduler that stays."""
    return begin_worker(start, scheduler)


@pytest.mark.usefixtures("worker")
def test_that_a_sweep_on_a_cluster_survives_the_death_of_a_worker(start: Start, scheduler: str, folder: str) -> None:
    victim = begin_worker(start, scheduler)
    cells = small(folder, "init=gauss,he,xavier", seeds=4, iterations=200)
    found = []
    with cluster_executor(scheduler) as executor:
        for result in sweep(cells, executor):
            found.append(result)
            if len(found) == 3:
                victim.send_signal(signal.SIGKILL)
    assert victim.wait() == -signal.SIGKILL
    assert in_order(found) == serially(cells)


@pytest.mark.usefixtures("worker")
def test_that_the_command_writes_the_same_file_as_on_this_machine(
    scheduler: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sweep", "--data", folder, *QUICK, *VARY, "--out", str(tmp_path / "cluster.csv")]
    assert main([*arguments, "--scheduler", scheduler]) == 0
    assert "8 / 8 runs" in capsys.readouterr().err
    asked = parse(arguments)
    assert isinstance(asked, Sweep)
    local = Results(tmp_path / "local.csv", asked.cells)
    for result in serially(asked.cells):
        local.add(result)
    local.write()
    assert (tmp_path / "cluster.csv").read_bytes() == (tmp_path / "local.csv").read_bytes()


def test_that_a_worker_that_limits_no_threads_writes_the_same_file(start: Start, tmp_path: Path) -> None:
    scheduler = address_of(begin_scheduler(start))
    begin_worker(start, scheduler, threads="2", without=THREADS)
    # Products so large, and a decomposition, are shared out between threads where there are two.
    base = Config.from_json({"hidden": [300, 100], "init": "orthogonal", "iterations": 8, "record_every": 4})
    wide = cells(base, [SweepAxis.parse("activation=tanh,relu")], seeds=2)
    here, there = (Results(tmp_path / name, wide) for name in ("local.csv", "cluster.csv"))
    for result in serially(wide):
        here.add(result)
    with cluster_executor(scheduler) as executor:
        for result in sweep(wide, executor):
            there.add(result)
    here.write()
    there.write()
    assert there.path.read_bytes() == here.path.read_bytes()


@pytest.mark.usefixtures("worker")
def test_that_a_bad_cell_says_the_same_as_on_this_machine(scheduler: str) -> None:
    with pytest.raises(InputError, match="or file '/no/such/folder'"), cluster_executor(scheduler) as executor:
        list(sweep(small("/no/such/folder"), executor))


def test_that_what_a_scheduler_lacks_is_named(start: Start, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    process = begin_scheduler(start)
    address = address_of(process)
    pulses = iter([False, True])
    with cluster_executor(address) as executor:
        assert list(sweep(small(folder), executor, lambda: next(pulses))) == []
    hint = f"has no workers yet; 'PYTHONPATH={ROOT} dask worker {address} --nthreads 1' starts one."
    assert hint in capsys.readouterr().err

    begin_worker(start, address, path="")
    with pytest.raises(InputError, match="no module 'model'; start them with PYTHONPATH="):  # noqa: SIM117  its end
        with cluster_executor(address) as executor:
            list(sweep(small(folder), executor))

    def end_scheduler() -> bool:
        process.kill()
        return False

    with pytest.raises(InputError, match="is gone; what was finished is kept"):  # noqa: SIM117  its end
        with cluster_executor(address) as executor:
            list(sweep(small(folder), executor, end_scheduler))


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:80", "tls://127.0.0.1:1", "a:b"]
)
def test_that_no_scheduler_is_one_line(
    address: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("model.sweeps.dask_executor.ANSWER_SECONDS", 0.3)
    arguments = ["sweep", "--data", folder, "--out", str(tmp_path / "results.csv"), "--scheduler", address]
    assert main(arguments) == 2
    *_, line = capsys.readouterr().err.splitlines()
    assert line == f"layerscope: No Dask scheduler answers at '{address}'; 'dask scheduler' starts one."


def test_that_without_dask_the_extra_is_named(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ["sweep", "--data", folder, "--out", str(tmp_path / "results.csv"), "--scheduler", "tcp://h:1"]
    assert main(arguments) == 2
    assert "--scheduler needs Dask" in capsys.readouterr().err


def test_that_dask_is_imported_only_when_a_scheduler_is_asked_for() -> None:
    code = "import sys, model.cli.sweep, model.cli.main_parser; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
