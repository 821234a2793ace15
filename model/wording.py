"""How the model's sentences write numbers: at most three significant digits, thin spaces between thousands."""

from math import floor, isfinite, isnan, log10

THIN = "\u2009"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST_FRACTION = 1e-6


def rounded(value: float, digits: int = 3) -> str:
    """0.0123, 12.3, 4 570: to some significant digits, without zeros that say nothing."""
    if not isfinite(value) or value == 0:
        return f"{value:g}"
    exponent = floor(log10(abs(value)))
    if not -5 < exponent < 7:
        mantissa = rounded(value / 10.0**exponent, digits)
        return f"{mantissa}·10{str(exponent).translate(SUPERSCRIPTS)}"
    decimals = digits - 1 - exponent
    text = f"{round(value, decimals):,.{max(decimals, 0)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(",", THIN)


def count(value: int) -> str:
    """A whole number: 12 345."""
    return f"{value:,}".replace(",", THIN)


def percent(share: float, digits: int = 2) -> str:
    """A share of 1: 4.5 %, 25 %, 0.12 %."""
    return f"{rounded(100 * share, max(digits, 3) if share >= 1 else digits)}{THIN}%"


def portion(share: float) -> str:
    """How much of something: 1/4 900 of, 34 % of, all of, 1.4 times, nothing of."""
    if isnan(share) or share == 0:
        return "nothing of"
    if share >= 0.995:
        return "all of" if share < 1.05 else f"{rounded(share, 2)} times"
    if share >= 0.1:
        return f"{percent(share)} of"
    return f"1/{rounded(1 / share, 2)} of" if share > SMALLEST_FRACTION else f"{rounded(share, 2)} of"
