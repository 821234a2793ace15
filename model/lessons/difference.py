"""How a run differs from the one that a lesson asks about, for whoever has changed something meanwhile."""

from model.config.option_text import written
from model.config.recipe import Recipe
from model.lessons.lesson import Experiment, with_seed

# Which numbers were drawn, and how often was looked, does not make it another experiment.
MINOR = ("seed", "record_every")


def difference(experiment: Experiment, recipe: Recipe) -> str:
    """What is other in `recipe`, as in "learning rate 1 instead of 0.1, batch 50 instead of 100"; '' for nothing.

    Another seed is no difference.
    """
    expected = with_seed(experiment.recipe, recipe.config.seed)
    settings = {setting.name: setting for setting in (*expected.config.settings(), *recipe.config.settings())}
    own, others = ({s.name for s in config.settings()} for config in (expected.config, recipe.config))
    parts = [
        f"{setting.label.lower()} {_value(recipe, name)} instead of {_value(expected, name)}"
        for name, setting in settings.items()
        if name not in MINOR and name in own & others and _value(recipe, name) != _value(expected, name)
    ]
    if recipe.changes != expected.changes:
        parts.append("changed on the way" if recipe.changes else "not changed on the way")
    if _left(recipe) != _left(expected):
        parts.append("a branch of another run" if recipe.branch else "no branch")
    return ", ".join(parts)


def _value(recipe: Recipe, name: str) -> str:
    return written(recipe.config.value(name)) or "none"


def _left(recipe: Recipe) -> tuple[int, Recipe] | None:
    branch = recipe.branch
    return (branch.iteration, branch.parent) if branch else None
