"""Lessons: texts, experiments and bets in files, measured by training, checked, and what the learner has done."""
