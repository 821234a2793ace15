"""Figures as a Markdown table under the name of the machine."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks._figures import Figure


def machine() -> str:
    """The processor and the versions that the figures depend on, in one sentence."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return (
        f"Measured on {_processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{blas['name']} {blas['version']} with one thread."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown."""
    lines = ["| | measured | target | | |", "|---|---:|---:|:-:|---|"]
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        mark = "✓" if figure.met else "✗"
        measured, target = f"{figure.value:.3g}{figure.unit}", f"{sign} {figure.target:g}{figure.unit}"
        lines.append(f"| {figure.what} | {measured} | {target} | {mark} | {figure.detail} |")
    return "\n".join(lines)
