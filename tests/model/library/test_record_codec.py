"""Records, histograms and weights as bytes: exactly as written, by any version, and in bounded memory."""

import json
import tracemalloc
import zlib
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.errors import InputError
from model.history.checkpoints import Checkpoint
from model.library import record_codec
from model.library.checkpoint_codec import pack_weights, unpack_plain, unpack_weights
from model.library.histogram_codec import COUNT_TYPE, HISTOGRAM, HISTOGRAMS, MOST_BINS, pack_pictures, unpack_pictures
from model.library.record_codec import GAINS, LAYER, RECORD, RecordLayout, pack, unpack
from model.measurement.gains import Gain
from model.measurement.histograms import Histogram
from model.measurement.records import Histograms, LayerRecord, Record
from tests.support.records import layer_of, record_of
from tests.support.saved_runs import equal

ANY = st.floats(allow_nan=True, allow_infinity=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
WHOLE = st.integers(0, 10_000_000)
NAMES = st.text(min_size=1, max_size=12)


def histograms(bins: int = 60) -> st.SearchStrategy[Histogram]:
    shares = st.lists(FINITE, max_size=bins).map(np.array)
    return st.builds(Histogram, FINITE, FINITE, shares.map(lambda found: found.astype(float)), FINITE, FINITE, FINITE)


SOME_HISTOGRAMS = st.builds(Histograms, **dict.fromkeys(HISTOGRAMS, st.none() | histograms()))


@st.composite
def records(draw: st.DrawFn, seen: st.SearchStrategy[Histograms] = SOME_HISTOGRAMS) -> Record:
    """Any record: each figure any number of its type, each layer with stages of its own."""

    def figures(kind: type, names: tuple[str, ...]) -> dict[str, Any]:
        of_type = {int: WHOLE, float: ANY, bool: st.booleans()}
        return {name: draw(of_type[kind.__dataclass_fields__[name].type]) for name in names}  # type: ignore[attr-defined]

    def gains() -> dict[str, Any]:
        stages = st.lists(st.builds(Gain, NAMES, ANY), max_size=4).map(tuple)
        return {name: draw(stages) for name in GAINS}

    layers = [
        LayerRecord(draw(NAMES), histograms=draw(seen), **figures(LayerRecord, LAYER), **gains())
        for _ in range(draw(st.integers(1, 4)))
    ]
    return Record(layers=tuple(layers[:-1]), output=layers[-1], **figures(Record, RECORD))


def through_bytes(record: Record) -> Record:
    return unpack(RecordLayout.from_json(RecordLayout.of(record).to_json()), *pack(record))


@given(records())
def test_that_any_record_comes_back_as_it_was(record: Record) -> None:
    assert equal(through_bytes(record), record)


def test_that_every_figure_of_a_record_is_stored() -> None:
    declared = {name for kind in (Record, LayerRecord, Histogram) for name in kind.__dataclass_fields__}
    by_name = {"name", "layers", "output", "histograms", "shares"}
    layout = RecordLayout.of(record_of(0))
    assert declared == {*layout.record, *layout.layer, *layout.gains, *layout.histogram, *by_name}


def changed(written: Record, **names: Any) -> RecordLayout:
    """The layout of a record as another version has written it."""
    return RecordLayout.from_json(json.dumps({**json.loads(RecordLayout.of(written).to_json()), **names}))


def test_that_what_a_later_version_stores_besides_is_left_out() -> None:
    record = record_of(5, layers=(layer_of(gain=(Gain("Weights", 2.0),)),), output=layer_of("Output", dead=0.25))
    layers = 2
    numbers = np.frombuffer(pack(record)[0])
    of_record, rest = numbers[: len(RECORD)], numbers[len(RECORD) :]
    one, two = rest[: len(LAYER) + 1], rest[len(LAYER) + 1 :]
    wider = np.concatenate(
        [of_record, [7.0], *([*each[: len(LAYER)], 8.0, *each[len(LAYER) :], 9.0] for each in (one, two))]
    )
    layout = changed(
        record,
        record=[*RECORD, "novelty"],
        layer=[*LAYER, "curvature"],
        gains=[*GAINS, "loss_gain"],
        stages=[[["Weights"], [], ["Loss"]], [[], [], ["Loss"]]],
    )
    assert len(layout.layers) == layers
    assert unpack(layout, wider.tobytes(), None) == record


def test_that_what_an_earlier_version_did_not_store_is_not_a_number() -> None:
    record = record_of(5, output=layer_of("Output", dead=0.25, alike=True))
    layout = changed(record, record=["iteration", "loss"], layer=["dead"], gains=[], stages=[[]])
    found = unpack(layout, np.array([5.0, 0.75, 0.25]).tobytes(), None)
    assert (found.iteration, found.loss, found.answer, found.output.dead) == (5, 0.75, 0, 0.25)
    assert np.isnan([found.test_accuracy, found.output.delta_rms]).all()
    assert (found.output.alike, found.output.gain, found.output.histograms) == (False, (), Histograms())


def test_that_histograms_of_another_version_keep_what_both_know() -> None:
    shares = np.array([0.25, 0.75])
    layer = Histograms(z=Histogram(0.0, 1.0, shares, 0.1, 0.2, 0.3), a=Histogram(2.0, 3.0, shares[:1], 0.0, 0.0, 0.0))
    data = pack_pictures([layer])
    assert data is not None
    (found,) = unpack_pictures(["low", "median", "high", "zeros", "above"], ["jacobian", "z", *HISTOGRAMS[2:]], 1, data)
    assert found.a is None
    assert found.z is not None
    assert (found.z.low, found.z.high, found.z.below) == (2.0, 0.0, 0.0)
    np.testing.assert_array_equal(found.z.shares, shares[:1])


@given(record=records(), data=st.data())
@settings(max_examples=300)
def test_that_bytes_of_any_kind_give_a_record_or_one_sentence(record: Record, data: st.DataObject) -> None:
    layout, (figures, pictures) = RecordLayout.of(record), pack(record)
    figures, pictures = _damaged(figures, data), _damaged(pictures or b"", data)
    with suppress(InputError):
        assert len(unpack(layout, figures, pictures).all_layers) == len(record.all_layers)


def _damaged(data: bytes, draw: st.DataObject) -> bytes:
    kind = draw.draw(st.sampled_from(["whole", "cut", "longer", "flipped", "other"]))
    at = draw.draw(st.integers(0, max(len(data) - 1, 0)))
    if kind == "flipped" and data:
        return data[:at] + bytes([data[at] ^ draw.draw(st.integers(1, 255))]) + data[at + 1 :]
    return {"cut": data[:at], "longer": data + b"\1" * 9, "other": draw.draw(st.binary(max_size=200))}.get(kind, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(name=st.sampled_from(list(RecordLayout.__dataclass_fields__)), value=JSON)
def test_that_any_layout_is_one_or_gives_one_sentence(name: str, value: Any) -> None:
    good = json.loads(RecordLayout.of(record_of(5, layers=(layer_of(),))).to_json())
    for text in (json.dumps({**good, name: value}), json.dumps(value)):
        with suppress(InputError):
            assert RecordLayout.from_json(text).size >= 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, '{"layers": ' + "9" * 5_000 + "}", '"' + "x" * record_codec.LONGEST_LAYOUT + '"'],
    ids=["nothing", "half", "deep", "large", "long"],
)
def test_that_a_layout_made_to_harm_gives_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="layout"):
        RecordLayout.from_json(text)


def test_that_histograms_which_would_grow_beyond_their_bins_are_never_unpacked() -> None:
    one = pack_pictures([Histograms(z=Histogram(0.0, 1.0, np.zeros(50), 0.0, 0.0, 0.0))])
    assert one is not None
    header = one[: len(HISTOGRAMS) * COUNT_TYPE.itemsize]
    too_many = np.full(len(HISTOGRAMS), MOST_BINS + 1, COUNT_TYPE).tobytes()
    bomb = zlib.compress(bytes(20_000_000))
    tracemalloc.start()
    try:
        for data in (header + bomb, bomb, too_many + bomb):
            with pytest.raises(InputError):
                unpack_pictures(HISTOGRAM, HISTOGRAMS, 1, data)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


MOST = 1 << 20  # bytes of weights
FORMS = st.lists(
    st.tuples(st.sampled_from([np.dtype(np.float32), np.dtype(np.float64)]), st.lists(st.integers(1, 4), max_size=3)),
    max_size=4,
)


@st.composite
def chains(draw: st.DrawFn) -> list[Checkpoint]:
    """Checkpoints of the same shapes whose arrays have any bits at all: NaN of every kind, infinities, both zeros."""
    state, memory = draw(FORMS), draw(FORMS)

    def arrays(forms: Any) -> Any:
        return tuple(
            np.frombuffer(draw(st.binary(min_size=size, max_size=size)), dtype).reshape(shape)
            for dtype, shape in forms
            for size in [int(np.prod(shape, dtype=int)) * dtype.itemsize]
        )

    return [Checkpoint(at, arrays(state), arrays(memory)) for at in range(draw(st.integers(1, 4)))]


def assert_same_bits(found: Checkpoint, expected: Checkpoint) -> None:
    assert found.iteration == expected.iteration
    for group, other in ((found.state, expected.state), (found.memory, expected.memory)):
        for mine, theirs in zip(group, other, strict=True):
            assert (mine.dtype, mine.shape, mine.tobytes()) == (theirs.dtype, theirs.shape, theirs.tobytes())
            assert not mine.flags.writeable


@given(chains())
def test_that_any_weights_come_back_to_the_bit_from_differences(checkpoints: list[Checkpoint]) -> None:
    base = None
    for checkpoint in checkpoints:
        found = unpack_weights(checkpoint.iteration, *pack_weights(checkpoint, base), base, most=MOST)
        assert_same_bits(found, checkpoint)
        base = found


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_numbers_which_compare_unlike_their_bits_come_back_to_the_bit(dtype: type[np.floating[Any]]) -> None:
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, -np.nan, np.finfo(dtype).max, np.finfo(dtype).smallest_subnormal]
    pairs = [(np.full(8, each, dtype), np.array(special, dtype)) for each in special]
    for earlier, later in pairs:
        base, checkpoint = Checkpoint(0, (earlier,)), Checkpoint(1, (later,))
        assert_same_bits(unpack_weights(1, *pack_weights(checkpoint, base), base, most=MOST), checkpoint)


def test_that_weights_in_any_order_of_memory_and_bytes_come_back_the_same() -> None:
    values = np.arange(12, dtype=">f8").reshape(3, 4)
    for array in (values, values.T, values[::2, ::-1]):
        found = unpack_weights(0, *pack_weights(Checkpoint(0, (array,))), most=MOST)
        np.testing.assert_array_equal(found.state[0], array)
        twice = Checkpoint(1, (2 * array,))
        base = Checkpoint(0, (array,))
        np.testing.assert_array_equal(
            unpack_weights(1, *pack_weights(twice, base), base, most=MOST).state[0], 2 * array
        )


def test_that_differences_from_another_network_or_too_many_weights_give_one_sentence() -> None:
    checkpoint, other = Checkpoint(1, (np.ones(9, np.float32),)), Checkpoint(0, (np.ones(8, np.float32),))
    packed = pack_weights(checkpoint)
    with pytest.raises(InputError, match="another network"):
        unpack_weights(1, *packed, other, most=MOST)
    with pytest.raises(InputError, match="more weights"):
        unpack_weights(1, *packed, most=35)
    assert unpack_weights(1, *packed, most=36).size == 36


def test_that_compressed_weights_take_no_more_memory_than_they_are_said_to() -> None:
    bomb = zlib.compress(bytes(1 << 26), 9)
    header = json.dumps({"state": [["<f4", [4]]], "memory": []})
    tracemalloc.start()
    try:
        for data in (bomb, bomb[:100], b"", b"no zlib"):
            with pytest.raises(InputError, match="weights"):
                unpack_weights(0, header, data, most=MOST)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@given(value=JSON, data=st.binary(max_size=64))
def test_that_any_description_of_weights_is_one_or_gives_one_sentence(value: Any, data: bytes) -> None:
    for description in (value, {"state": value, "memory": []}, {"state": [["<f4", value]], "memory": []}):
        with suppress(InputError):
            assert unpack_plain(0, json.dumps(description), data).size == len(data)
        with suppress(InputError):
            unpack_weights(0, json.dumps(description), data, most=MOST)


@pytest.mark.parametrize(
    "state",
    [
        [["<f4", [1 << 40]]],
        [["<f4", [-1]]],
        [["O", [1]]],
        [["|V1000000", [1]]],
        [["<f4", [1] * 40]],
        [["<f4", [2]]] * 2_000,
    ],
    ids=["long", "negative", "objects", "raw", "deep", "many"],
)
def test_that_weights_described_to_harm_give_one_sentence(state: Any) -> None:
    with pytest.raises(InputError, match="weights"):
        unpack_weights(0, json.dumps({"state": state, "memory": []}), b"\0" * 4, most=MOST)
    with pytest.raises(InputError, match="weights"):
        unpack_plain(0, json.dumps({"state": state, "memory": []}), b"\0" * 4)


def test_that_a_number_that_counts_must_be_whole() -> None:
    record = record_of(5)
    for number in (np.nan, np.inf):
        figures, pictures = pack(replace(record, answer=number))  # type: ignore[arg-type]
        with pytest.raises(InputError, match="counts"):
            unpack(RecordLayout.of(record), figures, pictures)
