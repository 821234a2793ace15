# ruff: noqa: T201  printed figures are its purpose
"""Train the presets and the grid on MNIST, compare each verdict with what training then did, print the matrix."""

import argparse
import sys

from tests.docs import pages
from tests.verdicts import report
from tests.verdicts.grid import RUN_TO, SEED, grid, presets
from tests.verdicts.trial import run_all


def main() -> int:
    """Run what the command line asks for; store the truths unless the grid is another one."""
    parser = argparse.ArgumentParser(prog="python3 run.py verdicts", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the matrix into the docs")
    parser.add_argument("--seed", type=int, default=SEED, help="draw another grid, of which nothing is kept")
    args = parser.parse_args()
    tried = []
    for trial in run_all({**presets(), **grid(args.seed)}, RUN_TO):
        assert trial.truth
        tried.append(report.Tried(trial.name, trial.truth, trial.verdict.condition))
        mark = "" if tried[-1].right else "  <- misfire"
        print(f"{trial.name}: {tried[-1].said.key}, {trial.truth.condition.key}{mark}", file=sys.stderr)
    text = report.text(tried)
    print(text)
    if args.seed == SEED:
        report.store(tried)
        if args.write:
            print(f"The verdicts are in {pages.write('verdicts', text).name}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
