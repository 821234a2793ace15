"""Pictures of widgets as PNG, SVG or PDF, rendered in memory and then written whole or not at all."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from gui.style.text_size import factor
from gui.widgets.card_button import CardButton
from gui.widgets.split import SplitHandle
from gui.widgets.spotlight import without_films
from model.base.errors import InputError
from model.base.files import write_whole
from model.config.config import Config

CONFIG_KEY = "layerscope-config"
SCALES = (1, 2, 3)
CLIPBOARD_SCALE = 2
# Qt maps 0..100 to zlib's 9..0; 80 is its fast end: a tenth more bytes in a third of the time.
PNG_QUALITY = 80
DOTS_PER_INCH = 96
POINTS_PER_DOT = 72 / DOTS_PER_INCH


@contextmanager
def posing_for(widget: QWidget, pixel_ratio: float) -> Iterator[None]:
    """Context in which lines fit a device with this pixel ratio, and no card has buttons or is lit or dimmed."""
    from gui.plots.live_view import LiveView

    views = widget.findChildren(LiveView)
    buttons = [button for button in widget.findChildren(CardButton) if button.isVisible()]
    for button in buttons:
        button.hide()
    _lay_out(buttons)  # what stands beside them moves up
    handles = widget.findChildren(SplitHandle)
    for handle in handles:
        handle.bare = True
    for view in views:
        view.fit_pens(pixel_ratio)
    try:
        with without_films(widget), without_focus(widget):
            yield
    finally:
        for button in buttons:
            button.show()
        _lay_out(buttons)
        for handle in handles:
            handle.bare = False
        for view in views:
            view.fit_pens(widget.devicePixelRatio() * factor(view))


def _lay_out(buttons: Sequence[CardButton]) -> None:
    """Lay out what these are in, at once and within the size that it has."""
    for part in {button.parentWidget() for button in buttons}:
        if part and (layout := part.layout()):
            layout.activate()


@contextmanager
def without_focus(widget: QWidget) -> Iterator[None]:
    """Context in which keys walk in none of its pictures, whose frame and readout are not theirs."""
    focus = QApplication.focusWidget()
    if not isinstance(focus, QGraphicsView) or not widget.isAncestorOf(focus):
        yield
        return
    focus.clearFocus()
    try:
        yield
    finally:
        focus.setFocus(Qt.FocusReason.OtherFocusReason)


def image(widget: QWidget, scale: int) -> QImage:
    """Render the widget at `scale` device pixels per logical pixel."""
    picture = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(widget.palette().window().color())
    with posing_for(widget, scale), QPainter(picture) as painter:
        widget.render(painter, QPoint())
    return picture


def png(widget: QWidget, scale: int, config: Config | None) -> bytes:
    """Render as PNG with the run's Config, if there is one, as a text chunk; raises InputError if it is too large."""
    return encoded(image(widget, scale), config)


def encoded(picture: QImage, config: Config | None) -> bytes:
    """Encode as PNG with the run's Config, if there is one; raises InputError if the picture is too large."""
    from PySide6.QtGui import QImageWriter

    if config:
        picture.setText(CONFIG_KEY, json.dumps(config.to_json()))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(PNG_QUALITY)
    if not writer.write(picture):
        width, height = picture.width(), picture.height()
        raise InputError("A picture of {width} x {height} pixels is too large.", width=width, height=height)
    return bytes(buffer.data().data())


def svg(widget: QWidget, scale: int, config: Config | None) -> bytes:
    """Render as SVG with text as text; the run's Config goes into the description. `scale` is ignored."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(DOTS_PER_INCH)
    generator.setTitle("Layerscope")
    if config:
        generator.setDescription(json.dumps(config.to_json()))
    with posing_for(widget, 1), QPainter(generator) as painter:
        widget.render(painter, QPoint())
    return bytes(buffer.data().data())


def pdf(widget: QWidget, scale: int, config: Config | None) -> bytes:
    """Render as a PDF of one page of the widget's size, at 96 dots per inch. `scale` and `config` are ignored."""
    from PySide6.QtGui import QPageSize, QPdfWriter  # with the names of all paper that there is

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    size = QSizeF(widget.size()) * POINTS_PER_DOT
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle("Layerscope")
    writer.setCreator("Layerscope")
    with posing_for(widget, 1), QPainter(writer) as painter:
        widget.render(painter, QPoint())
    return bytes(buffer.data().data())


FORMATS: dict[str, Callable[[QWidget, int, Config | None], bytes]] = {".png": png, ".svg": svg, ".pdf": pdf}


def export(widget: QWidget, path: Path, scale: int, config: Config | None) -> None:
    """Write a picture in the format of the path's suffix; raises InputError."""
    draw = FORMATS.get(path.suffix.lower())
    if draw is None:
        raise InputError("'{file}' must end in {endings}.", file=path.name, endings=", ".join(FORMATS))
    write_whole(path, draw(widget, scale, config))


def config_in_picture(path: Path) -> Config:
    """Read the Config from one of our PNGs; raises InputError if there is none or it is invalid."""
    from PySide6.QtGui import QImageReader

    reader = QImageReader(str(path))
    text = reader.text(CONFIG_KEY)
    if not text:
        raise InputError("{file} carries no Layerscope configuration.", file=path.name)
    try:
        return Config.from_json(json.loads(text))
    except InputError as error:
        raise InputError("The configuration in {file} cannot be used: {error}", file=path.name, error=error) from None
    except (ValueError, RecursionError) as error:
        raise InputError(
            "The configuration in {file} cannot be used: {reason}.", file=path.name, reason=str(error)
        ) from None
