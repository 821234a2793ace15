# ruff: noqa: T201  what it says is printed
"""Compare the pictures of the lessons' formulas with their LaTeX; 1 if one is out of date, 2 for bad input."""

import argparse
import sys

from model.base.errors import InputError
from model.base.files import write_whole
from model.lessons.formulas import FOLDER
from model.lessons.lesson_folder import OWN_LESSONS
from tests.formulas.rendering import kept, rendered


def main() -> int:
    """Say which pictures are out of date, or write them and remove those that no lesson needs."""
    parser = argparse.ArgumentParser(prog="python3 run.py formulas", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the pictures, and remove those no longer needed")
    args = parser.parse_args()
    try:
        wanted, there = rendered(OWN_LESSONS), kept(OWN_LESSONS)
        stale = [path for path in wanted.keys() | there.keys() if wanted.get(path) != there.get(path)]
        if args.write:
            (OWN_LESSONS / FOLDER).mkdir(exist_ok=True)
        for path in sorted(stale):
            if args.write and path in wanted:
                write_whole(path, wanted[path].encode())
            elif args.write:
                path.unlink()
            print(f"{path.name} {'written' if args.write else 'is out of date'}")
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    if not stale:
        print(f"All {len(wanted)} formulas are up to date.")
    return 1 if stale and not args.write else 0


if __name__ == "__main__":
    sys.exit(main())
