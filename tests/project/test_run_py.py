"""run.py: which tools set up the environment, when they do, and what is passed on to the program."""

import ast
import importlib.util
import os
import runpy
import shutil
import signal
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from model.base.user_paths import ROOT

posix = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")

Commands = list[list[str]]
Declare = Callable[..., None]


@pytest.fixture
def declare(tmp_path: Path) -> Declare:
    """Return a function that writes the dependencies of a checkout in `tmp_path`."""

    def write(dependencies: tuple[str, ...] = ("alpha",), lock: str = "alpha==1\n") -> None:
        lists = f"[project]\ndependencies = {list(dependencies)}\n[dependency-groups]\ndev = ['beta']\n"
        (tmp_path / "pyproject.toml").write_text(lists, "utf-8")
        (tmp_path / "requirements.lock").write_text(lock, "utf-8")
        (tmp_path / "requirements-dev.lock").write_text(lock + "beta==1\n", "utf-8")

    write()
    return write


@pytest.fixture
def run(tmp_path: Path, declare: Declare) -> ModuleType:
    """Return the run.py of a checkout in `tmp_path`."""
    spec = importlib.util.spec_from_file_location("run", shutil.copy(ROOT / "run.py", tmp_path))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def unpacked() -> list[str]:
    """Return how often run.py let PySide6 unpack its files: what it set SBK_EMBED to."""
    return []


@pytest.fixture
def commands(run: ModuleType, monkeypatch: pytest.MonkeyPatch, unpacked: list[str]) -> Commands:
    """Return the commands run.py called, each of which succeeded without being run; uv is on the PATH."""
    called: Commands = []

    def call(*command: str | Path, **_: object) -> int:
        called.append([str(part) for part in command])
        return 0

    def start(command: list[str | Path], env: dict[str, str] | None = None, **_: object) -> object:
        if env:
            unpacked.append(env["SBK_EMBED"])
            return subprocess.CompletedProcess(command, 0, "", "")
        return subprocess.CompletedProcess(command, call(*command), "", "")

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(subprocess, "run", start)
    offer(monkeypatch, uv="/somewhere/uv")
    return called


def offer(monkeypatch: pytest.MonkeyPatch, uv: str | None = None, modules: tuple[str, ...] = ()) -> None:
    """Let run.py find this uv and these modules, and no others."""
    monkeypatch.setattr(shutil, "which", lambda name: uv)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name in modules or None)


def ready(run: ModuleType, main: str) -> list[str]:
    """Write `main.py`, mark the environment as set up and return the command that starts run.py."""
    (run.ROOT / "main.py").write_text(main, "utf-8")
    venv.EnvBuilder(symlinks=os.name != "nt").create(run.VENV)
    run.STAMP.write_text(run.digest(False), "utf-8")
    return [sys.executable, str(run.ROOT / "run.py")]


def test_that_uv_syncs_the_lock(run: ModuleType, commands: Commands) -> None:
    run.set_up(dev=False)
    lock = str(run.ROOT / "requirements.lock")
    assert commands == [["/somewhere/uv", "pip", "sync", "--python", str(run.PYTHON), lock]]


def test_that_uv_syncs_the_lock_of_the_tools_for_tests(run: ModuleType, commands: Commands) -> None:
    run.set_up(dev=True)
    assert commands[0][-1] == str(run.ROOT / "requirements-dev.lock")


def test_that_pip_installs_what_is_declared_where_uv_is_missing(
    run: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, modules=("ensurepip", "pip"))
    run.set_up(dev=True)
    ensure, install = commands
    assert ensure == [str(run.PYTHON), "-m", "ensurepip"]
    assert install[:4] == [str(run.PYTHON), "-m", "pip", "install"]
    assert install[-2:] == ["alpha", "beta"]


def test_that_the_outer_pip_installs_where_ensurepip_is_missing(
    run: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, modules=("pip",))
    run.set_up(dev=False)
    assert len(commands) == 1
    assert commands[0][:6] == [sys.executable, "-m", "pip", "--python", str(run.PYTHON), "install"]


def test_that_a_python_without_any_pip_is_told_what_to_install(
    run: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.set_up(dev=False)


@pytest.mark.usefixtures("commands")
def test_that_pyside_unpacks_its_files_once_for_each_set_up(run: ModuleType, unpacked: list[str]) -> None:
    for dev in (False, False, True, True):
        run.set_up(dev)
    assert unpacked == ["false", "false"]


@pytest.mark.usefixtures("commands")
def test_that_a_sound_environment_is_recognised_without_reading_what_it_is_made_from(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.set_up(dev=True)
    monkeypatch.delattr(run, "digest")
    run.set_up(dev=False)
    run.set_up(dev=True)


@pytest.mark.parametrize("dev", [False, True])
def test_that_files_that_say_the_same_at_another_time_set_up_nothing(
    run: ModuleType, commands: Commands, declare: Declare, dev: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.set_up(dev)
    commands.clear()
    os.utime(run.ROOT / "pyproject.toml", (1, 1))
    run.set_up(dev)
    assert commands == []
    monkeypatch.delattr(run, "digest")
    run.set_up(dev)


@pytest.mark.parametrize("dev", [False, True])
def test_that_a_second_set_up_does_nothing(run: ModuleType, commands: Commands, dev: bool) -> None:
    run.set_up(dev)
    commands.clear()
    run.set_up(dev)
    run.set_up(dev=False)
    assert commands == []


@pytest.mark.parametrize("change", [{"dependencies": ("alpha", "gamma")}, {"lock": "alpha==2\n"}])
def test_that_a_changed_dependency_sets_up_afresh(
    run: ModuleType, commands: Commands, declare: Declare, change: dict[str, tuple[str, ...] | str]
) -> None:
    run.set_up(dev=False)
    left_over = run.VENV / "left-over"
    left_over.touch()
    declare(**change)
    run.set_up(dev=False)
    assert len(commands) == 2
    assert not left_over.exists()


@posix
@pytest.mark.usefixtures("commands")
def test_that_the_environment_of_another_checkout_is_left_alone(run: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").touch()
    run.VENV.symlink_to(other)
    run.set_up(dev=False)
    assert (other / "kept").exists()
    assert run.PYTHON.exists()
    assert not run.VENV.is_symlink()


def test_that_another_python_sets_up_afresh(
    run: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.set_up(dev=False)
    monkeypatch.setattr(sys, "version", "3.99.0")
    run.set_up(dev=False)
    assert len(commands) == 2


def test_that_tests_add_their_tools_to_a_sound_environment(run: ModuleType, commands: Commands) -> None:
    run.set_up(dev=False)
    kept = run.VENV / "kept"
    kept.touch()
    run.set_up(dev=True)
    assert len(commands) == 2
    assert kept.exists()


@pytest.mark.usefixtures("commands")
def test_that_a_failed_set_up_says_so_and_is_done_again(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "install", lambda dev: 2)
    for _ in range(2):
        with pytest.raises(SystemExit, match="takes it up again"):
            run.set_up(dev=False)
    assert not run.STAMP.exists()


def test_that_arguments_and_the_working_folder_pass_through(run: ModuleType, tmp_path: Path) -> None:
    command = ready(run, "import os, sys; print(sys.argv[1:], os.getcwd())")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [*command, "train", "--preset", "relu he"], cwd=elsewhere, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"['train', '--preset', 'relu he'] {elsewhere}"
    assert done.stderr == ""


def test_that_the_exit_code_passes_through(run: ModuleType) -> None:
    assert subprocess.run(ready(run, "raise SystemExit(7)"), check=False).returncode == 7


@posix
def test_that_a_killed_program_is_seen_to_be_killed(run: ModuleType) -> None:
    command = ready(run, "import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    assert subprocess.run(command, check=False).returncode == -signal.SIGTERM


@posix
def test_that_a_killed_step_is_reported_the_way_a_shell_does(run: ModuleType) -> None:
    assert run.call(sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)") == 128 + 15


@posix
def test_that_the_program_decides_what_ctrl_c_means(run: ModuleType) -> None:
    waits = "import time\ntry: print('up', flush=True); time.sleep(60)\nexcept KeyboardInterrupt: exit(5)"
    with subprocess.Popen(
        ready(run, waits),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as started:
        assert started.stdout
        assert started.stdout.readline() == "up\n"
        os.killpg(started.pid, signal.SIGINT)
        _, errors = started.communicate(timeout=30)
    assert (started.returncode, errors) == (5, "")


def test_that_every_check_runs_and_the_worst_result_counts(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([1, 0, 2, 0])
    monkeypatch.setattr(run, "set_up", lambda dev: None)
    monkeypatch.setattr(run, "call", lambda *command: next(codes))
    monkeypatch.chdir(run.ROOT)
    assert run.main(["check"]) == 2
    assert list(codes) == []


def test_that_too_old_a_python_gets_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    with pytest.raises(SystemExit, match=rf"needs Python {oldest.removeprefix('>=')} or newer"):
        runpy.run_path(str(ROOT / "run.py"))


def test_that_an_old_python_can_read_the_file_that_tells_it_so() -> None:
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.skipif(importlib.util.find_spec("ensurepip") is None, reason="pip cannot be set up without it")
def test_that_pip_really_makes_a_working_environment(
    run: ModuleType, declare: Declare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = tmp_path / "alpha-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("alpha.py", "ANSWER = 42\n")
        archive.writestr("alpha-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: alpha\nVersion: 1\n")
        archive.writestr("alpha-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("alpha-1.dist-info/RECORD", "")
    declare(dependencies=(f"alpha @ {wheel.as_uri()}",))
    (tmp_path / "main.py").write_text("import alpha; print(alpha.ANSWER)", "utf-8")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    command = [sys.executable, str(tmp_path / "run.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "42\n"), done.stderr
    assert run.STAMP.read_text("utf-8").splitlines()[0] == run.digest(False)
