"""Verdicts to try what reads and writes them with: of any condition and cause, with any figures."""

from typing import Any

from hypothesis import strategies as st

from model.config.config import Config
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition, Verdict

NAMES = (
    "accuracy", "activation", "answer", "batch_size", "bn_momentum", "class_share", "clip_norm", "dead", "depth",
    "doubling", "first_loss", "gain_of_batch_norm", "gain_of_residual", "gradients", "guessed", "input_std",
    "iterations", "layer", "layers", "learning_rate", "momentum", "output_slope", "pixels", "place", "reach",
    "residual", "saturated", "signal_gain", "slope", "train_accuracy", "units", "update_ratio", "weight_decay",
    "weights", "weights_left", "when",
)  # fmt: skip
KEYS = ("loss", "now", "start", "0-to-1", "0-to-255", "sigmoid", "selu", "")
FIGURES = st.one_of(st.floats(), st.integers(-(1 << 53), 1 << 53), st.integers(0, 5), st.sampled_from(KEYS), st.none())


@st.composite
def any_verdict(draw: st.DrawFn, config: Config | None = None) -> Verdict:
    """A verdict of any condition and cause with any figures, and with the cause's remedies for `config` if given."""
    cause = draw(st.sampled_from(Cause))
    figures: dict[str, Any] = draw(st.dictionaries(st.sampled_from(NAMES), FIGURES, max_size=12))
    offered = remedies(cause, config) if config else ()
    return Verdict(draw(st.sampled_from(Condition)), draw(st.integers(0, 10**6)), cause, figures, offered)
