"""The catalogues of the window's words: `python3 run.py words` says what they lack, `--write` renews them."""
