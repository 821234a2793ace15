# ruff: noqa: T201  printed figures are its purpose
"""Train the presets and the grid on MNIST, compare each verdict with what training then did, print the matrix."""

import argparse
import sys

from tests.verdicts import report
from tests.verdicts.grid import RUN_TO, SEED, grid, presets
from tests.verdicts.trial import run_all


def main() -> int:
    """Run what the command line asks for; store the truths unless the grid is another one."""
    parser = argparse.ArgumentParser(prog="python3 run.py verdicts", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the matrix in README.md")
    parser.add_argument("--seed", type=int, default=SEED, help="draw another grid, of which nothing is kept")
    args = parser.parse_args()
    trials = []
    for trial in run_all({**presets(), **grid(args.seed)}, RUN_TO):
        mark = "" if report.right(trial) else "  <- misfire"
        truth = trial.truth.condition.key if trial.truth else ""
        print(f"{trial.name}: {trial.verdict.condition.key}, {truth}{mark}", file=sys.stderr)
        trials.append(trial)
    text = report.text(trials)
    print(text)
    if args.seed == SEED:
        report.store(trials)
        if args.write:
            print(report.write(text), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
