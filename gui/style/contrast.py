"""Contrast between colours as WCAG 2.2 measures it, and colours changed until it is enough."""

from functools import lru_cache

from PySide6.QtGui import QColor

TEXT, GRAPHICS = 4.5, 3.0  # the least that text, and lines and borders that are more than decoration, need (AA)
STEPS = 100


def luminance(color: str | QColor) -> float:
    """Relative luminance, 0 (black) to 1 (white); WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    made = QColor(color)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | QColor, other: str | QColor) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str | QColor, other: str | QColor, share: float) -> QColor:
    """The first colour with so much of the other in it, 0 to 1."""
    first, second = QColor(one), QColor(other)
    pairs = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round(a + share * (b - a)) for a, b in pairs))


@lru_cache(512)
def until(color: str, toward: str, grounds: tuple[str, ...], least: float) -> str:
    """The colour, with as little of another in it as makes its contrast to all `grounds` at least `least`."""
    return next(name for name in _steps(color, toward) if all(contrast(name, ground) >= least for ground in grounds))


@lru_cache(512)
def palest(color: str, ground: str, least: float) -> str:
    """The colour, with as much of its ground in it as leaves a contrast of at least `least` to that."""
    kept = color
    for name in _steps(color, ground):
        if contrast(name, ground) < least:
            break
        kept = name
    return kept


def _steps(color: str, toward: str) -> list[str]:
    return [mixed(color, toward, step / STEPS).name() for step in range(STEPS + 1)]
