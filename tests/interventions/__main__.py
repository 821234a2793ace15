# ruff: noqa: T201  printed figures are its purpose
"""Draw networks, train those that fail with one setting changed at a time, compare what was said with the truth."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.interventions.drawing import draw, interventions
from tests.interventions.outcomes import Kept
from tests.interventions.truths import Found


def described(each: Found) -> str:
    mark = "ok " if each.cause_is_right else "BAD" if each.curable else "-  "
    cures = " | ".join("+".join(keys) for keys in each.cures)
    offered = [(remedy.label, remedy.cures, round(remedy.accuracy, 3)) for remedy in each.remedies]
    return (
        f"{mark} {each.cause.key:18} {each.name}\n      {each.said.key} ({each.condition.key})\n"
        f"      cures {cures}\n      offered {offered} trials {each.trials}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--number", type=int, default=120)
    parser.add_argument("--keep", type=Path, required=True)
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    kept = Kept(args.keep)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = draw(args.seed, args.number, kept, pool)
        right = sum(each.said == each.truth for each in found)
        print(f"conditions: {right} of {len(found)}; fails {sum(each.fails for each in found)}")
        for each in interventions(found, kept, pool):
            print(described(each), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
