"""A run as CSV: tidy, one row for each record and layer, for pandas, R or a spreadsheet.

The columns are the figures of `Record` and, after the layer's number and name, those of `LayerRecord`; the gains of
stage s are `gain_s` and `signal_gain_s`. A cell is empty where nothing was measured (NaN), as the test accuracy of most
of the first 100 iterations. A long run keeps all figures of only some hundred records: of the others there is one row
with loss and accuracies, whose layer is empty, so that the curves are complete.
"""

import csv
from io import StringIO
from math import isnan

import numpy as np

from model.exports.run_extract import Extract, Point, figures
from model.history.run_log import RunLog
from model.measurement.gains import Gain
from model.measurement.records import LayerRecord, Record

GAINS = ("gain", "signal_gain")
OF_RECORD = figures(Record)
OF_LAYER = figures(LayerRecord)


def csv_of(run_log: RunLog) -> bytes:
    """Encode a run as CSV: UTF-8, lines ending in \\n."""
    extract = Extract.of(run_log)
    gains = _gain_columns(extract)
    text = StringIO()
    writer = csv.DictWriter(text, [*OF_RECORD, "layer", *map(_column, OF_LAYER), *gains], lineterminator="\n")
    writer.writeheader()
    for row in extract.rows():
        if isinstance(row, Point):
            writer.writerow({name: cell(value, single=True) for name, value in vars(row).items()})
            continue
        shared = {name: cell(getattr(row, name)) for name in OF_RECORD}
        for number, layer in enumerate(row.all_layers, 1):
            writer.writerow({**shared, "layer": number, **_layer(layer)})
    return text.getvalue().encode()


def _column(figure: str) -> str:
    return "layer_name" if figure == "name" else figure


def _layer(layer: LayerRecord) -> dict[str, str]:
    found = {_column(name): cell(getattr(layer, name)) for name in OF_LAYER}
    for kind in GAINS:
        found |= {_gain_column(kind, gain): cell(gain.factor) for gain in getattr(layer, kind)}
    return found


def _gain_columns(extract: Extract) -> list[str]:
    """The names of the gain columns: one per stage of any layer; all records have the same stages."""
    layers = extract.moments[0].all_layers if extract.moments else ()
    return list(
        dict.fromkeys(_gain_column(kind, gain) for kind in GAINS for layer in layers for gain in getattr(layer, kind))
    )


def _gain_column(kind: str, gain: Gain) -> str:
    return f"{kind}_{gain.stage.replace(' ', '_')}"


def cell(value: str | float | bool, *, single: bool = False) -> str:
    """Format a value with all its digits: those of float32 if `single`; '' for NaN."""
    if isinstance(value, float) and isnan(value):
        return ""
    return str(np.float32(value)) if single and isinstance(value, float) else str(value)
