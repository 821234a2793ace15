"""The process's memory: one heap, however many threads there are."""

import os
import subprocess
import sys

import pytest

from model.base.user_paths import ROOT

# Each thread takes memory while the others hold theirs; malloc_info then lists all heaps that there are.
PROGRAM = """
import ctypes, sys
from threading import Barrier, Thread
from gui.window.heap import use_one_heap
if sys.argv[1] == "one":
    use_one_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
together = Barrier(4)
def take():
    together.wait()
    libc.malloc(1000)
    together.wait()
threads = [Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fflush(file)
"""


def heaps(kind: str) -> int:
    env = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"}
    command = [sys.executable, "-c", PROGRAM, kind]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=env).stdout.count(
        "<heap nr"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the heaps of glibc")
def test_that_all_threads_share_one_heap() -> None:
    assert heaps("many") > 1
    assert heaps("one") == 1
