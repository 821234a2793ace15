"""What a run leaves: curves, moments to go back to, checkpoints, its log and its summary."""
