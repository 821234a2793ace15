"""Switch of the digit view: what it shows beside the digit."""

from gui.widgets.tab_row import TabRow
from model.base.choices import Choice, Wording
from model.base.language import tr


class DigitMode(Choice):
    """What the digit view shows beside the digit."""

    LAYERS = Wording("Layers", "The image's way through the network, and its gradient's way back to the pixels")
    CONFUSION = Wording("Confusion", "How often test images of each class are answered with each class")
    WEIGHT = Wording("One weight", "How the gradient of one weight comes about for this image, factor by factor")


class ModeSwitch(TabRow[DigitMode]):
    """A button per mode; `chosen` carries the one that was clicked, `mode` is the one that is checked."""

    def __init__(self) -> None:
        super().__init__([(mode, mode.label, mode.help) for mode in DigitMode], role="flat")
        for mode, button in self.buttons.items():
            button.setAccessibleName(tr("{name}: {value}", name=mode.label, value=mode.help))
        self.check(DigitMode.LAYERS)

    @property
    def mode(self) -> DigitMode:
        """The mode that is checked."""
        return next(mode for mode, button in self.buttons.items() if button.isChecked())
