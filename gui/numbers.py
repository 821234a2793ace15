"""How the screen writes numbers: three significant digits, thin spaces between thousands."""

from math import isfinite, isnan

THIN = "\u2009"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def count(value: float) -> str:
    """A whole number: 12 345 with thin spaces."""
    return f"{round(value):,}".replace(",", THIN)


def percent(share: float) -> str:
    """A share of 1 as a percentage with one decimal."""
    return f"{100 * share:.1f}{THIN}%"


def significant(value: float, digits: int = 3) -> str:
    """`value` to some significant digits: 0.0123, 12.3, 4.5·10⁻⁷; – for what is not a number."""
    if value == 0:
        return "0"
    if not isfinite(value):
        return "–" if isnan(value) else "∞" if value > 0 else "-∞"
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if -4 < exponent < 6:
        return f"{value:.{max(digits - 1 - exponent, 0)}f}"
    return f"{mantissa}·10{str(exponent).translate(SUPERSCRIPTS)}"


def decade(exponent: int) -> str:
    """A power of ten on a logarithmic axis: 10⁻³, 1, 10²."""
    return f"10{str(exponent).translate(SUPERSCRIPTS)}" if exponent else "1"


def duration(seconds: float) -> str:
    """A time to wait: 5 s, 2 min 10 s, 3 h 05 min."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return f"{whole}{THIN}s"
    if whole < 3600:
        return f"{whole // 60}{THIN}min {whole % 60:02d}{THIN}s"
    return f"{whole // 3600}{THIN}h {whole % 3600 // 60:02d}{THIN}min"
