"""What a verdict's sentence says in figures, read back from its words."""

import re

from model.diagnosis.verdict import Cause, Verdict
from model.nn.activations import Activation

FACTORS = re.compile(r"weights pass(?:ed)? ([\d.,\u202f·⁻⁰-⁹]+).*?the slope ([\d.,\u202f·⁻⁰-⁹]+)")
# Two figures of two digits may be rounded apart by so much.
ROUNDING = 1.06


def clears_whom_it_blames(verdict: Verdict, activation: Activation) -> bool:
    """Whether slope or weights are blamed although the other has the smaller factor, and nothing says why."""
    if verdict.cause not in (Cause.SLOPE, Cause.SMALL_WEIGHTS):
        return False
    named = FACTORS.search(verdict.sentence)
    if not named:
        return True
    weights, slope = shown(named[1]), shown(named[2])
    if verdict.cause is Cause.SLOPE:
        return slope > weights * ROUNDING
    makes_up = 2 if f"weights made for {activation.label} make up for its slope" in verdict.sentence else 1
    return weights > slope * ROUNDING * makes_up


def shown(text: str) -> float:
    """A number as sentences write it, such as 12 000 or 1.5·10⁻⁶."""
    plain = text.replace("\u202f", "").replace("·10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(plain)
