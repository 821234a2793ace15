"""Data sets in the layouts that people have them in, written from one small data set."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.support.idx_files import NAMES, header

Numbers = NDArray[np.generic]
IDX_CODES = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
SHAPE, CLASSES = (6, 6), 4


class Parts(NamedTuple):
    """The four arrays of a data set."""

    train_images: Numbers
    train_labels: Numbers
    test_images: Numbers
    test_labels: Numbers


def small(train: int = 56, test: int = 14, shape: tuple[int, ...] = SHAPE) -> Parts:
    """A small data set in which every class is there, and every value from 0 to 255 may be."""
    rng = np.random.default_rng(7)
    made: list[Numbers] = []
    for count in (train, test):
        images = rng.integers(0, 256, (count, *shape)).astype(np.uint8)
        images[0].reshape(-1)[:2] = 0, 255
        made += [images, rng.permutation(np.arange(count) % CLASSES).astype(np.uint8)]
    return Parts(*made)


def idx(values: Numbers) -> bytes:
    """An array as IDX."""
    kind = values.dtype.str[1:]
    return header(*values.shape, kind=IDX_CODES[kind]) + values.astype(values.dtype.newbyteorder(">")).tobytes()


def npy(values: Numbers) -> bytes:
    """An array as NumPy saves it."""
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def npz(**arrays: Numbers) -> bytes:
    """Arrays as NumPy saves several."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def csv(images: Numbers, labels: Numbers | None, head: str = "", separator: str = ",", *, last: bool = False) -> bytes:
    """A table, an image a row, its label first or last."""
    columns = [images.reshape(len(images), -1)]
    if labels is not None:
        columns.insert(1 if last else 0, labels[:, None])
    rows = [separator.join(str(cell) for cell in row) for row in np.hstack(columns).tolist()]
    return "\n".join([*([head] if head else []), *rows, ""]).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    """A tar archive, packed as the mode says."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


PIXELS = ",".join(f"pixel{at}" for at in range(SHAPE[0] * SHAPE[1]))
BY_SIZE = ",".join(f"{row}x{column}" for row in range(1, 7) for column in range(1, 7))
DOTTED = tuple(name.replace("-idx", ".idx") for name in NAMES)


def four(parts: Parts, names: tuple[str, ...] = NAMES, pack: Callable[[bytes], bytes] = bytes) -> dict[str, bytes]:
    """The four IDX files under these names."""
    return {name: pack(idx(part)) for name, part in zip(names, parts, strict=True)}


def renamed(change: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(map(change, NAMES))


class Layout(NamedTuple):
    """Files by path, what of them is opened ('' is their folder), and whether they are one file that is split."""

    files: dict[str, bytes]
    opened: str = ""
    split: bool = False


def layouts() -> dict[str, Layout]:
    """The layouts by what they are."""
    parts = small()
    train, train_labels, test, test_labels = parts
    gz = gzip.compress
    tables = {"train": csv(train, train_labels), "test": csv(test, test_labels)}
    headed = {
        "train": csv(train, train_labels, f"label,{PIXELS}"),
        "test": csv(test, test_labels, f"label,{PIXELS}"),
    }
    emnist = {
        f"gzip/emnist-letters-{name.replace('t10k', 'test')}.gz": data for name, data in four(parts, pack=gz).items()
    }
    qmnist = renamed(lambda name: "qmnist-" + name.replace("t10k", "test"))
    keras = npz(x_train=train, y_train=train_labels, x_test=test, y_test=test_labels)
    names = ("train-imgs.npz", "train-labels.npz", "test-imgs.npz", "test-labels.npz")
    single = {name: npz(arr_0=part) for name, part in zip(names, parts, strict=True)}
    return {
        "as published": Layout(four(parts)),
        "packed": Layout(four(parts, renamed(lambda name: f"{name}.gz"), gz)),
        "whole files named .gz": Layout(four(parts, renamed(lambda name: f"{name}.gz"))),
        "packed without the suffix": Layout(four(parts, pack=gz)),
        "packed and unpacked": Layout({**four(parts), **four(parts, renamed(lambda name: f"{name}.gz"), gz)}),
        "with a dot": Layout(four(parts, DOTTED)),
        "with a dot, packed": Layout(four(parts, tuple(f"{name}.gz" for name in DOTTED), gz)),
        "a dot before ubyte": Layout(four(parts, renamed(lambda name: name.replace("-ubyte", ".ubyte")))),
        "capitals": Layout(four(parts, renamed(str.upper))),
        "test for t10k": Layout(four(parts, renamed(lambda name: name.replace("t10k", "test")))),
        "underscores": Layout(four(parts, renamed(lambda name: name.replace("-", "_")))),
        "suffix idx": Layout(four(parts, renamed(lambda name: f"{name}.idx"))),
        "no type": Layout(four(parts, ("train-images", "train-labels", "test-images", "test-labels"))),
        "camel case": Layout(four(parts, ("trainImages", "trainLabels", "testImages", "testLabels"))),
        "one word": Layout(four(parts, ("trainimages.idx3", "trainlabels.idx1", "testimages.idx3", "testlabels.idx1"))),
        "training and testing": Layout(
            four(parts, ("training_images", "training_labels", "testing_images", "testing_labels"))
        ),
        "kind by dimensions": Layout(four(parts, ("train.idx3", "train.idx1", "t10k.idx3", "t10k.idx1"))),
        "a prefix": Layout(four(parts, renamed(lambda name: f"emnist-letters-{name}.gz"), gz)),
        "qmnist": Layout(four(parts, qmnist)),
        "k49 npz": Layout({f"k49-{name}": data for name, data in single.items()}),
        "npy": Layout(
            dict(zip(("X_train.npy", "y_train.npy", "X_test.npy", "y_test.npy"), map(npy, parts), strict=True))
        ),
        "torchvision": Layout({f"MNIST/raw/{name}": data for name, data in four(parts).items()}),
        "torchvision's processed beside": Layout(
            {
                **{f"MNIST/raw/{name}": data for name, data in four(parts).items()},
                "MNIST/processed/training.pt": b"PK\3\4 not read",
            }
        ),
        "one folder above": Layout({f"archive/{name}": data for name, data in four(parts).items()}),
        "a folder each": Layout({f"{name}/{name}": data for name, data in four(parts).items()}),
        "kaggle's, each twice": Layout(
            {**four(parts, DOTTED), **{f"{name}/{name}": data for name, data in four(parts).items()}}
        ),
        "split by folders": Layout(
            dict(zip(("train/images", "train/labels", "test/images", "test/labels"), map(idx, parts), strict=True))
        ),
        "kinds by folders": Layout(
            dict(
                zip(
                    ("images/train.idx3", "labels/train.idx1", "images/test.idx3", "labels/test.idx1"),
                    map(idx, parts),
                    strict=True,
                )
            )
        ),
        "with a readme and pictures": Layout({**four(parts), "README.md": b"# Data", "train-sample.png": b"\x89PNG"}),
        "hidden twins of a Mac": Layout({**four(parts), "._train-images-idx3-ubyte": b"Mac OS X"}),
        "one of its files": Layout(four(parts), "t10k-labels-idx1-ubyte"),
        "a file of a prefix": Layout({**four(parts, qmnist), **four(small(28, 7))}, "qmnist-train-images-idx3-ubyte"),
        "keras": Layout({"mnist.npz": keras}, "mnist.npz"),
        "keras's folder": Layout({"mnist.npz": keras}),
        "npz by words": Layout(
            {"set.npz": npz(train_images=train, train_labels=train_labels, test_images=test, test_labels=test_labels)},
            "set.npz",
        ),
        "npz with validation": Layout(
            {
                "medical.npz": npz(
                    train_images=train,
                    train_labels=train_labels[:, None],
                    val_images=test[:3],
                    val_labels=test[:3],
                    test_images=test,
                    test_labels=test_labels[:, None],
                )
            },
            "medical.npz",
        ),
        "csv": Layout({f"mnist_{name}.csv": data for name, data in tables.items()}),
        "csv with a header": Layout({f"{name}.csv": data for name, data in headed.items()}),
        "csv with sizes in the header": Layout(
            {
                "mnist_train.csv": csv(train, train_labels, f"label,{BY_SIZE}"),
                "mnist_test.csv": csv(test, test_labels, f"label,{BY_SIZE}"),
            }
        ),
        "csv packed": Layout({f"{name}.csv.gz": gz(data) for name, data in tables.items()}),
        "one csv of two": Layout({f"{name}.csv": data for name, data in headed.items()}, "train.csv"),
        "csv in folders": Layout({f"sign_mnist_{name}/sign_mnist_{name}.csv": data for name, data in headed.items()}),
        "csv, label at the end": Layout(
            {
                "train.csv": csv(train, train_labels, f"{PIXELS},class", last=True),
                "test.csv": csv(test, test_labels, f"{PIXELS},class", last=True),
            }
        ),
        "csv with semicolons": Layout(
            {
                "train.csv": csv(train, train_labels, separator=";"),
                "test.csv": csv(test, test_labels, separator=";"),
            }
        ),
        "csv of images and of labels": Layout(
            {
                "csvTrainImages 56x36.csv": csv(train, None),
                "csvTrainLabel 56x1.csv": csv(train_labels, None),
                "csvTestImages 14x36.csv": csv(test, None),
                "csvTestLabel 14x1.csv": csv(test_labels, None),
            }
        ),
        "csv beside idx": Layout({**four(parts), **{f"fashion-mnist_{n}.csv": data for n, data in headed.items()}}),
        "a contest's csv": Layout(
            {
                "train.csv": headed["train"],
                "test.csv": csv(test, None, PIXELS),
                "sample_submission.csv": b"ImageId,Label\n1,0\n2,0\n",
            },
            split=True,
        ),
        "a single csv": Layout({"digits.csv": tables["train"]}, "digits.csv", split=True),
        "a single csv's folder": Layout({"digits.csv": headed["train"]}, split=True),
        "training csv alone": Layout({"train.csv": headed["train"]}, split=True),
        "sklearn's npz": Layout(
            {"digits.npz": npz(data=train.reshape(len(train), -1), target=train_labels)}, "digits.npz", split=True
        ),
        "zip": Layout({"archive.zip": zipped(four(parts))}, "archive.zip"),
        "zip of packed files in a folder": Layout({"gzip.zip": zipped(emnist)}, "gzip.zip"),
        "the folder of a zip": Layout({"archive.zip": zipped(four(parts))}),
        "tar.gz": Layout({"mnist.tar.gz": tarred({f"mnist/{n}": d for n, d in four(parts).items()})}, "mnist.tar.gz"),
        "tgz of packed files": Layout(
            {"mnist.tgz": tarred(four(parts, renamed(lambda name: f"{name}.gz"), gz))}, "mnist.tgz"
        ),
        "tar": Layout({"mnist.tar": tarred(four(parts), "w")}, "mnist.tar"),
        "tar without a suffix": Layout({"mnist": tarred(four(parts))}, "mnist"),
        "zip of csv": Layout(
            {"digit-recognizer.zip": zipped({f"{n}.csv": d for n, d in headed.items()})}, "digit-recognizer.zip"
        ),
        "zip of npz": Layout({"kmnist.zip": zipped({f"kmnist-{n}": d for n, d in single.items()})}, "kmnist.zip"),
        "one of several in a zip": Layout(
            {"gzip.zip": zipped({**emnist, **{f"gzip/emnist-digits-{n}": d for n, d in four(small(28, 7)).items()}})},
            "gzip.zip/emnist-letters",
        ),
        "one of several in a folder": Layout(
            {**emnist, **{f"gzip/emnist-digits-{n}": d for n, d in four(small(28, 7)).items()}}, "gzip/emnist-letters"
        ),
    }


def write(layout: Layout, folder: Path) -> str:
    """Write a layout's files; return what is to be opened."""
    for name, data in layout.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return str(folder / layout.opened) if layout.opened else str(folder)
