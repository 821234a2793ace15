"""When edits count: at once, at Reset, or no matter."""

from dataclasses import dataclass
from functools import cached_property

from model.base.params import Param, params
from model.config.config import Config

LIVE, WAITING = "live", "at Reset"


@dataclass(frozen=True)
class EditState:
    """A Config that is edited beside that of the run that has begun, None if none has; `ended` if that has ended."""

    config: Config
    running: Config | None = None
    ended: bool = False

    @property
    def pending(self) -> bool:
        """Whether there are edits that only Reset applies."""
        if self.running is None:
            return False
        if self.ended:
            return self.running != self.config
        live = {own.name: self.config.value(own.name) for own in params(self.config.optimizer) if own.live}
        return not self._same_optimizer or self.running.replace(**live) != self.config

    @property
    def _same_optimizer(self) -> bool:
        return self.running is not None and type(self.running.optimizer) is type(self.config.optimizer)

    @cached_property
    def _settings(self) -> dict[str, Param]:
        return {own.name: own for own in self.config.settings()}

    @cached_property
    def _differing(self) -> set[str]:
        """The settings that do not have the value of the run that has begun."""
        if self.running is None:
            return set()
        now, before = self.config.to_json(), self.running.to_json()
        return {name for name in now | before if now.get(name) != before.get(name)}

    def matters(self, setting: Param) -> bool:
        """Whether a setting of any run is one of this."""
        return setting.name in self._settings and (not setting.when or bool(getattr(self.config, setting.when)))

    def when(self, setting: Param) -> str:
        """LIVE, WAITING or '' for a setting that has its value and needs no word."""
        if setting.live and self._same_optimizer and not self.ended:
            return LIVE
        return WAITING if setting.name in self._differing else ""

    def is_changed(self, setting: Param) -> bool:
        """Whether a setting has another value than a new run would have."""
        own = self._settings.get(setting.name)
        return own is not None and bool(self.config.value(own.name) != own.default)
