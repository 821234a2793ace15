"""The settings of all runs there can be."""

from model.base.run_settings import RunSetting, run_settings
from model.config.config import Config
from model.nn.optimizers import Optimizer


def every_setting() -> list[RunSetting]:
    """The settings of all runs there can be: Config's, and each optimiser's own once, in order of appearance."""
    found: dict[str, RunSetting] = {}
    for setting in run_settings(Config):
        found[setting.name] = setting
        if setting.name == "optimizer":
            for kind in Optimizer.kinds.values():
                for own in run_settings(kind):
                    found.setdefault(own.name, own)
    return list(found.values())
