"""The rows of the list of cures as Qt's view reads them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.base.number_format import count
from model.config.config import Config
from model.cures.report import accuracy_words, reach_words

if TYPE_CHECKING:
    from model.cures.search import CureSearch
    from model.cures.trial import TrialResult

CURE_ROW = Qt.ItemDataRole.UserRole
SMALLEST = "Smallest change that cures"
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class CureRow:
    """What is drawn of a result; `smallest` marks the smallest change that cures, `kept` one in the list of runs."""

    result: "TrialResult"
    smallest: bool = False
    kept: bool = False

    @property
    def config(self) -> Config:
        """The settings of its run."""
        return self.result.trial.config

    @property
    def state(self) -> str:
        """Its condition, and how much of the gradient layer 1 receives."""
        return f"{self.result.verdict.condition.label} · layer 1: {reach_words(self.result)}"

    @property
    def accuracy(self) -> str:
        """Its test accuracy: 95.7 %, – where it diverged."""
        return accuracy_words(self.result)

    @property
    def told(self) -> str:
        """All that is known, as a tooltip tells it."""
        verdict, lines = self.result.verdict, [self.result.trial.label]
        lines.append(f"{verdict.condition.label}: {verdict.sentence}")
        if self.accuracy != "–":
            lines.append(f"Test accuracy {self.accuracy} after {count(self.result.iterations)} iterations.")
            lines.append(f"Layer 1 receives {reach_words(self.result)} of the output's gradient.")
        return "\n".join(lines)


class CureTableModel(QAbstractListModel):
    """Results, best first; the run as it is comes last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[CureRow] = []

    def show_results(self, search: "CureSearch | None", kept: Collection[Config]) -> bool:
        """Take over what is known by now; whether anything is new."""
        rows = []
        if search:
            cure = search.cure
            results = [*search.ranking, *([search.sick] if search.sick else [])]
            rows = [CureRow(each, smallest=each is cure, kept=each.trial.config in kept) for each in results]
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def index_of(self, config: Config | None) -> QModelIndex:
        """Where the run with these settings is listed; an invalid index if nowhere."""
        places = [place for place, row in enumerate(self.rows) if row.config == config]
        return self.index(places[0]) if places else NOWHERE

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.result.trial.label}, {row.accuracy}, {row.state}"
            case Qt.ItemDataRole.ToolTipRole:
                return row.told
        return row if role == CURE_ROW else None
