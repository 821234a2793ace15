"""Every generated block of the documentation, and who makes it. A new one is a line here and two markers in a page."""

from collections.abc import Callable

from model.cli.option_table import option_table
from model.clinic.therapies import Therapy
from model.data.batch_sampling import Sampling
from model.data.orientation import Orientation
from model.data.pixel_scaling import Pixels
from model.diagnosis.verdict import Cause, Condition
from model.lessons.lesson import BetKind
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual
from tests.docs import keyboard, results, tables
from tests.interventions import report as interventions
from tests.verdicts import report

BLOCKS: dict[str, Callable[[], str]] = {
    "accuracies": results.accuracies,
    "activations": tables.activations,
    "bet-kinds": tables.choices(BetKind, "Bet", "kind"),
    "causes": tables.choices(Cause, "Cause"),
    "commands": tables.commands,
    "conditions": tables.choices(Condition, "Verdict"),
    "exports": tables.exports,
    "initial-weights": tables.choices(Initializer, "Initial weights", "--init"),
    "interventions": interventions.stored_text,
    "keys": keyboard.keys,
    "losses": tables.choices(Loss, "Loss", "--loss"),
    "normalisations": tables.choices(Norm, "Normalisation", "--norm"),
    "optimizers": tables.optimizers,
    "options": option_table,
    "orientation": tables.choices(Orientation, "Orientation", "--orientation"),
    "pages": tables.page_kinds,
    "pixels": tables.choices(Pixels, "Pixels", "--pixels"),
    "places": tables.places,
    "practice": results.practice,
    "presets": tables.presets,
    "quantities": tables.quantities,
    "residual": tables.choices(Residual, "Residual", "--residual"),
    "sampling": tables.choices(Sampling, "Batches", "--sampling"),
    "settings": tables.settings,
    "six": results.six,
    "therapies": tables.choices(Therapy, "Remedy"),
    "verdicts": report.stored_text,
    "views": tables.views,
}
# What depends on the machine is measured and written by a command of its own.
MEASURED = {"benchmarks": "python3 run.py bench --write"}
