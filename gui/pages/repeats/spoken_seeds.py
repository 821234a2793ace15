"""What the plots of repeated runs show, as sentences for a screen reader."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from model.base.language import tr
from model.base.sentences import in_parts
from model.sweeps.repeats import CurveBundle, SeedResults
from model.sweeps.repeats_sentences import accuracy


def curves_said(bundles: Mapping[str, CurveBundle], written: Callable[[float], str]) -> str:
    """Where the curves of each side end: mean, lowest and highest seed."""
    sides = []
    for name, bundle in bundles.items():
        found = bundle.band
        if not np.isfinite(found.mean).any():
            continue
        last = int(np.flatnonzero(np.isfinite(found.mean))[-1])
        mean, low, high = (written(float(part[last])) for part in (found.mean, found.low, found.high))
        sides.append(tr("{name}: mean {mean}, from {low} to {high}", name=name, mean=mean, low=low, high=high))
    return tr("At the end: {sides}.", sides=in_parts(sides)) if sides else ""


def finals_said(samples: Sequence[SeedResults]) -> str:
    """The final accuracies of each side: how many, their mean, lowest and highest."""
    return in_parts(_side_said(sample) for sample in samples if sample.accuracies)


def _side_said(sample: SeedResults) -> str:
    values = list(sample.accuracies.values())
    return tr(
        "{name}, {seeds} seeds: mean {mean}, from {low} to {high}",
        name=sample.name,
        seeds=len(values),
        mean=accuracy(sum(values) / len(values)),
        low=accuracy(min(values)),
        high=accuracy(max(values)),
    )
