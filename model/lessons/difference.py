"""How a run differs from the one that a lesson asks about, for whoever has changed something meanwhile."""

from model.base.choices import Choice
from model.base.language import tr, tr_in
from model.base.params import Param
from model.config.option_text import written
from model.config.recipe import Recipe
from model.lessons.lesson import Experiment, with_seed
from model.nn.optimizers import Optimizer

# Which numbers were drawn, and how often was looked, does not make it another experiment.
MINOR = ("seed", "record_every")


def differences(experiment: Experiment, recipe: Recipe) -> list[str]:
    """What is other in `recipe`, as in "Learning rate 1 instead of 0.1" and "Batch 50 instead of 100".

    Another seed is no difference.
    """
    expected = with_seed(experiment.recipe, recipe.config.seed)
    settings = {setting.name: setting for setting in (*expected.config.settings(), *recipe.config.settings())}
    own, others = ({s.name for s in config.settings()} for config in (expected.config, recipe.config))
    parts = [
        tr(
            "{setting} {value} instead of {other}",
            setting=setting.label,
            value=_value(recipe, setting),
            other=_value(expected, setting),
        )
        for name, setting in settings.items()
        if name not in MINOR and name in own & others and _value(recipe, setting) != _value(expected, setting)
    ]
    if recipe.changes != expected.changes:
        parts.append(tr("changed on the way") if recipe.changes else tr("not changed on the way"))
    if _left(recipe) != _left(expected):
        parts.append(tr("a branch of another run") if recipe.branch else tr("no branch"))
    return parts


def _value(recipe: Recipe, setting: Param) -> str:
    value = recipe.config.value(setting.name)
    if isinstance(value, Choice | Optimizer):
        return value.label
    return written(value) or tr_in("value of a setting", "none")


def _left(recipe: Recipe) -> tuple[int, Recipe] | None:
    branch = recipe.branch
    return (branch.iteration, branch.parent) if branch else None
