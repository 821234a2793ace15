"""The clinic: a patient on the screen, the questions about it, and what its therapy came to."""
