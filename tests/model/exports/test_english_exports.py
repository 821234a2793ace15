"""Whatever goes out of the window is English, to the byte, in whatever language the window speaks."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from model.base.language import english, tr
from model.base.number_format import count
from model.config.recipe import Recipe
from model.exports.formats import Export
from model.exports.plot_table import PlotTable
from model.exports.plot_tables import curves, gains, histograms, layer_figures, series
from model.exports.reproduce import COPIES
from model.library.library import Library
from model.measurement.ledger import backward
from tests.support.catalogues import speaking
from tests.support.finished_runs import Left, eventful, small, train
from tests.support.pseudo_language import CODE, PseudoCatalogue

FORMATS = pytest.mark.parametrize("kind", Export, ids=lambda kind: kind.key)


@contextmanager
def pseudo() -> Iterator[None]:
    """The pseudo-language in use."""
    with speaking(PseudoCatalogue(), CODE):
        assert tr("Layers") != "Layers"
        yield


@pytest.fixture(scope="module")
def failed(folder: str) -> Left:
    """A run that has a verdict with remedies."""
    return train(small(folder, activation="sigmoid", init="gauss", init_std=1e-4, iterations=300))


@pytest.fixture(scope="module")
def diverged(folder: str) -> Left:
    """A run whose numbers left the range."""
    return train(small(folder, learning_rate=1e3, init_std=50.0, init="gauss"))


def content(kind: Export, left: Left, out: Path) -> Any:
    """What an export of a run holds: its bytes, or the rows of a library's file."""
    written = kind.write(*left, out / f"run{kind.value.suffix}")
    if kind is not Export.LAYERSCOPE:
        return written.read_bytes()
    with closing(Library.open(written)) as library:
        return rows(library)


def rows(library: Library) -> list[tuple[object, ...]]:
    """Every row of a library."""
    connection = library._connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    assert "run" in tables
    return [(table, *row) for table in tables for row in connection.execute(f"SELECT * FROM {table}").fetchall()]


@FORMATS
@pytest.mark.parametrize("which", ["failed", "diverged"])
def test_that_exports_are_the_same_to_the_byte_in_every_language(
    kind: Export, which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    left: Left = request.getfixturevalue(which)
    (tmp_path / "english").mkdir()
    (tmp_path / "other").mkdir()
    plain = content(kind, left, tmp_path / "english")
    with pseudo():
        assert content(kind, left, tmp_path / "other") == plain


def test_that_a_thread_of_its_own_writes_english_too(failed: Left, tmp_path: Path) -> None:
    plain = content(Export.JSONL, failed, tmp_path)
    found: list[bytes] = []
    with pseudo():
        thread = Thread(target=lambda: found.append(content(Export.JSONL, failed, tmp_path)))
        thread.start()
        thread.join()
    assert found == [plain]


@pytest.mark.parametrize("kind", COPIES)
def test_that_copied_commands_and_programs_are_the_same_in_every_language(kind: str, folder: str) -> None:
    recipes: list[Recipe] = [eventful(folder), small(folder, data="", pixels="0-to-255", learning_rate=0.25)]
    plain = [COPIES[kind].write(recipe) for recipe in recipes]
    with pseudo():
        assert [COPIES[kind].write(recipe) for recipe in recipes] == plain


def tables_of(left: Left) -> dict[str, Callable[[], PlotTable]]:
    """Tables of what plots show of a run."""
    listing, log = left
    record, names = log.history.timeline.pictures[-1], listing.recipe.config.layer_names
    return {
        "curves": lambda: curves([("", log)], ["loss", "test_accuracy"]),
        "series": lambda: series([("", log)], "delta_rms", names),
        "layers": lambda: layer_figures(record, None, ["signal_std"]),
        "histograms": lambda: histograms([record], "a"),
        "gains": lambda: gains("gain", record.iteration, names, backward(record), []),
    }


@pytest.mark.parametrize("name", ["curves", "series", "layers", "histograms", "gains"])
def test_that_tables_of_plots_are_the_same_in_every_language(name: str, failed: Left) -> None:
    make = tables_of(failed)[name]
    plain = make().csv()
    with pseudo(), english():
        assert make().csv() == plain


def test_that_a_library_stores_the_same_rows_in_every_language(failed: Left, diverged: Left) -> None:
    def stored() -> list[tuple[object, ...]]:
        with closing(Library.in_memory()) as library:
            for listing, run_log in (failed, diverged):
                library.add(listing)
                library.save(listing.id, run_log)
            return rows(library)

    plain = stored()
    with pseudo():
        assert count(1234) == "1\N{NARROW NO-BREAK SPACE}234"
        assert stored() == plain


def test_that_what_was_stored_is_read_in_the_language_of_the_reader(failed: Left) -> None:
    listing, run_log = failed
    with closing(Library.in_memory()) as library:
        library.add(listing)
        library.save(listing.id, run_log)
        verdict = library.load(listing.id).verdicts[-1][1]
        plain = [verdict.sentence, *(remedy.label for remedy in verdict.remedies)]
        assert verdict.remedies
        with pseudo():
            verdict = library.load(listing.id).verdicts[-1][1]
            said = [verdict.sentence, *(remedy.label for remedy in verdict.remedies)]
    assert not set(said) & set(plain)
