# ruff: noqa: T201  what it says is printed
"""Compare every generated block of the documentation with what makes it; 1 if one is out of date, 2 for bad input."""

import argparse
import sys

from model.base.errors import InputError
from tests.docs import pages
from tests.docs.blocks import BLOCKS, MEASURED
from tests.docs.results import run_missing


def main() -> int:
    """Say which blocks are out of date, or write them."""
    parser = argparse.ArgumentParser(prog="python3 run.py docs", description=__doc__)
    parser.add_argument("--write", action="store_true", help="train what the stored results lack, and write the blocks")
    args = parser.parse_args()
    try:
        if args.write:
            run_missing()
        stale = {name: text for name, make in BLOCKS.items() if pages.held(name) != (text := make())}
        for name, text in stale.items():
            page = pages.write(name, text) if args.write else pages.page_with(name)
            print(f"{page.name}: {name} {'written' if args.write else 'is out of date'}")
    except (InputError, LookupError) as error:
        print(error, file=sys.stderr)
        return 2
    if not stale:
        print(f"All {len(BLOCKS)} blocks are up to date.")
    for name, command in MEASURED.items():
        print(f"{name} is measured: `{command}` writes it.", file=sys.stderr)
    return 1 if stale and not args.write else 0


if __name__ == "__main__":
    sys.exit(main())
