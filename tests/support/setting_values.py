"""Values for any declared setting, made from its declaration."""

from typing import Any

from model.base.choices import Choice
from model.base.params import Param, params
from model.config.config import Config
from model.nn.optimizers import Optimizer


def another(config: Config, setting: Param) -> Any:
    """A value that a setting does not have in `config`, as JSON writes it."""
    now = config.to_json()[setting.name]
    if setting.type in (int, float):
        return _other_number(setting, now)
    if setting.name == "hidden":
        return [*now, 7]
    if setting.type is str:
        return f"{now} elsewhere"
    keys = Optimizer.kinds if setting.type is Optimizer else [member.key for member in setting.type]
    return next(key for key in keys if key != now)


def _other_number(setting: Param, now: float) -> float:
    """One that a text of few digits writes."""
    assert setting.low is not None
    assert setting.high is not None
    if setting.log:
        return now * 2 if 0 < now * 2 <= setting.high else setting.high / 2
    if setting.type is int:
        return now + 3 if now + 3 <= setting.high else now - 3
    quarter = float(f"{setting.low + (setting.high - setting.low) / 4:.2g}")
    return quarter if quarter != now else setting.low


def needs(setting: Param) -> dict[str, Any]:
    """What else must be chosen so that a setting is there and matters, as JSON writes it."""
    if not any(setting.name == own.name for own in params(Config)):
        return {"optimizer": next(key for key, kind in Optimizer.kinds.items() if _has(kind, setting))}
    if not setting.when or getattr(Config(), setting.when):
        return {}
    choices = [each for each in params(Config) if isinstance(each.type, type) and issubclass(each.type, Choice)]
    return next(
        {each.name: member.key}
        for each in choices
        for member in each.type
        if getattr(Config().replace(**{each.name: member.key}), setting.when)
    )


def _has(kind: type[Optimizer], setting: Param) -> bool:
    return any(own.name == setting.name for own in params(kind))
