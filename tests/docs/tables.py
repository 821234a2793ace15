"""Tables of what is declared: presets, settings, choices, views, pages, commands and export formats."""

from collections.abc import Callable, Iterable, Sequence

from model.base.choices import Choice
from model.cli.main_parser import COMMANDS
from model.config.every_setting import every_setting
from model.config.option_text import notes
from model.config.presets import PRESETS
from model.config.views import CardKind, PageKind, ViewKind
from model.exports.formats import Export
from model.lessons.places import WindowPart
from model.lessons.quantities import MeasuredQuantity
from model.nn.activations import Activation
from model.nn.optimizers import Optimizer


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], ruler: str = "") -> str:
    """A Markdown table; `ruler` has the alignment of the columns, all to the left when left out."""
    lines = ["| " + " | ".join(heads) + " |", ruler or "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def presets() -> str:
    """Every preset, and what to watch for."""
    return table(("Preset", "`--preset`", "Watch for"), ((each.label, f"`{each.name}`", each.look) for each in PRESETS))


def settings() -> str:
    """Every setting as the panel calls it, with the option that is the same."""
    rows = (
        (each.label, f"`{each.option}`", "at once" if each.live else "at Reset", each.help + notes(each))
        for each in every_setting()
    )
    return table(("In the panel", "Option", "Takes effect", "What it does"), rows)


def activations() -> str:
    """Every activation with its formula."""
    rows = ((each.label, f"`{each.key}`", each.value.formula, each.help) for each in Activation)
    return table(("Activation", "`--activation`", "a = f(z)", "Its slope"), rows)


def optimizers() -> str:
    """Every optimiser with its formula."""
    rows = ((each.label, f"`{each.key}`", each.formula, each.help) for each in Optimizer.kinds.values())
    return table(("Optimiser", "`--optimizer`", "Update", "What it does"), rows)


def choices(kind: type[Choice], head: str, option: str = "") -> Callable[[], str]:
    """What makes the table of an Enum: its labels, its names where `option` takes them, and its help."""
    heads = (head, *([f"`{option}`"] if option else []), "What it means" if not option else "What it does")

    def make() -> str:
        return table(heads, ((each.label, *([f"`{each.key}`"] if option else []), each.help) for each in kind))

    return make


def quantities() -> str:
    """Everything that a lesson can measure, with what it takes in brackets."""
    rows = (
        (f"`{each.key.replace('-', '_')}`", ", ".join(f"`{name}`" for name in each.parameters), each.help)
        for each in MeasuredQuantity
    )
    return table(("Measure", "In brackets", "What it is"), rows)


def places() -> str:
    """Every place of the window that a lesson can name."""
    kinds: tuple[type[Choice], ...] = (CardKind, ViewKind, WindowPart)
    rows = ((f"`{each.key}`", each.label, each.help) for kind in kinds for each in kind)
    return table(("Place", "In the window", "What it is"), rows)


def views() -> str:
    """The tabs below the strip, with the keys that the View menu gives them."""
    rows = ((f"Alt+{n}", each.label, f"`{each.key}`", each.help) for n, each in enumerate(ViewKind, 1))
    return table(("Key", "Tab", "`--view`", "What it shows"), rows)


def page_kinds() -> str:
    """The pages of the window, with the keys that the View menu gives them."""
    rows = (
        (f"Ctrl+Alt+{n}", each.label, f"`{each.key}`", each.help, "yes" if each.value.in_time else "no")
        for n, each in enumerate(PageKind, 1)
    )
    return table(("Key", "Page", "`--page`", "What it shows", "Has a timeline"), rows)


def commands() -> str:
    """The commands of the command line."""
    return table(("Command", "What it does"), ((f"`{each.name}`", each.help) for each in COMMANDS))


def exports() -> str:
    """The formats in which a run can be written."""
    rows = ((each.label, f"`{each.value.suffix}`" if each.value.suffix else "a folder", each.help) for each in Export)
    return table(("Format", "Suffix", "What it holds"), rows)
