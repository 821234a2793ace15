"""Animation files: an animated GIF, or a numbered series of PNGs."""

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
    """A file format that takes frames one by one and is written at the end."""

    def prepare(self, samples: list[QImage]) -> None:
        """Choose a palette from some of the frames to come."""

    def add(self, picture: QImage, *, last: bool) -> None:
        """Append a frame; the last one of a GIF stays LAST_MS milliseconds instead of FRAME_MS."""

    def write(self) -> Iterator[Path]:
        """Write the files one by one, each whole or not at all, and yield their paths; raises InputError."""


class GifFile:
    """An endless GIF with one palette for all frames; each frame stores only the rectangle that differs from the last.

    The palette keeps the EXACT_COLORS most frequent colours and quantises the rest. The Config goes into the comment,
    if there is one.
    Written with Pillow's getheader and getdata rather than `Image.save(save_all=True)`, because that keeps every frame
    in memory (147 of 2510 x 1778 pixels: 710 MB instead of 114) and encodes all in one call of 2 s and more, which
    would take a thread to keep the window alive and could not be given up. It is faster (2.3 s of processor time
    instead of 4.0 for 147 of 1004 x 711) and a tenth smaller, but of its own palette's pixels 80 % are exact instead
    of 96 %. `python3 run.py bench animation` measures both.
    """

    def __init__(self, path: Path, config: Config | None) -> None:
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
        comment = {"comment": json.dumps(self.config.to_json())} if self.config else {}
        header, _ = GifImagePlugin.getheader(canvas, info={"loop": 0, **comment})
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
    """PNGs called run-0001.png, run-0002.png … for the chosen name run.png; raises InputError if such files exist."""

    def __init__(self, path: Path, config: Config | None) -> None:
        self.path, self.config = path, config
        self.pictures: list[bytes] = []
        first = self.name(1)
        check_target(first)
        pattern = "-" + "[0-9]" * DIGITS + ".png"
        if any(each.name.startswith(path.stem) for each in path.parent.glob("*" + pattern)):
            raise InputError("There are pictures like '{file}' already; choose another name.", file=first.name)

    def name(self, number: int) -> Path:
        """Path of a picture by its number, from 1."""
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


def animation_file_for(path: Path, config: Config | None) -> AnimationFile:
    """Make the AnimationFile for a path by its suffix; raises InputError for another suffix or an unwritable place."""
    kind = ANIMATION_FILES.get(path.suffix.lower())
    if kind is None:
        raise InputError("'{file}' must end in .gif, or in .png for a numbered series.", file=path.name)
    return kind(path, config)


def _pixels(picture: QImage) -> Pixels:
    """Colours of a picture as an array (height, width) of 0xRRGGBB."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
    return rows & 0xFFFFFF  # a copy: the QImage is about to go


def _split(colors: Pixels) -> ByteImage:
    """Split a row of colours (colours,) into bytes (1, colours, 3): red, green, blue."""
    return (colors[np.newaxis, :, np.newaxis] >> np.array([16, 8, 0], np.uint32)).astype(np.uint8)


def _box(colors: Pixels) -> Pixels:
    """Index of each colour's box in a grid of 64 × 64 × 64; colours of one box share a palette entry."""
    return (colors >> 6 & 0x3F000) | (colors >> 4 & 0xFC0) | (colors >> 2 & 0x3F)


def _changed(before: ByteImage | None, now: ByteImage) -> tuple[slice, slice]:
    """Bounding rows and columns of the pixels that differ; a single pixel if none does."""
    if before is None:
        return slice(0, now.shape[0]), slice(0, now.shape[1])
    differs = before != now
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
