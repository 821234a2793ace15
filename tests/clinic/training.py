"""What was trained for the clinic, kept in files by its config, so that the choice can be made again in no time."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from model.clinic.patient import Patient
from model.config.config import Config
from model.cures.trial import TrialResult
from tests.clinic.candidates import Candidate
from tests.clinic.examination import Seen, examine, train, try_change

KEPT = Path(gettempdir(), "layerscope-clinic")


@dataclass(frozen=True)
class KeptTraining:
    """A folder of what was trained."""

    folder: Path = KEPT

    def examined(self, candidate: Candidate) -> Patient | None:
        """The patient that a candidate makes, or None."""
        return examine(candidate, self.seen(candidate.config), self.attempt)

    def seen(self, config: Config) -> Seen:
        """What a run came to."""
        found: Seen = self._once("seen", config, train)
        return found

    def attempt(self, config: Config) -> TrialResult:
        """What a change came to."""
        found: TrialResult = self._once("tried", config, try_change)
        return found

    def _once(self, what: str, config: Config, make: Callable[[Config], Any]) -> Any:
        digest = sha256(dumps(config.to_json(), sort_keys=True).encode()).hexdigest()[:24]
        file = self.folder / f"{digest}.{what}"
        if file.is_file():
            return pickle.loads(file.read_bytes())
        made = make(config)
        part = file.with_suffix(f".{what}-part")
        part.write_bytes(pickle.dumps(made))
        part.replace(file)
        return made
