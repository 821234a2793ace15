"""What describes a run: its settings, presets, recipe and name."""
