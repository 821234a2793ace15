"""When edits count: at once, at Reset, or no matter."""

from dataclasses import dataclass

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

    def matters(self, setting: Param) -> bool:
        """Whether a setting of any run is one of this."""
        there = any(setting.name == own.name for own in self.config.settings())
        return there and (not setting.when or bool(getattr(self.config, setting.when)))

    def when(self, setting: Param) -> str:
        """LIVE, WAITING or '' for a setting that has its value and needs no word."""
        if setting.live and self._same_optimizer and not self.ended:
            return LIVE
        return WAITING if self._differs(setting.name) else ""

    def _differs(self, name: str) -> bool:
        if self.running is None:
            return False
        return bool(self.running.to_json().get(name) != self.config.to_json().get(name))

    def is_changed(self, setting: Param) -> bool:
        """Whether a setting has another value than a new run would have."""
        own = [each for each in self.config.settings() if each.name == setting.name]
        return any(self.config.value(each.name) != each.default for each in own)
