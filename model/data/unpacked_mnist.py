"""Keeps MNIST unpacked beside the library: a window then need not wait for the unpacking."""

import gzip
from contextlib import suppress
from functools import partial
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj

from model.base.errors import InputError
from model.base.files import build_whole
from model.base.user_paths import unpacked_mnist_folder
from model.data.datasets import MNIST_FOLDER, PARTS, Part


def unpack_mnist() -> None:
    """Write MNIST's files unpacked, 55 MB, unless they are there and whole; without a word where that cannot be done.

    `load_dataset` takes them from there, and checks them as it does the packed ones.
    """
    folder = unpacked_mnist_folder()
    with suppress(OSError, InputError):  # such as a full disk: they are only for speed
        folder.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            if not _whole(folder / part.name, part):
                build_whole(folder / part.name, partial(_unpack, MNIST_FOLDER / f"{part.name}.gz"))


def _whole(path: Path, part: Part) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == part.mnist


def _unpack(packed: Path, target: Path) -> None:
    with gzip.open(packed) as source, target.open("wb") as file:
        copyfileobj(source, file)
