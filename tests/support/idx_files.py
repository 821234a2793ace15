"""IDX files made by hand, byte by byte, for the tests to write."""

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def header(*shape: int, kind: int = 8) -> bytes:
    """Two zero bytes, the type, the number of dimensions, then each dimension in big-endian order."""
    return bytes((0, 0, kind, len(shape))) + b"".join(size.to_bytes(4, "big") for size in shape)


def packed(values: NDArray[np.uint8]) -> bytes:
    return header(*values.shape) + values.tobytes()


def contents(
    train: int = 30, test: int = 12, shape: tuple[int, int] = (5, 4), classes: int = 3, seed: int = 0
) -> dict[str, bytes]:
    """The four files of a small data set in which every class is there."""
    rng = np.random.default_rng(seed)
    made = []
    for images in (train, test):
        labels = (np.arange(images) % classes).astype(np.uint8)
        made += [rng.integers(0, 256, (images, *shape), np.uint8), rng.permutation(labels)]
    return {name: packed(values) for name, values in zip(NAMES, made, strict=True)}


def write(folder: Path, files: dict[str, bytes], *, zipped: bool = False) -> str:
    """Write `files` into `folder`; return its name."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        if zipped:
            (folder / f"{name}.gz").write_bytes(gzip.compress(data))
        else:
            (folder / name).write_bytes(data)
    return str(folder)
