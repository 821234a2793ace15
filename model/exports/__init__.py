"""Runs for other programs: CSV, JSON Lines, NumPy, TensorBoard, a command, a Python script."""
