"""What a run suffers from, why, and what would help."""
