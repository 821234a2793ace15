"""The Lesson tab: texts, bets, what is measured beside them, and what lights up in the window."""
