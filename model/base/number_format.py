"""Number formats for screen and sentences: three significant digits, narrow spaces between thousands.

Thousands and percentages are written as the language in use does: English with narrow spaces, at which no line is
broken, Japanese 1,340 and 5.5%.

Figures that change while they are read keep their number of digits (`significant`, `percent`); figures in a sentence
drop trailing zeros (`rounded`, `rounded_percent`).
"""

import re
from math import isfinite, isnan

from model.base.language import tr, tr_in, with_thousands

THIN = "\u202f"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLEST_FRACTION = 1e-6
# Powers of ten from which on, in either direction, a number is written with its power.
TOO_SMALL, TOO_LARGE = -5, 7
FILE_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
TYPED = re.compile(r"`[^`]*`|(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")


def count(value: float) -> str:
    """Format a value rounded to a whole number: 12 345."""
    return with_thousands(f"{round(value):,}")


def spaced(text: str) -> str:
    """Write the numbers in a text that somebody has typed with commas as `count` does, 1 340; not those in `code`."""
    return TYPED.sub(lambda found: found[0] if found[0].startswith("`") else with_thousands(found[0]), text)


def significant(value: float, digits: int = 3) -> str:
    """Format to `digits` significant digits: 0.0123, 12.0, 4 570, 4.50·10⁻⁷; – for NaN, ∞ for infinity."""
    if value == 0:
        return "0"
    if not isfinite(value):
        return "–" if isnan(value) else "∞" if value > 0 else "-∞"
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if not TOO_SMALL < exponent < TOO_LARGE:
        return mantissa + _power_of_ten(exponent)
    decimals = digits - 1 - exponent
    return with_thousands(f"{round(value, decimals):,.{max(decimals, 0)}f}")


def rounded(value: float, digits: int = 3) -> str:
    """Format as `significant` does, without trailing zeros: 0.0123, 12, 4 570, 4.5·10⁻⁷."""
    text, point, power = significant(value, digits).partition("·")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + point + power


def short_of_one(value: float, digits: int = 3) -> str:
    """Format as `rounded` does, with as many digits more as keep what is below 1 from being written as 1: 0.9999."""
    while value < 1 and rounded(value, digits) == "1":
        digits += 1
    return rounded(value, digits)


def with_power(value: float, digits: int = 3) -> str:
    """Format to `digits` significant digits with its power of ten, however near to 1 it is: 4.0·10⁻³."""
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    return mantissa + (_power_of_ten(int(power)) if int(power) else "")


def as_set(value: float) -> str:
    """Format a setting as it was chosen, without zeros at its end: 0.1, 100, 10⁻⁵, 2.5·10⁻⁶."""
    mantissa, _, power = f"{value:g}".partition("e")
    if not power:
        return mantissa
    return decade(int(power)) if mantissa == "1" else mantissa + _power_of_ten(int(power))


def percent(share: float) -> str:
    """Format a share (0..1) as a percentage with one decimal: 4.0 %, 25.0 %."""
    return with_percent(f"{100 * share:.1f}")


def rounded_percent(share: float, digits: int = 2) -> str:
    """Format a share (0..1) as a percentage for a sentence: 4.5 %, 25 %, 0.12 %."""
    return with_percent(rounded(100 * share, max(digits, 3) if share >= 1 else digits))


def with_percent(number: str) -> str:
    """A number that has been formatted, with its percent sign: 25 %."""
    return tr_in("number", "{n}\u202f%", n=number)


def decade(exponent: int) -> str:
    """Format a power of ten for a logarithmic axis: 10⁻³, 1, 10²."""
    return _power_of_ten(exponent).removeprefix("·") if exponent else "1"


def duration(seconds: float) -> str:
    """Format a time in seconds: 5 s, 2 min 10 s, 3 h 05 min."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return tr("{seconds}\u202fs", seconds=whole)
    if whole < 3600:
        return tr("{minutes}\u202fmin {seconds}\u202fs", minutes=whole // 60, seconds=f"{whole % 60:02d}")
    return tr("{hours}\u202fh {minutes}\u202fmin", hours=whole // 3600, minutes=f"{whole % 3600 // 60:02d}")


def file_size(size: float) -> str:
    """Format bytes as file managers do: 2.9 GB, 812 MB, 64 kB, 0 kB."""
    scale, unit = next((pair for pair in FILE_UNITS if size >= pair[0]), FILE_UNITS[-1])
    return f"{rounded(size / scale, 3 if size >= 100 * scale else 2)}{THIN}{unit}"


def portion(share: float, whole: str) -> str:
    """Say how much something is of a whole: 1/4 900 of it, 34 % of it, all of it, 1.4 times it, nothing of it."""
    if isnan(share) or share == 0:
        return tr("nothing of {whole}", whole=whole)
    if 0.995 <= share < 1.05:
        return tr("all of {whole}", whole=whole)
    if share > 1:
        return tr("{times} times {whole}", times=rounded(share, 2), whole=whole)
    return tr("{share} of {whole}", share=_ratio(share), whole=whole)


def short_portion(share: float) -> str:
    """Say how much something is of a whole that is not named: 1/4 900, 34 %, all, ×1.4, nothing."""
    if isnan(share) or share == 0:
        return tr("nothing")
    if 0.995 <= share < 1.05:
        return tr("all")
    return f"×{rounded(share, 2)}" if share > 1 else _ratio(share)


def _ratio(share: float) -> str:
    if share >= 0.1:
        return rounded_percent(share)
    return f"1/{rounded(1 / share, 2)}" if share > SMALLEST_FRACTION else rounded(share, 2)


def _power_of_ten(exponent: int) -> str:
    return f"·10{str(exponent).translate(SUPERSCRIPTS)}"
