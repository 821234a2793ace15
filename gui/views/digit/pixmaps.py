"""Pixmaps of images: the digit as ink, and the gradient as a heat map over the faint digit."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap

from gui.style.theme import Theme
from model.base.arrays import Array, Bytes

SHADOW = 0.35  # of the ink is left under the heat
CONTRAST = 0.6  # the power of heat: less than 1 lets small gradients be seen

Shares = NDArray[np.float64]


def ink_picture(image: Bytes, shape: tuple[int, int], scale: int, theme: Theme) -> QPixmap:
    """Pixmap of an image, of shape (inputs,): ink in the text's colour; each pixel becomes scale × scale."""
    return _pixmap(_between(_rgb(theme.card), _rgb(theme.text), image / 255), shape, scale)


def heat_picture(image: Bytes, gradient: Array, shape: tuple[int, int], scale: int, theme: Theme) -> QPixmap:
    """Pixmap of |∂L/∂pixel| relative to its largest, in the accent's colour over the faint image."""
    ground = _between(_rgb(theme.card), _rgb(theme.text), SHADOW * image / 255)
    return _pixmap(_between(ground, _rgb(theme.accent), heat(gradient)), shape, scale)


def heat(gradient: Array) -> Shares:
    """Map gradient magnitudes to 0..1, relative to the largest, to the power CONTRAST; all 0 if that is 0 or NaN."""
    values = np.nan_to_num(gradient.astype(np.float64), posinf=0.0)
    largest = values.max()
    shares: Shares = (values / largest) ** CONTRAST if largest > 0 else np.zeros_like(values)
    return shares


def _rgb(name: str) -> Shares:
    color = QColor(name)
    return np.array([color.red(), color.green(), color.blue()], np.float64)


def _between(first: Shares, second: Shares, shares: Shares) -> Shares:
    colors: Shares = first + shares[:, np.newaxis] * (second - first)
    return colors


def _pixmap(colors: Shares, shape: tuple[int, int], scale: int) -> QPixmap:
    # Enlarged here: an SVG viewer or a printer would blur a small bitmap.
    large = np.rint(colors).astype(np.uint8).reshape(*shape, 3).repeat(scale, axis=0).repeat(scale, axis=1)
    height, width, _ = large.shape
    return QPixmap.fromImage(QImage(large.data, width, height, 3 * width, QImage.Format.Format_RGB888))
