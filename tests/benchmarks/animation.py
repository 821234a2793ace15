"""A run's animation as GIF: ours, frame by frame, against `save(save_all=True)` with one palette of Pillow's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from PIL import Image, ImageSequence
from PySide6.QtGui import QImage

from gui.export.animation_file import FRAME_MS, LAST_MS, GifFile, animation_file_for
from gui.window.animation_frames import animate
from model.base.user_paths import ROOT
from model.config.config import Config
from tests.benchmarks._figures import Figure
from tests.benchmarks._windows import wait, window

CONFIG = Config(iterations=2000)
SIZE = (1280, 820)
WAYS = ("ours", "pillow")


def measure() -> Iterator[Figure]:
    """Both ways, each in a process of its own, of the same pictures of one run."""
    with TemporaryDirectory() as folder:
        with window(CONFIG, SIZE) as shown:
            shown.train()
            while not shown.run.has_ended():
                wait(0.05)
            for _ in animate(shown.board, animation_file_for(Path(folder) / "run.png", CONFIG)):
                pass
        command = [sys.executable, "-m", "tests.benchmarks.animation", folder]
        runs = [subprocess.run([*command, way], capture_output=True, text=True, check=True, cwd=ROOT) for way in WAYS]
    ours, pillow = (json.loads(run.stdout) for run in runs)
    for what, target, unit in (("megabytes", 10, " MB"), ("seconds", 10, " s"), ("memory", 100, " MiB")):
        yield Figure(f"animation as GIF, {what}", ours[what], target, unit, detail=f"Pillow's {pillow[what]:.3g}{unit}")
    exact = f"Pillow's {pillow['exact']:.3g}"
    yield Figure("animation as GIF, share of exact pixels", ours["exact"], 0.9, at_least=True, detail=exact)


def encode(folder: Path, way: str) -> dict[str, float]:
    """Seconds of the processor, MiB beyond what the first picture takes, the file's size, the share of exact pixels."""
    paths, out = sorted(folder.glob("run-*.png")), folder / f"{way}.gif"
    samples = [QImage(str(paths[place])) for place in (0, (len(paths) - 1) // 2, -1)]
    before, start = most_memory(), process_time()
    if way == "ours":
        film = GifFile(out, CONFIG)
        film.prepare(samples)
        for path in paths:
            film.add(QImage(str(path)), last=path == paths[-1])
        list(film.write())
    else:
        joined = Image.fromarray(np.concatenate([colors(sample) for sample in samples]))
        palette = joined.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)  # the closest of Pillow's
        pictures = (Image.fromarray(colors(QImage(str(path)))) for path in paths)
        frames = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures)
        durations = [FRAME_MS] * (len(paths) - 1) + [LAST_MS]
        next(frames).save(out, save_all=True, append_images=frames, loop=0, duration=durations, optimize=False)
    seconds, memory = process_time() - start, most_memory() - before
    with Image.open(out) as opened:
        shown = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(opened)]
    exact = [(frame == colors(QImage(str(path)))).all(2).mean() for frame, path in zip(shown, paths, strict=True)]
    size = out.stat().st_size / 1e6
    return {"seconds": seconds, "memory": memory, "megabytes": size, "exact": float(np.mean(exact))}


def colors(picture: QImage) -> np.ndarray:
    """(height, width, 3) bytes."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def most_memory() -> float:
    """Mebibytes that this process has had at most (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(encode(Path(sys.argv[1]), sys.argv[2])))
