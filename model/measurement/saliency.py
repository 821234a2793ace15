"""Saliency of one image: a network's answer and the gradient of its loss with respect to the pixels.

All passes are those of evaluation, with batch norm's running statistics, since one image is no batch.
"""

from dataclasses import dataclass

import numpy as np

from model.base.arrays import Array, Bytes
from model.network.network import Network
from model.nn.layers import Stage

# LeCun et al. 1998, section III.A: digits of 20 x 20 pixels in fields of 28 x 28.
BOX_SHARE = 20 / 28


@dataclass(frozen=True, eq=False)
class DigitLayer:
    """Layer of a saliency, (units,) each: `activation` is a, the output layer's are the logits; `delta` is ∂L/∂z."""

    name: str
    activation: Array
    delta: Array


@dataclass(frozen=True, eq=False)
class Saliency:
    """Saliency for the loss L of one image: `pixels` is |∂L/∂pixel|, (inputs,), for pixels from 0 to 1.

    All arrays are read-only; `outputs` is (classes,): the probabilities of a softmax, the sigmoid outputs of a squared
    error; `output_word` is what one of them is.
    """

    outputs: Array
    output_word: str
    label: int
    loss: float
    pixels: Array
    layers: tuple[DigitLayer, ...]


def saliency_of(network: Network, image: Bytes, label: int | None) -> Saliency:
    """Compute the saliency of `image`, (inputs,); without a label, L is that of the class that the network answers."""
    # A network that has diverged explains nothing, but that shows in the numbers.
    with np.errstate(over="ignore", invalid="ignore"):
        outputs = signals_of(network, image)
        logits = outputs[-1][0].astype(np.float64)
        label = int(logits.argmax()) if label is None else label
        kind = network.config.loss.value
        answer, loss, delta = kind.of_image(logits, label)
        gradients = gradients_of(network, outputs, delta.astype(network.dtype)[np.newaxis])
    leaving, arriving = (dict(zip(network.to_logits, arrays[1:], strict=True)) for arrays in (outputs, gradients))
    parts: list[tuple[str, Stage, Stage]] = [(layer.name, layer.affine, layer.activate) for layer in network.hidden]
    parts.append((network.config.layer_names[-1], network.output, network.output))
    layers = tuple(
        DigitLayer(name, _fixed(leaving[activate][0]), _fixed(arriving[affine][0])) for name, affine, activate in parts
    )
    pixels = np.abs(gradients[0][0]) * network.dtype(network.scaling.per_unit)
    return Saliency(_fixed(answer), kind.output_word, label, loss, _fixed(pixels), layers)


def signals_of(network: Network, image: Bytes) -> list[Array]:
    """Return the scaled image, then the output of every stage, each (1, units)."""
    outputs: list[Array] = [network.scaling.scaled(image[np.newaxis], network.dtype)]
    for stage in network.to_logits:
        out, scratch = (np.empty((1, stage.width), network.dtype) for _ in range(2))
        stage.infer(outputs[-1], out, scratch)
        outputs.append(out)
    return outputs


def gradients_of(network: Network, outputs: list[Array], gradient: Array) -> list[Array]:
    """Return ∂L/∂output for each of the `outputs` of a forward pass, given that of the last."""
    gradients = [gradient]
    for place in range(len(network.to_logits) - 1, -1, -1):
        gradient = network.to_logits[place].infer_backward(outputs[place], outputs[place + 1], gradient)
        gradients.append(gradient)
    return gradients[::-1]


def _fixed(values: Array) -> Array:
    values.flags.writeable = False
    return values


def centred(image: Bytes, shape: tuple[int, int]) -> Bytes:
    """Fit a drawing to MNIST's layout: in a box of 20/28 of each side, its centre of mass in the middle.

    LeCun et al. 1998, section III.A: "size normalized to fit in a 20x20 pixel box while preserving their aspect
    ratio ... centered in a 28x28 image by computing the center of mass of the pixels", which in the files is pixel
    (14, 14) to within half a pixel. The brightest pixel becomes 255, and a picture that would then lie across an
    edge is made smaller still, so nothing drawn is lost. `image` is (height * width,); a black one stays as it is.
    """
    if not image.any():
        return image.copy()
    field = image.reshape(shape)
    rows, columns = (np.flatnonzero(field.any(axis=axis)) for axis in (1, 0))
    drawn = field[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float64)
    scale = min(
        max(1, round(BOX_SHARE * side)) / drawn_side for side, drawn_side in zip(shape, drawn.shape, strict=True)
    )
    longest = max(round(scale * side) for side in drawn.shape)
    found = np.zeros(shape, np.uint8)
    for smaller in range(longest, 0, -1):
        height, width = (max(1, round(scale * side * smaller / longest)) for side in drawn.shape)
        digit = _resized(drawn, height, width)
        top, left = (round(side // 2 - middle) for side, middle in zip(shape, _centre_of_mass(digit), strict=True))
        if 0 <= top <= shape[0] - height and 0 <= left <= shape[1] - width:
            found[top : top + height, left : left + width] = digit
            break
    return found.reshape(image.shape)


def _resized(drawn: Array, height: int, width: int) -> Bytes:
    """Resize `drawn` to (height, width), scaled so that the brightest pixel is 255."""
    resized = _weights(drawn.shape[0], height) @ drawn @ _weights(drawn.shape[1], width).T
    digit: Bytes = np.rint(resized * (255 / resized.max())).astype(np.uint8)
    return digit


def _weights(old: int, new: int) -> Array:
    """Matrix (new, old) of linear interpolation: each row averages the old pixels around a new one."""
    ratio = old / new
    middles = (np.arange(new) + 0.5) * ratio - 0.5
    away = np.abs(middles[:, np.newaxis] - np.arange(old)) / max(1.0, ratio)
    weights = np.maximum(0.0, 1 - away)
    averaging: Array = weights / weights.sum(axis=1, keepdims=True)
    return averaging


def _centre_of_mass(digit: Bytes) -> tuple[float, float]:
    rows, columns = (digit.sum(axis=axis, dtype=np.float64) for axis in (1, 0))
    return (
        float(rows @ np.arange(len(rows)) / rows.sum()),
        float(columns @ np.arange(len(columns)) / columns.sum()),
    )
