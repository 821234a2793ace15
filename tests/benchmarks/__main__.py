"""Run benchmarks, all or those named, and print their figures as Markdown tables."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.benchmarks import _report
from tests.benchmarks._figures import Cost, Figure
from tests.docs import pages

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
BLOCK = "benchmarks"


def main() -> int:
    """Measure what the command line names; 1 if a target is missed. Without a display, windows are drawn offscreen."""
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all when left out")
    parser.add_argument("--write", action="store_true", help="put their tables into the docs, the others stay")
    args = parser.parse_args()
    for name in args.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark '{name}'; there are {', '.join(NAMES)}")
    met = True
    for name in args.names or NAMES:
        benchmark = import_module(f"tests.benchmarks.{name}")
        if measured := _measured(benchmark):
            met &= all(each.met for each in measured if isinstance(each, Figure))
            part = _report.part(name, title(benchmark), measured)
            print(f"### {name}\n\n{part}\n")
            if args.write:
                # Now and not at the end: what was measured must not be lost with the next benchmark.
                page = pages.write(BLOCK, _report.joined(pages.held(BLOCK), {name: part}, NAMES))
                print(f"{name} is in {page.name}.", file=sys.stderr)
    return 0 if met else 1


def title(benchmark: ModuleType) -> str:
    """What a benchmark measures: the first sentences of its module."""
    return " ".join((benchmark.__doc__ or "").split("\n\n")[0].split())


def _measured(benchmark: ModuleType) -> list[Figure | Cost]:
    measured = []
    for each in benchmark.measure():
        print(each, file=sys.stderr)
        measured.append(each)
    return measured


if __name__ == "__main__":
    sys.exit(main())
