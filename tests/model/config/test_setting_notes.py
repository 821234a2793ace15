"""What the panel says of the layers that have no connection around them."""

import pytest

from model.config.config import Config


@pytest.mark.parametrize(
    ("hidden", "note"),
    [
        ((), ""),
        ((784, 784), ""),
        ((50, 50, 50), "Layer 1 stays plain: its width differs from its input's."),
        ((50, 50, 20), "Layers 1 and 3 stay plain: their widths differ from their inputs'."),
        ((40, 20), "All layers stay plain: each is of another width than what it is given."),
    ],
)
def test_that_layers_that_stay_plain_are_named(hidden: tuple[int, ...], note: str) -> None:
    setting = next(setting for setting in Config().settings() if setting.name == "residual")
    assert setting.note
    assert setting.note(Config(hidden=hidden).replace(residual="on")) == note
    assert setting.note(Config(hidden=hidden)) == ""
