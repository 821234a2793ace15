"""The learner's answers while the window is open; each change is written at once."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from model.clinic.records import ClinicRecords, read_records, write_records


class ClinicFile(QObject):
    """Records at `path`. `note` says why they could not be read, `said` why they could not be kept."""

    said = Signal(str)
    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.records, self.note = read_records(path)

    def keep(self, records: ClinicRecords) -> None:
        """Replace the records."""
        if records == self.records:
            return
        self.records = records
        if trouble := write_records(self.path, records):
            self.said.emit(trouble)
        self.changed.emit()
