"""Remedies as files hold them: with English labels, by which those that are offered today are known again."""

from collections.abc import Iterator, Mapping
from typing import Any

from model.base.errors import InputError
from model.base.language import english
from model.config.config import Config
from model.diagnosis.offers import EVERY_OFFER, both
from model.diagnosis.verdict import Remedy


def remedy_json(remedy: Remedy) -> dict[str, Any]:
    """Convert a remedy to types that JSON can hold."""
    with english():
        return {"label": remedy.label, "changes": dict(remedy.changes), "parts": [str(part) for part in remedy.parts]}


def stored_remedy(values: Mapping[str, Any], config: Config) -> Remedy:
    """The reverse of `remedy_json`, for a run of `config`; the label of one that nothing offers today stays English."""
    label, changes, parts = str(values["label"]), dict(values["changes"]), tuple(map(str, values.get("parts", ())))
    with english():
        for known in _offered(changes, config, pairs=bool(parts)):
            if (known.label, known.changes) == (label, changes):
                return known
    return Remedy(label, changes, parts=parts)


def _offered(changes: Mapping[str, Any], config: Config, *, pairs: bool) -> Iterator[Remedy]:
    """Whatever is offered to `config` and makes some of these changes, or two of them as one."""
    for offer in EVERY_OFFER:
        for remedy in offer(config):
            if not remedy.changes.items() <= changes.items():
                continue
            yield remedy
            if not pairs:
                continue
            try:
                changed = remedy.of(config)
            except InputError:
                continue
            yield from (both(remedy, second) for other in EVERY_OFFER for second in other(changed))
