"""The parts of docs/benchmarks.md: one for each benchmark, with the command that measures it, and on what machine."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.base.arithmetic import single_threaded
from tests.benchmarks._figures import Cost, Figure, duration, short
from tests.docs.tables import table

HEADING = re.compile(r"^### (\w+)$\n", re.MULTILINE)


def machine() -> str:
    """The processor and the versions that the figures depend on."""
    system = f"{os.cpu_count()} cores, {platform.system()}"
    return f"{_processor()}, {system}; Python {platform.python_version()}, {single_threaded()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def part(name: str, title: str, measured: Sequence[Figure | Cost]) -> str:
    """What one benchmark has found, as Markdown below its heading."""
    figures = [each for each in measured if isinstance(each, Figure)]
    costs = [each for each in measured if isinstance(each, Cost)]
    tables = [figure_table(figures)] if figures else []
    tables += [cost_table(what, [cost for cost in costs if cost.what == what]) for what in _in_order(costs)]
    return "\n\n".join([f"{title} `python3 run.py bench {name} --write`, on {machine()}:", *tables])


def _in_order(costs: Sequence[Cost]) -> list[str]:
    return [*dict.fromkeys(cost.what for cost in costs)]


def figure_table(figures: Sequence[Figure]) -> str:
    """Figures beside their targets."""
    rows = []
    for figure in figures:
        sign, mark = "≥" if figure.at_least else "≤", "✓" if figure.met else "✗"
        measured, target = f"{short(figure.value)}{figure.unit}", f"{sign} {figure.target:g}{figure.unit}"
        rows.append((figure.what, measured, target, mark, figure.detail))
    return table(("", "measured", "target", "", ""), rows, "|---|---:|---:|:-:|---|")


def cost_table(what: str, costs: Sequence[Cost]) -> str:
    """Costs of growing sizes: where one grows faster than its work, a unit takes more than in the rows before."""
    rows = []
    for before, cost in zip([costs[0], *costs], costs, strict=False):
        over = (f"{cost.of_unit / other.of_unit:.2f}" for other in (before, costs[0]))
        rows.append((cost.size, duration(cost.seconds), duration(cost.of_unit), *over, cost.detail))
    heads = (what, "measured", f"per {costs[0].unit}", "over the row before", "over the first", "")
    return table(heads, rows, "|---:|---:|---:|---:|---:|---|")


def parts_of(text: str) -> dict[str, str]:
    """The parts that the page has, by the name of their benchmark."""
    _, *found = HEADING.split(text)
    return {name: part.strip() for name, part in zip(found[::2], found[1::2], strict=True)}


def joined(old: str, new: Mapping[str, str], names: Sequence[str]) -> str:
    """The page's text with the `new` parts, the `old` text's others as they were, in the order of `names`."""
    parts = {**parts_of(old), **new}
    return "\n\n".join(f"### {name}\n\n{parts[name]}" for name in names if name in parts)
