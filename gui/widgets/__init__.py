"""Widgets that know no run: cards, labels, setting editors, tabs."""
