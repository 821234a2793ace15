"""Files written whole or not at all, on disks that are full, folders that are missing, and links."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.base.files import check_target, write_whole
from model.base.user_paths import ROOT

posix = pytest.mark.skipif(os.name == "nt", reason="permissions, links and limits as POSIX has them")
root = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or not shutil.which("unshare"), reason="mounting a disk needs root"
)
user = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")

WRITE = """
import sys
from pathlib import Path
from model.base.errors import InputError
from model.base.files import write_whole
try:
    write_whole(Path(sys.argv[1]), b"new" * 100_000)
except InputError as error:
    print(error)
"""
LIMITED = (
    "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
)


def write_on_disk(folder: Path, prepare: str) -> list[str]:
    """What a write of 300 kB says, then `ls` and the old file, on a disk mounted for this test alone."""
    script = f'{prepare}; "$0" -c "$1" "$2/file.bin"; ls -A "$2"; cat "$2/file.bin"'
    command = ["unshare", "-m", "sh", "-ec", script, sys.executable, WRITE, str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "mount" in result.stderr or "unshare" in result.stderr:
        pytest.skip(f"no disk can be mounted here: {result.stderr.strip()}")
    assert result.stderr == ""
    return result.stdout.splitlines()


def names(folder: Path) -> list[str]:
    """The names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


@given(before=st.none() | st.binary(max_size=100), data=st.binary(max_size=10_000))
def test_that_any_bytes_are_read_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, before: bytes | None, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("files") / "file.bin"
    if before is not None:
        path.write_bytes(before)
    write_whole(path, data)
    assert path.read_bytes() == data
    assert names(path.parent) == ["file.bin"]


@posix
def test_that_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "other").stat().st_mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_that_a_replaced_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_that_a_link_stays_and_the_file_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "file", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(Path("there") / "file")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["link", "there"]


@posix
def test_that_a_link_to_nothing_makes_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/file", "there is no folder"),
        ("folder", "it is a folder"),
        ("old/file", "there is no folder"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "null"),
    ],
)
def test_that_an_impossible_target_is_named_with_the_reason(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "old").write_bytes(b"old")
    for attempt in (check_target, lambda path: write_whole(path, b"new")):
        with pytest.raises(InputError) as raised:
            attempt(tmp_path / name)
        assert str(tmp_path / name) in str(raised.value)
        assert reason in str(raised.value)
    assert names(tmp_path) == ["folder", "old"]
    assert (tmp_path / "old").read_bytes() == b"old"


@posix
def test_that_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not an ordinary file"):
        write_whole(tmp_path / "pipe", b"new")
    assert (tmp_path / "pipe").is_fifo()


@posix
@pytest.mark.parametrize("old", [None, b"old"])
def test_that_a_file_that_outgrows_its_limit_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, old: bytes | None
) -> None:
    path = tmp_path / "file.bin"
    if old is not None:
        path.write_bytes(old)
    command = [sys.executable, "-c", LIMITED + WRITE, str(path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == f"'{path}' cannot be written: it would be larger than files may be here.\n"
    assert names(tmp_path) == ([] if old is None else ["file.bin"])
    assert old is None or path.read_bytes() == old


@root
def test_that_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=100k none "$2"; printf old > "$2/file.bin"'
    said, *after = write_on_disk(tmp_path, mount)
    assert said == f"'{tmp_path / 'file.bin'}' cannot be written: the disk is full."
    assert after == ["file.bin", "old"]


@root
def test_that_a_disk_that_can_only_be_read_is_left_alone(tmp_path: Path) -> None:
    mount = 'mount -t tmpfs none "$2"; printf old > "$2/file.bin"; mount -o remount,ro none "$2"'
    said, *after = write_on_disk(tmp_path, mount)
    assert said.startswith(f"'{tmp_path / 'file.bin'}' cannot be written: there is no permission")
    assert after == ["file.bin", "old"]


@user
@pytest.mark.parametrize("guarded", [".", "file"])
def test_that_what_may_not_be_written_is_left_alone(tmp_path: Path, guarded: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    (tmp_path / guarded).chmod(0o500)
    try:
        with pytest.raises(InputError, match="there is no permission"):
            write_whole(path, b"new")
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["file"]
    finally:
        (tmp_path / guarded).chmod(0o700)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_that_a_failure_at_the_last_moment_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(descriptor: int) -> None:
        raise error

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_that_a_target_that_can_be_written_passes_without_a_trace(tmp_path: Path) -> None:
    check_target(tmp_path / "file")
    assert names(tmp_path) == []
