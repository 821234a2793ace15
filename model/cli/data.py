"""The command `data`: prints what of a data set would be read."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.base.console import say
from model.base.params import check_params, param, params
from model.cli.command import HeadlessCommand, PrintText
from model.config.config import Config
from model.config.option_parser import OptionParser, parsed
from model.data.datasets import Dataset, load_dataset
from model.data.orientation import Orientation

ABOUT = (
    "Prints what of a data set would be read: its files, how many images they have and of which size, every class with "
    "the number of its images, and what is done to them. Without a path that is MNIST."
)
HELP = (
    "A folder, one above it, an archive or a file of the data set; in a folder with several, the path of one of them."
)


@dataclass(frozen=True)
class Telling:
    """Options of `data` besides how the images are read."""

    json: bool = param(False, "JSON", "Prints one JSON object in place of a text.")

    def __post_init__(self) -> None:
        check_params(self)


@dataclass(frozen=True)
class ShowData(HeadlessCommand):
    """The command `data` for one place."""

    place: str
    orientation: Orientation
    options: Telling

    def run(self) -> int:
        """Read and print; raises InputError."""
        dataset = load_dataset(self.place, self.orientation)
        found = description(dataset)
        say(json.dumps(found, allow_nan=False) if self.options.json else text_of(found))
        return 0


def description(dataset: Dataset) -> dict[str, Any]:
    """What there is to say of a data set, in types that JSON knows."""
    counts = [
        np.bincount(labels, minlength=dataset.classes).tolist()
        for labels in (dataset.train_labels, dataset.test_labels)
    ]
    return {
        "name": dataset.name,
        "files": dict(dataset.files),
        "training_images": len(dataset.train_labels),
        "test_images": len(dataset.test_labels),
        "height": dataset.image_shape[0],
        "width": dataset.image_shape[1],
        "classes": [
            {"label": label, "training_images": training, "test_images": test}
            for label, training, test in zip(dataset.class_labels, *counts, strict=True)
        ],
        "notes": list(dataset.notes),
    }


def text_of(found: dict[str, Any]) -> str:
    """Write a description for people."""
    widest = max(map(len, found["files"]))
    lines = [
        found["name"],
        "",
        *(f"{role:<{widest}}  {path}" for role, path in found["files"].items()),
        "",
        f"{found['training_images']:,} training images, {found['test_images']:,} test images",
        f"{found['height']} x {found['width']} pixels, {len(found['classes'])} classes",
        "",
        f"{'class':>8}{'training':>12}{'test':>12}",
        *(f"{each['label']:>8}{each['training_images']:>12,}{each['test_images']:>12,}" for each in found["classes"]),
    ]
    return "\n".join([*lines, *([""] if found["notes"] else []), *found["notes"]])


def parse(arguments: list[str]) -> PrintText | ShowData:
    """Parse the arguments of `data`; raises InputError."""
    parser = OptionParser("data", ABOUT, "[FOLDER-OR-FILE] ")
    parser.add_argument("place", metavar="FOLDER-OR-FILE", nargs="?", default="", help=HELP)
    read_as = [setting for setting in params(Config) if setting.name == "orientation"]
    parser.offer(params(Telling))
    parser.offer(read_as)
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    orientation: Orientation = parsed(read_as, given).get("orientation", Orientation.BY_NAME)
    return ShowData(str(given["place"]), orientation, Telling(**parsed(params(Telling), given)))
