"""Undo and redo of the settings in the panel."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal, Slot

from gui.widgets.command import Menu, MenuCommand
from model.base.run_settings import run_settings
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.presets import preset_of

MOST_STEPS = 200
MERGE_SECONDS = 1.0  # between two edits of the same setting that count as one, as when an arrow is held down
KEPT_APART = {"data", "seed"}  # what a preset leaves as it was
UNDO, REDO, PRESET, SEVERAL = "Undo {what}", "Redo {what}", "preset {preset}", "{count} settings"
NOTHING_TO_UNDO, NOTHING_TO_REDO = "Undo", "Redo"


def differing(before: Config, after: Config) -> list[str]:
    """The settings that are not the same, in the order of the panel; of another optimiser only that it is another."""
    mine, theirs = before.to_json(), after.to_json()
    found = [each.name for each in every_setting() if mine.get(each.name) != theirs.get(each.name)]
    if "optimizer" not in found:
        return found
    shared = {each.name for each in run_settings(Config)}
    return [name for name in found if name in shared]


def change_words(before: Config, after: Config) -> str:
    """What a change is called in the menu: 'learning rate', 'preset ReLU + He', '3 settings'."""
    names = differing(before, after)
    labels = {each.name: each.label for each in every_setting()}
    if len(names) == 1:
        text = labels[names[0]]
        return text[0].lower() + text[1:] if text[1:2].islower() else text
    preset = preset_of(after)
    if preset and not KEPT_APART & set(names):
        return PRESET.format(preset=preset.label)
    return SEVERAL.format(count=len(names))


@dataclass
class SettingsChange:
    """A step: the settings before and after it, and when it was made."""

    before: Config
    after: Config
    at: float

    @property
    def words(self) -> str:
        """What it is called."""
        return change_words(self.before, self.after)


class SettingsHistory(QObject):
    """The settings that the panel has shown; `take(config, names)` shows others, in which these differ, if it can.

    What runs have learned, the list of runs and the looks of the window are no settings and stay as they are.
    """

    undo_possible = Signal(bool)
    redo_possible = Signal(bool)
    undo_worded = Signal(str)
    redo_worded = Signal(str)

    def __init__(
        self, config: Config, take: Callable[[Config, list[str]], bool], now: Callable[[], float] = monotonic
    ) -> None:
        super().__init__()
        self.config, self.take, self.now = config, take, now
        self.steps: list[SettingsChange] = []
        self.place = 0  # steps before it can be undone, those after it made again
        self._settled = True

    @Slot(object)
    def note(self, config: Config) -> None:
        """Take down that the panel shows these settings now."""
        before, self.config = self.config, config
        if config == before:
            return
        del self.steps[self.place :]
        last = self.steps[-1] if self.steps else None
        names, now = differing(before, config), self.now()
        merges = last is not None and not self._settled and now - last.at < MERGE_SECONDS
        if last and last.before == config and (merges or names == ["data"]):
            self.steps.pop()  # it has led nowhere, such as a folder that holds no data set
        elif last and merges and names == differing(last.before, last.after):
            last.after, last.at = config, now
        else:
            self.steps.append(SettingsChange(before, config, now))
            del self.steps[:-MOST_STEPS]
        self.place, self._settled = len(self.steps), False
        self._tell()

    def settle(self) -> None:
        """Let the next edit be a step of its own: what was edited has been used."""
        self._settled = True

    @Slot()
    def undo(self) -> None:
        """Ask for the settings before the last step."""
        if self.place:
            step = self.steps[self.place - 1]
            self._go(-1, step.before, step)

    @Slot()
    def redo(self) -> None:
        """Ask for the settings after a step that was undone."""
        if self.place < len(self.steps):
            step = self.steps[self.place]
            self._go(1, step.after, step)

    def _go(self, steps: int, config: Config, step: SettingsChange) -> None:
        before = self.config
        self.config, self.place, self._settled = config, self.place + steps, True  # so that showing it is no step
        if not self.take(config, differing(step.before, step.after)):
            self.config, self.place = before, self.place - steps
        self._tell()

    def commands(self) -> list[MenuCommand]:
        """The entries of the menu Edit."""
        tip = "Settings only: what runs have learned and the list of runs stay as they are"
        return [
            MenuCommand(Menu.EDIT, "undo", NOTHING_TO_UNDO, self.undo, "Ctrl+Z", tip,
                        possible=self.undo_possible, worded=self.undo_worded),
            MenuCommand(Menu.EDIT, "redo", NOTHING_TO_REDO, self.redo, "Ctrl+Shift+Z", tip, also="Ctrl+Y",
                        possible=self.redo_possible, worded=self.redo_worded),
        ]  # fmt: skip

    def _tell(self) -> None:
        undone, made = self.place > 0, self.place < len(self.steps)
        self.undo_possible.emit(undone)
        self.redo_possible.emit(made)
        self.undo_worded.emit(UNDO.format(what=self.steps[self.place - 1].words) if undone else NOTHING_TO_UNDO)
        self.redo_worded.emit(REDO.format(what=self.steps[self.place].words) if made else NOTHING_TO_REDO)
