# ruff: noqa: T201  what it says is printed
"""Compare the Japanese typeface with the characters that are used; 1 if it is out of date, 2 for bad input."""

import argparse
import sys

from gui.style.typeface import BESIDE, font_files
from model.base.errors import InputError
from model.base.files import write_whole
from tests.fonts.characters import characters_of, wanted
from tests.fonts.cutting import WEIGHTS, cut


def main() -> int:
    """Say which font files lack characters or have too many, or write all of a language."""
    parser = argparse.ArgumentParser(prog="python3 run.py fonts", description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="write the fonts; Noto Sans CJK JP must be on this machine"
    )
    args = parser.parse_args()
    try:
        stale = [said for language in BESIDE for said in _compared(language, args.write)]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(*(stale or ["The typefaces have just the characters that are used."]), sep="\n")
    return 1 if stale and not args.write else 0


def _compared(language: str, write: bool) -> list[str]:
    """What differs, a line for each file; of what was written if it is to be."""
    needed, family = wanted(language), BESIDE[language]
    if write:
        made = cut(language, needed)
        for path, data in made.items():
            write_whole(path, data)
        return [f"{path.name} written: {len(needed)} characters, {len(data):,} bytes." for path, data in made.items()]
    files = font_files(family)
    if len(files) != len(WEIGHTS):
        return [f"{family} has {len(files)} files, not {len(WEIGHTS)}."]
    differing = [(path, needed - (there := characters_of(path)), there - needed) for path in files]
    return [
        f"{path.name} is out of date: it lacks '{''.join(sorted(lacking))}' and needs no '{''.join(sorted(spare))}'."
        for path, lacking, spare in differing
        if lacking or spare
    ]


if __name__ == "__main__":
    sys.exit(main())
