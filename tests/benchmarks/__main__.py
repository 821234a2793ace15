"""Run benchmarks, all or those named, and print their figures as a Markdown table."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks import _report
from tests.benchmarks._figures import Figure
from tests.docs import pages

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))


def main() -> int:
    """Measure what the command line names; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all when left out")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    args = parser.parse_args()
    for name in args.names:
        if name not in NAMES:
            parser.error(f"there is no benchmark '{name}'; there are {', '.join(NAMES)}")
    figures: list[Figure] = []
    for name in args.names or NAMES:
        for figure in import_module(f"tests.benchmarks.{name}").measure():
            print(f"{figure.what}: {figure.value:.3g}{figure.unit}", file=sys.stderr)
            figures.append(figure)
    text = f"{_report.machine()}\n\n{_report.table(figures)}"
    print(text)
    if args.write:
        print(f"The figures are in {pages.write('benchmarks', text).name}.", file=sys.stderr)
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
