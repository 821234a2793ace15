"""Pictures: PNG, SVG and PDF of the dashboard or one card, whole and sharp, and the settings a PNG carries."""

import json
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.export.picture import CONFIG_KEY, config_in_picture, export, posing_for
from gui.style.theme import DARK, LIGHT
from model.base.errors import InputError
from model.config.config import Config
from tests.support.hypothesis_strategies import settings_of_a_run
from tests.support.window_page import WindowPage
from tests.support.windows import SMALL, dispose

NAMES = ["dashboard", "accuracy", "loss", "activations"]
TITLES = {
    "dashboard": {"Accuracy", "Loss", "Activations", "Layer 1", "Layer 2"},
    "accuracy": {"Accuracy", "training batch", "test", "0\u202f%", "100\u202f%"},
    "loss": {"Loss", "0"},
    "activations": {"Activations", "Layer 1", "Layer 2"},
}


@pytest.fixture(scope="module")
def trained(qapp: QApplication, folder: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WindowPage]:
    """A window whose run has ended."""
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    window = WindowPage.made(path, SMALL.replace(data=folder))
    window.show()
    window.complete()
    window.train()
    while not window.run.has_ended():
        qapp.processEvents()
        sleep(0.001)  # lets the run go on
    window.draw()
    yield window
    dispose(window.widget)


def target(window: WindowPage, name: str) -> QWidget:
    with window.export.posed(name) as found:
        assert found is not None
        return found


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG, each checked against its checksum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = [], 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + data),)
        found.append((kind, data))
        at += 12 + size
    return found


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("name", NAMES)
def test_that_a_png_is_whole_and_as_many_times_the_size_as_asked(
    trained: WindowPage, tmp_path: Path, name: str, scale: int
) -> None:
    widget, path = target(trained, name), tmp_path / "picture.png"
    export(widget, path, scale, trained.run.config)
    kinds = [kind for kind, _ in chunks(path.read_bytes())]
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (scale * widget.width(), scale * widget.height())
    colors = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
    }
    assert LIGHT.card in colors
    assert len(colors) > 2, "there is more in it than its ground"


@pytest.mark.parametrize("name", NAMES)
def test_that_an_svg_is_well_formed_and_its_text_is_text(trained: WindowPage, tmp_path: Path, name: str) -> None:
    path = tmp_path / "picture.svg"
    export(target(trained, name), path, 1, trained.run.config)
    root = ET.parse(path).getroot()
    texts = {"".join(each.itertext()).strip() for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert TITLES[name] <= texts
    assert "iteration" not in " ".join(texts), "no readout is left in it"
    assert root.get("viewBox") == f"0 0 {target(trained, name).width()} {target(trained, name).height()}"
    assert not list(root.iter("{http://www.w3.org/2000/svg}image")), "nothing was turned into a bitmap"
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 3


@pytest.mark.parametrize("name", NAMES)
def test_that_a_pdf_is_one_page_of_the_right_size(trained: WindowPage, tmp_path: Path, name: str) -> None:
    widget, path = target(trained, name), tmp_path / "picture.pdf"
    export(widget, path, 1, trained.run.config)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert re.search(rb"/Count\s+1\b", data)
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", data)
    assert box is not None
    size = float(box[1]), float(box[2])
    assert size == pytest.approx((widget.width() * 0.75, widget.height() * 0.75), abs=1.5)
    assert b"/Font" in data, "text is text"
    assert not re.search(rb"/Subtype\s*/Image", data), "nothing was turned into a bitmap"


@given(settings_of_a_run())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_config_survives_the_way_through_a_png(
    qapp: object, tmp_path: Path, values: dict[str, object]
) -> None:
    config, path = Config.from_json(values), tmp_path / "picture.png"
    widget = QWidget()
    widget.resize(20, 10)
    export(widget, path, 1, config)
    assert config_in_picture(path) == config


def test_that_the_png_carries_the_run_on_the_screen_not_the_edits_after_it(
    trained: WindowPage, tmp_path: Path, folder: str
) -> None:
    trained.settings.edit("seed", 9)
    export(trained.board, tmp_path / "picture.png", 1, trained.run.config)
    assert config_in_picture(tmp_path / "picture.png") == SMALL.replace(data=folder)


def text_png(path: Path, key: str, text: str) -> Path:
    """A PNG of one pixel with a text chunk."""
    picture = QImage(1, 1, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    picture.setText(key, text)
    assert picture.save(str(path))
    return path


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "carries no Layerscope configuration"),
        ("{", "cannot be used"),
        ("[" * 100_000, "cannot be used"),
        ("[]", "an object of settings"),
        ("7", "an object of settings"),
        ('{"colour": 3}', "no setting 'colour'"),
        ('{"hidden": [0]}', "1 to 2,000 units"),
        ('{"learning_rate": NaN}', "--learning-rate"),
        ('{"learning_rate": 1e999}', "--learning-rate"),
        ('{"seed": 99999999999999999999}', "--seed"),
    ],
)
def test_that_settings_that_cannot_be_used_are_refused_in_one_sentence(
    qapp: object, tmp_path: Path, text: str, complaint: str
) -> None:
    path = text_png(tmp_path / "foreign.png", CONFIG_KEY if text else "Comment", text or "hello")
    with pytest.raises(InputError) as refused:
        config_in_picture(path)
    message = str(refused.value)
    assert complaint in message
    assert "foreign.png" in message
    assert message.endswith(".")
    assert len(message) < 300


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"GIF89a"])
def test_that_what_is_no_png_is_refused(qapp: object, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.png").write_bytes(data)
    with pytest.raises(InputError, match=r"odd\.png carries no Layerscope configuration"):
        config_in_picture(tmp_path / "odd.png")


def test_that_an_unknown_ending_is_refused_with_those_there_are(trained: WindowPage, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must end in \.png, \.svg, \.pdf"):
        export(trained.board, tmp_path / "picture.bmp", 1, Config())
    assert list(tmp_path.glob("picture*")) == []


@pytest.mark.parametrize("name", ["dashboard", "loss"])
def test_that_a_picture_on_the_clipboard_has_twice_the_pixels(trained: WindowPage, name: str) -> None:
    trained.export.copy(name)
    picture = QGuiApplication.clipboard().image()
    assert picture.size() == target(trained, name).size() * 2
    assert "clipboard" in trained.status_text
    trained.status_line.clear_note()


def test_that_a_dark_picture_is_dark(trained: WindowPage, tmp_path: Path) -> None:
    trained.choose_theme("dark")
    export(trained.board, tmp_path / "picture.png", 1, trained.run.config)
    assert QImage(str(tmp_path / "picture.png")).pixelColor(2, 2).name() == DARK.window
    trained.choose_theme("light")


def test_that_an_svg_carries_its_config_as_a_description(trained: WindowPage, tmp_path: Path) -> None:
    export(trained.board, tmp_path / "picture.svg", 1, trained.run.config)
    root = ET.parse(tmp_path / "picture.svg").getroot()
    (description,) = root.iter("{http://www.w3.org/2000/svg}desc")
    assert json.loads(description.text or "") == trained.run.config.to_json()


def test_that_what_stands_beside_a_cards_buttons_takes_their_place_in_a_picture(trained: WindowPage) -> None:
    loss = trained.board.loss

    def gap() -> int:
        title = loss.findChild(QLabel, "title")
        assert isinstance(title, QLabel)
        return loss.subtitle.x() - title.geometry().right()

    before = gap()
    assert before > loss.help.width() + loss.fill.width()
    with posing_for(trained.board, 1):
        assert gap() <= loss.header.spacing() + 1
    assert gap() == before, "and gives it back"
