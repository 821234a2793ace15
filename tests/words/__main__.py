# ruff: noqa: T201  what it says is printed
"""Compare the catalogues with the words of the program; 1 if one is incomplete or out of date."""

import argparse
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from model.base.files import write_whole
from tests.words.catalogues import code_of, complaints, mo_bytes, po_bytes, po_files, read, renewed, template


def main() -> int:
    """Say what each catalogue lacks, or write it with the present words and compile it."""
    parser = argparse.ArgumentParser(prog="python3 run.py words", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write them with the present words, and compile them")
    write = parser.parse_args().write
    words, wrong = template(), 0
    for path in po_files():
        code, catalogue = code_of(path), read(path)
        if write:
            catalogue = renewed(catalogue, words, code)
        found = [*complaints(catalogue, words)]
        compiled = path.with_suffix(".mo")
        if write:
            write_whole(path, po_bytes(catalogue))
            write_whole(compiled, mo_bytes(read(path)))
        elif not compiled.is_file() or compiled.read_bytes() != mo_bytes(catalogue):
            found.append(f"{compiled.name} is not of this catalogue")
        for line in found:
            print(f"{code}: {line}")
        wrong += len(found)
        print(f"{code}: {len(words)} messages, {len(found)} to mend")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
