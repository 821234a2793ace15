"""Makes the standalone build: `python3 run.py build`; with --try it is started as where there is no Python."""

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from model.base.user_paths import ROOT
from tests.standalone.trial import TrialError, try_out

SPEC = Path(__file__).with_name("layerscope.spec")
MADE = ROOT / "dist" / "layerscope"
WORK = ROOT / "build" / "standalone"
MEGA = 1e6


def build() -> Path:
    """Make the folder of the program and return its executable; raises CalledProcessError."""
    options = ["--noconfirm", "--clean", "--log-level", "ERROR", "--distpath", MADE.parent, "--workpath", WORK, SPEC]
    subprocess.run([sys.executable, "-m", "PyInstaller", *map(str, options)], cwd=ROOT, check=True)
    return MADE / ("layerscope.exe" if sys.platform == "win32" else "layerscope")


def size_of(folder: Path) -> int:
    """Size of all files in a folder, in bytes."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def main() -> int:
    """Build, report and, if it is asked for, try; returns the exit code."""
    parser = argparse.ArgumentParser(prog="run.py build", description="Makes a program that needs no Python.")
    parser.add_argument("--try", dest="tried", action="store_true", help="start it in an empty home under Xvfb")
    tried = parser.parse_args().tried
    begun = perf_counter()
    try:
        program = build()
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"PyInstaller ended with {error.returncode}.\n")
        return 1
    files, size = sum(1 for _ in MADE.rglob("*")), size_of(MADE) / MEGA
    sys.stdout.write(f"{program}: {size:.0f} MB in {files:,} files, made in {perf_counter() - begun:.0f} s.\n")
    if not tried:
        return 0
    begun = perf_counter()
    try:
        for done in try_out(program):
            sys.stdout.write(f"  {done}\n")
    except TrialError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    sys.stdout.write(f"It works without Python, tried in {perf_counter() - begun:.0f} s.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
