"""How weights are kept in less: ways to encode the moments of real runs, by size, and by time to write and read one."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np
from numpy.typing import NDArray

from model.config.config import Config
from model.config.presets import preset_named
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.checkpoints import Checkpoint
from model.library.checkpoint_codec import pack_weights, unpack_weights
from model.library.writer import WEIGHT_BYTES, spread
from model.training.replay import train_recipe
from tests.benchmarks._figures import Cost, Figure

RUNS = {
    "ReLU + He": preset_named("relu-he").config,
    "sigmoid + Gaussian 0.01": preset_named("sigmoid-gauss").config,
    "ReLU + He, Adam": preset_named("relu-he").config.replace(optimizer="adam"),
}
WANTED_MIB = 1.0
Bits = NDArray[np.uint32]


@dataclass(frozen=True)
class Way:
    """A way to encode a moment's bits, given those of the moment before, None for the first."""

    name: str
    change: Callable[[Bits, Bits], Bits]
    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


def measure() -> Iterator[Figure | Cost]:
    """For each run the way that the library takes, with what is wanted of it, then all ways."""
    dataset = load_dataset()
    for name, config in RUNS.items():
        moments = spread(train_recipe(Recipe(config), dataset).history.weights.kept)
        yield _taken(name, config, moments)
        for way in WAYS:
            yield _cost(name, way, moments)


def _taken(name: str, config: Config, moments: Sequence[Checkpoint]) -> Figure:
    size, base = 0, None
    began = process_time()
    packed = []
    for moment in moments:
        packed.append(pack_weights(moment, base))
        base = moment
    written, began, base = process_time() - began, process_time(), None
    for moment, (header, data) in zip(moments, packed, strict=True):
        base = unpack_weights(moment.iteration, header, data, base, most=WEIGHT_BYTES)
        size += len(data)
    read = process_time() - began
    plain = sum(each.size for each in moments)
    each = f"{1e3 * written / len(moments):.2g} ms to write a moment, {1e3 * read / len(moments):.2g} ms to read one"
    detail = f"{len(moments)} moments of {config.iterations:,} iterations, {plain / 2**20:.2f} MiB as arrays; {each}"
    return Figure(f"weights in the library, {name}", size / 2**20, WANTED_MIB, " MiB", detail=detail)


def _cost(name: str, way: Way, moments: Sequence[Checkpoint]) -> Cost:
    bits = [
        np.concatenate([array.ravel() for array in (*each.state, *each.memory)]).view(np.uint32) for each in moments
    ]
    pairs = list(zip([np.zeros_like(bits[0]), *bits], bits, strict=False))
    began = process_time()
    packed = [way.pack(_planes(way.change(now, before) if at else now)) for at, (before, now) in enumerate(pairs)]
    seconds, began = process_time() - began, process_time()
    for data in packed:
        way.unpack(data)
    read = 1e3 * (process_time() - began) / len(packed)
    detail = f"{sum(map(len, packed)) / 2**20:.3f} MiB; {read:.2g} ms to decompress one"
    return Cost(f"{name}: writing", way.name, seconds, len(packed), "moment", detail)


def _planes(bits: Bits) -> bytes:
    return bits.view(np.uint8).reshape(-1, bits.itemsize).T.tobytes()


def _same(now: Bits, before: Bits) -> Bits:
    return now


def _xor(now: Bits, before: Bits) -> Bits:
    return now ^ before


def _step(now: Bits, before: Bits) -> Bits:
    step = now - before
    folded: Bits = np.bitwise_xor(step << 1, -(step >> 31))
    return folded


def _zlib(level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> Callable[[bytes], bytes]:
    def pack(data: bytes) -> bytes:
        machine = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
        return machine.compress(data) + machine.flush()

    return pack


WAYS = (
    Way("as they are, zlib 6", _same, _zlib(6), zlib.decompress),
    Way("XOR, zlib 1", _xor, _zlib(1), zlib.decompress),
    Way("XOR, zlib 1 runs only", _xor, _zlib(1, zlib.Z_RLE), zlib.decompress),
    Way("XOR, lzma 0", _xor, lambda data: lzma.compress(data, preset=0), lzma.decompress),
    Way("difference, zlib 1", _step, _zlib(1), zlib.decompress),
    Way("difference, zlib 6", _step, _zlib(6), zlib.decompress),
    Way("difference, zlib 9", _step, _zlib(9), zlib.decompress),
    Way("difference, zlib Huffman only", _step, _zlib(1, zlib.Z_HUFFMAN_ONLY), zlib.decompress),
    Way("difference, zlib 1 runs only", _step, _zlib(1, zlib.Z_RLE), zlib.decompress),
    Way("difference, bz2 9", _step, bz2.compress, bz2.decompress),
    Way("difference, lzma 0", _step, lambda data: lzma.compress(data, preset=0), lzma.decompress),
    Way("difference, lzma 6", _step, lambda data: lzma.compress(data, preset=6), lzma.decompress),
)
