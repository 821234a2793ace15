"""What a run was computed with stays with it: in the library, in its own file, in exports; an old file says nothing."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.data.datasets import Dataset
from model.exports.jsonl import jsonl_of
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.library import Library
from tests.support.libraries import file_of
from tests.support.saved_runs import library_with, tampered, trained

ELSEWHERE = Arithmetic("2.1.0 AVX512_SKX", "OpenBLAS 0.3.27 SkylakeX", 1)


@pytest.fixture
def run(tiny: Dataset) -> tuple[RunListing, RunLog]:
    """A run that was computed on another machine."""
    listing, run_log = trained(tiny, iterations=12)
    assert run_log.arithmetic
    assert run_log.arithmetic.threads <= 1
    run_log.arithmetic = ELSEWHERE
    return listing, run_log


@pytest.fixture
def path(run: tuple[RunListing, RunLog], tmp_path: Path) -> Path:
    """It in a library."""
    return library_with(tmp_path / "library", run)


def test_that_it_survives_library_file_and_export(run: tuple[RunListing, RunLog], path: Path, tmp_path: Path) -> None:
    id_, file = run[0].id, tmp_path / "one.layerscope"
    with closing(Library.open(path)) as library:
        (listing,) = library.runs()
        assert listing.summary.arithmetic == library.load(id_).arithmetic == ELSEWHERE
        library.write(id_, file)
    with closing(Library.in_memory()) as library:
        (listing,) = library.take(file)
        run_log = library.load(id_)
        assert listing.summary.arithmetic == run_log.arithmetic == ELSEWHERE
    last = json.loads(jsonl_of(listing.recipe, run_log).splitlines()[-1])
    assert last["arithmetic"] == {"numpy": "2.1.0 AVX512_SKX", "blas": "OpenBLAS 0.3.27 SkylakeX", "threads": 1}


def test_that_a_file_of_an_earlier_program_opens_and_says_nothing(tmp_path: Path) -> None:
    kept = Path(shutil.copy(file_of(1), tmp_path))
    with closing(Library.in_memory()) as library:
        (listing,) = library.take(kept)
        run_log = library.load(listing.id)
    assert listing.summary.arithmetic is None
    assert run_log.arithmetic is None
    assert json.loads(jsonl_of(listing.recipe, run_log).splitlines()[-1])["arithmetic"] is None


@pytest.mark.parametrize("value", ['"fast"', "[1]", '{"numpy": "2"}', '{"numpy": "", "blas": "", "threads": 1e99}'])
def test_that_one_that_no_program_has_written_is_refused(path: Path, value: str) -> None:
    tampered(path, f"UPDATE run SET digest = json_set(digest, '$.arithmetic', json('{value}'))")
    with closing(Library.in_memory()) as library, pytest.raises(InputError, match="its digest cannot be read"):
        library.take(path)
