# ruff: noqa: T201  printed figures are its purpose
"""Draw networks, train those that fail with one setting changed at a time, compare what was said with the truth."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import gettempdir

from tests.docs import pages
from tests.interventions import fit, report
from tests.interventions.drawing import draw, interventions
from tests.interventions.outcomes import Kept
from tests.interventions.truths import Found
from tests.interventions.walks import learn_from

NUMBER = 120
KEPT = Path(gettempdir(), "layerscope-interventions")


def described(each: Found) -> str:
    """What was found of one network, in four lines."""
    mark = "ok " if each.cause_is_right else "BAD" if each.curable else "-  "
    cures = " | ".join("+".join(keys) for keys in each.cures)
    offered = [(remedy.label, remedy.cures, round(remedy.accuracy, 3)) for remedy in each.remedies]
    return (
        f"{mark} {each.cause.key:18} {each.name}\n      {each.said.key} ({each.condition.key})\n"
        f"      cures {cures}\n      offered {offered} trials {each.trials}"
    )


def main() -> int:
    """Try the networks of one seed; with --write keep what was found and put it into the docs."""
    parser = argparse.ArgumentParser(prog="python3 run.py interventions", description=__doc__)
    parser.add_argument("--seed", type=int, required=True, help="which networks are drawn")
    parser.add_argument("--number", type=int, default=NUMBER, help="how many of them must fail, or are learned from")
    parser.add_argument("--fit", action="store_true", help="train networks that the prognosis then learns from")
    parser.add_argument("--keep", type=Path, default=KEPT, help=f"where all that was trained is kept: {KEPT}")
    parser.add_argument("--write", action="store_true", help="keep what was found and put it into the docs")
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    kept = Kept(args.keep)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        if args.fit:
            learn_from(args.seed, args.number, kept, pool)
            fit.store(kept.trained())
            fit.write()
            return 0
        drawn = draw(args.seed, args.number, kept, pool)
        failing = []
        for each in interventions(drawn, kept, pool):
            failing.append(each)
            print(described(each), file=sys.stderr, flush=True)
    grid = report.Grid.of(args.seed, drawn, sorted(failing, key=lambda each: each.name))
    print(report.text([grid]))
    if args.write:
        report.store([grid])
        print(f"They are in {pages.write('interventions', report.stored_text()).name}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
