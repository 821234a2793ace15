"""Hypothesis strategies made from the declarations: any setting, any Config."""

from typing import Any

from hypothesis import strategies as st

from model.base.choices import Choice
from model.base.params import Param, params
from model.config.config import Config
from model.nn.optimizers import Optimizer


def values(setting: Param) -> st.SearchStrategy[Any]:
    """Every value that `setting` takes, as JSON writes it."""
    if setting.name == "hidden":
        return st.lists(st.integers(1, 2000), max_size=50)
    if isinstance(setting.type, type) and issubclass(setting.type, Choice):
        return st.sampled_from([member.key for member in setting.type])
    if setting.type is str:
        return st.text(max_size=20)
    assert setting.low is not None
    assert setting.high is not None
    if setting.type is int:
        return st.integers(int(setting.low), int(setting.high))
    return st.floats(setting.low, setting.high)


@st.composite
def settings_of_a_run(draw: st.DrawFn) -> dict[str, Any]:
    """A value for some or all settings of Config and of one optimiser."""
    kind = draw(st.sampled_from(list(Optimizer.kinds.values())))
    chosen: dict[str, Any] = {"optimizer": kind.key}
    for setting in (*params(Config), *params(kind)):
        if setting.name != "optimizer" and draw(st.booleans()):
            chosen[setting.name] = draw(values(setting))
    if str(chosen.get("norm", "none")).startswith("batch"):
        chosen["batch_size"] = max(2, chosen.get("batch_size", 100))
    if str(chosen.get("norm", "none")).startswith("layer"):
        chosen["hidden"] = [max(2, units) for units in chosen.get("hidden", (40, 20))]
    return chosen
