"""Themes, the looks of runs, and the diverging colour scale."""
