"""Dashboard: one run's curves, signal strip, view tabs and timeline."""
