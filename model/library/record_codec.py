"""Records as bytes and back, without loss: figures as float64 in a fixed order, histograms compressed.

The order is stored beside them by name, as a RecordLayout, so that versions whose records have more or fewer figures
can read them: unknown figures are skipped, missing ones are NaN.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, asdict, dataclass, fields
from functools import cached_property
from math import nan
from operator import attrgetter
from typing import Any

import numpy as np

from model.base.errors import InputError
from model.config.hidden_layers import MAX_LAYERS
from model.library.histogram_codec import HISTOGRAM, HISTOGRAMS, pack_pictures, unpack_pictures
from model.measurement.gains import Gain
from model.measurement.records import NOT_MEASURED, Histograms, LayerRecord, Record

NUMBER = np.dtype("<f8")
NUMBERS = (bool, int, float)
MOST_NAMES = 64  # figures of a record or a layer, stages of a layer
LONGEST_NAME = 100
LONGEST_LAYOUT = 1 << 20  # characters
Names = tuple[str, ...]


def _named(kind: type, types: Sequence[object]) -> Names:
    return tuple(field.name for field in fields(kind) if field.type in types)


RECORD = _named(Record, NUMBERS)
LAYER = _named(LayerRecord, NUMBERS)
GAINS = _named(LayerRecord, (tuple[Gain, ...],))
_OF_RECORD, _OF_LAYER = attrgetter(*RECORD), attrgetter(*LAYER)
_GAINS_OF_LAYER = attrgetter(*GAINS)


@dataclass(frozen=True)
class RecordLayout:
    """The names of a record's numbers, in order: the record's figures, then each layer's figures and gains.

    `stages[layer][gain]` are the names of the stages of each kind of gain in `gains`; the output layer comes last.
    """

    layers: Names
    stages: tuple[tuple[Names, ...], ...]
    record: Names = RECORD
    layer: Names = LAYER
    gains: Names = GAINS
    histogram: Names = HISTOGRAM
    histograms: Names = HISTOGRAMS

    @classmethod
    def of(cls, record: Record) -> "RecordLayout":
        """The layout in which `pack` writes `record`."""
        layers = record.all_layers
        stages = [tuple(tuple([gain.stage for gain in each]) for each in _GAINS_OF_LAYER(layer)) for layer in layers]
        return cls(tuple([layer.name for layer in layers]), tuple(stages))

    def to_json(self) -> str:
        """Encode as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "RecordLayout":
        """Decode the text of `to_json`; raises InputError."""
        if len(text) > LONGEST_LAYOUT:
            raise InputError("the layout of its records is too long")
        try:
            values = json.loads(text)
            layers = _names(values["layers"], MAX_LAYERS + 1)
            stages = tuple(tuple(map(_names, each)) for each in values["stages"])
            made = cls(layers, stages, *(_names(values[field.name]) for field in fields(cls)[2:]))
            if not layers or len(stages) != len(layers) or {len(each) for each in stages} != {len(made.gains)}:
                raise ValueError
            return made
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise InputError("the layout of its records cannot be read") from None

    @cached_property
    def size(self) -> int:
        """The number of float64 values of a record."""
        gains = sum(len(names) for stages in self.stages for names in stages)
        return len(self.record) + len(self.layers) * len(self.layer) + gains


def _names(values: Any, most: int = MOST_NAMES) -> Names:
    names = tuple(values)
    if isinstance(values, str) or len(names) > most:
        raise ValueError
    if not all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names):
        raise ValueError
    return names


def pack(record: Record) -> tuple[bytes, bytes | None]:
    """Encode a record: its figures in the order of its RecordLayout, and its histograms (None without any)."""
    numbers = list(_OF_RECORD(record))
    for layer in record.all_layers:
        numbers += _OF_LAYER(layer)
        for gains in _GAINS_OF_LAYER(layer):
            numbers += [gain.factor for gain in gains]
    return np.array(numbers, NUMBER).tobytes(), pack_pictures([layer.histograms for layer in record.all_layers])


def unpack(layout: RecordLayout, figures: bytes, pictures: bytes | None) -> Record:
    """Decode what `pack` returned; raises InputError."""
    if len(figures) != layout.size * NUMBER.itemsize:
        raise InputError("a record is shorter or longer than its layout says")
    numbers = np.frombuffer(figures, NUMBER).tolist()
    histograms: Sequence[Histograms] = [NOT_MEASURED] * len(layout.layers)
    if pictures is not None:
        histograms = unpack_pictures(layout.histogram, layout.histograms, len(layout.layers), pictures)
    place = len(layout.record)
    values = _known(_RECORD_FIELDS, layout.record, numbers[:place])
    layers = []
    for name, stages, seen in zip(layout.layers, layout.stages, histograms, strict=True):
        own = _known(_LAYER_FIELDS, layout.layer, numbers[place : place + len(layout.layer)])
        place += len(layout.layer)
        gains: dict[str, Any] = dict.fromkeys(GAINS, ())
        for which, names in zip(layout.gains, stages, strict=True):
            if which in gains:
                gains[which] = tuple(map(Gain, names, numbers[place : place + len(names)]))
            place += len(names)
        layers.append(LayerRecord(name=name, histograms=seen, **own, **gains))
    return Record(layers=tuple(layers[:-1]), output=layers[-1], **values)


Make = Callable[[float], Any]


def _whole(number: float) -> int:
    try:
        return int(number)
    except (ValueError, OverflowError):
        raise InputError("a record has a fraction where it counts") from None


def _makers(kind: type) -> dict[str, tuple[Make, Any]]:
    """For each figure of `kind`: the conversion from float64, and the default if it is not stored."""
    kinds: dict[object, tuple[Make, Any]] = {bool: (bool, False), int: (_whole, 0), float: (float, nan)}

    def made(field: "Field[Any]") -> tuple[Make, Any]:
        make, missing = kinds[field.type]
        return make, missing if field.default is MISSING else field.default

    return {field.name: made(field) for field in fields(kind) if field.type in kinds}


_RECORD_FIELDS, _LAYER_FIELDS = _makers(Record), _makers(LayerRecord)


def _known(makers: dict[str, tuple[Make, Any]], names: Sequence[str], numbers: Sequence[float]) -> dict[str, Any]:
    stored = dict(zip(names, numbers, strict=True))
    return {
        name: make(stored[name]) if name in stored else missing for name, (make, missing) in makers.items()
    }  # fmt: skip
