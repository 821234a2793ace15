"""Editors of the bets: what a learner says before a run, and after it what was measured beside that."""
