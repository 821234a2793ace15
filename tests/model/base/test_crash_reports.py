"""Reports of crashes: whole or not at all, a few, and none where there was no mistake."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from model.base.crash_reports import KEPT, LONGEST, CrashReports
from model.base.crash_watch import MOST_REPORTS, CrashWatch
from model.base.errors import InputError
from model.base.fault_file import take_faults

BEGUN = datetime(2026, 11, 29, tzinfo=UTC)


def test_that_only_the_newest_are_kept(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path / "crashes")
    for number in range(KEPT + 3):
        reports.write(f"Mistake: {number}", "here", "trace", "", when=BEGUN + timedelta(seconds=number))
    texts = [reports.read(path) for path in reports.kept()]
    assert len(texts) == KEPT
    assert [f"Mistake: {KEPT + 2 - place}" in text for place, text in enumerate(texts)] == [True] * KEPT
    assert not list((tmp_path / "crashes").glob(".*")), "nothing half written"


def test_that_a_report_of_a_deep_recursion_is_cut_in_the_middle(tmp_path: Path) -> None:
    path = CrashReports(tmp_path).write("Deep: one", "here", "first " + "x" * 3 * LONGEST + " last", "")
    text = path.read_text("utf-8")
    assert "first" in text
    assert text.endswith("last\n")
    assert len(text) < 2 * LONGEST


def test_that_a_folder_that_takes_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "crashes").touch()
    with pytest.raises(InputError, match="cannot be written"):
        CrashReports(tmp_path / "crashes").write("A: b", "here", "trace", "")
    assert CrashReports(tmp_path / "crashes").kept() == []


def test_that_each_mistake_is_reported_once_and_not_too_many(tmp_path: Path) -> None:
    watch = CrashWatch(tmp_path, hard=False)
    mistakes = [type(f"Mistake{number}", (Exception,), {}) for number in range(MOST_REPORTS + 2)]
    for kind in mistakes:
        assert (watch.report(kind("x")) is None) == (mistakes.index(kind) >= MOST_REPORTS)
        assert watch.report(kind("x")) is None
    assert watch.report(KeyboardInterrupt()) is None


@pytest.mark.parametrize("error", [InputError("bad"), BrokenPipeError(), KeyboardInterrupt(), SystemExit(1)])
def test_that_what_is_no_mistake_leaves_no_report(tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), CrashWatch(tmp_path / "crashes", hard=False):
        raise error
    assert not (tmp_path / "crashes").exists()


def test_that_what_leaves_the_program_is_reported_and_goes_on(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), CrashWatch(tmp_path, hard=False):
        raise ZeroDivisionError("at the top")
    (path,) = CrashReports(tmp_path).kept()
    assert "ended the program" in path.read_text("utf-8")


def test_that_a_mistake_while_a_report_is_written_waits_for_nothing(tmp_path: Path) -> None:
    watch = CrashWatch(tmp_path, hard=False)
    watch.personal = lambda: [str(watch.report(ValueError("while it is written")))]
    thread = threading.Thread(target=watch.report, args=(ZeroDivisionError("first"),))
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(watch.reports.kept()) == 1


def test_that_what_a_process_has_left_becomes_a_report_and_what_says_nothing_goes(tmp_path: Path) -> None:
    stack = f'Thread 0x1:\n  File "{Path.home()}/k.py", line 3\n'
    dump = f"Version:   Layerscope 0.0.7\n\nFatal Python error: Bus error\n\n{stack}"
    (tmp_path / ".running-1-a.fault").write_text(dump, "utf-8")
    (tmp_path / ".running-2-b.fault").touch()
    (tmp_path / ".running-3-c.fault").write_bytes(b"\xff\0 Windows fatal exception: access violation\n")
    (tmp_path / ".running-4-d.fault").write_text("Version: of a process that was killed\n", "utf-8")
    made = take_faults(CrashReports(tmp_path))
    assert len(made) == 1
    text = made[0].read_text("utf-8")
    assert "What:      Bus error" in text
    assert "Layerscope 0.0.7" in text
    assert str(Path.home()) not in text
    assert not list(tmp_path.glob(".running*"))


@pytest.mark.skipif(os.name == "nt", reason="locks as POSIX has them")
def test_that_the_file_of_a_process_that_lives_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faulthandler.is_enabled", lambda: False)
    monkeypatch.setattr("faulthandler.enable", lambda file: None)
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    with CrashWatch(tmp_path) as watch:
        watch.describe()
        assert take_faults(watch.reports) == []
        (file,) = tmp_path.glob(".running*")
        assert "Layerscope" in file.read_text("utf-8")
    assert not list(tmp_path.iterdir())
