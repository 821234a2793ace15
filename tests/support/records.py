"""Records made by hand, for tests that need no network."""

from typing import Any

from model.measurement.records import LayerRecord, Record


def layer_of(name: str = "Layer 1", **figures: Any) -> LayerRecord:
    """A layer of plausible figures, but for those given."""
    usual: dict[str, Any] = {
        "activation_mean": 0.5,
        "activation_std": 0.25,
        "activation_rms": 0.56,
        "signal_std": 0.2,
        "mean_slope": 0.2,
        "saturated": 0.0,
        "dead": 0.0,
        "alike": False,
        "delta_rms": 1e-3,
        "activation_gradient_rms": 4e-3,
        "weight_gradient_rms": 1e-3,
        "bias_gradient_rms": 1e-3,
        "weight_rms": 0.1,
        "update_ratio": 1e-3,
        "gain": (),
        "signal_gain": (),
    }
    return LayerRecord(name, **{**usual, **figures})


def record_of(
    iteration: int,
    loss: float = 1.0,
    train: float = 0.5,
    test: float = 0.5,
    layers: tuple[LayerRecord, ...] = (),
    **figures: Any,
) -> Record:
    """A record of plausible figures, but for those given."""
    usual: dict[str, Any] = {"output": layer_of("Output"), "input_std": 0.2, "answer": 1, "answer_share": 0.2}
    return Record(iteration, loss, train, test, layers, **{**usual, **figures})
