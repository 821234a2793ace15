"""Set up `.venv` where needed, then run Layerscope: `python3 run.py [TASK] [...]`, a task being one of TASKS."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Layerscope needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "layerscope.stamp"
LINT_IMPORTS = ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
TASKS = {
    "test": [["-m", "pytest"]],
    "bench": [["-m", "tests.benchmarks"]],
    "build": [["-m", "tests.standalone"]],
    "verdicts": [["-m", "tests.verdicts"]],
    "interventions": [["-m", "tests.interventions"]],
    "clinic": [["-m", "tests.clinic"]],
    "docs": [["-m", "tests.docs"]],
    "formulas": [["-m", "tests.formulas"]],
    "words": [["-m", "tests.words"]],
    "check": [["-m", "ruff", "check"], ["-m", "ruff", "format", "--check"], ["-m", "mypy"], LINT_IMPORTS],
}


def call(*command: str | Path, stdout: int | None = None) -> int:
    """Run a command to its end and return its exit code."""
    import signal
    import subprocess

    env = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    # The child hears the same Ctrl-C and decides what it means. A handler and no SIG_IGN, which it would inherit; an
    # exception could come when the child has been waited for and its code is not kept yet.
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with subprocess.Popen(command, stdout=stdout, env=env) as child:
            code = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def lock(dev: bool) -> Path:
    """Return the file that pins every dependency, with or without the tools of development."""
    return ROOT / ("requirements-dev.lock" if dev else "requirements.lock")


def dependencies(dev: bool) -> list[str]:
    """Return what `pyproject.toml` asks for, with or without the tools of development."""
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted: list[str] = declared["project"]["dependencies"]
    return wanted + declared["dependency-groups"]["dev"] if dev else wanted


def digest(dev: bool) -> str:
    """Return the fingerprint of everything an environment is made from."""
    import hashlib

    made_from = [sys.version, *dependencies(dev), lock(dev).read_text("utf-8")]
    return hashlib.sha256("\n".join(made_from).encode()).hexdigest()


def install(dev: bool) -> int:
    """Install the locked versions with uv if there is one, else what `pyproject.toml` asks for with pip."""
    import importlib.util
    import shutil
    import subprocess

    # Progress goes to stderr (2): stdout belongs to what the program prints.
    uv = shutil.which("uv")
    if uv:
        return call(uv, "pip", "sync", "--python", PYTHON, lock(dev), stdout=2)
    pip: list[str | Path] = [PYTHON, "-m", "pip"]
    if importlib.util.find_spec("ensurepip"):
        ensured = subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True, text=True, check=False)
        if ensured.returncode:
            print(ensured.stderr, file=sys.stderr)
            return ensured.returncode
    elif importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    else:
        sys.exit("This Python has no pip and no ensurepip; on Debian: apt install python3-venv")
    return call(*pip, "install", "--disable-pip-version-check", *dependencies(dev), stdout=2)


def unpack_pyside() -> None:
    """Let PySide6 unpack the Python files that it keeps in its library, else it compiles them at every start."""
    import subprocess

    # Where a library of the system is missing, main.py says which; here the import may fail.
    env = {**os.environ, "SBK_EMBED": "false"}
    subprocess.run([PYTHON, "-c", "import PySide6.QtCore"], env=env, capture_output=True, check=False)


def made_from_files() -> str:
    """Return what changes whenever `digest` does and is cheap to find: the Python, the files' times and sizes."""
    found = [path.stat() for path in (ROOT / "pyproject.toml", lock(False), lock(True))]
    return " ".join([*sys.version.split(), *(f"{each.st_mtime_ns}/{each.st_size}" for each in found)])


def set_up(dev: bool) -> None:
    """Make `.venv` what `pyproject.toml` and the locks say, unless it already is."""
    stamp = STAMP.read_text("utf-8").splitlines() if PYTHON.exists() and STAMP.exists() else []
    files = made_from_files()
    if stamp[1:] == [f"with tools {files}"] or (stamp[1:] == [files] and not dev):
        return
    before = stamp[0] if stamp else ""
    if before == digest(True) or (before == digest(False) and not dev):
        dev = before == digest(True)
    else:
        print("Setting up .venv; the first time downloads about 100 MB.", file=sys.stderr)
        if before != digest(False):  # tools may join a sound environment, anything else starts afresh
            import venv

            if VENV.is_symlink():  # what it leads to belongs to another checkout
                VENV.unlink()
            venv.EnvBuilder(clear=True, symlinks=os.name != "nt").create(VENV)
        if install(dev):
            sys.exit("The set-up is not finished; the next run.py takes it up again.")
        unpack_pyside()
    STAMP.write_text(f"{digest(dev)}\n{'with tools ' if dev else ''}{files}\n", "utf-8")


def become(*command: str | Path) -> int:
    """Run a command in place of this process, so that signals and exit code are its own; Windows has to wait for it."""
    if os.name != "nt":
        os.execv(command[0], [str(part) for part in command])
    return call(*command)


def main(args: list[str]) -> int:
    """Set up, run what was asked for and return its exit code."""
    steps = TASKS.get(args[0], []) if args else []
    set_up(dev=bool(steps))
    if not steps:
        return become(PYTHON, ROOT / "main.py", *args)
    os.chdir(ROOT)
    if len(steps) == 1:
        return become(PYTHON, *steps[0], *args[1:])
    return max(call(PYTHON, *step, *args[1:]) for step in steps)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"Layerscope cannot be set up here: {error}")
