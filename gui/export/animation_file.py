"""Moving pictures as files: an animated GIF, or a numbered series of PNGs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from gui.export.picture import encoded
from model.base.errors import InputError
from model.base.files import check_target, write_whole
from model.config.config import Config

ByteImage = NDArray[np.uint8]
Pixels = NDArray[np.integer[Any]]

FRAME_MS, LAST_MS = 100, 2000
COLORS = 256
EXACT_COLORS = 96  # so many colours, those used most, are kept as they are: white stays white
SAMPLED_EVERY = 4  # the palette is chosen from every fourth pixel across and down
DIGITS = 4


class AnimationFile(Protocol):
    """What takes pictures one after the other and is written at the end."""

    def prepare(self, samples: list[QImage]) -> None:
        """See some of the pictures to come."""

    def add(self, picture: QImage, *, last: bool) -> None:
        """Take the next picture."""

    def write(self) -> Iterator[Path]:
        """Write one file after the other, each whole or not at all; raises InputError."""


class GifFile:
    """An animated GIF that plays for ever: one palette for all frames, each only where it differs from the last."""

    def __init__(self, path: Path, config: Config) -> None:
        check_target(path)
        self.path, self.config = path, config
        self.parts: list[bytes] = []
        self.before: ByteImage | None = None

    def prepare(self, samples: list[QImage]) -> None:
        from PIL import GifImagePlugin, Image

        pixels = np.concatenate([_pixels(sample)[::SAMPLED_EVERY, ::SAMPLED_EVERY].ravel() for sample in samples])
        values, counts = np.unique(pixels, return_counts=True)
        exact = values[np.argsort(-counts)[:EXACT_COLORS]]
        rest = Image.fromarray(_split(pixels)).quantize(COLORS - EXACT_COLORS).getpalette() or []
        canvas = Image.new("P", samples[0].size().toTuple())
        canvas.putpalette([*_split(exact).ravel().tolist(), *rest])
        number = np.arange(1 << 18, dtype=np.uint32)
        middles = (number >> 12 << 18 | (number >> 6 & 63) << 10 | (number & 63) << 2) + 0x020202
        boxes = Image.fromarray(_split(middles)).quantize(palette=canvas, dither=Image.Dither.NONE)
        self.nearest = np.asarray(boxes)[0].copy()
        self.nearest[_box(exact[::-1])] = np.arange(len(exact))[::-1]  # the last written stays: that used most
        comment = json.dumps(self.config.to_json())
        header, _ = GifImagePlugin.getheader(canvas, info={"loop": 0, "comment": comment})
        self.parts += header

    def add(self, picture: QImage, *, last: bool) -> None:
        from PIL import GifImagePlugin, Image

        frame = self.nearest[_box(_pixels(picture))]
        rows, columns = _changed(self.before, frame)
        self.before = frame
        # The indices go in as they are: Pillow writes those of grey pictures like those of coloured ones.
        part = Image.fromarray(np.ascontiguousarray(frame[rows, columns]))
        duration = LAST_MS if last else FRAME_MS
        self.parts += GifImagePlugin.getdata(part, (columns.start, rows.start), duration=duration)

    def write(self) -> Iterator[Path]:
        write_whole(self.path, b"".join((*self.parts, b";")))
        yield self.path


class PngSeries:
    """Pictures called run-0001.png, run-0002.png and so on, for what was to be called run.png."""

    def __init__(self, path: Path, config: Config) -> None:
        self.path, self.config = path, config
        self.pictures: list[bytes] = []
        first = self.name(1)
        check_target(first)
        pattern = "-" + "[0-9]" * DIGITS + ".png"
        if any(each.name.startswith(path.stem) for each in path.parent.glob("*" + pattern)):
            raise InputError(f"There are pictures like '{first.name}' already; choose another name.")

    def name(self, number: int) -> Path:
        """The file of a picture by its number from 1."""
        return self.path.with_name(f"{self.path.stem}-{number:0{DIGITS}}.png")

    def prepare(self, samples: list[QImage]) -> None:
        pass

    def add(self, picture: QImage, *, last: bool) -> None:
        self.pictures.append(encoded(picture, self.config))

    def write(self) -> Iterator[Path]:
        for number, picture in enumerate(self.pictures, 1):
            write_whole(self.name(number), picture)
            yield self.name(number)


ANIMATION_FILES: dict[str, type[GifFile] | type[PngSeries]] = {".gif": GifFile, ".png": PngSeries}


def animation_file_for(path: Path, config: Config) -> AnimationFile:
    """The film that a name asks for; raises InputError where it could not be written."""
    kind = ANIMATION_FILES.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"'{path.name}' must end in .gif, or in .png for a numbered series.")
    return kind(path, config)


def _pixels(picture: QImage) -> Pixels:
    """(height, width) colours, 0xRRGGBB."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
    return rows & 0xFFFFFF  # a copy: the QImage is about to go


def _split(colors: Pixels) -> ByteImage:
    """A row of colours as (1, colours, 3) bytes."""
    return (colors[np.newaxis, :, np.newaxis] >> np.array([16, 8, 0], np.uint32)).astype(np.uint8)


def _box(colors: Pixels) -> Pixels:
    """Which of 64 x 64 x 64 boxes each colour falls into; those of one box are drawn as one."""
    return (colors >> 6 & 0x3F000) | (colors >> 4 & 0xFC0) | (colors >> 2 & 0x3F)


def _changed(before: ByteImage | None, now: ByteImage) -> tuple[slice, slice]:
    """The rows and columns outside which two frames are alike; a single pixel where they are alike all over."""
    if before is None:
        return slice(0, now.shape[0]), slice(0, now.shape[1])
    differs = before != now
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
