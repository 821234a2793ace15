"""Widgets without knowledge of runs: cards, labels, setting editors, tabs."""
