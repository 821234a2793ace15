"""Compare page: several runs side by side, and the lesson's figure."""
