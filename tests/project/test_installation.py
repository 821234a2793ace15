"""The wheel, installed: without an index beside the packages that are here, and with one by pip, uv and pipx.

The latter fetch what the program needs, two minutes in all, for which LAYERSCOPE_ONLINE=1 asks.
"""

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from model.base.user_paths import ROOT

ONLINE = bool(os.environ.get("LAYERSCOPE_ONLINE"))
SECONDS = 300
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
# What each way leaves is the folder of the programs.
Installer = Callable[[Path, Path], Path]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return folder / build_wheel(str(folder))


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command prints, run with nothing of this environment but the way to packages."""
    passed = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "SYSTEMROOT"))
    }
    found = {**passed, "HOME": str(cwd), "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", **variables}
    done = subprocess.run(
        command, cwd=cwd, env=found, capture_output=True, text=True, timeout=SECONDS, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(folder: Path, *, pip: bool) -> Path:
    """Make an environment of its own and return the folder of its programs."""
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=pip).create(folder)
    return folder / SCRIPTS


def beside_what_is_here(wheel: Path, folder: Path) -> Path:
    """Install the wheel alone; what it needs is that of the tests, which need no index."""
    programs = environment(folder / "clean", pip=True)
    python = programs / "python"
    (site,) = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).split()
    (Path(site) / "here.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", wheel, cwd=folder)
    return programs


def by_pip(wheel: Path, folder: Path) -> Path:
    """`pip install` into an environment."""
    programs = environment(folder / "clean", pip=True)
    run(programs / "python", "-m", "pip", "install", wheel, cwd=folder)
    return programs


def by_uv(wheel: Path, folder: Path) -> Path:
    """`uv tool install`."""
    tools = environment(folder / "tools", pip=True)
    run(tools / "python", "-m", "pip", "install", "uv", cwd=folder)
    programs = folder / "programs"
    run(tools / "uv", "tool", "install", "--python", sys.executable, wheel, cwd=folder,
        UV_TOOL_DIR=str(folder / "uv"), UV_TOOL_BIN_DIR=str(programs))  # fmt: skip
    return programs


def by_pipx(wheel: Path, folder: Path) -> Path:
    """`pipx install`."""
    tools = environment(folder / "tools", pip=True)
    run(tools / "python", "-m", "pip", "install", "pipx", cwd=folder)
    programs = folder / "programs"
    run(tools / "pipx", "install", "--python", sys.executable, wheel, cwd=folder,
        PIPX_HOME=str(folder / "pipx"), PIPX_BIN_DIR=str(programs))  # fmt: skip
    return programs


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an installation that needs no index."""
    return beside_what_is_here(wheel, tmp_path_factory.mktemp("here"))


def package_of(program: Path) -> Path:
    """The folder of the installed package, by the Python that the program's first line names."""
    python = program.read_text("utf-8").splitlines()[0].removeprefix("#!").split()[0]
    return Path(run(python, "-c", "import layerscope; print(layerscope.__path__[0])", cwd=program.parent).strip())


def check(program: Path, home: Path) -> None:
    """Have the program do what takes resources and worker processes, from an empty home."""
    assert program.with_name("layerscope-window").is_file()
    package = package_of(program)
    assert package.name == "layerscope"
    before = {path for path in package.rglob("*") if path.suffix != ".pyc" and path.name != "__pycache__"}
    home.mkdir()
    assert run(program, "--version", cwd=home).startswith("Layerscope 0.")
    assert "usage: layerscope " in run(program, "--help", cwd=home)
    assert "Test accuracy" in run(program, "train", "--iterations", "50", cwd=home)
    run(program, "screenshot", "out.png", "--iterations", "50", cwd=home)
    assert (home / "out.png").read_bytes().startswith(b"\x89PNG")
    run(program, "sweep", "--out", "out.csv", "--seeds", "2", "--iterations", "20", cwd=home)
    assert len((home / "out.csv").read_text("utf-8").splitlines()) > 1
    assert "01-never-learns" in run(program, "lesson", "list", cwd=home)
    after = {path for path in package.rglob("*") if path.suffix != ".pyc" and path.name != "__pycache__"}
    assert after == before, "nothing of the user's is kept in the package"


posix = pytest.mark.skipif(os.name == "nt", reason="reads the first line of a script")


@posix
def test_that_the_installed_program_trains_draws_and_starts_workers(programs: Path, tmp_path: Path) -> None:
    check(programs / "layerscope", tmp_path / "empty")


@posix
@pytest.mark.skipif(not ONLINE, reason="LAYERSCOPE_ONLINE=1 lets it fetch packages")
@pytest.mark.parametrize("way", [by_pip, by_uv, by_pipx])
def test_that_every_way_to_install_brings_what_the_program_needs(wheel: Path, tmp_path: Path, way: Installer) -> None:
    check(way(wheel, tmp_path) / "layerscope", tmp_path / "empty")


def test_that_the_installed_package_is_a_module_that_can_be_run(programs: Path, tmp_path: Path) -> None:
    python = programs / "python"
    assert "usage: python3 -m layerscope " in run(python, "-m", "layerscope", "--help", cwd=tmp_path)
    assert "Test accuracy" in run(python, "-m", "layerscope", "train", "--iterations", "20", cwd=tmp_path)
    run(python, "-m", "layerscope", "sweep", "--out", "out.csv", "--seeds", "2", "--iterations", "20", cwd=tmp_path)


def test_that_packages_called_gui_or_model_of_somebody_else_are_not_taken(programs: Path, tmp_path: Path) -> None:
    """Whoever has such folders where the program starts still starts ours."""
    for name in ("gui", "model", "main"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise ImportError('not ours')", "utf-8")
    for command in ([programs / "layerscope"], [programs / "python", "-m", "layerscope"]):
        assert "Test accuracy" in run(*command, "train", "--iterations", "20", cwd=tmp_path, PYTHONPATH=str(tmp_path))
