# ruff: noqa: T201  what it says is printed
"""Train every network that can be a patient and all that could be tried on it, and compare with the stored pool."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from model.base.files import write_whole
from model.clinic.pool import POOL, pool_text
from tests.clinic.candidates import candidates
from tests.clinic.training import KEPT, KeptTraining


def main() -> int:
    """Say who is a patient; 1 if the file holds others, unless --write puts them into it."""
    parser = argparse.ArgumentParser(prog="python3 run.py clinic", description=__doc__)
    parser.add_argument("--keep", type=Path, default=KEPT, help=f"where all that was trained is kept: {KEPT}")
    parser.add_argument("--write", action="store_true", help="write the pool")
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    found, kept = [], KeptTraining(args.keep)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        waiting = {pool.submit(kept.examined, each): each for each in candidates()}
        for future in as_completed(waiting):
            patient = future.result()
            print(f"{'patient' if patient else '-------'} {waiting[future].key}", file=sys.stderr, flush=True)
            found += [patient] if patient else []
    text = pool_text(found)
    print(f"{len(found)} of {len(waiting)} networks are patients, of {len({each.cause for each in found})} causes.")
    if args.write:
        write_whole(POOL, text.encode())
    elif not POOL.is_file() or text != POOL.read_text("utf-8"):
        print(f"{POOL.name} holds others: run it with --write.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
