"""What a step shows beside its text: things to move, computed on the spot."""
